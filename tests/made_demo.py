"""The demo's office without its daemon: Kota Contoh on loopback, the week before, this week's answers and what was
sent, lived through by the demo's own functions in a few seconds."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from threading import Event

from monitor import pipeline, sources, store
from monitor.cage import Cage
from monitor.cli import deliver, export, names
from monitor.cli.opening import scorer
from monitor.daemon import Deliverer
from monitor.demo import City, Office, Past, live, past_of, planned, publish_all, settings_text
from monitor.pipeline import House, answers
from monitor.web import Collector

NOW = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
# One a worker: two of them may have the office at once.
PORT = 18790 + int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))


class Demo:
    """The office with its store and city; `came_out` counts the answers of last week and of this one."""

    def __init__(self, house: House, city: City, clock: Past) -> None:
        self.house, self.city, self.store, self.clock = house, city, house.store, clock
        self.came_out = (0, 0)
        self.deliverer = Deliverer(self.store, lambda: house.settings, lambda name: "1:karangan", clock, Event(),
                                   (8765, 8766), names.region, deliver.named)

    def lives(self) -> None:
        """As the command does it, but nobody waits."""
        plans, stop, past = planned(self.city.texts, PORT), Event(), past_of(self.clock)
        self.city.past = True
        then = replace(self.house, collector=collector(self.house.settings, past))
        before = live(then, self.city.texts, plans, past, self.clock, stop)
        self.city.past = False
        good = tuple(one for one in self.house.settings.sources if "(" not in one.name)
        now = replace(self.house, settings=replace(self.house.settings, sources=good))
        pipeline.collect(now, self.clock, stop)
        this = [one for one in plans if not one.past]
        self.came_out = before, publish_all(Office(now, self.clock, stop, self.clock.rest), this)

    def send(self) -> None:
        """What is due goes out, until nothing is."""
        while self.deliverer.send():
            self.clock.rest(1)


def collector(settings: sources.Settings, now: Past) -> Collector:
    return Collector(settings.network, settings.office.contact, now=now, gap=0.0)


def exported(demo: Demo, folder: Path) -> Path:
    """The folder that `jernih export site` writes of the demo."""
    wish = demo.house.settings
    with demo.store.read() as tx:
        where = answers.site(wish, wish.public.url, names.region)
        for name, content in export.files(where, tx, demo.store, wish, "contoh-1"):
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
    return folder


@contextmanager
def lived(home: Path) -> Iterator[Demo]:
    """The demo's office after its two weeks and a round of sending."""
    city, kept, cage = City(PORT, lambda: NOW), store.open("", home), Cage()
    settings, clock = sources.read(settings_text(PORT, NOW)), Past(NOW, lambda: datetime.now(UTC))
    demo = Demo(House(settings, kept, collector(settings, clock), cage, scorer(home)), city, clock)
    try:
        city.start()
        kept.migrate()
        demo.lives()
        demo.send()
        yield demo
    finally:
        city.close()
        cage.close()
        kept.close()
