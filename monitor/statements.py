"""Article + Score -> Statement, if it denies or reports a claim, or an official body says it: the second lane.

What stands here is no indikasi: it is what others have already said, from which an isu or an answer can start.
"""

from dataclasses import dataclass
from datetime import datetime

from monitor.articles import Article
from monitor.items import ScoreRow

BANTAHAN, PEMBERITAAN, RESMI = "bantahan", "pemberitaan", "info resmi"
KINDS = (BANTAHAN, PEMBERITAAN, RESMI)
STANCES = {"refutes": BANTAHAN, "reports": PEMBERITAAN}
OFFICIAL = ("penyelenggara_pemilu", "pemerintah_pusat", "pemda")
LEAST = 0.5


@dataclass(frozen=True, slots=True)
class Statement:
    """An article in the lane "bantahan dan info resmi" (pernyataan). A row; `kind` is one of KINDS, `official`: an
    official source published it, `words` the digest of the article's payload."""

    article: int
    at: datetime
    kind: str
    official: bool
    words: str
    id: int = 0


def stated(article: Article, score: ScoreRow, category: str) -> Statement | None:
    """The Statement of an article that concerns the election, where it is one; `category` is its source's."""
    official = category in OFFICIAL
    kind = STANCES.get(score.stance, RESMI if official else "")
    if not kind or score.election < LEAST or not article.words:
        return None
    return Statement(article.id, score.at, kind, official, article.words)
