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
    "export": "Tulis halaman publik ke satu folder, atau label dari meja verifikasi.",
    "digest": "Laporan mingguan.",
    "deliver": "Pengiriman ke kanal: lihat, atau kirim satu putaran.",
    "report": "Laporan satu masa untuk arsip kantor (PDF, DOCX, HTML).",
    "score": "Nilai teks: JSON per baris masuk, JSON per baris keluar.",
    "stem": "Kata dasar menurut Sastrawi, satu teks per baris.",
    "corpus": "Periksa berkas korpus.",
    "train": "Latih model dari korpus.",
    "evaluate": "Ukur model dan tulis kartu model.",
    "retrain": "Sesuaikan model dengan hasil kerja meja.",
    "backup": "Cadangkan semua data ke satu berkas.",
    "restore": "Pulihkan data dari satu cadangan.",
    "erase": "Hapus kata-kata satu konten, atau yang masa simpannya lewat; barisnya tetap.",
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
    app._add_completion = False
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
        sys.exit(app(standalone_mode=False) or 0)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
    except (typer.Abort, KeyboardInterrupt):
        print("Dihentikan.", file=sys.stderr)
        sys.exit(1)
    except Exception as trouble:
        sentence = getattr(trouble, "sentence", None) or _wrong_use(trouble)
        if sentence is None:
            raise
        print(sentence, file=sys.stderr)
        sys.exit(getattr(trouble, "code", getattr(trouble, "exit_code", 1)))


def _wrong_use(trouble: Any) -> str | None:
    """The sentence for a command that was typed wrongly, None for any other trouble (Typer exports no class for it)."""
    if not hasattr(trouble, "format_message"):
        return None
    context, said = getattr(trouble, "ctx", None), trouble.format_message()
    if type(trouble).__name__ == "NoArgsIsHelpError":
        return str(said)
    path = context.command_path if context else "jernih"
    return f"{_what(trouble, said)} Lihat: {path} --help"


def _what(trouble: Any, said: str) -> str:
    param = getattr(trouble, "param", None)
    name = (param.opts[0] if param.param_type_name == "option" else param.name.upper()) if param else ""
    if option := getattr(trouble, "option_name", ""):
        return f"Pilihan {option} tidak dikenal atau belum lengkap."
    if type(trouble).__name__ == "MissingParameter":
        return f"{name} belum diisi."
    if said.startswith("No such command '"):
        wanted = said.split("'")[1]
        return f"Perintah “{wanted}” tidak dikenal."
    return f"Isi {name} tidak cocok ({trouble.message})." if name else f"Perintah tidak ditulis dengan benar ({said})."
