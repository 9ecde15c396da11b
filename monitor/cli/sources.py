"""`jernih sources`: the list, a trial of one or all, OPML in and out."""

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from threading import Event
from typing import Annotated

import typer

from monitor import sources
from monitor.cli.opening import Trouble, environment, house, now, opened, settings
from monitor.fetches import Schedule, failed
from monitor.pipeline.trials import check as tried
from monitor.sources import ConfigError, Settings, Source
from monitor.sources.opml import from_opml, opml
from monitor.sources.written import toml

app = typer.Typer(invoke_without_command=True, rich_markup_mode=None, help="Daftar sumber; periksa, impor, ekspor.")


@app.callback()
def listing(
    context: typer.Context,
    as_json: Annotated[bool, typer.Option("--json", help="Hasil sebagai JSON.")] = False,
    every: Annotated[bool, typer.Option("--all", help="Juga sumber yang nonaktif.")] = False,
) -> None:
    """Lists the sources with their state, if no other command follows."""
    if context.invoked_subcommand:
        return
    found = environment()
    read = settings(found)
    with opened(found) as store, store.read() as tx:
        schedules = tx.schedules()
    wanted = read.sources if every else read.watched
    if as_json:
        print(json.dumps([_plain(one, schedules.get(one.name)) for one in wanted], ensure_ascii=False, indent=2))
        return
    for one in wanted:
        print(f"{_state(one, schedules.get(one.name)):<12} {one.kind:<10} {one.name}  {one.url}")
    print(f"{len(wanted)} sumber." if wanted else "Tidak ada sumber yang dipantau.")


@app.command("check", help="Coba satu sumber (nama atau alamat) atau semuanya; tidak ada yang disimpan.")
def check(
    name: Annotated[str, typer.Argument(help="Nama atau alamat satu sumber; kosong berarti semua yang aktif.")] = "",
) -> None:
    """Exit 1 if a source failed."""
    found = environment()
    read = settings(found)
    wanted = _chosen(read, name)
    if pause := sources.paused(read):
        raise Trouble(pause)
    bad = 0
    with house(found, read) as one:
        for trial in tried(one, wanted, now, Event()):
            bad += failed(trial.fetch.outcome)
            print(f"{'▲' if failed(trial.fetch.outcome) else '✓'} {trial.source.name}: {trial.sentence}", flush=True)
    print(f"{len(wanted) - bad} dari {len(wanted)} sumber dapat dibaca.")
    if bad:
        raise typer.Exit(1)


@app.command("export", help="Tulis sumber yang dipantau sebagai OPML.")
def export(file: Annotated[str, typer.Argument(help="Berkas tujuan, atau - untuk keluaran standar.")] = "-") -> None:
    """The watched sources as OPML 2.0."""
    document = opml(settings(environment()).watched)
    if file == "-":
        sys.stdout.buffer.write(document)
        return
    try:
        Path(file).write_bytes(document)
    except OSError as fault:
        raise Trouble(f"{file} tidak dapat ditulis ({fault.strerror}). Pilih tempat lain.") from fault
    print(f"Tersimpan: {file}")


@app.command("import", help="Baca OPML dan cetak baris [[source]] untuk disalin ke feeds.toml.")
def take(file: Annotated[Path, typer.Argument(help="Berkas OPML.")]) -> None:
    """Prints TOML; feeds.toml itself is never written by the program."""
    read = settings(environment())
    try:
        imported = from_opml(file.read_bytes(), read.network.allow)
    except OSError as fault:
        raise Trouble(f"{file} tidak dapat dibaca ({fault.strerror}).", 2) from fault
    except ConfigError as fault:
        raise Trouble("\n".join(fault.sentences(str(file))), 2) from fault
    print(toml(imported.sources))
    for doubt in imported.doubts:
        print(doubt, file=sys.stderr)


def _chosen(read: Settings, name: str) -> Sequence[Source]:
    if not name:
        return read.watched
    wanted = [one for one in read.sources if name in (one.name, one.url)]
    if not wanted:
        raise Trouble(f"Tidak ada sumber bernama atau beralamat “{name}”. Lihat: jernih sources --all", 2)
    return wanted


def _state(source: Source, schedule: Schedule | None) -> str:
    if not source.enabled:
        return "nonaktif"
    if schedule is None or schedule.tried is None:
        return "belum dicoba"
    if schedule.paused:
        return "dijeda"
    return "gagal" if failed(schedule.outcome) else "baik"


def _plain(source: Source, schedule: Schedule | None) -> dict[str, object]:
    times = dict(_times(schedule)) if schedule else {}
    return {
        "name": source.name,
        "url": source.url,
        "kind": source.kind,
        "category": source.category,
        "code": source.code,
        "state": _state(source, schedule),
        "sentence": schedule.sentence if schedule else "",
        "cause": schedule.cause if schedule else "",
        **times,
    }


def _times(schedule: Schedule) -> Iterator[tuple[str, str | None]]:
    for name in ("due", "tried", "succeeded", "renewed"):
        value = getattr(schedule, name)
        yield name, value.isoformat() if value else None
