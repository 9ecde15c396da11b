"""What the pages need of the house: every call gives the present, so that an edited feeds.toml shows at once."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from monitor import __version__
from monitor.desk.views import Names
from monitor.sources import Settings
from monitor.store import Store


@dataclass(frozen=True, slots=True)
class Pulse:
    """How the clock beats: when this daemon `started`, when a look at what is due last `ended` well."""

    started: datetime
    ended: datetime | None = None


def itself(code: str) -> str:
    """The name of a code that nobody named."""
    return code


def nothing() -> None:
    """Wakes nobody: the desk runs without a clock."""


@dataclass(frozen=True, slots=True)
class Desk:
    """The house as the pages see it. `trouble` are the sentences about a broken feeds.toml (the old one stays in
    force), `pulse` is None without a clock in this process, `wake` tells the clock that something was asked for."""

    store: Store
    settings: Callable[[], Settings]
    now: Callable[[], datetime]
    trouble: Callable[[], tuple[str, ...]] = tuple
    pulse: Callable[[], Pulse | None] = lambda: None
    wake: Callable[[], None] = nothing
    model: Callable[[], str] = str
    names: Names = field(default_factory=lambda: Names(itself, itself))
    topics: tuple[str, ...] = ()
    version: str = __version__
