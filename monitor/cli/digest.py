"""`jernih digest --week 2024-W07`: the report of a week or any period, in every form that an office files or sends."""

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from monitor import digests, pipeline, shipped
from monitor.cli import names
from monitor.cli.opening import Trouble, environment, house, now, settings
from monitor.digests import AUDIENCES, INTERNAL, Digest, Period
from monitor.people import Refusal
from monitor.pipeline import House, reports

FORMATS = ("html", "json", "pdf", "csv", "xlsx", "whatsapp")
BINARY = ("pdf", "xlsx")


def command(
    week: Annotated[str, typer.Option(help="Minggu ISO, misalnya 2024-W07; kosong berarti minggu ini.")] = "",
    span: Annotated[str, typer.Option("--period", help="Masa lain: 2024-02-14, 2024-02, 2024-02-01..2024-02-14.")] = "",
    form: Annotated[str, typer.Option("--format", help=", ".join(FORMATS))] = "html",
    out: Annotated[str, typer.Option(help="Berkas tujuan, atau - untuk keluaran standar.")] = "-",
    audience: Annotated[str, typer.Option(help=" atau ".join(AUDIENCES))] = INTERNAL,
    correct: Annotated[str, typer.Option(help="Buat edisi baru laporan yang sudah tersimpan, dengan alasan ini.")] = "",
) -> None:
    """Laporan: konten yang ditandai, isu dan hasilnya, klarifikasi, dan kesehatan sumber."""
    if form not in FORMATS:
        raise Trouble(f"Bentuk tidak dikenal: {form}. Pilih {', '.join(FORMATS)}.", 2)
    if audience not in AUDIENCES:
        raise Trouble(f"Edisi tidak dikenal: {audience}. Pilih {' atau '.join(AUDIENCES)}.", 2)
    if form in BINARY and out == "-":
        raise Trouble(f"Bentuk {form} perlu berkas tujuan, misalnya --out laporan.{form}", 2)
    found = environment()
    read = settings(found)
    zone = read.office.zone
    period = digests.period(span, zone) if span else digests.week(week or digests.label_of(now(), zone), zone)
    if isinstance(period, Refusal):
        raise Trouble(period.sentence, 2)
    with house(found, read) as one:
        digest = _digest(one, period, audience, correct)
    write(out, content(digest, form))


def content(digest: Digest, form: str) -> bytes:
    """The digest in one of FORMATS; Trouble where a library for it is missing."""
    named = names.every(digests.spoken(digest))
    if form == "csv":
        return digests.to_csv(digest, named)
    if form == "xlsx":
        return digests.to_xlsx(digest, named)
    if form == "json":
        return digests.to_json(digest).encode()
    if form == "whatsapp":
        return digests.to_whatsapp(digest).encode()
    page = digests.to_html(digest, shipped.text("digest.html"), named)
    if form == "html":
        return page.encode()
    made = digests.to_pdf(page)
    if isinstance(made, Refusal):
        raise Trouble(made.sentence)
    return made


def _digest(one: House, period: Period, audience: str, correct: str) -> Digest:
    """The stored edition; else, once the period is finished, a stored one is made; else the rows as they are now."""
    if correct or digests.finished(period, now()):
        made = reports.finish(one, period, audience, now(), reason=correct)
        if isinstance(made, Refusal):
            raise Trouble(made.sentence)
        return made
    return pipeline.digest(one, period, audience)


def write(out: str, content: bytes) -> None:
    """Writes a file whole or not at all; - is standard output."""
    if out == "-":
        sys.stdout.buffer.write(content)
        sys.stdout.flush()
        return
    part = Path(f"{out}.part")
    try:
        part.write_bytes(content)
        os.replace(part, out)
    except OSError as fault:
        raise Trouble(f"{out} tidak dapat ditulis ({fault.strerror}).") from fault
    print(f"Tersimpan: {out}")
