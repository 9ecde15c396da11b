"""`jernih run`: the clock and the desk in one process, until a signal."""

import logging
import secrets
import sys
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Event
from typing import Annotated

import structlog
import typer

from classifiers.regions import gazetteer
from classifiers.topics import taxonomy
from monitor import desk as pages
from monitor import mail, pipeline, store
from monitor.cage import Cage
from monitor.cli import deliver
from monitor.cli.opening import Environment, Trouble, environment, now, scorer
from monitor.daemon import Clock, Deliverer, Doors, Feeds, Jobs, Look, Mailer, Service, notify, on_signals, secrets_of
from monitor.daemon import run as serve
from monitor.daemon.memory import few_arenas
from monitor.desk import Desk, Names, Server
from monitor.desk.office import unread
from monitor.people import Account
from monitor.pipeline import House, Link, handing, people, picturing
from monitor.sources import ConfigError, Settings, paused
from monitor.store import Held, Store
from monitor.web import Collector

COLLECT_SECONDS, FEEDS_SECONDS, NOTICE_SECONDS, REPORT_SECONDS, PRUNE_SECONDS = 5, 2, 60, 300, 6 * 3600
RETAIN_SECONDS = 24 * 3600
DELIVER_SECONDS = 10
NATION = "00"


@dataclass(frozen=True, slots=True)
class Ports:
    """Where the desk and the metrics listen; `desk` is None where no desk is wanted."""

    desk: Server | None
    metrics: Server

    @property
    def services(self) -> list[Service]:
        return [self.metrics, *([self.desk] if self.desk else [])]


def command(
    port: Annotated[int | None, typer.Option(min=1, max=65535, help="Port meja; bawaannya dari feeds.toml.")] = None,
    desk: Annotated[bool, typer.Option("--desk/--no-desk", help="Dengan halaman meja, atau pengumpul saja.")] = True,
) -> None:
    """Jalankan pengumpul dan meja sampai dihentikan (Ctrl+C)."""
    raise typer.Exit(run(environment(), port, desk))


def run(found: Environment, port: int | None = None, desk: bool = True, made_up: Sequence[Account] = ()) -> int:
    """The daemon over an environment; gives the exit code: 0 stopped, 1 failed, 2 wrong settings, 3 held.

    `made_up` are the people of the demo, who come in without a password.
    """
    keep_log()
    few_arenas()
    stop = Event()
    on_signals(stop)
    feeds = opened_feeds(found.feeds)
    kept = store.open(found.database, found.home)
    try:
        with kept.leader() as leader:
            kept.migrate()
            people.made_up(kept, made_up)
            return _run(found, kept, feeds, port, desk, stop, leader.lost, bool(made_up))
    except Held as held:
        raise Trouble(held.sentence, 3) from held
    finally:
        kept.close()


def keep_log() -> None:
    """One line an event on standard error; a failure's cause without the values of variables, for secrets are among
    them."""
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s %(message)s")
    terminal = sys.stderr.isatty()
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.dev.ConsoleRenderer(colors=terminal, exception_formatter=structlog.dev.plain_traceback),
        ],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )


def opened_feeds(path: Path) -> Feeds:
    """feeds.toml, or the end of the command with code 2 and every fault with its line."""
    try:
        return Feeds(path)
    except ConfigError as fault:
        raise Trouble("\n".join(fault.sentences(str(path))), 2) from fault


def names() -> Names:
    """The names of kode wilayah and topics that ship with Jernih."""
    areas, issues = gazetteer(), taxonomy().topics

    def region(code: str) -> str:
        return "nasional" if code == NATION else areas.name(code) or code

    return Names(region, lambda code: issues[code].name if code in issues else code)


