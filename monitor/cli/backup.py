"""`jernih backup FILE`: everything in one file, while Jernih runs."""

from pathlib import Path
from typing import Annotated

import typer

from monitor.cli.opening import environment, now, opened
from monitor.cli.progress import bar


def command(file: Annotated[Path, typer.Argument(help="Berkas cadangan yang dibuat.")]) -> None:
    """Cadangkan semua data; Jernih boleh tetap berjalan."""
    with opened(environment()) as store, bar("cadangan") as report:
        store.backup(file, now(), report)
    print(f"Cadangan tersimpan: {file} ({file.stat().st_size // 1024} KiB). Simpan salinannya di mesin lain.")
