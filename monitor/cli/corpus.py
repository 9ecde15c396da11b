"""`jernih corpus check CORPUS`: is the file what training needs?"""

from pathlib import Path
from typing import Annotated

import typer

from classifiers import corpus
from monitor.cli.opening import Trouble

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Periksa berkas korpus.")


@app.callback()
def one() -> None:
    """The corpus' commands."""


@app.command("check", help="Periksa bentuk dan isi korpus; bentuknya: docs/korpus.md.")
def check(file: Annotated[Path, typer.Argument(help="Berkas korpus (parquet).")]) -> None:
    """Exit 1 where something is wrong, each fault a line."""
    if faults := corpus.check(file):
        raise Trouble("\n".join(faults))
    print(f"Korpus {file} dapat dipakai.")
