"""`jernih erase`: removes the words of one konten, leaving rows and chain whole."""

import getpass
from typing import Annotated

import typer

from monitor.cli.opening import Trouble, environment, now, opened


def command(
    item: Annotated[int, typer.Argument(help="Nomor konten yang kata-katanya dihapus.")],
    why: Annotated[str, typer.Option(help="Alasan penghapusan.")],
    basis: Annotated[str, typer.Option(help="Dasar hukumnya, misalnya UU 27/2022.")],
) -> None:
    """Hapus judul, isi, dan halaman tersimpan satu konten; barisnya tetap, dengan nisan: siapa dan mengapa."""
    with opened(environment()) as store:
        with store.read() as tx:
            detail = tx.item(item)
        if detail is None:
            raise Trouble(f"Konten {item} tidak ada.")
        words = {version.words for version, _ in detail.versions} | {detail.row.entry.words}
        gone = store.erase(words - {""}, getpass.getuser(), why, basis, now())
    print(f"{len(gone)} teks dihapus; rantai audit tetap utuh.")
