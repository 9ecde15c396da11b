"""Source + Schedule -> the line of one source: how it is, in words, when it comes next, whether it may be asked."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit
from zlib import crc32

from monitor.alerts import DIJEDA, DIMATIKAN, GAGAL, LANCAR, MENUNGGU, condition
from monitor.desk.tongue import Tongue, said
from monitor.desk.views import CATEGORIES
from monitor.fetches import Schedule
from monitor.sources import Source

WORDS = {LANCAR: said("lancar"), GAGAL: said("gagal"), DIJEDA: said("dijeda"), MENUNGGU: said("menunggu"),
         DIMATIKAN: said("dimatikan")}
KINDS = {LANCAR: "well", GAGAL: "look", DIJEDA: "look", MENUNGGU: "plain", DIMATIKAN: "plain"}
# What needs a person stands first.
ORDER = (GAGAL, DIJEDA, MENUNGGU, LANCAR, DIMATIKAN)


@dataclass(frozen=True, slots=True)
class Row:
    """One source as it is listed. `waiting`: it was asked for or is due, and no answer came yet."""

    name: str
    anchor: str
    what: str
    condition: str
    kind: str
    word: str
    cause: str
    tried: datetime | None
    succeeded: datetime | None
    renewed: datetime | None
    next: str
    may_ask: bool
    waiting: bool


def row(source: Source, schedule: Schedule | None, contact: bool, now: datetime, tongue: Tongue) -> Row:
    """What the page shows of one source."""
    how = condition(source, schedule, contact)
    known = schedule if schedule and schedule.origin in ("", source.url) else None
    waiting = how not in (DIJEDA, DIMATIKAN) and (known is None or known.due <= now)
    what = (host(source.url), tongue.say(CATEGORIES[source.category]), source.region)
    return Row(
        name=source.name,
        anchor=anchor(source.name),
        what=" · ".join(part for part in what if part),
        condition=how,
        kind=KINDS[how] if contact else "plain",
        word=tongue.say(WORDS[how]),
        cause=_cause(source, known, how, contact, tongue),
        tried=known.tried if known else None,
        succeeded=known.succeeded if known else None,
        renewed=known.renewed if known else None,
        next=_next(known, how, waiting, now, tongue),
        may_ask=how != DIMATIKAN and contact and not waiting,
        waiting=waiting,
    )


def rows(sources: Iterable[Source], schedules: Mapping[str, Schedule], contact: bool, now: datetime,
         tongue: Tongue) -> list[Row]:
    """All of them, the troubled ones first, then by name."""
    found = [row(source, schedules.get(source.name), contact, now, tongue) for source in sources]
    return sorted(found, key=lambda one: (ORDER.index(one.condition), one.name.casefold()))


def fits(source: Source, sought: str) -> bool:
    """Does what somebody typed stand in the source's name, address, region or category?"""
    here = " ".join((source.name, source.url, source.region, source.code, source.category, source.kind)).casefold()
    return all(word in here for word in sought.casefold().split())


def moved(sources: Iterable[Source], schedules: Mapping[str, Schedule]) -> list[tuple[Source, str]]:
    """Sources whose address moved for good, with the new address."""
    pairs = [(source, schedules.get(source.name)) for source in sources if source.enabled]
    return [(source, state.address) for source, state in pairs
            if state and state.origin in ("", source.url) and state.address not in ("", source.url)]


def anchor(name: str) -> str:
    """The id of a source's line in the page."""
    return f"s-{crc32(name.encode()):08x}"


def host(url: str) -> str:
    """The host of an address, without www."""
    return (urlsplit(url).hostname or url).removeprefix("www.")


def _cause(source: Source, known: Schedule | None, how: str, contact: bool, tongue: Tongue) -> str:
    if how == DIMATIKAN:
        return source.note
    if not contact:
        return ""
    if known is None or how in (LANCAR, MENUNGGU):
        return known.sentence if known else ""
    times = tongue.say("Gagal {n} kali berturut-turut.", n=known.failures) if known.failures > 1 else ""
    said_already = str(known.failures) in known.sentence
    return f"{known.sentence} {'' if said_already else times}".strip() or known.outcome


def _next(known: Schedule | None, how: str, waiting: bool, now: datetime, tongue: Tongue) -> str:
    if how in (DIJEDA, DIMATIKAN):
        return "–"
    if waiting:
        return tongue.say("sebentar lagi")
    return tongue.clock(known.due, now) if known else ""
