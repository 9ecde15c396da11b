"""chunk -> plain words: one piece of prose between two spaces, folded alone and remembered.

`matches` cuts folded, lower-case prose into words (with what joins their parts: hyphen, apostrophe, . , : / inside) and
runs of marks; no token crosses a space. `fold_token` turns one token into its normal form, words and marks separated
by spaces, "" for nothing and for a name that says who speaks, and remembers it; `fold` does so for all tokens of a
chunk. The answers are fixed points: every word of an answer folds to itself.
"""

import re
from collections.abc import Callable, Iterator
from itertools import product
from typing import Final, Generic, TypeVar

from classifiers.stem import ROOTS, stem
from classifiers.text.outlets import DOMAINS, PATHED, PATTERN, WORDS
from classifiers.text.slang import KNOWN, SLANG

_TOKEN: Final = re.compile(r"[^\W_]+(?:[-'.,:/][^\W_]+)*|(?:[^\w\s]|_)+")
MARKS: Final = frozenset('"!?.,')

MEMO_ENTRIES: Final = 1 << 16
MEMO_LENGTH: Final = 48
LONGEST_DISGUISE: Final = 32

Answer = TypeVar("Answer")

EDGES: Final = ",.;:?()[]\"'"  # marks beside a word of letters; none of them is a disguised letter
_SYMBOLS: Final = re.compile(r"(?<![\w@$!|])\$?[a-z0-9]{1,30}(?:[@$!|][a-z0-9]{1,30}){0,8}(?![\w@$])")
_AS_DIGITS: Final = str.maketrans("@$!|", "4511")
_MARK: Final = {"%": "persen", "&": "dan", "'": '"'} | {mark: mark for mark in '"!?.'}
_PAUSE: Final = frozenset(",;:()[]{}<>-–—/=+…")
_LEET: Final = {"0": "o", "1": "il", "3": "e", "4": "a", "5": "s", "6": "g", "7": "t", "8": "b", "9": "g"}
_STRETCHED: Final = re.compile(r"([aiueo])\1{2,}|(?<=[aiueo])([b-df-hj-np-tv-z])\2{2,}")
_ROMAN: Final = re.compile("[ivxlcdm]+")
_LAUGH: Final = re.compile("(?:a?(?:ha){2,}h?|(?:he){2,}h?|(?:hi){2,}h?|(?:wk){2,}w?k?)")
_NUMBER: Final = re.compile(r"\d+(?:[-.,:/]\d+)*")
_RUPIAH: Final = re.compile(r"rp(\d[\d.,]*)(.*)", re.DOTALL)
_COUNTED: Final = re.compile(r"(\d+(?:[.,]\d+)*)([^\W\d_]+)")
_NUMBERED: Final = re.compile(r"([^\W\d_]{3,})(\d+)")
_TWICE: Final = re.compile("([^\\W\\d_]{3,})2(nya|an|lah|kah|ku|mu|kan|i)?")
_UNITS: Final = {"rb": "ribu", "rbu": "ribu", "jt": "juta", "jta": "juta", "thn": "tahun", "org": "orang"}
_COUNTABLE: Final = (
    "nomor nmr paslon capres cawapres caleg urut pasal ayat bab kelas tahap jilid seri part episode periode level "
    "tingkat lantai blok jari salam putaran dapil sila trans dosis booster surah juz halaman minggu hari tahun bulan "
    "grup gelombang versi edisi sesi babak liga divisi posisi peringkat nusantara covid sars sumur "
    "moto unit formula gen"
)
# What a 2 behind it numbers; behind any other word it says "twice" (anak2 is anak-anak).
_NUMBERS: Final = frozenset(_COUNTABLE.split())


def known(word: str) -> bool:
    """Whether the word or its stem is in the dictionary, or on our short list of names."""
    if word in ROOTS or word in KNOWN:
        return True
    return len(word) > 3 and stem(word) in ROOTS


def matches(lower: str) -> Iterator[re.Match[str]]:
    """Words and runs of marks, in order, with their places in the text."""
    return _TOKEN.finditer(_letters(lower))


def _letters(lower: str) -> str:
    """k@mpanye, pem!lu, $uara: the letters behind symbols where they make a known word, one for one."""
    if "@" in lower or "$" in lower or "!" in lower or "|" in lower:
        return _SYMBOLS.sub(_letter, lower)
    return lower


def _letter(match: re.Match[str]) -> str:
    written = match[0]
    return written if written.isalnum() else undisguise(written.translate(_AS_DIGITS)) or written


def _settle(token: str) -> str:
    """Step after step until nothing changes; a token that never settles stays as it is."""
    before, after = token, _step(token)
    for _ in range(4):
        if after == before:
            return after
        before, after = after, " ".join(filter(None, map(_step, after.split(" "))))
    return token


def _step(token: str) -> str:
    if token.isalpha():
        return _word(token)
    if not token[:1].isalnum():
        return _mark(token)
    if token.isalnum():
        return token if token.isdecimal() else _mixed(token)
    return _joined(token)


