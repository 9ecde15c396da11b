"""`jernih doctor`: everything that a person would be asked about, with a word, a sentence and the repair."""

import json
import os
import re
import shutil
import socket
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from importlib import metadata
from pathlib import Path
from threading import Event
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from classifiers import detector
from classifiers.model import ModelError
from classifiers.regions import gazetteer
from monitor import fetches, mail, shipped, sources, store
from monitor.cage import Cage
from monitor.cli import channels, checkup, models
from monitor.cli.checkup import BAD, GOOD, Finding
from monitor.cli.opening import Environment, environment, now
from monitor.daemon import Secrets, secrets_of, server_of, test_letter
from monitor.fetches import Reply, Request
from monitor.pipeline import factors
from monitor.sources import ConfigError, Settings, Source
from monitor.store import Held, StoreError, migrate
from monitor.web import Collector

TRIED = 3
WAIT_SECONDS = 12.0
SHAPES = {GOOD: "[green]✓ baik[/green]", checkup.LOOK: "[yellow]▲ periksa[/yellow]", BAD: "[red]▲ rusak[/red]"}


@dataclass(frozen=True, slots=True)
class Read:
    """feeds.toml as it could be read; the defaults where it could not."""

    settings: Settings
    faults: tuple[str, ...] = ()


def command(
    as_json: Annotated[bool, typer.Option("--json", help="Hasil sebagai JSON.")] = False,
    letter: Annotated[bool, typer.Option("--surel", help="Kirim satu surel percobaan ke daftar piket.")] = False,
    offline: Annotated[bool, typer.Option("--tanpa-jaringan", help="Jangan mengunjungi sumber mana pun.")] = False,
) -> None:
    """Periksa semua yang mungkin ditanyakan orang; keluar dengan 1 bila ada yang rusak."""
    found = doctor(environment(), letter, offline)
    if as_json:
        print(json.dumps([asdict(one) for one in found], ensure_ascii=False, indent=2))
    else:
        Console().print(_table(found))
    raise typer.Exit(1 if any(one.mark == BAD for one in found) else 0)


def doctor(found: Environment, letter: bool = False, offline: bool = False) -> list[Finding]:
    """All findings, in the order in which one would repair them."""
    read = _read(found.feeds)
    wish, secret = read.settings, secrets_of(found.home)
    replies = [] if offline else _visit(wish)
    holder, latest, data = _store(found)
    return [
        checkup.python(sys.version_info[:2]),
        checkup.libraries(missing_libraries()),
        *_home(found.home),
        data,
        *_factors(found, data),
        checkup.lock(holder),
        checkup.feeds(str(found.feeds), read.faults, wish.warnings, len(wish.watched)),
        checkup.contact(wish.office.contact, str(found.feeds)),
        checkup.zone(wish.office.zone, gazetteer().zone_name(wish.office.code), wish.office.code),
        checkup.clock(now(), latest, [moment for reply in replies for moment in _dates(reply)]),
        *([] if offline else [_network(wish, replies)]),
        _port(wish.desk.host, wish.desk.port, "meja", bool(holder)),
        _port("127.0.0.1", wish.desk.metrics_port, "metrik", bool(holder)),
        _model(found.home),
        _cage(),
        *_letters(wish, letter, secret),
        *channels.findings(wish, secret, offline),
    ]


def missing_libraries(name: str = "jernih") -> list[str]:
    """The libraries that an installed distribution names without an extra, and that are not installed."""
    try:
        wanted = metadata.requires(name) or []
    except metadata.PackageNotFoundError:
        return [name]
    return [library for library in _names(wanted) if not _installed(library)]


def _names(wanted: list[str]) -> Iterator[str]:
    for line in wanted:
        if "extra ==" not in line and (named := re.match(r"[A-Za-z0-9._-]+", line)):
            yield named[0]


def _installed(library: str) -> bool:
    try:
        metadata.version(library)
    except metadata.PackageNotFoundError:
        return False
    return True


def _read(path: Path) -> Read:
    try:
        return Read(sources.read(path.read_bytes(), sources.catalogue(shipped.text("sources.toml"))))
    except FileNotFoundError:
        return Read(Settings(), (f"{path} tidak ada. Salin feeds.toml bawaan, atau tunjuk dengan JERNIH_FEEDS.",))
    except OSError as fault:
        return Read(Settings(), (f"{path} tidak boleh atau tidak dapat dibaca ({fault.strerror}).",))
    except ConfigError as fault:
        return Read(Settings(), fault.sentences(str(path)))


