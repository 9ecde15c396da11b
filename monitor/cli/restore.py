"""`jernih restore FILE`: a backup put back, from either kind of database into either."""

from pathlib import Path
from typing import Annotated

import typer

from monitor.cli.opening import Trouble, environment, now, opened
from monitor.cli.progress import bar
from monitor.pipeline import outbox


def command(
    file: Annotated[Path, typer.Argument(help="Berkas cadangan.")],
    replace: Annotated[bool, typer.Option("--replace", help="Ganti data yang sudah ada di sini.")] = False,
) -> None:
    """Pulihkan cadangan; ditolak (kode 3) selama Jernih berjalan."""
    if not file.is_file():
        raise Trouble(f"Cadangan {file} tidak ada. Periksa nama berkasnya.", 2)
    with opened(environment()) as store:
        with bar("pemulihan") as report:
            store.restore(file, now(), replace, report)
        doubts = outbox.after_restore(store, now())
        faults = store.audit_faults()
    if doubts:
        print(f"{doubts} pengiriman yang menunggu mungkin sudah terkirim sesudah cadangan ini dibuat. Putuskan di "
              "meja, halaman Pengiriman.")
    print(f"Dipulihkan dari {file}. Rantai audit {'utuh' if not faults else 'RUSAK: jernih audit verify'}.")
    if faults:
        raise typer.Exit(1)
