"""text + edits -> text: replacements that know the way back.

An edit is `(start, end, replacement)` in characters of the text that it is applied to; a list of edits is sorted
and does not overlap. `apply` is what a batch pays; `back` is paid only when somebody asks for reasons.
"""

from bisect import bisect_right
from collections.abc import Iterable

Edit = tuple[int, int, str]
Span = tuple[int, int]


def apply(text: str, edits: list[Edit]) -> str:
    """The text with every edit made."""
    if not edits:
        return text
    pieces: list[str] = []
    at = 0
    for start, end, replacement in edits:
        pieces += (text[at:start], replacement)
        at = end
    pieces.append(text[at:])
    return "".join(pieces)


def back(spans: list[Span], edits: list[Edit]) -> list[Span]:
    """Spans of the edited text -> spans of the text before it.

    A replacement of the same length keeps its characters apart; any other stands for its replaced span as a whole.
    No span may be empty.
    """
    if not edits:
        return spans
    starts: list[int] = []
    shifts: list[int] = []
    shift = 0
    for start, end, replacement in edits:
        starts.append(start + shift)
        shifts.append(shift)
        shift += len(replacement) - (end - start)
    shifts.append(shift)

    def origin(at: int) -> Span:
        place = bisect_right(starts, at) - 1
        if place >= 0:
            start, end, replacement = edits[place]
            inside = at - starts[place]
            if inside < len(replacement):
                return (start + inside, start + inside + 1) if len(replacement) == end - start else (start, end)
        before = at - shifts[place + 1]
        return before, before + 1

    return [(origin(start)[0], origin(end - 1)[1]) for start, end in spans]


def merge(edits: Iterable[Edit]) -> list[Edit]:
    """Sorted edits without overlap: cuts that touch become one, and what begins inside another is given up."""
    result: list[Edit] = []
    for start, end, replacement in sorted(edits):
        if not result or start >= result[-1][1]:
            result.append((start, end, replacement))
        elif replacement == result[-1][2] and end > result[-1][1]:
            result[-1] = (result[-1][0], end, replacement)
    return result
