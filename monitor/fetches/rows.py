"""Source + now -> Request -> Reply -> Fetch: the rows and values of one visit."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol


class Place(Protocol):
    """What this room needs to know of a Source."""

    @property
    def name(self) -> str: ...
    @property
    def url(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def rhythm(self) -> int: ...
    @property
    def enabled(self) -> bool: ...
    @property
    def robots_exception(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Request:
    """One address to visit. `key` names what the visit is for: a source's name, or `entri:<id>` of a page."""

    key: str
    url: str
    source: str
    entry: int = 0
    etag: str = ""
    last_modified: str = ""
    robots_exception: bool = False


@dataclass(frozen=True, slots=True)
class Reply:
    """What the door `web` brought back, as a value: never raised. `error` is "" or a code of fetches.ERRORS.

    `headers` has lower-case names and only those that this room reads. `permanent` is the address that the leading
    301 and 308 answers name, "" if the first answer was none. Times are aware UTC; waiting for politeness counts.
    """

    request: Request
    started: datetime
    ended: datetime
    status: int = 0
    final_url: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    permanent: str = ""
    error: str = ""
    cause: str = ""


@dataclass(frozen=True, slots=True)
class Fetch:
    """One visit and its outcome (pengambilan). A row; `size` in decoded bytes, `digest` their SHA-256 in hex.

    `outcome` is a term of fetches.OUTCOMES, as it stands on screen; `retry` says whether trying again may help.
    """

    source: str
    url: str
    started: datetime
    ended: datetime
    outcome: str
    status: int = 0
    final_url: str = ""
    size: int = 0
    digest: str = ""
    seen: int = 0
    new: int = 0
    left: int = 0
    cause: str = ""
    sentence: str = ""
    retry: bool = False
    entry: int = 0
    id: int = 0


@dataclass(frozen=True, slots=True)
class Schedule:
    """State table: when a source is due, and what its last visits were like. Times are aware UTC.

    `origin` is the configured address that this state was learnt from: an edited address starts anew. `address` is
    where the source moved to, "" if it did not; `paused` the outcome that paused it, "" while it runs.
    """

    source: str
    due: datetime
    etag: str = ""
    last_modified: str = ""
    failures: int = 0
    paused: str = ""
    address: str = ""
    moving_to: str = ""
    moving_count: int = 0
    tried: datetime | None = None
    succeeded: datetime | None = None
    renewed: datetime | None = None
    outcome: str = ""
    cause: str = ""
    sentence: str = ""
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Move:
    """A source's address moved for good (three equal permanent answers). A row."""

    source: str
    old: str
    new: str
    at: datetime
    id: int = 0


@dataclass(frozen=True, slots=True)
class Visit:
    """What one visit decides. Where `parse` is true its body is still to be read: hand the result to `parsed`.

    `fetch`, `schedule` and `move` then stand for the case that reading succeeds; `before`, `rhythm` (seconds) and
    `spread` (0-1) are kept for the case that it does not.
    """

    fetch: Fetch
    schedule: Schedule
    move: Move | None = None
    parse: bool = False
    before: Schedule | None = None
    rhythm: int = 0
    spread: float = 0.0


@dataclass(frozen=True, slots=True)
class Cycle:
    """One round over the due sources. A row, written when the round ends; `stopped` where it was ended early."""

    started: datetime
    ended: datetime
    due: int
    fetched: int = 0
    failed: int = 0
    new: int = 0
    flagged: int = 0
    stopped: bool = False
    id: int = 0
