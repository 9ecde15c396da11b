"""word -> stem: Sastrawi's stemmer, restated so that a queue can afford it.

The rules are those of Sastrawi 1.0.1 (MIT licence; copyright 2014 Andy Librian; for Python 2016 Hanif Amal Robbani,
2019 Agapitus Keyka Vigiliant), after Nazief and Adriani, Asian's confix stripping (CS) and enhanced confix stripping
(ECS). Its dictionary of root words is read from the installed package; tests/test_stem.py holds every answer here to
its own. What differs is the cost: the dictionary is a set and not a list, a prefix rule is chosen by the first two
letters, and no regular expression is compiled from the words themselves.

    stem("kecurangan")                  -> "curang"
    stem("anak-anaknya")                -> "anak"
    stem_text("Surat suara TERCOBLOS!") -> "surat suara coblos"
"""

import re
from collections.abc import Callable
from typing import Final

from Sastrawi.Stemmer.StemmerFactory import StemmerFactory

ROOTS: Final[frozenset[str]] = frozenset(word for word in StemmerFactory().get_words() if word.strip())

MEMO_WORDS: Final = 1 << 16
MEMO_LENGTH: Final = 64

_VOWELS: Final = frozenset("aiueo")
_CONSONANTS: Final = frozenset("bcdfghjklmnpqrstvwxyz")
_LETTERS: Final = _VOWELS | _CONSONANTS
_NOT_R: Final = _CONSONANTS - {"r"}
_FIRM: Final = frozenset("bcdfghjkpqstvxz")
_PLAIN: Final = frozenset({"di", "ke", "se"})
_INFIXES: Final = frozenset({"er", "el", "em", "in"})
_PARTICLES: Final = frozenset({"lah", "kah", "tah", "pun"})
_ENCLITICS: Final = _PARTICLES | {"ku", "mu", "nya"}
_RUN: Final = re.compile("[a-z0-9\u0131\u017f-]+")


def stem_text(text: str) -> str:
    """Stems of a whole text, separated by spaces: equal to Sastrawi's `Stemmer.stem(text)`.

    Only Sastrawi's own normalisation is applied: lower case; whatever is not a-z, 0-9, hyphen (or, because its
    pattern ignores case, dotless i and long s) separates words.
    """
    return " ".join(map(stem, _RUN.findall(text.lower())))


def _word(word: str) -> str:
    """Sastrawi's `stem_word`: a word with a hyphen that is no enclitic's is a plural."""
    if "-" not in word:
        return _singular(word)
    head, _, tail = word.rpartition("-")
    if tail in _ENCLITICS and "-" not in head:
        return _singular(word)
    return _plural(word, head, tail)


def _plural(word: str, left: str, right: str) -> str:
    """Both halves must agree on one stem, else the word stays; "meniru-nirukan" agrees through "me" + right."""
    if right in _ENCLITICS and "-" in left:
        left, _, middle = left.rpartition("-")
        right = f"{middle}-{right}"
    one, two = _singular(left), _singular(right)
    if two == right and right not in ROOTS:
        two = _singular("me" + right)
    return one if one == two else word


def _singular(word: str) -> str:
    """Confix stripping; the word itself when no path ends at a root. Up to three letters nothing is stripped."""
    if word in ROOTS or len(word) <= 3:
        return word
    if _prefix_first(word):
        bare = _strip_prefixes(word)
        if bare in ROOTS:
            return bare
        bare = _strip_suffixes(bare)[-1]
        if bare in ROOTS:
            return bare
    stages = _strip_suffixes(word)
    if stages[-1] in ROOTS:
        return stages[-1]
    bare = _strip_prefixes(stages[-1])
    return bare if bare in ROOTS else _restore(stages)


def _prefix_first(word: str) -> bool:
    """Asian's precedence: be-lah, be-an, me-i, di-i, pe-i, ter-i lose their prefix before their suffix."""
    head = word[:2]
    if word[-1] == "i":
        return head in ("me", "di", "pe") or word[:3] == "ter"
    return head == "be" and (word[-2:] == "an" or word[-3:] == "lah")


