"""`jernih ...`: every command in a module of its own, loaded only when it is called."""

import sys
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperGroup

COMMANDS = {
    "run": "Jalankan pengumpul dan meja di http://127.0.0.1:8765.",
    "demo": "Program yang sama dengan Kota Contoh, tanpa internet.",
    "collect": "Satu putaran pengambilan atas sumber yang jatuh tempo.",
    "sources": "Daftar sumber; periksa, impor, dan ekspor OPML.",
    "queue": "Konten yang menunggu, menurut prioritas.",
    "verdict": "Catat hasil verifikasi satu konten, atau setujui sebagai orang kedua.",
    "clarify": "Tulis, periksa, setujui, dan terbitkan klarifikasi satu isu.",
    "export": "Tulis halaman publik ke satu folder.",
    "digest": "Laporan mingguan.",
    "score": "Nilai teks: JSON per baris masuk, JSON per baris keluar.",
    "stem": "Kata dasar menurut Sastrawi, satu teks per baris.",
    "corpus": "Periksa berkas korpus.",
    "train": "Latih model dari korpus.",
    "evaluate": "Ukur model dan tulis kartu model.",
    "retrain": "Sesuaikan model dengan hasil kerja meja.",
    "backup": "Cadangkan semua data ke satu berkas.",
    "restore": "Pulihkan data dari satu cadangan.",
    "erase": "Hapus kata-kata satu konten; barisnya tetap.",
    "audit": "Periksa rantai audit.",
    "user": "Akun: tambah, daftar, nonaktifkan, tautan baru, peran.",
    "doctor": "Periksa semua yang mungkin ditanyakan orang.",
}


class Lazy(TyperGroup):
    """Lists the commands without importing them; imports one when it is called."""

    def list_commands(self, ctx: Any) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        if cmd_name not in COMMANDS:
            return None
        stub = typer.Typer()
        stub.command(cmd_name, help=COMMANDS[cmd_name])(_nothing)
        return typer.main.get_command(stub)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        if not args or args[0] not in COMMANDS:
            return super().resolve_command(ctx, args)
        return args[0], load(args[0]), args[1:]


def load(name: str) -> Any:
    """The command `name` from its module monitor.cli.<name>: `app` (a Typer of several) or `command` (a function)."""
    module = import_module(f"monitor.cli.{name}")
    app = getattr(module, "app", None)
    if app is None:
        app = typer.Typer(add_completion=False)
        app.command(name, help=COMMANDS[name])(module.command)
    return typer.main.get_command(app)


def _nothing() -> None:
    """Stands for a command in the listing."""


app = typer.Typer(
    cls=Lazy, no_args_is_help=True, add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False
)


@app.callback()
def jernih() -> None:
    """Jernih: temukan hoaks pemilu lebih awal, periksa, dan jawab dengan yang benar."""


def main() -> None:
    """Runs a command; what goes wrong in an expected way ends as a sentence and an exit code, never a traceback.

    An expected trouble is an exception with `sentence` (Indonesian) and, where it differs from 1, `code`.
    """
    try:
        app()
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
    except Exception as trouble:
        sentence = getattr(trouble, "sentence", None)
        if sentence is None:
            raise
        print(sentence, file=sys.stderr)
        sys.exit(getattr(trouble, "code", 1))
