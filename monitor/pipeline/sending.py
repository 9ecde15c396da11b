"""Deliveries that are due -> channels: load, decide, save "mengirim", touch the door, save what came of it.

Every channel has its own thread, so that one that is down holds up no other. Only one process may send: the caller
holds the leader's lock, so a delivery found as "mengirim" was left behind by one that died.
"""

import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime
from threading import Event

import structlog

from monitor import clarifications, deliveries, digests, mail, shipped, web
from monitor.clarifications import Clarification
from monitor.deliveries import (
    MENGIRIM,
    MENUNGGU,
    Ask,
    Delivery,
    Drop,
    Go,
    Hold,
    Mailing,
    Parcel,
    Reply,
    Result,
)
from monitor.digests import Digest, Edition
from monitor.pipeline import answers, editions, outbox
from monitor.pipeline.house import Clock
from monitor.posts import Post, Publication, Site
from monitor.sources import Channel, Settings, lacks
from monitor.store import Store, Tx
from monitor.verdicts import Verdict

log = structlog.get_logger()
THREADS = 8
MAIL_SECRET = "JERNIH_SMTP_PASSWORD"  # noqa: S105 - the name of the variable
NO_SITE = "Isi url pada [public] di feeds.toml: alamat halaman publik yang disebut dalam kiriman."
Senders = Callable[[web.Channel], web.Sender]
PostOffice = Callable[[mail.Server, mail.Letter, str], mail.Sent]


@dataclass(frozen=True, slots=True)
class Outlet:
    """The doors and settings of sending. `secret` gives what a name of feeds.toml stands for, "" if it is not there;
    `named` the names of codes in a digest. `rests` holds until when (monotonic seconds) a channel asked for peace."""

    settings: Settings
    store: Store
    site: Site
    secret: Callable[[str], str]
    sender: Senders
    letters: PostOffice
    named: Callable[[Digest], dict[str, str]] = lambda digest: {}
    clock: Callable[[], float] = time.monotonic
    rests: dict[str, float] = field(default_factory=dict)
    senders: dict[Channel, web.Sender] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Ready:
    """A delivery that may go out now, and what carries it when it does."""

    go: Go
    carry: Callable[[Delivery, datetime], Result]


def send_due(outlet: Outlet, now: Clock, stop: Event) -> int:
    """Sends what is due, every channel by itself; how many tries were made."""
    with outlet.store.read() as tx:
        rows = tx.under_way()
    lines: dict[tuple[bool, str], list[Delivery]] = {}
    for row in rows:
        lines.setdefault((bool(row.report), row.channel), []).append(row)
    if not lines:
        return 0
    with ThreadPoolExecutor(min(len(lines), THREADS), "kirim") as pool:
        return sum(pool.map(lambda some: _line(outlet, some, now, stop), lines.values()))


def _line(outlet: Outlet, rows: Sequence[Delivery], now: Clock, stop: Event) -> int:
    """One channel, oldest first, until it fails; what breaks here breaks no other channel."""
    tried = 0
    for row in rows:
        if stop.is_set() or outlet.clock() < outlet.rests.get(row.channel, 0.0):
            break
        try:
            if row.state == MENGIRIM:
                _crashed(outlet, row, now())
                continue
            ended = _try(outlet, row, now)
        except Exception as error:
            # Its words may hold an address with a secret in it: the kind of the error must do.
            log.error("sending broke off", delivery=row.id, channel=row.channel, error=type(error).__name__)
            break
        tried += ended is not None
        if ended is not None and ended.state == MENUNGGU and ended.due > row.due:
            break
    return tried


def _crashed(outlet: Outlet, row: Delivery, now: datetime) -> None:
    with outlet.store.write() as tx:
        outbox.keep(tx, row, deliveries.crashed(row, now))
    log.warning("a sending was cut off", delivery=row.id, channel=row.channel)


def _try(outlet: Outlet, seen: Delivery, now: Clock) -> Delivery | None:
    """Load and decide; save; do; save. None if nothing was sent."""
    at = now()
    if not deliveries.is_due(seen, at) or _still_held(outlet, seen, at):
        return None
    with outlet.store.write() as tx:
        row = tx.get(Delivery, seen.id)
        if row is None or row.state != MENUNGGU:
            return None
        ready = _course(tx, outlet, row, at)
        begun = _begun(tx, row, ready, at)
    if begun is None or not isinstance(ready, Ready):
        return None
    result = ready.carry(begun, at)
    return _settled(outlet, begun, result, now())


