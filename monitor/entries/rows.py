"""Source's bytes -> Found -> Entry: the rows of what a source showed us, before and after they are stored."""

from collections.abc import Container, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

NEW_A_FETCH = 500
EDITS_FOR, EDITS_APART = timedelta(days=4), timedelta(hours=1)


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


@dataclass(frozen=True, slots=True)
class Showing:
    """State table: the words (by digest) in which a source last showed an entry, once they differ from the first."""

    entry: int
    words: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Found:
    """What one entry says of itself, before it has a fetch: a value, not a row.

    `content` is HTML (or plain text) of the whole article where the source carries it, else ""; `whole` means that
    there is no page behind it worth a visit (a Telegram post, a video), so the content is the article. `url` is ""
    where the entry has no usable address; such an entry is never visited. `publisher`, `via` as in Entry.
    """

    identity: str
    url: str
    words: Words
    published: datetime | None = None
    published_doubt: str = ""
    publisher: str = ""
    via: str = ""
    image: str = ""
    content: str = ""
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a source's bytes hold, newest first; `left` counts entries beyond what one body may bring.

    `problem` is "" or a code of entries.PROBLEMS (the good state is then kept), with its English `cause` and
    Indonesian `sentence`; `doubts` are English remarks on bytes that were read all the same. `title` is what the
    source calls itself, `children` the addresses that a sitemap index points to, newest first, `how` the path taken.
    """

    entries: tuple[Found, ...] = ()
    left: int = 0
    problem: str = ""
    cause: str = ""
    sentence: str = ""
    doubts: tuple[str, ...] = ()
    title: str = ""
    children: tuple[str, ...] = ()
    how: str = ""


def entry(found: Found, source: str, fetch: int, seen: datetime) -> Entry:
    """The row of a found entry: `source` by name, `fetch` the id of the visit that showed it."""
    return Entry(
        source=source,
        fetch=fetch,
        identity=found.identity,
        url=found.url,
        words=found.words.digest,
        seen=seen,
        published=found.published,
        published_doubt=found.published_doubt,
        publisher=found.publisher,
        via=found.via,
        image=found.image,
    )


def cut(founds: Iterable[Found], known: Container[str], limit: int = NEW_A_FETCH) -> tuple[tuple[Found, ...], int]:
    """The new ones among `founds` in their order, each identity once, at most `limit`; and how many are left."""
    fresh: dict[str, Found] = {}
    for found in founds:
        if found.identity not in known:
            fresh.setdefault(found.identity, found)
    new = tuple(fresh.values())
    return new[:limit], max(0, len(new) - limit)


def suspect(found: Found, source: str, entry: Entry, last: Showing | None, now: datetime) -> bool:
    """Whether a known entry is worth a closer look: its own source shows other words than last time.

    Another source of the same page words it differently and says nothing; a source that changes its words at every
    visit is heard once in EDITS_APART, and no longer than EDITS_FOR after the entry was first seen.
    """
    if source != entry.source or now - entry.seen > EDITS_FOR or (last and now - last.at < EDITS_APART):
        return False
    return found.words.digest != (last.words if last else entry.words)


def edited(found: Found, before: Words | None) -> bool:
    """Whether the new words are an edit: another title, or another text where the source carries the article itself.

    A summary alone is none (it may count views or hours); nor is anything after an erasure (`before` is None).
    """
    if before is None:
        return False
    return found.words.title != before.title or (bool(found.content) and found.words.text != before.text)
