"""`jernih user ...`: accounts from the command line of the server; whoever may run it may read everything anyway."""

import getpass
import secrets
from typing import Annotated

import typer

from monitor.cli.opening import Environment, Trouble, environment, now, opened, settings
from monitor.people import ROLES, Account, Refusal
from monitor.pipeline import factors, people
from monitor.pipeline.factors import needs_second

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Akun: tambah, daftar, nonaktifkan, tautan, peran.")
Name = Annotated[str, typer.Argument(help="Nama akun.")]
Roles = Annotated[list[str], typer.Option("--role", help=", ".join(ROLES) + "; boleh lebih dari satu.")]


@app.command("add", help="Buat akun; cetak tautan sekali pakai untuk pemiliknya.")
def add(name: Name, role: Roles, shown: Annotated[str, typer.Option(help="Nama lengkap.")] = "") -> None:
    """A new account and its one-time link."""
    found, link = environment(), secrets.token_urlsafe(32)
    with opened(found) as store:
        made = _told(people.add(store, name, shown, role, link, _who(), now()))
    print(f"Akun {made.name} dibuat ({', '.join(made.roles)}).\n{_link(found, link)}")


@app.command("list", help="Semua akun.")
def listed() -> None:
    """Every account with its roles and state."""
    with opened(environment()) as store:
        lost = factors.unreadable(store)
        with store.read() as tx:
            accounts = tx.accounts()
    if not accounts:
        print("Belum ada akun. Jalankan jernih run; alamat administrator pertama tercetak di sana.")
    for one in accounts:
        print(f"{one.name:<20} {', '.join(one.roles):<40} {_state(one, one.name in lost)}")


@app.command("disable", help="Nonaktifkan akun; sesinya berakhir saat itu juga. --enable membukanya lagi.")
def disable(name: Name, enable: Annotated[bool, typer.Option("--enable", help="Aktifkan lagi.")] = False) -> None:
    """Shuts an account out, or lets it in again."""
    with opened(environment()) as store:
        _told(people.set_disabled(store, name, not enable, _who(), now()))
    print(f"Akun {name} {'aktif lagi' if enable else 'nonaktif; sesinya berakhir'}.")


@app.command("reset", help="Tautan sekali pakai yang baru; sandi dan faktor kedua yang lama berakhir.")
def reset(name: Name) -> None:
    """A new one-time link in place of password and second factor."""
    found, link = environment(), secrets.token_urlsafe(32)
    with opened(found) as store:
        _told(people.reset(store, name, link, _who(), now()))
    print(_link(found, link))


@app.command("role", help="Ganti semua peran satu akun.")
def role(name: Name, role: Roles) -> None:
    """Other roles for an account."""
    with opened(environment()) as store:
        changed = _told(people.set_roles(store, name, role, _who(), now()))
    print(f"Akun {name}: {', '.join(changed.roles)}.")
    if needs_second(changed) and not changed.secret:
        print("Peran yang menyetujui atau mengelola berlaku setelah faktor kedua dipasang, di halaman Akun.")


def _told(outcome: Account | Refusal) -> Account:
    if isinstance(outcome, Refusal):
        raise Trouble(outcome.sentence)
    return outcome


def _link(found: Environment, link: str) -> str:
    desk = settings(found).desk
    path = f"/undangan?kunci={link}"
    where = f"https://{desk.hosts[0]}" if desk.hosts else f"http://127.0.0.1:{desk.port}"
    return f"Serahkan tautan ini langsung kepada orangnya. Berlaku 24 jam, sekali pakai:\n{where}{path}"


def _state(account: Account, lost: bool) -> str:
    if account.disabled:
        return "nonaktif"
    if not account.password:
        return "menunggu tautan dipakai"
    if lost:
        return f"kunci faktor kedua hilang; buatkan tautan baru: jernih user reset {account.name}"
    return "aktif" + ("" if account.secret or not needs_second(account) else ", faktor kedua belum terpasang")


def _who() -> str:
    return f"{getpass.getuser()} di server"
