"""Page -> Extract -> Article: the rows of what an entry's page says."""

from dataclasses import dataclass
from datetime import datetime

from monitor.entries import Entry, Words


@dataclass(frozen=True, slots=True)
class Article:
    """The words on that page (artikel). A row; version 1 is the first, an edit appends the next.

    `url` is the address that answered, `declared` the canonical one that the page claims (proves nothing).
    `words` is the digest of the payload ("" where the page gave no text; `cause` and `sentence` then say why),
    `page` the SHA-256 of the raw bytes, `method` one of selectors, trafilatura, feed, none; `doubt` what makes
    the extraction doubtful.
    """

    entry: int
    fetch: int
    version: int
    at: datetime
    url: str
    words: str
    method: str
    declared: str = ""
    published: datetime | None = None
    published_from: str = ""
    image: str = ""
    page: str = ""
    doubt: str = ""
    cause: str = ""
    sentence: str = ""
    id: int = 0


@dataclass(frozen=True, slots=True)
class Hint:
    """What the entry already said about the page: used where the page is silent, and to check what it says."""

    title: str = ""
    text: str = ""
    author: str = ""
    published: datetime | None = None


@dataclass(frozen=True, slots=True)
class Extract:
    """What a page holds: a value. `words` is None where it gave no text; `cause` and `sentence` then say why.

    `published_from` says where the date stood: json-ld, meta, time, selectors, trafilatura, entry, or "".
    `doubt` holds codes of articles.DOUBTS, separated by ", ".
    """

    words: Words | None
    url: str = ""
    declared: str = ""
    published: datetime | None = None
    published_from: str = ""
    image: str = ""
    method: str = "none"
    doubt: str = ""
    cause: str = ""
    sentence: str = ""


def hint(entry: Entry, words: Words) -> Hint:
    """What a stored entry says about its page."""
    return Hint(words.title, words.text, words.author, entry.published)


def article(extract: Extract, entry: int, fetch: int, version: int, at: datetime, page: str) -> Article:
    """The row of an extract; `entry` and `fetch` are ids, `page` the SHA-256 of the raw bytes in hex."""
    return Article(
        entry=entry,
        fetch=fetch,
        version=version,
        at=at,
        url=extract.url,
        words=extract.words.digest if extract.words else "",
        method=extract.method,
        declared=extract.declared,
        published=extract.published,
        published_from=extract.published_from,
        image=extract.image,
        page=page,
        doubt=extract.doubt,
        cause=extract.cause,
        sentence=extract.sentence,
    )
