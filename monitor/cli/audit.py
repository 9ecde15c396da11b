"""`jernih audit verify`: does the chain of what was done hold?"""

import typer

from monitor.cli.opening import Trouble, environment, opened

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Periksa rantai audit.")


@app.callback()
def audit() -> None:
    """The audit's commands."""


@app.command("verify", help="Periksa bahwa tidak ada yang diubah atau dipotong.")
def verify() -> None:
    """Exit 0 where the chain is whole, 1 where it was tampered with."""
    with opened(environment()) as store:
        faults = store.audit_faults()
        with store.read() as tx:
            count, digest = tx.anchor()
    if faults:
        raise Trouble("Rantai audit rusak:\n" + "\n".join(faults))
    print(f"Rantai audit utuh: {count} langkah, ujungnya {digest[:16]}.")
