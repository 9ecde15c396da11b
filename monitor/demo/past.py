"""The week before you came in: the same office with a clock that stands in it, until its digest is stored."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from threading import Event

from monitor import items, pipeline
from monitor.demo.answers import READ_SECONDS, Answer, Office, publish_all
from monitor.demo.city import SOURCES, Text, last_week
from monitor.items import Item
from monitor.people import VERIFIKATOR, Person, Refusal
from monitor.pipeline import House, acts, reports
from monitor.store import Filters

BUDI = Person("budi", (VERIFIKATOR,))
WRONG = "bukan hoaks"


class Past:
    """A clock that goes as ours, but from another moment; whoever rests by it is there at once."""

    def __init__(self, start: datetime, now: Callable[[], datetime]) -> None:
        self._now, self._behind = now, start - now()

    def __call__(self) -> datetime:
        return self._now() + self._behind

    def rest(self, seconds: float) -> None:
        """Moves on by so many seconds."""
        self._behind += timedelta(seconds=seconds)


def was_here(house: House) -> bool:
    """Is there a digest already? Then the demo was started before."""
    with house.store.read() as tx:
        return bool(tx.editions(1))


def past_of(now: Callable[[], datetime]) -> Past:
    """The clock of the week before."""
    return Past(last_week(now()), now)


def live(house: House, texts: dict[str, list[Text]], plans: Sequence[Answer], past: Past, now: Callable[[], datetime],
         stop: Event) -> int:  # fmt: skip
    """One cycle, the answers of that week, what the model got wrong set aside, and its digest; how many answers. The
    house's collector should go by `past` too."""
    names = {place.name for place in SOURCES if any(one.past for one in texts[place.key])}
    watched = tuple(one for one in house.settings.sources if one.name in names)
    then = replace(house, settings=replace(house.settings, sources=watched, channels=()))
    pipeline.collect(then, past, stop)
    past.rest(READ_SECONDS * 60)
    done = publish_all(Office(then, past, stop, past.rest), [one for one in plans if one.past])
    _set_aside(then, past)
    reports.finish_due(house, now())
    return done


def _set_aside(house: House, past: Past) -> None:
    """What is left of that week's queue was no hoax: a person said so."""
    with house.store.read() as tx:
        left = tx.queue(Filters(state=items.BARU), limit=50)
    for row in left:
        at = past()
        acts.on_item(house.store, row.item.id, row.item.version, BUDI, partial(_wrong, at), at)


def _wrong(at: datetime, held: Item) -> items.Change | Refusal:
    return items.dismiss(held, BUDI, WRONG, at)
