"""HTML -> prose: edits that cut tags, comments, scripts and styles and read entities; linear on any input."""

import html
import re
from html.entities import html5
from typing import Final

from classifiers.text.edits import Edit

_NAMES: Final = (
    "a abbr acronym b bdi bdo big cite code del dfn em font i ins kbd mark q s samp small span strike strong sub sup "
    "tt u var wbr"
)
_INLINE: Final = frozenset(_NAMES.split())
_PIECE: Final = re.compile(
    r"(?P<comment><!--)|<(?P<raw>script|style)\b[^<>]*>|</?(?P<tag>[a-z][a-z0-9:]*)\b[^<>]*>|<[!?][a-z][^<>]*>"
    r"|&(?:amp;)*(?P<entity>#\d{1,7};|#x[0-9a-f]{1,6};|[a-z][a-z0-9]{1,31};)",
    re.IGNORECASE,
)


def edits(text: str) -> list[Edit]:
    """Edits that leave the words: inline tags vanish, other tags part words, entities become their characters."""
    if "<" not in text and "&" not in text:
        return []
    result: list[Edit] = []
    closed = _Closings(text)
    at = 0
    while match := _PIECE.search(text, at):
        at = match.end()
        if match["entity"]:
            plain = _character(match["entity"])
            if plain:
                result.append((match.start(), at, plain))
            continue
        if match["comment"] or match["raw"]:
            at = closed.after("-->" if match["comment"] else f"</{match['raw'].lower()}", at)
        inline = (match["tag"] or "").lower() in _INLINE or match["comment"]
        result.append((match.start(), at, "" if inline else "\n"))
    return result


def _character(entity: str) -> str:
    """What an entity (without its ampersand) stands for, "" for one that is none."""
    if entity.startswith("#"):
        return html.unescape("&" + entity)
    return html5.get(entity) or html5.get(entity.lower(), "")


class _Closings:
    """Where a comment, script or style ends; asked once too often, it remembers that there is no end."""

    def __init__(self, text: str) -> None:
        self._text = text.lower() if len(text.lower()) == len(text) else text
        self._missing: set[str] = set()

    def after(self, closing: str, at: int) -> int:
        """The end of the next `closing` from `at`; `at` itself when there is none."""
        if closing in self._missing:
            return at
        found = self._text.find(closing, at)
        if found < 0:
            self._missing.add(closing)
            return at
        end = self._text.find(">", found)
        return end + 1 if end >= 0 else found + len(closing)