def _restore(stages: list[str]) -> str:
    """ECS: give the suffixes back one by one, last first, and try the prefixes again; a lost "kan" first as "k"."""
    for at in range(len(stages) - 2, -1, -1):
        subject, result = stages[at], stages[at + 1]
        if subject == result + "kan":
            bare = _strip_prefixes(result + "k")
            if bare in ROOTS:
                return bare
        bare = _strip_prefixes(subject)
        if bare in ROOTS:
            return bare
    return stages[0]


def _strip_suffixes(word: str) -> list[str]:
    """The word and what is left of it after particle, possessive and derivational suffix; stops at a root."""
    stages = [word]
    if word[-3:] in _PARTICLES:
        word = word[:-3].rstrip("-")
        stages.append(word)
        if word in ROOTS:
            return stages
    ending = word[-2:]
    if ending == "ku" or ending == "mu" or (ending == "ya" and word[-3:] == "nya"):
        word = word[: -3 if ending == "ya" else -2].rstrip("-")
        stages.append(word)
        if word in ROOTS:
            return stages
    cut = _derivational(word)
    if cut:
        stages.append(word[:-cut])
    return stages


def _derivational(word: str) -> int:
    """Length of the suffix isasi, isme, kan, is, an or i, the longest that fits; 0 for none."""
    last = word[-1:]
    if last == "n":
        return 0 if word[-2:] != "an" else 3 if word[-3:-2] == "k" else 2
    if last == "i":
        return 5 if word[-5:] == "isasi" else 1
    if last == "s":
        return 2 if word[-2:] == "is" else 0
    return 4 if word[-4:] == "isme" else 0


def _strip_prefixes(word: str) -> str:
    """Up to three prefixes off; stops at a root. A root is not looked for before di-, ke-, se- are gone."""
    if word in ROOTS and word[:2] not in _PLAIN:
        return word
    for _ in range(3):
        shorter = _strip_prefix(word)
        if shorter is None:
            return word
        word = shorter
        if word in ROOTS:
            return word
    return word


def _strip_prefix(word: str) -> str | None:
    """One prefix or infix off, by the first rule that fits; None when none does."""
    head = word[:2]
    if head in _PLAIN:
        return word[2:]
    rule = _RULES.get(head)
    if rule is not None:
        shorter = rule(word)
        if shorter:
            return shorter
    if word[1:3] in _INFIXES and word[0] in _CONSONANTS and word[3:4] in _VOWELS:
        return word[0] + word[3:]
    return None


def _first_root(first: str, *others: str) -> str:
    """The first candidate that is a root, else the last."""
    if first in ROOTS:
        return first
    for candidate in others:
        if candidate in ROOTS:
            return candidate
    return others[-1]


def _closed(word: str) -> bool:
    """What rules 2-3 and 23-24 ask behind ber- and per-: CAP without P = "er", or CAerV with C other than r."""
    if word[3:4] not in _CONSONANTS or word[4:5] not in _LETTERS:
        return False
    return word[5:7] != "er" or (word[3] != "r" and word[7:8] in _VOWELS)


def _be(word: str) -> str:
    """Rules 1-5: ber-V, be-rV, ber-CAP, ber-CAerV, bel-ajar, be-C1erC2."""
    third = word[2:3]
    if third == "r":
        if word[3:4] in _VOWELS:
            return _first_root(word[3:], word[2:])
        return word[3:] if _closed(word) else ""
    if word == "belajar":
        return "ajar"
    return word[2:] if third in _NOT_R and word[3:5] == "er" and word[5:6] in _CONSONANTS else ""


def _te(word: str) -> str:
    """Rules 6-9 and 35: ter-V, te-rV, ter-CerV, ter-CP, te-C1erC2, ter-C1erC2."""
    third, fourth = word[2:3], word[3:4]
    if third != "r":
        return word[2:] if third in _NOT_R and word[3:5] == "er" and word[5:6] in _CONSONANTS else ""
    if fourth in _VOWELS:
        return _first_root(word[3:], word[2:])
    if fourth not in _NOT_R:
        return ""
    if word[4:6] != "er" or word[6:7] in _VOWELS:
        return word[3:]
    return word[3:] if fourth in _FIRM and word[6:7] in _CONSONANTS else ""


