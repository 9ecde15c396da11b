"""A chosen password -> is it good enough? OWASP ASVS 5, level 2: length, no rules of composition, nothing well known.

`common` are words of which well-known passwords are made (monitor/data/sandi.txt). What is left of a password once
these, words of its context, runs and repetitions are taken out must be long enough to be a secret.
"""

import re
import unicodedata
from collections.abc import Iterable

from monitor.people.roles import Refusal

SHORTEST, LONGEST = 12, 200
LEFT = 6
LEET = str.maketrans("013457@$!", "oieastasi")
RUNS = ("01234567890", "09876543210", "abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "asdfghjkl", "zxcvbnm",
        "1qaz2wsx3edc4rfv5tgb", "qazwsxedcrfvtgb", "mnbvcxz", "poiuytrewq", "lkjhgfdsa")


def folded(password: str) -> str:
    """The password as it is hashed: Unicode in one form (NFC), otherwise as it was typed."""
    return unicodedata.normalize("NFC", password)


def judge(password: str, common: Iterable[str], context: Iterable[str] = ()) -> Refusal | None:
    """None if it may be used; `context` are the account's names, the office's, the program's."""
    length = len(folded(password))
    if length < SHORTEST:
        return Refusal(f"password of {length} characters", f"Sandi paling sedikit {SHORTEST} huruf. Tiga atau empat "
                       "kata yang tidak berhubungan mudah diingat dan sukar ditebak.")
    if length > LONGEST:
        return Refusal(f"password of {length} characters", f"Sandi paling panjang {LONGEST} huruf.")
    if secret_part(password, [*common, *_words(context)]) < LEFT:
        return Refusal("a well-known password", "Sandi ini mudah ditebak: isinya kata yang lazim, nama, tahun, atau "
                       "urutan. Pakailah beberapa kata yang tidak berhubungan.")
    return None


def secret_part(password: str, known: Iterable[str]) -> int:
    """How many letters are left without known words, runs, repetitions, digits and signs. A phrase of several words
    of which each is known still counts one letter a word, for their order is a secret too."""
    plain = unicodedata.normalize("NFKC", password).casefold()
    words = sorted({word.casefold() for word in known if len(word) >= 3}, key=len, reverse=True)
    return min(_left(plain, words), _left(plain.translate(LEET), words))


def _left(plain: str, words: list[str]) -> int:
    rest = re.sub(r"(.+?)\1{2,}", r"\1", plain)
    found = 0
    for word in words:
        if word in rest:
            rest, found = rest.replace(word, " "), found + 1
    rest = _without_runs(rest)
    rest = re.sub(r"[\W\d_]+", " ", rest)
    return len(set(rest.replace(" ", ""))) + max(found - 1, 0)


def _without_runs(text: str) -> str:
    for run in RUNS:
        for length in range(len(run), 3, -1):
            for at in range(len(run) - length + 1):
                text = text.replace(run[at : at + length], " ")
    return text


def _words(context: Iterable[str]) -> list[str]:
    return [word for text in context for word in re.findall(r"\w{3,}", text.casefold())]
