"""bytes -> Entry: a feed item, or a link on a listing page."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256


@dataclass(frozen=True, slots=True)
class Words:
    """Payload: the words of a third party, kept apart from the rows, which carry only `digest`."""

    title: str
    text: str
    author: str = ""

    @property
    def digest(self) -> str:
        """SHA-256 in hex over the three fields."""
        return sha256("\x1f".join((self.title, self.text, self.author)).encode("utf-8", "replace")).hexdigest()


@dataclass(frozen=True, slots=True)
class Entry:
    """A link that a source showed us (entri). A row; `identity` is unique over all sources.

    `url` is the canonical address; `words` the digest of title, summary and author; `published` is None where
    the source's date could not be read for certain, `published_doubt` says why. `publisher` is who wrote it,
    `via` the aggregator that showed it.
    """

    source: str
    fetch: int
    identity: str
    url: str
    words: str
    seen: datetime
    published: datetime | None = None
    published_doubt: str = ""
    publisher: str = ""
    via: str = ""
    image: str = ""
    id: int = 0


@dataclass(frozen=True, slots=True)
class Waiting:
    """State table: an entry whose page is still to be fetched (`stage` "page") or scored (`stage` "score")."""

    entry: int
    stage: str
    due: datetime
    host: str
    tries: int = 0
