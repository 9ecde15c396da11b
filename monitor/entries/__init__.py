"""bytes -> Entry: a feed item, or a link on a listing page."""

from datetime import datetime
from typing import TYPE_CHECKING

from monitor.entries.rows import NEW_A_FETCH, Entry, Found, Parsed, Waiting, Words, cut, entry

if TYPE_CHECKING:
    from monitor.sources import Source

__all__ = ["NEW_A_FETCH", "Entry", "Found", "Parsed", "Waiting", "Words", "cut", "entry", "parse"]


def parse(kind: str, body: bytes, content_type: str, source: "Source", url: str, now: datetime) -> Parsed:
    """Entries of a source's body, newest first; run inside the cage.

    `kind` as in Source.kind, `url` the address that answered (links are resolved against it), `now` aware.
    """
    raise NotImplementedError
