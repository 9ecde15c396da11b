"""Two texts -> what changed between them, field by field, in pieces that a person can read."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from monitor.clarifications.rows import Draft

SAME, GONE, NEW = "sama", "dihapus", "baru"
WORDS = re.compile(r"\s+|\w+|[^\w\s]")
FIELDS = ("headline", "slug", "summary", "speaker", "claim", "circulating", "where", "explanation", "advice",
          "category", "alt", "relay")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of words; `kind` is sama, dihapus or baru."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Changed:
    """One field that is not what it was."""

    field: str
    pieces: tuple[Piece, ...]


def differences(old: Draft, new: Draft) -> tuple[Changed, ...]:
    """The fields that differ, in the order of the form; none where nothing changed."""
    pairs = [(name, getattr(old, name), getattr(new, name)) for name in FIELDS]
    pairs += [("citations", _cited(old), _cited(new)), ("pictures", _pictured(old), _pictured(new)),
              ("waivers", _waived(old), _waived(new))]  # fmt: skip
    return tuple(Changed(name, pieces(was, now)) for name, was, now in pairs if was != now)


def pieces(old: str, new: str) -> tuple[Piece, ...]:
    """Both texts as one, cut where they part; each is whole again without the pieces of the other."""
    before, after = WORDS.findall(old), WORDS.findall(new)
    return tuple(_cut(before, after))


def _cut(before: list[str], after: list[str]) -> Iterator[Piece]:
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Piece(SAME, "".join(before[a:b]))
            continue
        if b > a:
            yield Piece(GONE, "".join(before[a:b]))
        if d > c:
            yield Piece(NEW, "".join(after[c:d]))


def _cited(text: Draft) -> str:
    return "\n".join(f"{one.title} <{one.url}>" for one in text.citations)


def _pictured(text: Draft) -> str:
    return "\n".join(f"{one.page[:12]}: {one.alt}" for one in text.pictures)


def _waived(text: Draft) -> str:
    return "\n".join(f"{code}: {reason}" for code, reason in sorted(text.waivers.items()) if reason)
