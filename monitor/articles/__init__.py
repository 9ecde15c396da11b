"""page -> Article: title, text, when, who; edits are versions."""

from datetime import datetime
from typing import TYPE_CHECKING

from monitor.articles.rows import Article, Extract, Hint, article, hint
from monitor.entries import Found

if TYPE_CHECKING:
    from monitor.sources import Source

__all__ = ["Article", "Extract", "Hint", "article", "extract", "from_feed", "hint"]


def extract(body: bytes, content_type: str, url: str, source: "Source", entry_hint: Hint, now: datetime) -> Extract:
    """Words, author, date and lead image of a page that answered at `url`; run inside the cage."""
    raise NotImplementedError


def from_feed(found: Found, source: "Source", now: datetime) -> Extract | None:
    """The article out of the source's own full text, or None where that is too short and the page must be visited."""
    raise NotImplementedError
