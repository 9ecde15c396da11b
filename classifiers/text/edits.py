"""text + edits -> text: replacements that remember where every character came from.

An edit is `(start, end, replacement)` in characters of the text that it is applied to; a list of edits is sorted
and does not overlap. `apply` is what a batch pays; `follow` is paid only when somebody asks for reasons.
"""

from collections.abc import Iterable

Edit = tuple[int, int, str]


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


def follow(origins: list[tuple[int, int]], edits: list[Edit]) -> list[tuple[int, int]]:
    """Origins of the edited text's characters, given those of the text before.

    `origins[i]` is the span of the original that character i came from. A replacement of the same length keeps the
    characters apart; any other takes the whole replaced span for each of its characters.
    """
    if not edits:
        return origins
    result: list[tuple[int, int]] = []
    at = 0
    for start, end, replacement in edits:
        result += origins[at:start]
        if len(replacement) == end - start:
            result += origins[start:end]
        else:
            result += [(origins[start][0], origins[end - 1][1])] * len(replacement)
        at = end
    result += origins[at:]
    return result


def merge(edits: Iterable[Edit]) -> list[Edit]:
    """Sorted edits without overlap: cuts that touch become one, and what begins inside another is given up."""
    result: list[Edit] = []
    for start, end, replacement in sorted(edits):
        if not result or start >= result[-1][1]:
            result.append((start, end, replacement))
        elif replacement == result[-1][2] and end > result[-1][1]:
            result[-1] = (result[-1][0], end, replacement)
    return result
