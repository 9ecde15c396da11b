"""Text + reasons -> paragraphs of pieces: which words speak for the indikasi, which against, and how much."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

Span = tuple[int, int, float]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text as it was written; `weight` is None where nothing is said about it."""

    text: str
    weight: float | None = None


def pieces(text: str, spans: Iterable[Span]) -> tuple[Piece, ...]:
    """The text cut at the spans (start, end, weight in characters). Where two overlap the weightier one stands."""
    found, here = [], 0
    for start, end, weight in _apart(_inside(spans, len(text))):
        found += [Piece(text[here:start])] if start > here else []
        found.append(Piece(text[start:end], weight))
        here = end
    return (*found, Piece(text[here:])) if here < len(text) else tuple(found)


def paragraphs(text: str, spans: Iterable[Span]) -> tuple[tuple[Piece, ...], ...]:
    """The same, one tuple for each line of the text that holds something."""
    spans, here, found = list(spans), 0, []
    for line in text.split("\n"):
        ours = [(start - here, end - here, weight) for start, end, weight in spans]
        found += [pieces(line, ours)] if line.strip() else []
        here += len(line) + 1
    return tuple(found)


def _inside(spans: Iterable[Span], length: int) -> list[Span]:
    cut = [(max(start, 0), min(end, length), weight) for start, end, weight in spans]
    return [(start, end, weight) for start, end, weight in cut if start < end]


def _apart(spans: Sequence[Span]) -> list[Span]:
    kept: list[Span] = []
    for span in sorted(spans, key=lambda one: (-abs(one[2]), one[0], one[1])):
        if all(span[1] <= other[0] or span[0] >= other[1] for other in kept):
            kept.append(span)
    return sorted(kept)
