"""What the pages need of the house: every call gives the present, so that an edited feeds.toml shows at once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from classifiers.detector import Detector
from monitor import __version__
from monitor.desk.checked import Checked
from monitor.desk.hashing import Hashing
from monitor.desk.views import Names
from monitor.people import Refusal
from monitor.pipeline import Link
from monitor.pipeline.handing import Sealed
from monitor.pipeline.picturing import Draw
from monitor.pipeline.samples import Lots
from monitor.redactions import Box
from monitor.sources import Settings
from monitor.store import Store


@dataclass(frozen=True, slots=True)
class Pulse:
    """How the clock beats: when this daemon `started`, when a look at what is due last `ended` well."""

    started: datetime
    ended: datetime | None = None


class Recent:
    """A value that every page shows and that is dear to find: kept for some seconds."""

    def __init__(self, seconds: float = 5.0) -> None:
        self._for, self._held = timedelta(seconds=seconds), (datetime.min, 0)

    def value(self, now: datetime, find: Callable[[], int]) -> int:
        """The value found at most so many seconds ago, else found anew."""
        plain = now.replace(tzinfo=None)
        if not timedelta() <= plain - self._held[0] < self._for:
            self._held = (plain, find())
        return self._held[1]


def itself(code: str) -> str:
    """The name of a code that nobody named."""
    return code


def unread(urls: Sequence[str]) -> list[Link]:
    """Addresses as they were given: the desk runs without a collector."""
    return [Link(url, url, None, "", "Tidak dikunjungi: pengumpul tidak berjalan.") for url in urls]


def unsealed(name: str, content: bytes) -> Refusal:
    """Takes no file: the desk runs without a cage."""
    return Refusal("no cage", "Berkas belum dapat diterima: meja berjalan tanpa pemeriksa berkas. Catat alamat atau "
                   "keterangannya dahulu.")


def nothing() -> None:
    """Wakes nobody: the desk runs without a clock."""


def undrawn(content: bytes, boxes: tuple[Box, ...], side: int, mark: str) -> Refusal:
    """Draws nothing: the desk runs without a cage."""
    return Refusal("no cage", "Gambar belum dapat dibuat: meja berjalan tanpa pemeriksa berkas.")


@dataclass(frozen=True, slots=True)
class Desk:
    """The house as the pages see it. `trouble` are the sentences about a broken feeds.toml (the old one stays in
    force), `pulse` is None without a clock in this process, `wake` tells the clock that something was asked for,
    `visit` reads addresses offered as evidence, `seal` keeps files that are handed in, `redact` burns black
    boxes into a picture, `detector` scores what is typed in. In the `demo` the made-up people come in without a
    password."""

    store: Store
    settings: Callable[[], Settings]
    now: Callable[[], datetime]
    trouble: Callable[[], tuple[str, ...]] = tuple
    pulse: Callable[[], Pulse | None] = lambda: None
    wake: Callable[[], None] = nothing
    model: Callable[[], str] = str
    names: Names = field(default_factory=lambda: Names(itself, itself))
    topics: tuple[str, ...] = ()
    troubled: Recent = field(default_factory=Recent)
    version: str = __version__
    visit: Callable[[Sequence[str]], list[Link]] = unread
    seal: Callable[[str, bytes], Sealed | Refusal] = unsealed
    redact: Draw = undrawn
    hashing: Hashing = field(default_factory=Hashing)
    demo: bool = False
    detector: Callable[[], Detector | None] = lambda: None
    checked: Checked = field(default_factory=Checked)
    lots: Lots = field(default_factory=Lots)
