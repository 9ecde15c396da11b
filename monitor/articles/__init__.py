"""page -> Article: title, text, when, who; edits are versions."""

from datetime import UTC, datetime

from monitor.articles.doubts import DOUBTS
from monitor.articles.reading import extract, from_feed
from monitor.articles.rows import Article, Extract, Hint, article, hint
from monitor.sources import Source

__all__ = ["DOUBTS", "Article", "Extract", "Hint", "article", "extract", "from_feed", "hint", "warm"]


def warm() -> None:
    """Load what the first page would load: for a process that forks others."""
    page = b"<html><head><title>a</title></head><body><h1>a</h1><p>" + b"kata demi kata " * 40 + b"</p></body></html>"
    source = Source(name="warm", url="https://warm.example/", kind="html")
    extract(page, "text/html", source.url, source, Hint(), datetime(2024, 1, 1, tzinfo=UTC))
