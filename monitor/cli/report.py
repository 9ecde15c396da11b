"""`jernih report --period 2024-11`: the report of a period in the shape that offices file."""

from pathlib import Path
from typing import Annotated

import typer

from monitor import digests, pipeline, shipped
from monitor.cli import names
from monitor.cli.digest import write
from monitor.cli.opening import Trouble, environment, house, now, settings
from monitor.digests import AUDIENCES, FORMS, INTERNAL
from monitor.people import Refusal
from monitor.pipeline import House, reports


def command(
    span: Annotated[
        str, typer.Option("--period", help="Masa: 2024-11 (bulan), 2024-W47, 2024-11-27, 2024-09-25..2024-12-16.")
    ],
    form: Annotated[str, typer.Option("--format", help=", ".join(FORMS))] = "pdf",
    out: Annotated[str, typer.Option(help="Berkas tujuan, atau - untuk keluaran standar (html saja).")] = "-",
    audience: Annotated[str, typer.Option(help=" atau ".join(AUDIENCES))] = INTERNAL,
    lessons: Annotated[
        str, typer.Option(help="Berkas teks berisi pelajaran dan saran; disimpan untuk masa ini.")
    ] = "",
) -> None:
    """Laporan satu masa: cara kerja, angka, isu dan hasilnya, tindak lanjut, rujukan, persoalan, pelajaran."""
    _sensible(form, out, audience)
    found = environment()
    read = settings(found)
    period = digests.period(span, read.office.zone)
    if isinstance(period, Refusal):
        raise Trouble(period.sentence, 2)
    with house(found, read) as one:
        if lessons:
            _keep(one, period.label, lessons)
        digest = pipeline.digest(one, period, audience)
        told = reports.lessons(one.store, period.label)
    paper = digests.report(digest, names.every(digests.spoken(digest)), told)
    made = digests.filed(paper, form, shipped.text("naskah.html"))
    if isinstance(made, Refusal):
        raise Trouble(made.sentence)
    write(out, made)


def _sensible(form: str, out: str, audience: str) -> None:
    if form not in FORMS:
        raise Trouble(f"Bentuk tidak dikenal: {form}. Pilih {', '.join(FORMS)}.", 2)
    if audience not in AUDIENCES:
        raise Trouble(f"Edisi tidak dikenal: {audience}. Pilih {' atau '.join(AUDIENCES)}.", 2)
    if form != "html" and out == "-":
        raise Trouble(f"Bentuk {form} perlu berkas tujuan, misalnya --out laporan.{form}", 2)


def _keep(one: House, label: str, path: str) -> None:
    try:
        text = Path(path).read_text("utf-8")
    except (OSError, UnicodeDecodeError) as fault:
        raise Trouble(f"{path} tidak dapat dibaca sebagai teks UTF-8.") from fault
    made = reports.write_lessons(one.store, label, text, reports.BY, now())
    if isinstance(made, Refusal):
        raise Trouble(made.sentence)
