"""`jernih demo`: Kota Contoh on loopback, watched by the same program, in a data folder of its own.

First the made-up office lives through the week before, with a clock that stands in it; then the program runs as ever,
and beside it the office answers what is new.
"""

import os
import secrets
from dataclasses import replace
from pathlib import Path
from threading import Thread
from typing import Annotated

import typer

from monitor import digests, pipeline
from monitor.cli.digest import content, write
from monitor.cli.opening import Environment, Trouble, environment, house, now, settings
from monitor.cli.run import keep_log, run
from monitor.daemon.secret import FOLDER
from monitor.demo import (
    OUTLETS,
    SECRET,
    City,
    Office,
    live,
    past_of,
    planned,
    publish_all,
    settings_text,
    was_here,
)
from monitor.people import ADMINISTRATOR, KEPALA, LUAR, PEMBACA, REDAKTUR, VERIFIKATOR, Account, codes
from monitor.pipeline import House
from monitor.web import Collector

WAIT_SECONDS, DESK_PORT = 5.0, 8765
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
        found = Environment(home, "", _feeds(home, city_port, port or DESK_PORT))
        print("Kota Contoh menyala. Antrean terisi dalam sekitar satu menit.", flush=True)
        print("Kanal karangannya: " + ", ".join(f"{name} http://{host}:{city_port}/" for _, name, host in OUTLETS))
        _secrets(home)
        _week_before(found, city, city_port)
        _office(found, city, city_port)
        code = run(found, port, made_up=_people())
    finally:
        city.close()
    raise typer.Exit(code)


def _week_before(found: Environment, city: City, port: int) -> None:
    """What the office did in the week before, once: so there is a digest of a week that is over."""
    keep_log()
    with house(found, settings(found)) as one:
        if was_here(one):
            return
        past, plans = past_of(now), planned(city.texts, port)
        # The servers are our own, so nobody needs to be spared.
        asked = Collector(one.settings.network, one.settings.office.contact, now=past, gap=0.05)
        city.past = True
        try:
            live(replace(one, collector=asked), city.texts, plans, past, now, city.closed)
        finally:
            city.past = False
            asked.close()


def _office(found: Environment, city: City, port: int) -> None:
    """In a thread of its own: the made-up office answers two rumours, as soon as the first cycle has brought them."""
    plans = [one for one in planned(city.texts, port) if not one.past]

    def work() -> None:
        city.closed.wait(WAIT_SECONDS)
        if not city.closed.is_set():
            with house(found, settings(found)) as one:
                done = publish_all(Office(one, now, city.closed, city.closed.wait), plans)
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
            f"Port {port} di 127.1.9.10 sampai 127.1.9.42 tidak dapat dipakai ({fault.strerror}). "
            "Coba: .venv/bin/jernih demo --city-port 8780"
        ) from fault
    city.start()
    return city


def _secrets(home: Path) -> None:
    """What the made-up channels are opened with; they take anything."""
    folder = home / FOLDER
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        for name in SECRET.values():
            with os.fdopen(os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
                file.write(f"1:{secrets.token_urlsafe(18)}\n")
    except OSError as fault:
        raise Trouble(f"{folder} tidak dapat ditulis ({fault.strerror}). Periksa hak akses JERNIH_HOME.") from fault


def _feeds(home: Path, port: int, desk: int) -> Path:
    path = home / "feeds.toml"
    part = path.with_suffix(".part")
    try:
        home.mkdir(parents=True, exist_ok=True)
        part.write_text(settings_text(port, now(), desk), encoding="utf-8")
        os.replace(part, path)
    except OSError as fault:
        raise Trouble(f"{home} tidak dapat ditulis ({fault.strerror}). Periksa hak akses JERNIH_HOME.") from fault
    return path
