"""`jernih stem`: one text a line in, stems out, equal to Sastrawi's own output."""

import sys
from typing import Annotated

import typer

from classifiers.stem import stem_text
from monitor.cli.lines import lines


def command(file: Annotated[str, typer.Argument(help="Berkas, atau - untuk masukan standar.")] = "-") -> None:
    """Kata dasar, satu teks per baris."""
    for line in lines(file):
        sys.stdout.write(stem_text(line.decode("utf-8", "replace")) + "\n")
