"""robots.txt -> Rules: whether a page may be fetched and how far apart visits should lie (RFC 9309, read by protego).

No file (4xx) means yes, a server that fails (5xx) or keeps silent means no.
"""

import re
from collections import OrderedDict
from dataclasses import dataclass

from protego import Protego

SIZE = 500 * 1024
PRODUCT = "jernih"
FRESH = 24 * 3600.0
FRESH_FAILURE = 60.0
MOST_DELAY = 60.0
MOST_SITES = 5_000
LONGEST_LINE = 2_000
MOST_LINES = 20_000
_AGENT = re.compile(r"\s*user[- ]?agent\s*:?\s*([^#]*)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Rules:
    """What one site asks for. `code` is "" or the Trouble that kept us from knowing it; `delay` is in seconds."""

    file: Protego | None = None
    code: str = ""
    cause: str = ""
    delay: float = 0.0

    def allows(self, url: str) -> bool:
        """Whether we may fetch this address."""
        return not self.code and (self.file is None or self.file.can_fetch(url, PRODUCT))


def read(body: bytes) -> Rules:
    """The rules of a robots.txt; what is no such file (an HTML page) holds none."""
    file = Protego.parse(_ours(body[:SIZE].decode("utf-8-sig", "replace")))
    return Rules(file, delay=min(file.crawl_delay(PRODUCT) or 0.0, MOST_DELAY))


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

    def __init__(self, most: int = MOST_SITES) -> None:
        self._known: OrderedDict[str, tuple[float, Rules]] = OrderedDict()
        self._most = most

    def get(self, origin: str, now: float) -> Rules | None:
        """The rules, if known and fresh; `now` in seconds of any steady clock."""
        until, rules = self._known.get(origin, (0.0, None))
        return rules if rules is not None and now < until else None

    def put(self, origin: str, rules: Rules, now: float) -> None:
        """Remember; the oldest go first."""
        self._known[origin] = (now + (FRESH_FAILURE if rules.code else FRESH), rules)
        self._known.move_to_end(origin)
        while len(self._known) > self._most:
            self._known.popitem(last=False)


def _ours(text: str) -> str:
    """The lines, with every other robot's name made one: protego is quadratic in the number of names of a group."""
    lines = (line for line in text.splitlines()[:MOST_LINES] if len(line) <= LONGEST_LINE)
    return "\n".join("User-agent: lain" if _other(line) else line for line in lines)


def _other(line: str) -> bool:
    named = _AGENT.match(line)
    return named is not None and named[1].strip() != "*" and PRODUCT not in named[1].lower()
