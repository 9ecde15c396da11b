"""page -> Article: title, text, when, who; edits are versions."""

from dataclasses import dataclass
from datetime import datetime


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