def _home(path: Path) -> list[Finding]:
    """Whether something can be written there; the folder itself is made only by commands that keep data."""
    place = path if path.exists() else path.absolute().parent
    fault = ""
    try:
        with tempfile.TemporaryFile(dir=place):
            pass
    except OSError as error:
        fault = error.strerror or str(error)
    while not place.exists():
        place = place.parent
    room = shutil.disk_usage(place)
    return [checkup.home(str(path), fault), checkup.disk(room.free, room.total)]


def _store(found: Environment) -> tuple[str, datetime | None, Finding]:
    """Who leads ("" nobody), the newest cycle's end, and how the database is; nothing is written or migrated."""
    where = str(found.home / "jernih.db") if not found.database else "PostgreSQL atau basis data lain"
    if not found.database and not (found.home / "jernih.db").exists():
        return "", None, checkup.database(where, "new")
    try:
        kept = store.open(found.database, found.home)
    except StoreError as fault:
        return "", None, checkup.database(where, "trouble", fault.sentence)
    holder = ""
    try:
        kept.leader().release()
    except Held as held:
        holder = held.holder
    except StoreError as fault:
        return "", None, checkup.database(where, "trouble", fault.sentence)
    try:
        with kept.read() as tx:
            if migrate.current(tx.connection) != migrate.head():
                return holder, None, checkup.database(where, "older")
            cycle = tx.last_cycle()
        return holder, cycle.ended if cycle else None, checkup.database(where, "current")
    except StoreError as fault:
        return holder, None, checkup.database(where, "trouble", fault.sentence)
    finally:
        kept.close()


def _factors(found: Environment, data: Finding) -> list[Finding]:
    """Can the second factors that the database holds be opened? [] where the database itself is not in order."""
    if data.mark != GOOD or not (found.database or (found.home / "jernih.db").exists()):
        return []
    kept = store.open(found.database, found.home)
    try:
        lost = sorted(factors.unreadable(kept))
        return [checkup.factors(lost, str(kept.seals.path))] if lost or kept.seals.path.exists() else []
    except StoreError as fault:
        return [checkup.factors([], str(kept.seals.path), fault.sentence)]
    finally:
        kept.close()


def _visit(wish: Settings) -> list[Reply]:
    """Replies of a few sources on different hosts, asked as the collector asks; none without a contact."""
    if sources.paused(wish):
        return []
    hosts: dict[str, Source] = {}
    for source in wish.watched:
        hosts.setdefault(source.url.split("/")[2], source)
    wanted = [Request(source.name, source.url, source.name) for source in list(hosts.values())[:TRIED]]
    door = Collector(wish.network, wish.office.contact, deadline=WAIT_SECONDS)
    try:
        return list(door.fetch_all(wanted, Event()))
    finally:
        door.close()


def _dates(reply: Reply) -> Iterator[datetime]:
    try:
        moment = parsedate_to_datetime(reply.headers.get("date", ""))
    except ValueError:
        return
    if moment.tzinfo:
        yield moment


def _network(wish: Settings, replies: list[Reply]) -> Finding:
    reached = sum(bool(reply.status) for reply in replies)
    failed = next((reply for reply in replies if not reply.status), None)
    sentence = fetches.judge_page(failed, now())[0].sentence if failed else ""
    return checkup.network(len(replies), reached, sentence, wish.network.proxy, os.environ)


def _port(host: str, number: int, use: str, running: bool) -> Finding:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, number))
        except OSError:
            return checkup.port(number, use, "ours" if running else "taken")
    return checkup.port(number, use, "free")


def _model(home: Path) -> Finding:
    own = models.folder(home)
    try:
        return checkup.model(detector.load(own).model, "")
    except ModelError as fault:
        return checkup.model("", fault.sentence, own is not None)


def _cage() -> Finding:
    with Cage(workers=1) as cage:
        outcome = cage.submit(sources.canonical, "https://kota.example/").result()
    return checkup.cage(outcome.problem, outcome.cause)


def _letters(wish: Settings, letter: bool, secret: Secrets) -> list[Finding]:
    server = server_of(wish, secret)
    found = [checkup.letters(server.host if server else "", len(wish.notices.to),
                             bool(server and server.user and not server.password))]
    if letter and server:
        desk = f"http://{wish.desk.host}:{wish.desk.port}"
        sent = mail.send(server, test_letter(wish, now(), desk))
        found.append(checkup.letter(sent.sent, sent.sentence))
    return found


def _table(found: list[Finding]) -> Table:
    table = Table(box=None, pad_edge=False, show_header=False)
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for one in found:
        repair = f"\n[bold]→ {escape(one.repair)}[/bold]" if one.repair else ""
        table.add_row(SHAPES[one.mark], one.name, escape(one.sentence) + repair)
    return table
