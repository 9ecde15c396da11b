"""Hint -> Extract where a page gave no text; and when a page is visited again, to see whether it was edited."""

from datetime import datetime, timedelta

from monitor.articles.rows import Extract, Hint
from monitor.entries import Words

REVISITS = (timedelta(hours=6), timedelta(hours=24), timedelta(hours=72))
SUMMARY = "summary only"
UNREAD = "Halaman ini tidak dapat dibaca; penilaian memakai judul dan ringkasan dari sumber."


def bare(hint: Hint, cause: str, sentence: str = "") -> Extract:
    """The article out of what the entry already said (title and summary), with the reason why there is no more."""
    words = Words(hint.title, hint.text, hint.author)
    return Extract(
        words=words if hint.title or hint.text else None,
        published=hint.published,
        published_from="entry" if hint.published else "",
        method="feed" if hint.title or hint.text else "none",
        doubt=SUMMARY,
        cause=cause,
        sentence=sentence or UNREAD,
    )


def revisit(seen: datetime, now: datetime) -> datetime | None:
    """When a konten's page is visited again after `now`: 6, 24 and 72 hours after the entry was first seen."""
    return next((seen + step for step in REVISITS if seen + step > now), None)
