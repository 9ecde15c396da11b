"""`jernih backup FILE`: everything in one file, while Jernih runs."""

from pathlib import Path
from typing import Annotated

import typer

from monitor.cli.opening import Trouble, environment, now, opened
from monitor.cli.progress import bar


def command(file: Annotated[Path, typer.Argument(help="Berkas cadangan yang dibuat.")]) -> None:
    """Cadangkan semua data; Jernih boleh tetap berjalan."""
    if not file.absolute().parent.is_dir():
        raise Trouble(f"Folder {file.parent} tidak ada. Buat dahulu, atau pilih tempat lain.", 2)
    if file.is_dir():
        raise Trouble(f"{file} adalah folder. Tulis nama berkas di dalamnya, misalnya {file / 'jernih.zip'}.", 2)
    with opened(environment()) as store, bar("cadangan") as report:
        store.backup(file, now(), report)
        key = store.seals.path
    print(f"Cadangan tersimpan: {file} ({file.stat().st_size // 1024} KiB). Simpan salinannya di mesin lain.")
    if key.exists():
        print(f"Kunci faktor kedua tidak ikut di dalamnya. Simpan salinan {key} terpisah dari cadangan.")
