"""clean prose -> values: how a text is made, as far as honest negatives show that it tells something.

Length, quotation marks, small letters and a missing full stop are left out: they tell the collector of a corpus, or
any post from any article, not a hoax from a harmless post.
Every value lies in 0-1, of the first READ characters.
"""

import re
from itertools import compress
from operator import gt
from typing import Final

import numpy as np
from numpy.typing import NDArray

READ: Final = 1_000
WORDS: Final = 128
STYLE: Final = (
    "kapital_panjang", "kapital_beruntun", "semua_kapital", "tanda_seru", "seru_ganda", "tanda_tanya", "elipsis",
    "emoji", "emoji_banyak", "tagar", "sebutan", "huruf_disamarkan", "bagian_judul", "tanggal_kurung",
    "telepon",
)  # fmt: skip

_TOKEN: Final = re.compile(r"[^\W_]+")
_GAPS: Final = {code: " " for code in range(128) if not chr(code).isalnum()}  # what parts the _TOKENs of ASCII
_EMOJI: Final = re.compile("[\U0001f000-\U0001faff\u2600-\u27bf\u203c\u2049]|:[a-z_]{3,30}:")
_NAMED: Final = re.compile(":[a-z_]{3,30}:")
_INSIDE: Final = re.compile("[0-9@$¢][a-zA-Z]")  # without it no _LEET is there
_LEET: Final = re.compile(r"[a-zA-Z][0-9@$¢]+[a-zA-Z]")
_LOUD: Final = ("!!", "!?", "?!", "??", "! !")
_DATE: Final = re.compile(r"\(\d{1,2}/\d{1,2}(?:/\d{2,4})?\)")
_PHONE: Final = re.compile(r"(?:\+62|\b08)[\d -]{8}")
_ELLIPSIS: Final = re.compile(r"\.\.+|…")
_MENTION: Final = re.compile(r"(?<!\w)@\w")


def style(clean: str) -> NDArray[np.float64]:
    """Values in STYLE's order, of clean prose: look-alikes undone, no markup, datelines or addresses, its own case."""
    raw = clean[:READ]
    tokens = raw.translate(_GAPS).split() if raw.isascii() else _TOKEN.findall(raw)
    capitals, titled = _case(tokens[:WORDS])
    return np.array([*capitals, *_marks(raw), titled, *_numbers(raw)])


def _case(tokens: list[str]) -> tuple[tuple[float, float, float], float]:
    """(long words in capitals, the longest run of capitals, nothing but capitals) and words written as in a headline.

    An acronym is shorter than five letters.
    """
    alphabetic = list(map(str.isalpha, tokens))
    letters = sum(alphabetic)
    long = upper = titled = run = best = 0
    last = -1
    for at in compress(range(len(tokens)), map(gt, alphabetic, map(str.islower, tokens))):
        token = tokens[at]
        run = run if at == last + 1 else 0
        last = at
        size = len(token)
        if token.isupper():
            upper += 1
            long += size >= 5
            run = run + 1 if size > 1 else 0
            best = max(best, run)
            continue
        run = 0
        titled += size > 1 and token.istitle()
    known = max(1, letters)
    every = letters > 2 and upper == letters
    return (_part(2 * long, known), min(best, 8) / 8 if best >= 3 else 0.0, float(every)), titled / known


def _marks(raw: str) -> tuple[float, ...]:
    emoji = _emoji(raw)
    return (
        _part(raw.count("!"), 5),
        float(any(map(raw.__contains__, _LOUD))),
        _part(raw.count("?"), 3),
        _part(len(_ELLIPSIS.findall(raw)) if ".." in raw or "…" in raw else 0, 4),
        float(emoji > 0),
        _part(emoji, 5),
        _part(raw.count("#"), 3),
        _part(len(_MENTION.findall(raw)) if "@" in raw else 0, 3),
        _part(len(_LEET.findall(raw)) if _INSIDE.search(raw) else 0, 3),
    )


def _emoji(raw: str) -> int:
    if raw.isascii():
        return len(_NAMED.findall(raw)) if ":" in raw else 0
    return len(_EMOJI.findall(raw))


def _numbers(raw: str) -> tuple[float, float]:
    phone = ("+62" in raw or "08" in raw) and _PHONE.search(raw) is not None
    return float("(" in raw and _DATE.search(raw) is not None), float(phone)


def _part(count: int, full: int) -> float:
    return min(count, full) / full
