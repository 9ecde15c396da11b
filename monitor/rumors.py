"""Items that carry one written claim -> Rumor (isu)."""

from dataclasses import dataclass
from datetime import datetime

TERBUKA, MENUNGGU, TERVERIFIKASI = "TERBUKA", "MENUNGGU PERSETUJUAN", "TERVERIFIKASI"


@dataclass(frozen=True, slots=True)
class Rumor:
    """One written claim (isu). `words` is the digest of its payload (title: the claim). `state`, `holder` and `version`
    are the projection of its RumorActs."""

    words: str
    at: datetime
    by: str
    state: str = TERBUKA
    holder: str = ""
    version: int = 1
    id: int = 0


@dataclass(frozen=True, slots=True)
class Carrier:
    """An item carries this rumor since `at`. A row."""

    rumor: int
    item: int
    at: datetime
    by: str
    id: int = 0


@dataclass(frozen=True, slots=True)
class RumorAct:
    """What was done to a rumor. A row."""

    rumor: int
    at: datetime
    who: str
    act: str
    old: str
    new: str
    reason: str = ""
    id: int = 0
