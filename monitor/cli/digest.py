"""`jernih digest --week 2024-W07`: the weekly report as HTML or JSON."""

import os
from pathlib import Path
from typing import Annotated

import typer

from monitor import digests, pipeline, shipped
from monitor.cli import names
from monitor.cli.opening import Trouble, environment, house, now, settings
from monitor.digests import Digest
from monitor.people import Refusal

FORMATS = ("html", "json")


def command(
    week: Annotated[str, typer.Option(help="Minggu ISO, misalnya 2024-W07; kosong berarti minggu ini.")] = "",
    form: Annotated[str, typer.Option("--format", help=" atau ".join(FORMATS))] = "html",
    out: Annotated[str, typer.Option(help="Berkas tujuan, atau - untuk keluaran standar.")] = "-",
) -> None:
    """Laporan mingguan: konten yang ditandai, hasilnya, dan kesehatan sumber."""
    if form not in FORMATS:
        raise Trouble(f"Bentuk tidak dikenal: {form}. Pilih {' atau '.join(FORMATS)}.", 2)
    found = environment()
    read = settings(found)
    zone = read.office.zone
    period = digests.week(week or digests.label_of(now(), zone), zone)
    if isinstance(period, Refusal):
        raise Trouble(period.sentence, 2)
    with house(found, read) as one:
        digest = pipeline.digest(one, period)
    _write(out, digests.to_json(digest) if form == "json" else _html(digest))


def _html(digest: Digest) -> str:
    codes = {code for row in digest.events.flagged for code in (*row.topics, *row.regions)}
    return digests.to_html(digest, shipped.text("digest.html"), names.every(codes))


def _write(out: str, text: str) -> None:
    if out == "-":
        print(text, end="")
        return
    part = Path(f"{out}.part")
    try:
        part.write_text(text, encoding="utf-8")
        os.replace(part, out)
    except OSError as fault:
        raise Trouble(f"{out} tidak dapat ditulis ({fault.strerror}).") from fault
    print(f"Tersimpan: {out}")
