"""token -> plain words: one piece of lower-case text, folded alone and remembered.

`TOKEN` cuts a folded, lower-case text into words (with what joins their parts: hyphen, apostrophe, and . , : / inside)
and runs of marks. `fold` turns one token into its normal form: words and marks separated by spaces, "" for nothing,
`DROPPED` for a name that says who speaks. Its answers are fixed points: every word of an answer folds to itself.
"""

import re
from collections.abc import Callable, Iterator
from itertools import product
from typing import Final

from classifiers.stem import ROOTS, stem
from classifiers.text.outlets import DOMAINS, WORDS
from classifiers.text.slang import KNOWN, SLANG

TOKEN: Final = re.compile(r"[^\W_]+(?:[-'.,:/][^\W_]+)*|(?:[^\w\s]|_)[\W_]*")
MARKS: Final = frozenset('"!?.,')
DROPPED: Final = "\x00"

MEMO_TOKENS: Final = 1 << 16
MEMO_LENGTH: Final = 48
LONGEST_DISGUISE: Final = 32

_MARK: Final = {"%": "persen", "&": "dan", "'": '"'} | {mark: mark for mark in '"!?.'}
_SILENT: Final = frozenset("*_#@~^`$|•·\\")
_PAUSE: Final = frozenset(",;:()[]{}<>-–—/=+…")
_LEET: Final = {"0": "o", "1": "il", "3": "e", "4": "a", "5": "s", "6": "g", "7": "t", "8": "b", "9": "g"}
_STRETCHED: Final = re.compile(r"([^\W\d_])\1{2,}")
_ROMAN: Final = re.compile("[ivxlcdm]+")
_LAUGH: Final = re.compile("(?:a?(?:ha){2,}h?|(?:he){2,}h?|(?:hi){2,}h?|(?:wk){2,}w?k?)")
_NUMBER: Final = re.compile(r"\d+(?:[-.,:/]\d+)*")
_RUPIAH: Final = re.compile(r"rp(\d[\d.,]*)(.*)", re.DOTALL)
_COUNTED: Final = re.compile(r"(\d+)([^\W\d_]+)")
_NUMBERED: Final = re.compile(r"([^\W\d_]{3,})(\d+)")
_TWICE: Final = re.compile("([^\\W\\d_]{3,})2(nya|an|lah|kah|ku|mu|kan|i)?")
_UNITS: Final = {"rb": "ribu", "rbu": "ribu", "jt": "juta", "jta": "juta", "thn": "tahun", "bln": "bulan", "org": "orang"}
# What a 2 behind it numbers; behind any other word it says "twice" (anak2 is anak-anak).
_LISTED: Final = frozenset(
    "nomor nmr paslon capres cawapres caleg urut pasal ayat bab kelas tahap jilid seri part episode periode level tingkat "
    "lantai blok jari salam putaran dapil sila trans indosiar dosis booster surah juz halaman minggu hari tahun bulan grup "
    "gelombang versi edisi sesi babak liga divisi posisi peringkat nusantara covid sars sumur".split()
)


def known(word: str) -> bool:
    """Whether the word or its stem is in the dictionary, or on our short list of names."""
    if word in ROOTS or word in KNOWN:
        return True
    return len(word) > 3 and stem(word) in ROOTS


def _fold(token: str) -> str:
    """Step after step until nothing changes; a token that never settles stays as it is."""
    before = token
    for _ in range(4):
        after = " ".join(filter(None, map(_step, before.split(" "))))
        if after == before:
            return after
        before = after
    return token


def _step(token: str) -> str:
    if token.isalpha():
        return _word(token)
    if not token or token == DROPPED:
        return token
    if not token[0].isalnum():
        return _mark(token)
    if token.isalnum():
        return token if token.isdecimal() else _mixed(token)
    return _joined(token)


def _mark(run: str) -> str:
    """A run of marks as its kinds, each once: " ! ? . and words for % and &; anything else is a pause or silent."""
    kinds = dict.fromkeys(_MARK.get(mark, "," if mark in _PAUSE else "") for mark in dict.fromkeys(run))
    kinds.pop("", None)
    if len(kinds) > 1:
        kinds.pop(",", None)
    return " ".join(kinds)


def _word(word: str) -> str:
    """A word of letters only: slang, outlets, laughter, stretched letters."""
    if word in SLANG:
        return SLANG[word]
    if word in WORDS:
        return DROPPED
    if len(word) < 3:
        return word
    if _STRETCHED.search(word) and not _ROMAN.fullmatch(word):
        return _unstretch(word)
    if word[0] in "ahw" and _LAUGH.fullmatch(word):
        return "haha"
    return word