def _me(word: str) -> str:
    """Rules 10-19: me-, mem-, men-, meng-, meny- with the letter that each of them swallows."""
    third, fourth = word[2:3], word[3:4]
    if third == "m":
        return _mem(word, fourth)
    if third == "n":
        return _men(word, fourth)
    return word[2:] if third in ("l", "r", "w", "y") and fourth in _VOWELS else ""


def _mem(word: str, fourth: str) -> str:
    if fourth in _VOWELS:
        return _first_root(word[2:], "p" + word[3:])
    if fourth in ("b", "f", "v"):
        return word[3:]
    fifth = word[4:5]
    return word[3:] if fourth == "p" and fifth in _LETTERS and fifth != "n" else ""


def _men(word: str, fourth: str) -> str:
    if fourth in _VOWELS:
        return _first_root(word[2:], "t" + word[3:])
    if fourth in ("c", "d", "j", "s", "t", "z"):
        return word[3:]
    fifth = word[4:5]
    if fourth == "y":
        return _first_root(word[2:], "s" + word[4:]) if fifth in _VOWELS else ""
    if fourth != "g":
        return ""
    if fifth in _VOWELS:
        whole = word[4:]
        if fifth == "e":
            return _first_root(whole, "k" + whole, word[5:], word[2:])
        return _first_root(whole, "k" + whole, word[2:])
    return word[4:] if fifth in ("g", "h", "q", "k") else ""


def _pe(word: str) -> str:
    """Rules 20-36: pe-, per-, pem-, pen-, peng-, peny-, pel-, and pe-CP where nothing else fits."""
    third, fourth = word[2:3], word[3:4]
    if third in _VOWELS or third not in _CONSONANTS:
        return ""
    if fourth in _VOWELS:
        shorter = _pe_vowel(word, third)
    else:
        shorter = _pe_consonant(word, third, fourth)
    if shorter:
        return shorter
    if word[3:5] != "er":
        return word[2:]
    return word[2:] if third in _FIRM and word[5:6] in _CONSONANTS else ""


def _pe_vowel(word: str, third: str) -> str:
    if third == "r":
        return _first_root(word[3:], word[2:])
    if third == "m":
        return _first_root(word[2:], "p" + word[3:])
    if third == "n":
        return _first_root(word[2:], "t" + word[3:])
    if word == "pelajar":
        return "ajar"
    return word[2:] if third in ("w", "y", "l") else ""


def _pe_consonant(word: str, third: str, fourth: str) -> str:
    if third == "r":
        return word[3:] if _closed(word) else ""
    if third == "m":
        return word[3:] if fourth in ("b", "f", "v") else ""
    if third != "n":
        return ""
    if fourth in ("c", "d", "j", "z"):
        return word[3:]
    fifth = word[4:5]
    if fourth == "g":
        return word[4:] if fifth in _CONSONANTS else _peng(word, fifth) if fifth in _VOWELS else ""
    return _first_root(word[2:], "s" + word[4:]) if fourth == "y" and fifth in _VOWELS else ""


def _peng(word: str, fifth: str) -> str:
    """Rule 30 names no last resort, save peng-e: without a root the word falls through to rule 34."""
    whole = word[4:]
    for candidate in (whole, "k" + whole):
        if candidate in ROOTS:
            return candidate
    return word[5:] if fifth == "e" else ""


_RULES: Final[dict[str, Callable[[str], str]]] = {
    "be": _be,
    "te": _te,
    "me": _me,
    "pe": _pe,
    "ku": lambda word: word[2:],
    "ka": lambda word: word[3:] if word[2:3] == "u" else "",
}


class _Memo(dict[str, str]):
    """Word -> stem, at most MEMO_WORDS words of MEMO_LENGTH characters; it starts anew when it is full."""

    def __missing__(self, word: str) -> str:
        answer = _word(word)
        if len(word) <= MEMO_LENGTH:
            if len(self) >= MEMO_WORDS:
                self.clear()
            self[word] = answer
        return answer


_memo: Final = _Memo()

stem: Final[Callable[[str], str]] = _memo.__getitem__
"""One lower-case word -> its stem: Sastrawi's `stem_word`, remembered (a dictionary's own look-up when known)."""
