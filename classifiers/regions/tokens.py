"""Original text -> Tokens: words and breaks in writing order, and what their capitals are worth as proof."""

import re
from functools import cached_property

from classifiers.text.characters import fold

TOKEN = re.compile(r"[^\W_]+|[.,;:!?()\[\]/\n\"•|&]")
_BREAKS = '.,;:!?()[]/\n"|&'  # of ASCII
_GAPS = {code: " " for code in range(128) if not chr(code).isalnum() and chr(code) not in _BREAKS}
LINK = re.compile(r"://|@\w|\.(?:com|co|id|net|org|info|tv|go|COM|CO|ID|NET|ORG|INFO|TV|Com|Id)\b")
# Without one of these no LINK is there.
_LINKED = ("://", "@", ".co", ".CO", ".Co", ".id", ".ID", ".Id", ".net", ".NET", ".org", ".ORG", ".info", ".INFO",
           ".tv", ".TV", ".go")  # fmt: skip
LINK_REACH = 256
HASHTAG = re.compile(r"#\w{5,64}")
SEAM = re.compile(
    r"(?<=[a-z])(?=[A-Z0-9])|(?<=^#pilkada)|(?<=^#pemkot)|(?<=^#pemkab)|(?<=^#kota)|(?<=^#warga)|(?<=^#info)"
)
BLANK = re.compile(r"\s|$")
DATELINE = re.compile(r"[\s)][-–]|–")
DATELINE_REACH = 80
DATELINE_WORDS = 6
STARTS = frozenset('.!?:;"•|\n')
FUNCTION = frozenset(
    {"di", "ke", "dari", "dan", "atau", "yang", "untuk", "pada", "dengan", "oleh", "dalam", "tak", "tidak", "itu"}
)
CASING_REACH = 120
TITLE_SHARE = 0.6
LOWER_SHARE = 0.03


def unlink(text: str) -> str:
    """The text without web addresses, handles and names of outlets that are addresses ("KOMPAS.com")."""
    if not any(map(text.__contains__, _LINKED)):
        return text
    kept, end = [], 0
    for link in LINK.finditer(text):
        if link.start() < end:
            continue
        begin = max(end, link.start() - LINK_REACH)
        words = text[begin : link.start()].split()
        glued = len(words[-1]) if words and not text[link.start() - 1].isspace() else 0
        kept.append(text[end : link.start() - glued])
        blank = BLANK.search(text, link.end())
        end = blank.start() if blank else len(text)
    return "".join([*kept, text[end:]]) if end else text


def apart(text: str) -> str:
    """Hashtags as words: "#PilkadaKediri", "#warganganjuk"."""
    return HASHTAG.sub(lambda tag: SEAM.sub(" ", tag[0]), text) if "#" in text else text


def _cut(text: str) -> tuple[list[str], list[str]]:
    """Tokens as written and in small letters; where a letter becomes two it may end a word, so that is cut anew."""
    raw: list[str] = _plainly_cut(text) if text.isascii() else TOKEN.findall(text)
    lower = text.lower()
    return raw, list(map(str.lower, raw)) if len(lower) == len(text) else TOKEN.findall(lower)


def _plainly_cut(text: str) -> list[str]:
    """What TOKEN finds in ASCII alone, at less cost."""
    spaced = text.translate(_GAPS)
    for mark in _BREAKS:
        if mark in spaced:
            spaced = spaced.replace(mark, f" {mark} ")
    return list(filter(None, spaced.split(" ")))


class Tokens:
    """Tokens of a title or a text: `raw` as written, `low` in small letters; breaks are tokens too."""

    def __init__(self, text: str, dateline: bool = False) -> None:
        self._text = apart(unlink(fold(text)))
        self._dated = dateline
        self._raw, self.low = _cut(self._text)

    @cached_property
    def raw(self) -> list[str]:
        """The tokens as written; in small letters where these would differ in number (a few rare letters)."""
        return self._raw if len(self._raw) == len(self.low) else self.low

    @cached_property
    def dateline(self) -> int:
        """How many tokens stand before the dash of a dateline ("KEDIRI, (Antara) - "), 0 without one."""
        dash = DATELINE.search(self._text, 0, DATELINE_REACH) if self._dated else None
        head: list[str] = TOKEN.findall(self._text[: dash.start() + 1]) if dash else []
        named = [token for token in head if token[0].isalnum()]
        return len(head) if len(named) <= DATELINE_WORDS and all(token[0].isupper() for token in named) else 0

    @cached_property
    def casing(self) -> str:
        """One of "title" (also all capitals), "lower", "sentence": whether capitals tell names from words here."""
        told = [token[0] for token in self.raw[1:CASING_REACH] if token not in FUNCTION and token[0].isalpha()]
        capitals = sum(map(str.isupper, told))
        if capitals > TITLE_SHARE * len(told):
            return "title"
        return "lower" if capitals < LOWER_SHARE * len(told) or not told else "sentence"

    def capital(self, at: int) -> bool:
        """Whether the token begins with a capital."""
        return 0 <= at < len(self.raw) and self.raw[at][0].isupper()

    def opens(self, at: int) -> bool:
        """Whether the token stands where any word has a capital: at the start, or after a break."""
        return at == 0 or self.low[at - 1] in STARTS

    def before(self, at: int) -> int:
        """Index of the word before a token, a full stop of an abbreviation skipped ("Kab. Kediri"); -1 if none."""
        if at >= 2 and self.low[at - 1] == "." and len(self.low[at - 2]) <= 4:
            return at - 2
        return at - 1