def _unstretch(word: str) -> str:
    """Letters said three times or more: once, or twice where that makes a known word (maaaf is maaf)."""
    once = _STRETCHED.sub(r"\1", word)
    if known(once) or once in SLANG:
        return once
    twice = _STRETCHED.sub(r"\1\1", word)
    return twice if known(twice) else once


def _mixed(word: str) -> str:
    """Letters and digits: a sum, a reduplication, a number that sticks to a word, a disguise; else left alone."""
    money = _RUPIAH.fullmatch(word)
    if money:
        return f"rp {money[1]} {money[2]}".rstrip()
    counted = _COUNTED.fullmatch(word)
    if counted and (counted[2] in _UNITS or (len(counted[2]) > 2 and known(counted[2]))):
        return f"{counted[1]} {_UNITS.get(counted[2], counted[2])}"
    if word in SLANG:
        return SLANG[word]
    if word in WORDS:
        return DROPPED
    twice = _TWICE.fullmatch(word)
    if twice and twice[1] not in _LISTED and (known(twice[1]) or twice[1] in SLANG):
        return f"{twice[1]}-{twice[1]}{twice[2] or ''}"
    numbered = _NUMBERED.fullmatch(word)
    if numbered and (known(numbered[1]) or numbered[1] in _LISTED):
        return f"{numbered[1]} {numbered[2]}"
    return undisguise(word) or word


def undisguise(word: str) -> str:
    """The known word that digits for letters hide ("t3rc0bl0s"), or "" when there is none."""
    letters = sum(map(str.isalpha, word))
    if not 4 <= len(word) <= LONGEST_DISGUISE or letters < 2 or 2 * letters < len(word):
        return ""
    return next((plain for plain in _readings(word) if known(plain) or plain in SLANG), "")


def _readings(word: str) -> Iterator[str]:
    """What the word may say: 1 is i or l, the same all along."""
    if any(letter.isdecimal() and letter not in _LEET for letter in word):
        return
    used = [letter for letter in _LEET if letter in word]
    for choice in product(*(_LEET[letter] for letter in used)):
        yield word.translate(str.maketrans(dict(zip(used, choice, strict=True))))


def _joined(token: str) -> str:
    """Parts joined by hyphen, apostrophe or . , : / : numbers stay, addresses go, spelled words close up."""
    if _NUMBER.fullmatch(token):
        return token
    if "'" in token:
        token = token.replace("'", "")
        return _step(token) if token.isalnum() else token
    money = _RUPIAH.fullmatch(token)
    if money:
        return f"rp {money[1].rstrip('.,')} {money[2]}".rstrip()
    if "," in token or ":" in token:
        return _apart(token)
    if "." in token:
        return _dotted(token)
    if "/" in token:
        return token.replace("/", " , ")
    return _hyphened(token)


def _apart(token: str) -> str:
    """Numbers inside keep their commas and colons; between words they are pauses."""
    parts = re.split("[,:]", token)
    return " , ".join(filter(None, map(_step, parts)))


def _dotted(token: str) -> str:
    """A web address, a spelled word (t.e.r.c.o.b.l.o.s, k.p.u) or sentences without a space between."""
    head, _, path = token.partition("/")
    parts = head.split(".")
    if len(parts) > 1 and any(part in DOMAINS for part in parts[1:]):
        return DROPPED
    if path:
        return token.replace("/", " , ")
    if len(parts) > 2 and all(len(part) == 1 for part in parts) and not head.replace(".", "").isdecimal():
        return "".join(parts)
    return _sentences(parts)


def _sentences(parts: list[str]) -> str:
    """Parts of a dotted token: numbers close up again, words are parted by a full stop."""
    said = [parts[0]]
    for part in parts[1:]:
        said.append("." if said[-1].isdecimal() and part.isdecimal() else " . ")
        said.append(part)
    return "".join(said)


def _hyphened(token: str) -> str:
    """A spelled word closes up; else every part is folded and the hyphens stay while each is one word."""
    parts = token.split("-")
    if len(parts) > 2 and all(len(part) == 1 for part in parts) and not "".join(parts).isdecimal():
        return "".join(parts)
    parts = list(map(_step, parts))
    if all(part and " " not in part and part != DROPPED for part in parts):
        return "-".join(parts)
    return " ".join(parts)


class _Memo(dict[str, str]):
    """Token -> normal form, at most MEMO_TOKENS tokens of MEMO_LENGTH characters; it starts anew when it is full."""

    def __missing__(self, token: str) -> str:
        answer = _fold(token)
        if len(token) <= MEMO_LENGTH:
            if len(self) >= MEMO_TOKENS:
                self.clear()
            self[token] = answer
        return answer


_memo: Final = _Memo()

fold: Final[Callable[[str], str]] = _memo.__getitem__
"""One token -> its normal form, remembered (a dictionary's own look-up when known)."""