def _run(found: Environment, kept: Store, feeds: Feeds, port: int | None, desk: bool, stop: Event,
         lost: Callable[[], bool], demo: bool) -> int:
    wish = feeds.settings.desk
    own = (port or wish.port, wish.metrics_port)

    def collector(settings: Settings) -> Collector:
        return Collector(settings.network, settings.office.contact, own_ports=own)

    cage = Cage()

    def visit(urls: Sequence[str]) -> list[Link]:
        settings = feeds.settings
        if not settings.office.contact:
            return unread(urls)
        with closing(collector(settings)) as asked:
            return pipeline.visit_links(House(settings, kept, asked, cage, None), urls, now, stop)

    jobs, clock = Jobs(Doors(kept, cage, collector, lambda: scorer(found.home), now), feeds, stop), Clock()
    house = Desk(kept, lambda: ported(feeds.settings, own[0]), now, lambda: feeds.trouble, lambda: jobs.pulse,
                 lambda: clock.wake("collect"), lambda: jobs.model, names(),
                 tuple(code for code, topic in taxonomy().topics.items() if topic.group != "sasaran"),
                 visit=visit, seal=lambda name, content: handing.seal(kept, cage, name, content),
                 redact=lambda *what: picturing.blacked(cage, *what),
                 demo=demo, detector=lambda: jobs.detector)
    ports = _ports(house, wish.host, own, desk)
    address = ports.desk.address if ports.desk else f"http://{wish.host}:{own[0]}"
    clock.every(FEEDS_SECONDS, "feeds", jobs.read_feeds)
    clock.every(COLLECT_SECONDS, "collect", jobs.collect)
    clock.every(NOTICE_SECONDS, "notices", Look(house, Mailer(mail.send, address, secrets_of(found.home))))
    clock.every(PRUNE_SECONDS, "prune", jobs.prune)
    clock.every(RETAIN_SECONDS, "retain", jobs.retain)
    clock.every(REPORT_SECONDS, "reports", jobs.report)
    clock.every(DELIVER_SECONDS, "deliver", Deliverer(kept, lambda: feeds.settings, secrets_of(found.home), now, stop,
                                                      own, names().region, deliver.named))
    clock.every(REPORT_SECONDS, "samples", jobs.sample)
    _greet(found, feeds.settings, ports, "" if demo or not ports.desk else _first(kept, ports.desk.address))
    return serve(clock, ports.services, stop, lost, jobs.busy, jobs.close)


def ported(settings: Settings, port: int) -> Settings:
    """The settings with the port that the command was given: addresses of our own pages lead there."""
    return replace(settings, desk=replace(settings.desk, port=port))


def _ports(house: Desk, host: str, own: tuple[int, int], desk: bool) -> Ports:
    """Opens the ports before anything is started, so that a port in use ends the command with a sentence."""
    opened = pages.listen(host, own[0]) if desk else None
    try:
        metrics = Server(pages.metrics_app(house), pages.listen("127.0.0.1", own[1]))
    except pages.DeskError:
        if opened:
            opened.close()
        raise
    return Ports(Server(pages.app(house), opened) if opened else None, metrics)


def _first(kept: Store, address: str) -> str:
    """The one-time address of the first administrator, "" once there are accounts."""
    link = secrets.token_urlsafe(32)
    return f"{address}/undangan?kunci={link}" if people.first_link(kept, link, now()) else ""


def _greet(found: Environment, settings: Settings, ports: Ports, first: str) -> None:
    """What a person at the terminal needs to know, once."""
    where = f"Meja: {ports.desk.address}" if ports.desk else "Tanpa meja; pengumpul saja."
    lines = [f"Jernih berjalan. {where}", f"Data: {found.home.resolve()} · metrik: {ports.metrics.address}/metrics",
             f"{len(settings.watched)} sumber dipantau. Hentikan dengan Ctrl+C."]
    if first:
        lines.append(f"Belum ada akun. Administrator pertama masuk di sini, sekali saja, dalam 24 jam:\n{first}")
    if paused(settings):
        lines.append(paused(settings))
    print("\n".join(lines), flush=True)
    notify("STATUS=" + where)
