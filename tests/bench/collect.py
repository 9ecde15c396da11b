"""1,000 sources on 1,000 loopback addresses through the whole first step: fetch, parse, store; then 304; then bad ones.

Prints wall and CPU seconds (children included) and the working memory as PSS, cage workers and all. Article pages are
counted apart: this step visits none. Robots are cached by a round before, into a store that is thrown away.
"""

import resource
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event, Thread

from monitor import sources, store
from monitor.cage import Cage
from monitor.pipeline import House
from monitor.pipeline.visits import Tally, visit_sources
from monitor.sources import Settings
from monitor.web import Collector
from tests.farm import Farm

ROUNDS = 3


class Memory:
    """The most PSS of this process and its children seen while it watched, in MB."""

    def __init__(self) -> None:
        self.most, self.over = 0.0, Event()
        self.thread = Thread(target=self._watch, daemon=True)
        self.thread.start()

    def _watch(self) -> None:
        while not self.over.wait(0.25):
            self.most = max(self.most, pss())

    def end(self) -> float:
        self.over.set()
        self.thread.join()
        return self.most


def family(pid: str = "self") -> Iterator[str]:
    """This process and everything under it."""
    me = Path(f"/proc/{pid}").resolve().name
    yield me
    for task in Path(f"/proc/{me}/task").glob("*/children"):
        try:
            children = task.read_text().split()
        except OSError:
            continue
        for child in children:
            if "tests.farm" not in Path(f"/proc/{child}/cmdline").read_text():
                yield from family(child)


def pss() -> float:
    total = 0
    for pid in family():
        try:
            lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        except OSError:
            continue
        total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return total / 1024


def settings(farm: Farm) -> Settings:
    head = '[office]\ncontact = "a@b.example"\n[network]\nallow = ["127.1.0.0/16"]\n[catalogue]\nenabled = false\n'
    rows = (
        f'[[source]]\nname = "S{n}"\nurl = "{url}"\nkind = "rss"\nrhythm = "15m"\n' for n, url in enumerate(farm.urls)
    )
    return sources.read(head + "".join(rows))


@contextmanager
def house(read: Settings, collector: Collector, cage: Cage) -> Iterator[House]:
    with tempfile.TemporaryDirectory() as home:
        kept = store.open("", Path(home))
        kept.migrate()
        try:
            yield House(read, kept, collector, cage, None)
        finally:
            kept.close()


def timed(one: House, at: datetime) -> tuple[float, float, Tally]:
    start, before = time.monotonic(), cpu()
    shift = at - datetime.now(UTC)
    tally = visit_sources(one, lambda: datetime.now(UTC) + shift, Event(), lambda step, done, total: None)
    return time.monotonic() - start, cpu() - before, tally


def cpu() -> float:
    return sum(
        getattr(resource.getrusage(who), part)
        for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
        for part in ("ru_utime", "ru_stime")
    )


def one_round(name: str, **plan: int) -> None:
    with Farm(**plan) as farm:
        read = settings(farm)
        collector, cage = Collector(read.network, read.office.contact), Cage()
        try:
            with house(read, collector, cage) as warm:
                timed(warm, datetime.now(UTC))
            time.sleep(2.5)
            memory = Memory()
            with house(read, collector, cage) as fresh:
                cold = timed(fresh, datetime.now(UTC))
                time.sleep(2.5)
                again = timed(fresh, datetime.now(UTC) + timedelta(minutes=40))
            most = memory.end()
        finally:
            collector.close()
            cage.close()
    print(
        f"{name}: cold {cold[0]:.1f} s wall, {cold[1]:.1f} s CPU here, {cold[2].new} entries, {cold[2].failed} failed; "
        f"unchanged {again[0]:.1f} s wall; most memory {most:.0f} MB PSS",
        flush=True,
    )


def main() -> None:
    for _ in range(ROUNDS):
        one_round("1,000 sources, 1,000 hosts", sources=1000)
    one_round("1,000 sources, five a host", sources=1000, per_host=5)
    one_round("1,000 sources with a bomb, a drip and 40,000 attributes", sources=1000, bomb=1, drip=1, attributes=1)


if __name__ == "__main__":
    main()
