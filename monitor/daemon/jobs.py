"""What the clock calls: one cycle where something is due, and the archive's pruning."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from threading import Event
from time import monotonic
from typing import Protocol

import structlog

from classifiers.detector import Detector
from monitor import fetches, pipeline, sources
from monitor.cage import Cage
from monitor.daemon import memory
from monitor.daemon.feeds import Feeds
from monitor.desk import Pulse
from monitor.pipeline import House, editions, reports, retaining, samples
from monitor.pipeline.house import Fetcher
from monitor.sources import Settings
from monitor.store import Store

log = structlog.get_logger()
REST = timedelta(seconds=60)


class Collecting(Fetcher, Protocol):
    """The door `web` as the daemon holds it."""

    def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Doors:
    """What the daemon works with. `collector` makes the door `web` for settings; `detector` loads the model, or says
    None while no usable one is there."""

    store: Store
    cage: Cage
    collector: Callable[[Settings], Collecting]
    detector: Callable[[], Detector | None]
    now: Callable[[], datetime]


class Jobs:
    """The daemon's work; `stop` ends a cycle early, with rows that say so."""

    def __init__(self, doors: Doors, feeds: Feeds, stop: Event) -> None:
        self.doors, self.feeds, self.stop = doors, feeds, stop
        self.pulse = Pulse(doors.now())
        self._began: float | None = None
        self._detector = doors.detector()
        self._settings = feeds.settings
        self._collector = doors.collector(feeds.settings)
        self._rest_until: datetime | None = None
        self._hurt_until: datetime | None = None

    @property
    def detector(self) -> Detector | None:
        """What scores now, None while there is no usable model."""
        return self._detector

    @property
    def model(self) -> str:
        """The id of the model that scores, "" while there is none."""
        return self._detector.model if self._detector else ""

    def read_feeds(self) -> None:
        """Settings in force follow the file."""
        self.feeds.refresh()

    def collect(self) -> None:
        """One cycle, if anything is due and the office has a contact; after one that failed none for REST."""
        now = self.doors.now()
        if self._hurt_until and now < self._hurt_until <= now + REST:
            return
        self._follow_settings()
        if not sources.paused(self._settings) and self._due(now):
            self._began = monotonic()
            try:
                self._cycle()
            except Exception:
                self._hurt_until = now + REST
                raise
            finally:
                self._began = None
                memory.give_back()
        if not self.stop.is_set():
            self.pulse = replace(self.pulse, ended=self.doors.now())

    def busy(self) -> float:
        """Seconds for which the present cycle runs, 0 if none does."""
        began = self._began
        return monotonic() - began if began is not None else 0.0

    def prune(self) -> None:
        """Drops archived pages that no konten and no evidence needs, after the days that feeds.toml says."""
        before = self.doors.now() - timedelta(days=self.feeds.settings.archive.days)
        dropped = self.doors.store.prune(before)
        if dropped:
            log.info("archive pruned", pages=len(dropped))

    def retain(self) -> None:
        """Erases what may be kept no longer: texts of dismissed konten, evidence of cases that ended long ago."""
        editions.part(self.doors.store, self.doors.now())
        told = retaining.retain(self.doors.store, self.feeds.settings.archive, self.doors.now())
        if told.words or told.pages:
            log.info("erased what was due", konten=told.konten, evidence=told.evidence, words=told.words,
                     pages=told.pages)

    def report(self) -> None:
        """The weekly digest that is due, in both editions, made up once however late."""
        for made in reports.finish_due(self._house(), self.doors.now()):
            log.info("digest stored", period=made.period.label, audience=made.audience)

    def sample(self) -> None:
        """The weekly draw from what was not flagged, made up once however late."""
        drawn = samples.draw_due(self.doors.store, self.feeds.settings, self.doors.now())
        if drawn:
            log.info("sample drawn", week=drawn.label, pool=drawn.pool, articles=len(drawn.articles))

    def close(self) -> None:
        """Ends what is under way."""
        self._collector.close()
        self.doors.cage.close()

    def _cycle(self) -> None:
        self._detector = self._detector or self.doors.detector()
        cycle = pipeline.collect(self._house(), self.doors.now, self.stop)
        idle = not (cycle.due or cycle.fetched or cycle.new or cycle.flagged)
        self._rest_until = self.doors.now() + REST if idle else None
        log.info("cycle ended", due=cycle.due, fetched=cycle.fetched, failed=cycle.failed, new=cycle.new,
                 flagged=cycle.flagged, seconds=round((cycle.ended - cycle.started).total_seconds(), 1))

    def _house(self) -> House:
        return House(self._settings, self.doors.store, self._collector, self.doors.cage, self._detector)

    def _follow_settings(self) -> None:
        new, old = self.feeds.settings, self._settings
        if new is old:
            return
        self._settings = new
        if (new.network, new.office.contact, new.desk) != (old.network, old.office.contact, old.desk):
            with suppress(OSError):
                self._collector.close()
            self._collector = self.doors.collector(new)

    def _due(self, now: datetime) -> bool:
        """Is a source due, or a page or score that waits? After a cycle that found nothing to do, the latter rests."""
        with self.doors.store.read() as tx:
            if fetches.due(tx.schedules(), self._settings.watched, now):
                return True
            stages = ("page", "score") if self._detector else ("page",)
            waiting = [due for due in map(tx.next_waiting, stages) if due and due <= now]
        return bool(waiting) and (self._rest_until is None or not now < self._rest_until <= now + REST)
