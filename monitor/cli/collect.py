"""`jernih collect --once`: one cycle over the due sources."""

import json
import sys
from dataclasses import asdict
from threading import Event
from typing import Annotated

import typer
from rich.console import Console

from monitor import pipeline, sources
from monitor.cli.opening import environment, house, now, settings
from monitor.cli.progress import bars
from monitor.fetches import Cycle


def command(
    once: Annotated[
        bool, typer.Option("--once", help="Satu putaran saja; pengambilan terus-menerus: jernih run.")
    ] = True,
    as_json: Annotated[bool, typer.Option("--json", help="Hasil sebagai JSON.")] = False,
) -> None:
    """Satu putaran pengambilan; sumber yang gagal adalah baris, bukan kesalahan perintah."""
    found = environment()
    read = settings(found)
    pause = sources.paused(read)
    if pause:
        Console(stderr=True).print(pause, markup=False)
    with house(found, read) as one, one.store.leader():
        if one.detector is None:
            print("Model tidak terbaca, jadi artikel menunggu, belum dinilai. Jalankan: jernih doctor", file=sys.stderr)
        cycle = Cycle(now(), now(), 0) if pause else _collect(one, quiet=as_json)
        with one.store.read() as tx:
            waiting = tx.waiting_counts()
    print(json.dumps(_plain(cycle, waiting)) if as_json else _sentence(cycle, waiting))


def _collect(one: pipeline.House, quiet: bool) -> Cycle:
    if quiet:
        return pipeline.collect(one, now, Event())
    with bars() as shown:
        tasks = {step: shown.add_task(step, total=None, visible=False) for step in ("sumber", "artikel", "indikasi")}

        def report(step: str, done: int, total: int) -> None:
            shown.update(tasks[step], completed=done, total=total, visible=True)

        return pipeline.collect(one, now, Event(), report)


def _plain(cycle: Cycle, waiting: dict[str, int]) -> dict[str, object]:
    times = {"started": cycle.started.isoformat(), "ended": cycle.ended.isoformat()}
    return asdict(cycle) | times | {"waiting": waiting}


def _sentence(cycle: Cycle, waiting: dict[str, int]) -> str:
    return (
        f"{cycle.due} sumber jatuh tempo; {cycle.fetched} pengambilan, {cycle.failed} gagal; {cycle.new} entri baru;"
        f" {cycle.flagged} konten perlu dilihat. Menunggu: {waiting.get('page', 0)} halaman,"
        f" {waiting.get('score', 0)} belum dinilai."
    )
