"""A publication or digest -> its deliveries, in the transaction that made it; and what a person decides of them."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from monitor import deliveries
from monitor.audit import Act
from monitor.deliveries import Delivery
from monitor.digests import EXTERNAL, Edition
from monitor.people import Person, Refusal, may
from monitor.pipeline.cases import STALE
from monitor.posts import TERBIT, Post
from monitor.sources import Channel, Settings
from monitor.store import Store, Tx

WORTH = timedelta(days=14)
WEEK = "-W"
LOST = Refusal("no such delivery", "Pengiriman itu tidak ada. Muat ulang daftarnya.")


def plan(tx: Tx, settings: Settings, post: Post, now: datetime) -> list[Delivery]:
    """What an edition sets in motion: a first one goes to every channel, a correction or withdrawal to every channel
    that was ever meant to carry the publication, whatever feeds.toml says of it by now."""
    if post.act == TERBIT:
        wanted = [channel for channel in settings.channels if channel.enabled]
    else:
        named = {channel.name: channel for channel in settings.channels}
        earlier = {one.channel: one.kind for one in tx.deliveries_of([post.clarification])}
        wanted = [named.get(name) or Channel(name, kind) for name, kind in earlier.items()]  # type: ignore[arg-type]
    return _kept(tx, [deliveries.planned(post, channel, now) for channel in wanted], now)


def plan_report(tx: Tx, settings: Settings, edition: Edition, now: datetime) -> list[Delivery]:
    """A weekly digest goes to the list of its audience once, a correction of it where the digest went. An old week
    that somebody only wants to look at goes to nobody."""
    if WEEK not in edition.label or not recipients(settings, edition.audience):
        return []
    before = tx.report_deliveries(one.id for one in earlier(tx, edition))
    if not before and now - edition.until > WORTH:
        return []
    row = deliveries.planned_report(edition.id, edition.number, edition.label, edition.audience, now)
    return _kept(tx, [row], now)


def send_report(store: Store, settings: Settings, number: int, person: Person, now: datetime) -> Delivery | Refusal:
    """A person sends an edition to its list that was never sent: its list was empty, or it is of an older week."""
    with store.write() as tx:
        edition = tx.get(Edition, number)
        refusal = may(person, "laporan internal")
        if edition is None or refusal:
            return refusal or Refusal(f"no edition {number}", "Laporan itu tidak ada.")
        if not recipients(settings, edition.audience):
            return Refusal("no recipients", "Belum ada penerima: isi [digest] di feeds.toml.")
        if tx.report_deliveries([edition.id]):
            return Refusal("sent already", "Edisi ini sudah masuk daftar pengiriman.")
        row = deliveries.planned_report(edition.id, edition.number, edition.label, edition.audience, now)
        return _kept(tx, [row], now, person.name)[0]


def recipients(settings: Settings, audience: str) -> tuple[str, ...]:
    """Who gets the digests of an audience."""
    return settings.digest.external_to if audience == EXTERNAL else settings.digest.to


def earlier(tx: Tx, edition: Edition) -> list[Edition]:
    """The editions of the same digest before this one, oldest first."""
    found = (tx.edition(edition.label, edition.audience, number) for number in range(1, edition.number))
    return [one for one in found if one is not None]


def family(tx: Tx, row: Delivery) -> list[Delivery]:
    """Every other delivery of the same publication or digest on this channel, oldest first."""
    if row.report:
        edition = tx.get(Edition, row.report)
        last = tx.edition(edition.label, edition.audience) if edition else None
        some = tx.report_deliveries(one.id for one in (*earlier(tx, last), last)) if last else []
    else:
        some = tx.deliveries_of([row.clarification])
    return [one for one in some if one.channel == row.channel and one.id != row.id]


def decide(
    store: Store, number: int, version: int, person: Person, act: str, now: datetime, remote: str = ""
) -> Delivery | Refusal:
    """A person's word on a delivery that is stuck: it was sent, send it again, or leave it."""
    with store.write() as tx:
        row = tx.get(Delivery, number)
        if row is None:
            return LOST
        outcome = deliveries.decide(row, family(tx, row), person, act, now, remote)
        if isinstance(outcome, Refusal):
            return outcome
        if row.version != version or not keep(tx, row, outcome):
            return STALE
        return outcome[0]


def after_restore(store: Store, now: datetime) -> int:
    """What waited in a backup may have been sent since it was made: how many a person must now decide."""
    with store.write() as tx:
        changes = [(row, deliveries.restored(row, now)) for row in tx.under_way()]
        return sum(keep(tx, row, change) for row, change in changes if change)


def keep(tx: Tx, before: Delivery, change: deliveries.Change) -> bool:
    """Writes a step with its act and audit; False if somebody was first."""
    if not tx.change(change[0], before.version):
        return False
    act = tx.add(change[1])
    detail: dict[str, str | int | float | bool | None] = {
        "old": act.old, "new": act.new, "channel": before.channel, "what": before.noun, "edition": before.edition,
        "tries": act.tries,
    }  # fmt: skip
    tx.audit(Act(act.at, act.who, act.act, "pengiriman", str(before.id), detail))
    return True


def _kept(tx: Tx, rows: Sequence[Delivery], now: datetime, who: str = "jernih") -> list[Delivery]:
    kept = [tx.add(row) for row in rows if tx.delivery_by(row.key) is None]
    for row in kept:
        detail: dict[str, str | int | float | bool | None] = {"channel": row.channel, "what": row.noun,
                                                              "edition": row.edition, "key": row.key}
        tx.audit(Act(now, who, "rencanakan", "pengiriman", str(row.id), detail))
    return kept
