"""`jernih erase`: removes the words of one konten, or all whose time is over, leaving rows and chain whole."""

import getpass
from typing import Annotated

import typer

from monitor.cli.opening import Trouble, environment, now, opened, settings
from monitor.pipeline import editions, retaining


def command(
    item: Annotated[int | None, typer.Argument(help="Nomor konten yang kata-katanya dihapus.")] = None,
    why: Annotated[str, typer.Option(help="Alasan penghapusan.")] = "",
    basis: Annotated[str, typer.Option(help="Dasar hukumnya, misalnya UU 27/2022.")] = "",
    due: Annotated[bool, typer.Option("--due", help="Hapus semua yang masa simpannya lewat ([archive]).")] = False,
    dry: Annotated[bool, typer.Option("--dry-run", help="Bersama --due: hitung saja, jangan hapus.")] = False,
) -> None:
    """Hapus judul, isi, dan halaman tersimpan satu konten; barisnya tetap, dengan nisan: siapa dan mengapa."""
    if due:
        if item is not None or why or basis:
            raise Trouble("Pakai --due tanpa nomor konten, --why, dan --basis.", 2)
        print(_due(dry))
        return
    if item is None or not why.strip() or not basis.strip() or dry:
        raise Trouble("Tulis nomor konten, --why, dan --basis; atau --due untuk yang masa simpannya lewat.", 2)
    with opened(environment()) as store:
        with store.read() as tx:
            left = tx.left_of(item)
        if left is None:
            raise Trouble(f"Konten {item} tidak ada.")
        editions.part(store, now())
        gone = store.erase(left.words, getpass.getuser(), why, basis, now(), left.pages)
    print(f"{len(gone)} teks dan halaman dihapus; rantai audit tetap utuh.")


def _due(dry: bool) -> str:
    """Erases what is due, or counts it."""
    found = environment()
    wish = settings(found).archive
    with opened(found) as store:
        if not dry:
            editions.part(store, now())
        told = retaining.retain(store, wish, now(), dry, f"{getpass.getuser()} di server")
    rules = f"dikesampingkan lebih dari {wish.dismissed_days} hari, bukti lebih dari {wish.evidence_years} tahun"
    did = "Akan dihapus" if dry else "Dihapus"
    lines = [f"{did} ({rules}): {told.words} teks dan {told.pages} berkas dari {told.konten} konten dan "
             f"{told.evidence} bukti."]
    if told.held:
        lines.append(f"{told.held} tetap disimpan karena masih menjadi sandaran perkara lain.")
    return "\n".join(lines)
