"""bytes -> Entry: a feed item, or a link on a listing page."""

from datetime import UTC, datetime

from monitor.entries.dates import DOUBTS, When
from monitor.entries.reading import parse
from monitor.entries.rows import (
    NEW_A_FETCH,
    Entry,
    Found,
    Parsed,
    Showing,
    Waiting,
    Words,
    cut,
    edited,
    entry,
    suspect,
)
from monitor.sources import Source

__all__ = [
    "DOUBTS", "NEW_A_FETCH", "Entry", "Found", "Parsed", "Showing", "Waiting", "When", "Words", "cut", "edited",
    "entry", "parse", "suspect", "warm",
]  # fmt: skip


def warm() -> None:
    """Load what the first feed would load: for a process that forks others."""
    source = Source(name="warm", url="https://warm.example/", kind="rss")
    item = "<item><title>a &lt;b&gt;b&lt;/b&gt;</title><link>https://warm.example/b?c=1</link><pubDate>{0}</pubDate></item>"
    for form in ("<rss version='2.0'><channel>{0}</channel></rss>", "<rss version='2.0'><channel>{0}<image>"):
        body = form.format(item.format("2 jam lalu")).encode()
        parse("rss", body, "", source, source.url, datetime(2024, 1, 1, tzinfo=UTC))
