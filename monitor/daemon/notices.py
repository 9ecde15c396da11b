"""Is the house well? -> mail to the people on call: load, decide, send, save; once per cause."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import structlog

from monitor import alerts
from monitor.alerts import Notices, Quiet, Urgent, Vitals
from monitor.daemon.secret import Secrets, from_environment
from monitor.desk import Desk
from monitor.desk.health import vitals
from monitor.mail import Letter, Sent, Server
from monitor.pipeline import sending
from monitor.sources import Settings, offset

log = structlog.get_logger()
MOST_URGENT = 100
RETRY = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Mailer:
    """How letters go out, the desk's address that stands in them, and where the password is found."""

    send: Callable[[Server, Letter], Sent]
    address: str
    secret: Secrets = from_environment


def server_of(settings: Settings, secret: Secrets = from_environment) -> Server | None:
    """The mail server of [notices], None where the office wants no notices."""
    return sending.server_of(settings, secret) if settings.notices.to else None


def test_letter(settings: Settings, now: datetime, address: str) -> Letter:
    """A letter that only shows that letters arrive."""
    zone = offset(settings.office.zone)
    text = (f"Surel percobaan dari Jernih, {now.astimezone(zone):%d-%m-%Y %H.%M %Z}.\n"
            f"Bila surel ini sampai, pemberitahuan gangguan dan konten mendesak juga akan sampai.\n\nMeja: {address}\n")
    subject = alerts.one_line(f"[Jernih · {_office(settings)}] surel percobaan")
    return Letter(settings.notices.mail_from, settings.notices.to, subject, text)


class Look:
    """Looks at the house; a letter that failed waits RETRY before it is tried again."""

    def __init__(self, desk: Desk, mailer: Mailer) -> None:
        self.desk, self.mailer = desk, mailer
        self._not_before: datetime | None = None

    def __call__(self) -> None:
        now = self.desk.now()
        self._not_before = look(self.desk, self.mailer, now, self._not_before)


def look(desk: Desk, mailer: Mailer, now: datetime, not_before: datetime | None = None) -> datetime | None:
    """One look. Gives the time before which no mail is tried again, None if all is told."""
    settings = desk.settings()
    server = server_of(settings, mailer.secret)
    if server is None:
        return None
    known = replace(vitals(desk)[0], urgent=_urgent(desk, settings))
    found = _decided(desk, known, now, quiet(settings))
    if not found.worth_a_mail or (not_before and now < not_before <= now + RETRY):
        return not_before if found.worth_a_mail else None
    sent = mailer.send(server, _letter(settings, found, known, now, mailer.address))
    log.info("notice mailed", sent=sent.sent, cause=sent.cause, subjects=len(found.begun) + len(found.ended))
    if sent.sent is False:
        return now + RETRY
    # Where the server fell silent the letter may have arrived: sending it again all night would be worse.
    with desk.store.write() as tx:
        tx.put_alerts(alerts.told(found, now))
    return None


def quiet(settings: Settings) -> Quiet | None:
    """The quiet hours of [notices], in the office's zone."""
    wish = settings.notices
    if wish.quiet_from is None or wish.quiet_to is None:
        return None
    return Quiet(wish.quiet_from, wish.quiet_to, offset(settings.office.zone))


def _decided(desk: Desk, known: Vitals, now: datetime, silent: Quiet | None) -> Notices:
    """What to tell, over alerts that are all kept: the second look finds the new ones with their ids."""
    with desk.store.write() as tx:
        first = alerts.notices(tx.open_alerts(), known, now, silent)
        tx.put_alerts(first.keep)
        return alerts.notices(tx.open_alerts(), known, now, silent) if first.keep else first


def _urgent(desk: Desk, settings: Settings) -> tuple[Urgent, ...]:
    threshold = settings.notices.urgent
    if threshold is None:
        return ()
    with desk.store.read() as tx:
        rows = tx.urgent(threshold, MOST_URGENT)
    return tuple(Urgent(row.item.id, row.words.title if row.words else "", row.entry.source, row.item.priority)
                 for row in rows)


def _letter(settings: Settings, found: Notices, known: Vitals, now: datetime, address: str) -> Letter:
    subject = alerts.subject(found, _office(settings))
    text = alerts.letter(found, known, now, offset(settings.office.zone), address)
    return Letter(settings.notices.mail_from, settings.notices.to, subject, text)


def _office(settings: Settings) -> str:
    return settings.office.name or "kantor"