def _still_held(outlet: Outlet, row: Delivery, at: datetime) -> bool:
    """Does it wait for the same reason as before? Then nothing is written."""
    with outlet.store.read() as tx:
        found = _course(tx, outlet, row, at)
    return isinstance(found, Hold) and found.sentence == row.sentence


def _begun(tx: Tx, row: Delivery, ready: "Ready | Hold | Drop", at: datetime) -> Delivery | None:
    if isinstance(ready, Ready):
        change = deliveries.begin(row, ready.go.way, ready.go.remote, at)
        return change[0] if outbox.keep(tx, row, change) else None
    held = (deliveries.hold if isinstance(ready, Hold) else deliveries.drop)(row, ready.sentence, ready.cause, at)
    if held:
        outbox.keep(tx, row, held)
    return None


def _settled(outlet: Outlet, begun: Delivery, result: Result, at: datetime) -> Delivery:
    change = deliveries.settle(begun, result, at)
    with outlet.store.write() as tx:
        if not outbox.keep(tx, begun, change):
            log.error("a delivery changed while it was sent", delivery=begun.id)
    if result.wait > 0:
        outlet.rests[begun.channel] = outlet.clock() + min(result.wait, deliveries.MOST_WAIT.total_seconds())
    log.info("sent", delivery=begun.id, channel=begun.channel, what=begun.noun, state=change[0].state,
             tries=begun.tries, cause=result.cause)
    return change[0]


def _course(tx: Tx, outlet: Outlet, row: Delivery, at: datetime) -> Ready | Hold | Drop:
    """May it go out at this moment, and by which way?"""
    family = outbox.family(tx, row)
    go = deliveries.course(row, family)
    if not isinstance(go, Go):
        return go
    found = (_report if row.report else _publication)(tx, outlet, row, family, at)
    return Ready(go, found) if callable(found) else found


def _report(
    tx: Tx, outlet: Outlet, row: Delivery, family: Sequence[Delivery], at: datetime
) -> Callable[[Delivery, datetime], Result] | Hold | Drop:
    edition = tx.get(Edition, row.report)
    assert edition is not None, f"delivery {row.id} without its digest"
    held = tx.words_of([edition.words]).get(edition.words)
    to = outbox.recipients(outlet.settings, edition.audience)
    server = server_of(outlet.settings, outlet.secret)
    if held is None:
        return Drop("Isi laporan ini sudah dihapus, jadi tidak dikirim.", "its words were erased")
    if not to or server is None:
        return Hold("Isi penerima pada [digest], serta smtp dan mail_from pada [notices].", "no recipients or server")
    digest = editions.opened(tx, held)
    after = deliveries.follows(row, family)

    def carry(begun: Delivery, at: datetime) -> Result:
        page = digests.to_html(digest, shipped.text("digest.html"), outlet.named(digest))
        subject = deliveries.one_line(f"{'Koreksi: ' if digest.number > 1 else ''}{digests.heading(digest)}")
        return _posted(outlet, server, to, Mailing(subject, digests.to_whatsapp(digest), page, begun.key, after))

    return carry


def _publication(
    tx: Tx, outlet: Outlet, row: Delivery, family: Sequence[Delivery], at: datetime
) -> Callable[[Delivery, datetime], Result] | Hold | Drop:
    post = tx.get(Post, row.post)
    assert post is not None, f"delivery {row.id} without its post"
    held = _cleared(tx, outlet.settings, post, at)
    if held:
        return held
    one = answers.publications(tx, [post])[0]
    if one.text is None and not post.withdrawn:
        return Drop("Kata-katanya sudah dihapus, jadi tidak dikirim.", "its words were erased")
    if not outlet.settings.public.url:
        return Hold(NO_SITE, "no public address")
    channel = next((each for each in outlet.settings.channels if each.name == row.channel), None)
    if channel is None or channel.kind != row.kind or not channel.enabled:
        return Hold(f"Kanal {row.channel} tidak ada atau dinonaktifkan di feeds.toml. Aktifkan lagi, atau batalkan "
                    "pengiriman ini.", "no such channel")  # fmt: skip
    return _by_channel(outlet, channel, one, row, family)


