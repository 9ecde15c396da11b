"""`jernih demo`: Kota Contoh on loopback, watched by the same program, in a data folder of its own."""

import os
import secrets
from pathlib import Path
from threading import Thread
from typing import Annotated

import typer

from monitor import digests, pipeline
from monitor.cli.digest import content, write
from monitor.cli.opening import Environment, Trouble, environment, house, now, settings
from monitor.cli.run import run
from monitor.demo import City, planned, publish_all, settings_text
from monitor.people import ADMINISTRATOR, KEPALA, LUAR, PEMBACA, REDAKTUR, VERIFIKATOR, Account, codes
from monitor.pipeline import House

WAIT_SECONDS = 5.0
PEOPLE = (
    ("sari", "Sari", VERIFIKATOR),
    ("budi", "Budi", VERIFIKATOR),
    ("rini", "Rini", REDAKTUR),
    ("karta", "Karta", KEPALA),
    ("ayu", "Ayu", ADMINISTRATOR),
    ("luh", "Luh dari kampus", LUAR),
    ("tamu", "Tamu dari Bawaslu", PEMBACA),
)


def command(
    port: Annotated[int | None, typer.Option(min=1, max=65535, help="Port meja.")] = None,
    city_port: Annotated[int, typer.Option(min=1024, max=65535, help="Port server-server kota.")] = 8770,
) -> None:
    """Jernih atas Kota Contoh yang karangan; tidak memerlukan internet dan tidak menyentuh data Anda."""
    home = environment().home / "demo"
    city = _city(city_port)
    try:
        found = Environment(home, "", _feeds(home, city_port))
        print("Kota Contoh menyala. Antrean terisi dalam sekitar satu menit.", flush=True)
        _office(found, city, city_port)
        code = run(found, port, made_up=_people())
    finally:
        city.close()
    raise typer.Exit(code)


def _office(found: Environment, city: City, port: int) -> None:
    """In a thread of its own: the made-up office answers two rumours, as soon as the first cycle has brought them."""
    plans = planned(city.texts, port)

    def work() -> None:
        city.closed.wait(WAIT_SECONDS)
        if not city.closed.is_set():
            with house(found, settings(found)) as one:
                done = publish_all(one, plans, now, city.closed)
                if done:
                    print(f"{done} klarifikasi sudah terbit: lihat /publik/", flush=True)
                    _report(one, found.home)

    Thread(target=work, name="kantor", daemon=True).start()


def _report(one: House, home: Path) -> None:
    """The running week as a page to look at; the desk stores a week only once it is over."""
    zone = one.settings.office.zone
    week = digests.week(digests.label_of(now(), zone), zone)
    if isinstance(week, digests.Period):
        path = home / f"laporan-{week.label}.html"
        write(str(path), content(pipeline.digest(one, week), "html"))


def _people() -> list[Account]:
    """Whom one may be in the demo. Their second factor is set up with a secret that nobody knows."""
    secret = codes.secret_of(secrets.token_bytes(20))
    return [Account(name, shown, (role,), now(), secret=secret) for name, shown, role in PEOPLE]


def _city(port: int) -> City:
    try:
        city = City(port, now)
    except OSError as fault:
        raise Trouble(
            f"Port {port} di 127.1.9.10 sampai 127.1.9.22 tidak dapat dipakai ({fault.strerror}). "
            "Coba: .venv/bin/jernih demo --city-port 8780"
        ) from fault
    city.start()
    return city


def _feeds(home: Path, port: int) -> Path:
    path = home / "feeds.toml"
    part = path.with_suffix(".part")
    try:
        home.mkdir(parents=True, exist_ok=True)
        part.write_text(settings_text(port, now()), encoding="utf-8")
        os.replace(part, path)
    except OSError as fault:
        raise Trouble(f"{home} tidak dapat ditulis ({fault.strerror}). Periksa hak akses JERNIH_HOME.") from fault
    return path
