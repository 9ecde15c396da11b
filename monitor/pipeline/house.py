"""Settings + doors -> House: everything that a step of the pipeline may use."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Event
from typing import Protocol, TypeVar

from classifiers.detector import Detector
from monitor.cage import Cage, Outcome
from monitor.fetches import Reply, Request
from monitor.sources import Settings
from monitor.store import Store

T = TypeVar("T")
Clock = Callable[[], datetime]
Report = Callable[[str, int, int], None]

BATCH = 20
LATEST = timedelta(seconds=0.5)
IN_CAGE = 48
BYTES_IN_CAGE = 48 * 2**20


class Fetcher(Protocol):
    """What the pipeline needs of the door `web`; `replies` gives a None whenever nothing came for a moment."""

    def fetch_all(self, requests: Iterable[Request], stop: Event) -> Iterator[Reply]: ...
    def replies(self, requests: Iterable[Request], stop: Event) -> Iterator[Reply | None]: ...


class Books(Protocol):
    """What a step needs that leaves the house by no door but the store."""

    @property
    def settings(self) -> Settings: ...
    @property
    def store(self) -> Store: ...


@dataclass(frozen=True, slots=True)
class Records:
    """The settings in force and the store, for whoever has no other door at hand."""

    settings: Settings
    store: Store


@dataclass(frozen=True, slots=True)
class House:
    """The doors and settings of one running Jernih. `detector` is None while no usable model is there."""

    settings: Settings
    store: Store
    collector: Fetcher
    cage: Cage
    detector: Detector | None


def quiet(step: str, done: int, total: int) -> None:
    """A Report that tells nobody."""


def overlap(
    things: Iterable[T | None],
    begin: Callable[[T], "Future[Outcome] | None"],
    size: Callable[[T], int],
    now: Clock,
) -> Iterator[list[tuple[T, Outcome | None]]]:
    """Each thing with the outcome of its caged job (None where it needs none), in batches, in the order of finishing.

    A slow job holds back nothing but itself: a batch goes out when it is full or half a second old.
    """
    pending: dict[Future[Outcome], T] = {}
    ready: list[tuple[T, Outcome | None]] = []
    last = now()
    for thing in things:
        if thing is not None:
            job = begin(thing)
            if job is None:
                ready.append((thing, None))
            else:
                pending[job] = thing
        while len(pending) >= IN_CAGE or sum(map(size, pending.values())) > BYTES_IN_CAGE:
            wait(pending, return_when=FIRST_COMPLETED)
            ready += _finished(pending)
        ready += _finished(pending)
        if ready and (len(ready) >= BATCH or now() - last >= LATEST):
            yield ready
            ready, last = [], now()
    while pending:
        wait(pending, timeout=LATEST.total_seconds(), return_when=FIRST_COMPLETED)
        ready += _finished(pending)
        if len(ready) >= BATCH:
            yield ready
            ready = []
    if ready:
        yield ready


def _finished(pending: "dict[Future[Outcome], T]") -> list[tuple[T, Outcome | None]]:
    done = [job for job in pending if job.done()]
    return [(pending.pop(job), job.result()) for job in done]
