"""`jernih audit verify [FILE]`: does the chain of what was done hold; is a berkas perkara whole?"""

from pathlib import Path
from typing import Annotated

import typer

from monitor.cli import casefile
from monitor.cli.opening import Trouble, environment, opened

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Periksa rantai audit.")


@app.callback()
def audit() -> None:
    """The audit's commands."""


@app.command("verify", help="Periksa bahwa tidak ada yang diubah atau dipotong; sebuah BERKAS tanpa basis data.")
def verify(
    file: Annotated[Path | None, typer.Argument(help="Berkas perkara (ZIP); kosong: rantai di basis data.")] = None,
    seal: Annotated[str, typer.Option(help="Segel berkas perkara yang dicatat kantor.")] = "",
) -> None:
    """Exit 0 where the chain (or the berkas perkara) is whole, 1 where it was tampered with."""
    if file is not None:
        print(casefile.verify(file, seal))
        return
    with opened(environment()) as store:
        faults = store.audit_faults()
        with store.read() as tx:
            count, digest = tx.anchor()
    if faults:
        raise Trouble("Rantai audit rusak:\n" + "\n".join(faults))
    print(f"Rantai audit utuh: {count} langkah, ujungnya {digest[:16]}.")
