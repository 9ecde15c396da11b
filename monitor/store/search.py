"""Text, or what somebody typed -> the search index's own words: the same on SQLite (FTS5) and PostgreSQL (tsvector)."""

import re
import unicodedata
from collections.abc import Iterable, Sequence

from monitor.entries import Words

LONGEST_TEXT = 200_000
LONGEST_WORD = 64
MOST_WORDS = 15_000
MOST_BYTES = 300_000
MOST_TERMS = 16

_WORD = re.compile(r"[^\W_]+")
_TERM = re.compile(r'"([^"]*)"?|(\S+)')


def plain(text: str) -> list[str]:
    """The words of a text as the index knows them: folded, without accents and invisible characters, each cut."""
    text = text[:LONGEST_TEXT]
    if not text.isascii():
        folded = unicodedata.normalize("NFKD", text).casefold()
        text = "".join(letter for letter in folded if unicodedata.category(letter) not in ("Mn", "Me", "Cf"))
    return [word[:LONGEST_WORD] for word in _WORD.findall(text.lower())]


def document(words: Words | None) -> list[str]:
    """What is indexed of a konten: title, then text, within bounds that PostgreSQL's tsvector can hold."""
    if words is None:
        return []
    found = plain(f"{words.title[:1000]} {words.text}")[:MOST_WORDS]
    if sum(map(len, found)) * 4 <= MOST_BYTES:
        return found
    kept, size = [], 0
    for word in found:
        size += len(word.encode())
        if size > MOST_BYTES:
            break
        kept.append(word)
    return kept


def terms(typed: str) -> list[tuple[list[str], bool]]:
    """What somebody typed -> terms that must all be there: the words of each (several: a phrase), is it a beginning?

    "in quotes" is a phrase, a word that ends with * a beginning; nothing else has a meaning, and nothing is an error.
    """
    found = []
    for quoted, bare in _TERM.findall(typed[:500]):
        words = plain(quoted or bare)
        if words:
            found.append((words, not quoted and bare.endswith("*")))
    return found[:MOST_TERMS]


def token(mark: str) -> str:
    """A mark as one word of the index, which no text can hold by accident on PostgreSQL or in its column on SQLite."""
    return "m" + mark.encode("utf-8", "replace").hex()


def match(found: Sequence[tuple[list[str], bool]], marks: Iterable[str]) -> str:
    """The FTS5 expression; every word is quoted."""
    said = [f'"{" ".join(words)}"{" *" if begins else ""}' for words, begins in found]
    parts = [f"words : ({' AND '.join(said)})"] if said else []
    return " AND ".join([*parts, *(f'marks : "{token(mark)}"' for mark in marks)])


def tsquery(found: Sequence[tuple[list[str], bool]], marks: Iterable[str]) -> str:
    """The same as PostgreSQL's tsquery."""
    said = []
    for words, begins in found:
        *before, last = (f"'{word}'" for word in words)
        said.append(f"({' <-> '.join([*before, last + (':*' if begins else '')])})")
    return " & ".join([*said, *(f"'{_prefix(token(mark))}'" for mark in marks)])


def tsvector(words: Sequence[str], marks: Iterable[str]) -> str:
    """A document as PostgreSQL's tsvector, with positions (at most 16,383, at most 255 a word)."""
    places: dict[str, list[int]] = {}
    for place, word in enumerate(words, start=1):
        held = places.setdefault(word, [])
        if len(held) < 255:
            held.append(place)
    said = [f"'{word}':{','.join(map(str, held))}" for word, held in places.items()]
    return " ".join([*said, *(f"'{_prefix(token(mark))}'" for mark in sorted(marks))])


def _prefix(token: str) -> str:
    return f":{token}"