def _by_channel(
    outlet: Outlet, channel: Channel, one: Publication, row: Delivery, family: Sequence[Delivery]
) -> Callable[[Delivery, datetime], Result] | Hold:
    lacking = lacks(channel, outlet.settings)
    if lacking:
        return Hold(f"Kanal {channel.name} belum lengkap: {lacking} di feeds.toml.", "channel not complete")
    if channel.kind == deliveries.MAIL:
        server = server_of(outlet.settings, outlet.secret)
        assert server is not None, "a complete mail channel without a server"
        letter = deliveries.letter(outlet.site, one, row, family)
        return lambda begun, at: _posted(outlet, server, (channel.target,), letter)
    secret = outlet.secret(channel.secret)
    if not secret:
        return Hold(f"Sandi kanal {channel.name} belum ada: isi variabel {channel.secret}, atau berkasnya "
                    "(docs/saluran.md).", "secret is missing")  # fmt: skip
    if channel not in outlet.senders:
        try:
            outlet.senders[channel] = outlet.sender(
                web.Channel(channel.name, channel.url, channel.private, channel.pin))
        except ValueError as error:
            return Hold(f"Alamat kanal {channel.name} tidak dapat dipakai. Periksa feeds.toml.", str(error)[:200])
    door = outlet.senders[channel]
    hidden = _secrets(outlet)
    return lambda begun, at: _talked(door, Parcel(begun, channel, outlet.site, one, secret, at), hidden)


def _secrets(outlet: Outlet) -> tuple[str, ...]:
    """Every secret of every channel, in the spellings that one could come back in."""
    known = [deliveries.hidden(one, outlet.secret(one.secret)) for one in outlet.settings.channels if one.secret]
    return (*(form for forms in known for form in forms), outlet.secret(MAIL_SECRET))


def _cleared(tx: Tx, settings: Settings, post: Post, at: datetime) -> Hold | None:
    """Two signatures under this very text, and no masa tenang that forbids it, asked at this very moment."""
    row = tx.get(Clarification, post.clarification)
    assert row is not None, f"post {post.id} without its clarification"
    history = tx.clarification_acts(row.id)
    if not deliveries.signed(post, history):
        return Hold("Teks ini belum ditandatangani dua orang, jadi tidak dikirim.", "no two signatures")
    held, verdict = tx.words_of([post.words]).get(post.words), tx.get(Verdict, row.verdict)
    if held is None or verdict is None:
        return None
    confirmed = clarifications.confirmed(history, post.words)
    facts = clarifications.facts(settings, verdict, tx.link_checks(row.id), at, confirmed)
    return deliveries.silenced(post, clarifications.lint(clarifications.draft_of(held), facts))


def _talked(door: web.Sender, parcel: Parcel, secrets: Iterable[str]) -> Result:
    talk = deliveries.talk(parcel)
    ask, name = next(talk), parcel.channel.name
    while True:
        try:
            ask = talk.send(_asked(door, name, ask))
        except StopIteration as end:
            return deliveries.cleaned(end.value, secrets)


def _asked(door: web.Sender, channel: str, ask: Ask) -> Reply:
    sent = door.send(channel, ask.path, method=ask.method, headers=ask.headers, body=ask.body)
    return Reply(sent.outcome, sent.status, sent.body, sent.wait, sent.cause, sent.sentence, sent.retry)


def _posted(outlet: Outlet, server: mail.Server, to: Iterable[str], mailing: Mailing) -> Result:
    sender = outlet.settings.notices.mail_from
    people = tuple(to)
    letter = mail.Letter(sender, people, mailing.subject, mailing.text, mailing.html, mailing.number, mailing.after)
    sent = outlet.letters(server, letter, sender.partition("@")[2])
    made = deliveries.posted(sent.sent, sent.cause, sent.sentence, sent.retry)
    # What is written down of it is never edited, so nobody's address may stand in it.
    return deliveries.cleaned(made, (server.password, *people))


def server_of(settings: Settings, secret: Callable[[str], str]) -> mail.Server | None:
    """The mail server of [notices], None where none is named."""
    wish = settings.notices
    if not (wish.smtp and wish.mail_from):
        return None
    security: mail.Security = "none" if wish.security == "tanpa" else wish.security
    return mail.Server(wish.smtp, wish.port, security, wish.user, secret(MAIL_SECRET))
