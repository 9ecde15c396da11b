"""Article + Score -> Item, if a person should look; its priority; its dismissal."""

from dataclasses import dataclass
from datetime import datetime

BARU, DIPROSES, DIKESAMPINGKAN, DALAM_ISU = "BARU", "DIPROSES", "DIKESAMPINGKAN", "DALAM ISU"


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """The Score of one article, as stored (indikasi). `reasons` are [field, start, end, weight] over the article's
    words; their text is cut from the payload when shown."""

    article: int
    at: datetime
    hoax: float
    stance: str
    election: float
    flag: bool
    topics: tuple[str, ...]
    targets: tuple[str, ...]
    regions: tuple[str, ...]
    reasons: tuple[tuple[str, int, int, float], ...]
    doubt: str
    model: str
    id: int = 0


@dataclass(frozen=True, slots=True)
class Item:
    """An article a person should look at (konten). `state`, `holder` and `version` are the projection of its ItemActs,
    written in the same transaction as the act. `origin` is model, manual or sample."""

    article: int
    score: int
    at: datetime
    priority: float
    origin: str = "model"
    state: str = BARU
    holder: str = ""
    version: int = 1
    id: int = 0


@dataclass(frozen=True, slots=True)
class ItemAct:
    """What was done to an item. A row."""

    item: int
    at: datetime
    who: str
    act: str
    old: str
    new: str
    reason: str = ""
    id: int = 0
