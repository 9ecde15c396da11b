"""`jernih restore FILE`: a backup put back, from either kind of database into either."""

from pathlib import Path
from typing import Annotated

import typer

from monitor.cli.opening import Trouble, environment, now, opened
from monitor.cli.progress import bar
from monitor.pipeline import editions, factors, outbox


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
        editions.part(store, now())
        doubts = outbox.after_restore(store, now())
        faults, lost, key = store.audit_faults(), factors.unreadable(store), store.seals.path
    if doubts:
        print(f"{doubts} pengiriman yang menunggu mungkin sudah terkirim sesudah cadangan ini dibuat. Putuskan di "
              "meja, halaman Pengiriman.")
    if lost:
        print(f"Kunci faktor kedua tidak ada di sini, jadi kode 6 angka dari {len(lost)} akun tidak berlaku: "
              f"{', '.join(sorted(lost))}. Salin berkas kunci dari server lama ke {key} (chmod 600); bila tidak ada "
              "lagi, semua memasang faktor kedua lagi lewat tautan sekali pakai: jernih user reset NAMA")
    print(f"Dipulihkan dari {file}. Rantai audit {'utuh' if not faults else 'RUSAK: jernih audit verify'}.")
    if faults:
        raise typer.Exit(1)