def _mark(run: str) -> str:
    """The kinds of a run of marks, each once: " ! ? . and words for % and &; a pause if nothing else is there."""
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
        return ""
    if len(word) < 3:
        return word
    if len(set(word)) < len(word) - 1 and _STRETCHED.search(word) and not _ROMAN.fullmatch(word):
        return _unstretch(word)
    if word[0] in "ahw" and _LAUGH.fullmatch(word):
        return "haha"
    return "" if PATTERN.fullmatch(word) else word


def _unstretch(word: str) -> str:
    """Letters said three times or more: once, or twice where that makes a known word (maaaf is maaf)."""
    once = _STRETCHED.sub(r"\1\2", word)
    if once in SLANG:
        return once
    twice = _STRETCHED.sub(r"\1\1\2\2", word)
    return twice if known(twice) else once


def _mixed(word: str) -> str:
    """Letters and digits: a sum, a reduplication, a number that sticks to a word, a disguise; else left alone."""
    money = _RUPIAH.fullmatch(word)
    if money:
        return f"rp {money[1]} {money[2]}".rstrip()
    if word in SLANG:
        return SLANG[word]
    if word in WORDS:
        return ""
    counted = _COUNTED.fullmatch(word)
    if counted and counted[1][0] != "0":
        return _counted(counted[1], counted[2])
    twice = _TWICE.fullmatch(word)
    if twice and twice[1] not in _NUMBERS and (known(twice[1]) or twice[1] in SLANG):
        return _twice(twice[1], twice[2] or "")
    numbered = _NUMBERED.fullmatch(word)
    if numbered and (known(numbered[1]) or numbered[1] in _NUMBERS):
        return f"{numbered[1]} {numbered[2]}"
    return undisguise(word) or word


def _counted(number: str, word: str) -> str:
    """A number and what sticks to it: 10jt, 2025yang, 4nies; a short unit stays (5kg, 1.5l)."""
    if word in _UNITS:
        return f"{number} {_UNITS[word]}"
    if len(word) > 2 and (known(word) or word in SLANG):
        return f"{number} {word}"
    return undisguise(number + word) or number + word


def _twice(word: str, suffix: str) -> str:
    """anak2 is anak-anak; of a prefixed word only the root is said again: berhati2 is berhati-hati."""
    root = stem(word)
    return f"{word}-{root if word.endswith(root) else word}{suffix}"


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
        yield word.translate(str.maketrans("".join(used), "".join(choice)))


def _joined(token: str) -> str:
    """Parts joined by hyphen, apostrophe or . , : / : numbers stay, addresses go, spelled words close up."""
    if _NUMBER.fullmatch(token):
        return token
    if token in SLANG:
        return SLANG[token]
    if "'" in token:
        token = token.replace("'", "")
        return _step(token) if token.isalnum() else token
    money = _RUPIAH.fullmatch(token)
    if money:
        return f"rp {money[1].rstrip('.,')} {money[2]}".rstrip()
    counted = _COUNTED.fullmatch(token)
    if counted:
        return _counted(counted[1], counted[2])
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
    """A web address (gone with its path), a spelled word (t.e.r.c.o.b.l.o.s, k.p.u) or sentences without a space."""
    head, slash, _ = token.partition("/")
    parts = head.split(".")
    for at in range(len(parts) - 1, 0, -1):
        if parts[at] in DOMAINS or (slash and parts[at] in PATHED):
            return "" if slash else " ".join(parts[at + 1 :])
        if parts[at].startswith("com") and known(parts[at][3:]):
            return " ".join((parts[at][3:], *parts[at + 1 :]))
    if slash:
        return token.replace("/", " , ")
    if len(parts) > 2 and all(len(part) == 1 for part in parts) and not "".join(parts).isdecimal():
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
    """A spelled word closes up; else the parts are folded one by one, and slang where it is said twice (gak-gak)."""
    parts = token.split("-")
    if len(parts) > 2 and all(len(part) == 1 for part in parts) and not "".join(parts).isdecimal():
        return "".join(parts)
    same = len(set(parts)) == 1
    said = (part if part in SLANG and not same else _step(part) for part in parts)
    return "-".join(filter(None, said))


class _Memo(dict[str, Answer], Generic[Answer]):
    """Piece -> answer, at most MEMO_ENTRIES pieces of MEMO_LENGTH characters; it starts anew when it is full."""

    def __init__(self, answer: Callable[[str], Answer]) -> None:
        self._answer = answer

    def __missing__(self, piece: str) -> Answer:
        answer = self._answer(piece)
        if len(piece) <= MEMO_LENGTH:
            if len(self) >= MEMO_ENTRIES:
                self.clear()
            self[piece] = answer
        return answer


def memo(answer: Callable[[str], Answer]) -> Callable[[str], Answer]:
    """The same function with a bounded memory: a dictionary's own look-up for what is known."""
    return _Memo(answer).__getitem__


def fold(chunk: str) -> str:
    """A chunk's normal form: those of its tokens, spaces between."""
    if chunk.isalpha():
        return fold_token(chunk)
    bare = chunk.strip(EDGES)
    if bare.isalpha():
        head, _, tail = chunk.partition(bare)
        return " ".join(filter(None, (head and fold_token(head), fold_token(bare), tail and fold_token(tail))))
    return " ".join(filter(None, map(fold_token, _TOKEN.findall(_letters(chunk)))))


fold_token: Final = memo(_settle)
