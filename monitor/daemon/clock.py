"""The only apscheduler: ticks in memory, one run of a job at a time, a missed one made up once."""

import logging
import time
from collections.abc import Callable
from datetime import UTC, datetime
from threading import Condition

import structlog
from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.jobstores.base import JobLookupError
from apscheduler.schedulers.background import BackgroundScheduler

from monitor.store import StoreError

log = structlog.get_logger()
# A long cycle outlasts many ticks; that each of them found it running is no news.
logging.getLogger("apscheduler").setLevel(logging.ERROR)


class Clock:
    """Calls jobs every so often in threads of its own. What a job raises is logged and does not stop the next run."""

    def __init__(self, threads: int = 6) -> None:
        defaults = {"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
        self._scheduler = BackgroundScheduler(timezone=UTC, executors={"default": ThreadPoolExecutor(threads)},
                                              job_defaults=defaults)
        self._idle, self._running = Condition(), 0
        self._beat = time.monotonic()

    def every(self, seconds: float, name: str, job: Callable[[], None]) -> None:
        """Runs the job now (once started) and then every `seconds`."""
        self._scheduler.add_job(self._guarded, "interval", seconds=seconds, args=[name, job], id=name,
                                next_run_time=datetime.now(UTC))

    def start(self) -> None:
        """Begins to tick."""
        self.every(5, "beat", self._beats)
        self._scheduler.start()

    def wake(self, name: str) -> None:
        """Runs a job at the next moment instead of at its time; after the present run, if it is running."""
        try:
            self._scheduler.modify_job(name, next_run_time=datetime.now(UTC))
        except JobLookupError:
            log.warning("nothing to wake", job=name)

    def turned_back(self) -> None:
        """The machine's clock was set back: jobs whose time now lies far ahead run at once."""
        for job in self._scheduler.get_jobs():
            job.modify(next_run_time=datetime.now(UTC))

    def silence(self) -> float:
        """Seconds since it last ticked."""
        return time.monotonic() - self._beat

    def stop(self, seconds: float) -> bool:
        """Ticks no more; True if what was running ended within `seconds`."""
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)
        with self._idle:
            return self._idle.wait_for(lambda: self._running == 0, seconds)

    def _beats(self) -> None:
        self._beat = time.monotonic()

    def _guarded(self, name: str, job: Callable[[], None]) -> None:
        with self._idle:
            self._running += 1
        try:
            job()
        except StoreError as error:
            log.warning("job could not use the store", job=name, cause=str(error), sentence=error.sentence)
        except Exception:
            log.exception("job failed", job=name)
        finally:
            with self._idle:
                self._running -= 1
                self._idle.notify_all()
