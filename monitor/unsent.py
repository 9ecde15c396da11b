"""What somebody had typed when their session ended -> Unsent: kept for that account alone, offered after the login."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

KEPT_FOR = timedelta(days=7)
MOST = 5
WORTH_LETTERS = 20
# What proves who somebody is is never kept, nor are the pages that ask for it.
SECRET_FIELDS = ("sandi", "lama", "baru", "ulang", "kode", "rahasia", "kunci", "tanda", "belum")
SECRET_PATHS = ("/masuk", "/undangan", "/akun", "/pengguna", "/keluar", "/lanjut")


@dataclass(frozen=True, slots=True)
class Unsent:
    """A form that did not arrive (tulisan yang belum terkirim). A state table: it goes when it was sent or thrown away,
    or after KEPT_FOR. `fields` are (name, text) pairs, without what proves a login."""

    key: str
    account: str
    path: str
    fields: tuple[tuple[str, str], ...]
    at: datetime


def too_many(kept: list[Unsent]) -> list[Unsent]:
    """Which of an account's go so that MOST stay: the oldest."""
    return sorted(kept, key=lambda one: one.at)[: max(0, len(kept) - MOST)]


def worth(path: str, fields: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """The fields to keep: none where nobody typed more than a few letters, or where the page asks for secrets."""
    if path.startswith(SECRET_PATHS) or not any(len(text.strip()) >= WORTH_LETTERS for text in fields.values()):
        return ()
    return tuple((name, text) for name, text in fields.items() if name not in SECRET_FIELDS)
