"""robots.txt -> Rules: whether a page may be fetched and how far apart visits should lie (RFC 9309, read by protego).

No file (4xx) means yes, a server that fails (5xx) or keeps silent means no.
"""

import re
from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock

from protego import Protego

SIZE = 500 * 1024
PRODUCT = "jernih"
FRESH = 24 * 3600.0
FRESH_FAILURE = 60.0
MOST_DELAY = 60.0
MOST_WEIGHT = 50_000  # lines of all sites together, about 0.6 KB each
LONGEST_LINE = 2_000
MOST_LINES = 20_000
_AGENT = re.compile(r"\s*user[- ]?agent\s*:?\s*([^#]*)", re.IGNORECASE)
_RULE = re.compile(r"(?!\s*(?:site-?maps?|host)\s*:)\s*[^\s#:][^#:]*:", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Rules:
    """What one site asks for. `code` is "" or the Trouble that kept us from knowing it; `delay` is in seconds,
    `weight` in lines kept."""

    file: Protego | None = None
    code: str = ""
    cause: str = ""
    delay: float = 0.0
    weight: int = 1

    def allows(self, url: str) -> bool:
        """Whether we may fetch this address."""
        return not self.code and (self.file is None or self.file.can_fetch(url, PRODUCT))


def read(body: bytes) -> Rules:
    """The rules of a robots.txt; what is no such file (an HTML page) holds none."""
    lines = _ours(body[:SIZE].decode("utf-8-sig", "replace"))
    file = Protego.parse("\n".join(lines))
    return Rules(file, delay=min(file.crawl_delay(PRODUCT) or 0.0, MOST_DELAY), weight=1 + len(lines))


def answered(status: int, body: bytes) -> Rules:
    """What the answer to a request for robots.txt means."""
    if 200 <= status < 300:
        return read(body)
    if 500 <= status < 600:
        return Rules(code="robots_unknown", cause=f"robots.txt: HTTP {status}")
    return Rules()


def failed(code: str, cause: str) -> Rules:
    """What no answer means: no visit. A site that could not be reached at all is named as that."""
    known = code if code in ("dns", "connect", "tls", "address", "port", "proxy") else "robots_unknown"
    return Rules(code=known, cause=f"robots.txt: {cause}")


class Sites:
    """Rules of the sites seen last, by origin, each for 24 hours (one minute where they could not be had)."""

    def __init__(self, most: int = MOST_WEIGHT) -> None:
        self._known: OrderedDict[str, tuple[float, Rules]] = OrderedDict()
        self._most, self._weight = most, 0
        self._lock = Lock()

    def get(self, origin: str, now: float) -> Rules | None:
        """The rules, if known and fresh; `now` in seconds of any steady clock."""
        until, rules = self._known.get(origin, (0.0, None))
        return rules if rules is not None and now < until else None

    def put(self, origin: str, rules: Rules, now: float) -> None:
        """Remember; the oldest go first."""
        with self._lock:
            self._drop(origin)
            self._known[origin] = (now + (FRESH_FAILURE if rules.code else FRESH), rules)
            self._weight += rules.weight
            while self._weight > self._most and len(self._known) > 1:
                self._drop(next(iter(self._known)))

    def _drop(self, origin: str) -> None:
        _, rules = self._known.pop(origin, (0.0, None))
        self._weight -= rules.weight if rules else 0


def _ours(text: str) -> list[str]:
    """The lines of the groups that name us or everybody; the rest would cost memory, and protego's time is quadratic in
    the number of names of a group."""
    kept: list[str] = []
    naming = mine = False
    for line in text.splitlines():
        named = _AGENT.match(line)
        if named:
            mine = (mine and naming) or _us(named[1])
            naming = True
        elif _RULE.match(line):
            naming = False
        if len(line) <= LONGEST_LINE and (_us(named[1]) if named else mine):
            kept.append(line)
    return kept[:MOST_LINES]


def _us(name: str) -> bool:
    return name.strip() == "*" or PRODUCT in name.lower()
