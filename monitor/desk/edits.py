"""Versions of a text -> what was taken out and what was put in, sentence by sentence and word by word, in bounded time.

difflib compares every pair of equal parts, so that a text made of one word over and over would take it minutes: what
is dearer than COST is shown as a whole, old beside new.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher
from itertools import pairwise

from monitor.articles import Article
from monitor.entries import Words

SAME, OUT, IN, GAP = "same", "del", "ins", "gap"
SHOWN = 5
LETTERS = 60_000
PARTS = 1_500
COST = 30_000
# Of what stayed the same so many words are left standing on either side of a change.
AROUND = 12
BREAK = re.compile(r"(?<=[.!?])\s+|\n\s*")
WORD = re.compile(r"\S+\s*")


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text: SAME in both versions, OUT of the older, IN the newer, or a GAP where nothing changed."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Edit:
    """One version against the one before: what changed in its title and in its text; how many words went and came.
    `gone` says that the words of one of the two were erased."""

    number: int
    at: datetime
    title: tuple[Span, ...]
    text: tuple[Span, ...]
    out: int
    put: int
    gone: bool = False


class Purse:
    """What comparing may still cost; one for a page."""

    def __init__(self, left: int = COST) -> None:
        self.left = left

    def pays(self, old: Sequence[str], new: Sequence[str]) -> bool:
        """Takes the price of comparing, if there is enough left."""
        counts = Counter(old)
        price = sum(counts[part] for part in new) + len(old) + len(new)
        if max(len(old), len(new)) > PARTS or price > self.left:
            return False
        self.left -= price
        return True


def edits(versions: Sequence[tuple[Article, Words | None]]) -> tuple[Edit, ...]:
    """The last SHOWN edits, the newest first; `versions` stand oldest first."""
    purse = Purse()
    return tuple(_edit(before[1], article, words, purse)
                 for before, (article, words) in reversed(list(pairwise(versions))[-SHOWN:]))


def changes(old: str, new: str, purse: Purse) -> tuple[Span, ...]:
    """What changed between two texts; () if nothing did. Joined without IN it is the older, without OUT the newer."""
    old, new = old[:LETTERS], new[:LETTERS]
    if old.split() == new.split():
        return ()
    found: list[Span] = []
    for kind, before, after in _aligned(_sentences(old), _sentences(new), purse):
        if kind == SAME:
            found.append(Span(SAME, "".join(after)))
        else:
            found += _words("".join(before), "".join(after), purse)
    return tuple(_short(_joined(found)))


def _sentences(text: str) -> list[str]:
    """The text cut behind its sentences and lines; every part keeps the space that follows it."""
    places = [0, *(found.end() for found in BREAK.finditer(text)), len(text)]
    return [text[start:end] for start, end in pairwise(places) if start < end]


def _edit(before: Words | None, article: Article, words: Words | None, purse: Purse) -> Edit:
    if before is None or words is None:
        return Edit(article.version, article.at, (), (), 0, 0, gone=True)
    title = changes(before.title, words.title, purse)
    text = changes(before.text, words.text, purse)
    sizes = {kind: sum(len(span.text.split()) for span in (*title, *text) if span.kind == kind) for kind in (OUT, IN)}
    return Edit(article.version, article.at, title, text, sizes[OUT], sizes[IN])


def _aligned(old: list[str], new: list[str], purse: Purse) -> Iterator[tuple[str, list[str], list[str]]]:
    """Parts that stayed and parts that did not, in order. What begins and ends both texts costs nothing."""
    keys, others = [part.strip() for part in old], [part.strip() for part in new]
    first = _alike(keys, others)
    last = _alike(keys[first:][::-1], others[first:][::-1])
    ends = len(old) - last, len(new) - last
    yield SAME, old[:first], new[:first]
    middle, other = keys[first : ends[0]], others[first : ends[1]]
    if purse.pays(middle, other):
        for kind, a, b, c, d in SequenceMatcher(None, middle, other, autojunk=False).get_opcodes():
            yield SAME if kind == "equal" else OUT, old[first + a : first + b], new[first + c : first + d]
    else:
        yield OUT, old[first : ends[0]], new[first : ends[1]]
    yield SAME, old[ends[0] :], new[ends[1] :]


def _alike(old: Sequence[str], new: Sequence[str]) -> int:
    """How many parts at the beginning are the same."""
    return next((n for n, (one, other) in enumerate(zip(old, new, strict=False)) if one != other),
                min(len(old), len(new)))


def _words(old: str, new: str, purse: Purse) -> list[Span]:
    """A stretch that changed, word by word; where little of it stayed, as a whole."""
    parts = list(_aligned(WORD.findall(old), WORD.findall(new), purse)) if old.strip() and new.strip() else []
    kept = sum(len(after) for kind, _, after in parts if kind == SAME)
    if not parts or kept * 3 < len(WORD.findall(new)):
        return [Span(OUT, old), Span(IN, new)]
    found: list[Span] = []
    for kind, before, after in parts:
        both = [Span(OUT, "".join(before)), Span(IN, "".join(after))]
        found += [Span(SAME, "".join(after))] if kind == SAME else both
    return found


def _joined(spans: list[Span]) -> list[Span]:
    """Without empty spans, neighbours of one kind as one; what went before what came in its place."""
    held: list[Span] = []
    for span in spans:
        if not span.text:
            continue
        if held and not held[-1].text[-1].isspace():
            held[-1] = Span(held[-1].kind, held[-1].text + " ")
        if held and held[-1].kind == span.kind:
            held[-1] = Span(span.kind, held[-1].text + span.text)
        elif span.kind == OUT and held and held[-1].kind == IN and len(held) > 1 and held[-2].kind == OUT:
            held[-2] = Span(OUT, held[-2].text + span.text)
        else:
            held.append(span)
    return held


def _short(spans: list[Span]) -> Iterator[Span]:
    """What stayed the same, cut down to what stands around the changes."""
    for place, span in enumerate(spans):
        words = WORD.findall(span.text) if span.kind == SAME else []
        before, after = (AROUND if place else 0), (AROUND if place + 1 < len(spans) else 0)
        if len(words) <= before + after + AROUND:
            yield span
            continue
        if before:
            yield Span(SAME, "".join(words[:before]))
        yield Span(GAP, "…")
        if after:
            yield Span(SAME, "".join(words[-after:]))
