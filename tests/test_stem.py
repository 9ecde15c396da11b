"""Stem: every answer of classifiers/stem.py is Sastrawi's own, on its rules, its quirks and whole texts."""

import os
import random
import re
import string
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from Sastrawi.Stemmer.Filter.TextNormalizer import normalize_text
from Sastrawi.Stemmer.Stemmer import Stemmer
from Sastrawi.Stemmer.StemmerFactory import StemmerFactory

from classifiers import stem as room
from classifiers.stem import ROOTS, stem, stem_text

SHARED = Path(os.environ.get("JERNIH_SHARED", Path(__file__).parent.parent.parent / "shared"))
GOLDEN = Path(__file__).parent / "data" / "stem" / "golden.tsv"

_PREFIXES = (
    "di ke se ber be bel ter te me mem men meng menge meny memp memper pe pel pem pen peng penge peny per ku kau diper "
    "keter seper pember kese penga pera berke terpe"
)
_SUFFIXES = (
    "i an kan is isme isasi nya ku mu lah kah tah pun -nya -lah --ku annya kannya kanlah inya anku nyalah kannyakah"
)
PREFIXES = ["", *_PREFIXES.split()]
SUFFIXES = ["", *_SUFFIXES.split()]
LETTERS = "aaiiuueeobcdefghjklmnprstyzgk-09"
ODD = "\u0131\u017f\u00e9\u200b\u0430\u0627"


class Roots:
    """Sastrawi's dictionary as a set: the same answers, 8,000 new words a second and not 20."""

    def contains(self, word: str) -> bool:
        return word in ROOTS


ORACLE = Stemmer(Roots())


def made_up(rng: random.Random) -> str:
    """A form of Sastrawi's own alphabet: affixes around a root, its head or infix changed, a plural, or noise."""
    if rng.random() < 0.12:
        return "".join(rng.choice(LETTERS) for _ in range(rng.randint(1, 14)))
    root = rng.choice(ALL)
    if rng.random() < 0.3:
        root = root[1:]
    if rng.random() < 0.1:
        root = root[:1] + rng.choice(["er", "el", "em", "in"]) + root[1:]
    second = rng.choice(PREFIXES) if rng.random() < 0.2 else ""
    word = rng.choice(PREFIXES) + second + root + rng.choice(SUFFIXES)
    if rng.random() < 0.1:
        word += "-" + rng.choice([word, root, rng.choice(ALL), *SUFFIXES[:4]]) + rng.choice(SUFFIXES)
    if rng.random() < 0.02:
        word = rng.choice(ODD) + word + rng.choice(ODD)
    return word


ALL = sorted(ROOTS)


def forms(count: int) -> Iterator[str]:
    rng = random.Random(20241127)
    return (made_up(rng) for _ in range(count))


def differences(words: Iterator[str] | list[str]) -> list[tuple[str, str, str]]:
    """(word, Sastrawi's stem, ours) where they differ."""
    answers = ((word, ORACLE.stem_word(word), room._word(word)) for word in words)
    return [answer for answer in answers if answer[1] != answer[2]]


def test_golden_forms_have_their_stems() -> None:
    rows = [line.split("\t") for line in GOLDEN.read_text("utf-8").splitlines()]
    assert len(rows) >= 200
    assert [(form, stem(form)) for form, _ in rows] == [(form, wanted) for form, wanted in rows]


def test_golden_table_is_what_sastrawi_as_published_says() -> None:
    published = StemmerFactory().create_stemmer()
    rows = [line.split("\t") for line in GOLDEN.read_text("utf-8").splitlines()]
    assert [published.stem(form) for form, _ in rows[::20]] == [wanted for _, wanted in rows[::20]]


def test_roots_are_the_published_dictionary() -> None:
    assert len(ROOTS) == 29_932
    assert {"curang", "coblos", "abal-abal"} <= ROOTS
    assert "" not in ROOTS


def test_made_up_forms_stem_as_sastrawi_stems_them() -> None:
    assert differences(forms(2_500)) == []


@pytest.mark.slow
def test_hundred_thousand_made_up_forms_stem_as_sastrawi_stems_them() -> None:
    words = set(forms(108_000))
    assert len(words) >= 100_000
    assert differences(sorted(words)) == []


@pytest.mark.slow
def test_every_short_word_stems_as_sastrawi_stems_it() -> None:
    """Up to three letters Sastrawi strips nothing; our shortcut says so without looking."""
    words = ["".join(letters) for n in (1, 2, 3) for letters in product(string.ascii_lowercase + "-", repeat=n)]
    assert differences(words) == []


@pytest.mark.slow
def test_every_root_with_every_affix_stems_as_sastrawi_stems_it() -> None:
    """Each prefix and each suffix meets a root of each beginning, so that no rule is left untried."""
    heads = {root[:3]: root for root in ALL}
    sample = sorted(heads.values())[::24]
    assert differences([prefix + root + suffix for root in sample for prefix in PREFIXES for suffix in SUFFIXES]) == []


@pytest.mark.shared
@pytest.mark.slow
@pytest.mark.skipif(not (SHARED / "data" / "corpus.parquet").exists(), reason="no shared data (JERNIH_SHARED)")
def test_every_word_of_the_corpus_stems_as_sastrawi_stems_it() -> None:
    from pyarrow import parquet

    table = parquet.read_table(SHARED / "data" / "corpus.parquet", columns=["title", "text"])
    words: set[str] = set()
    for column in table.columns:
        for text in column.to_pylist():
            words.update(normalize_text(text or "").split(" "))
    assert len(words) > 100_000
    assert differences(sorted(words)) == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("", ""),
        ("   ", ""),
        ("Surat suara TERCOBLOS!", "surat suara coblos"),
        ("meniru-nirukan, berbalas-balasan.", "tiru balas"),
        ("ter\u200bcoblos", "ter coblos"),
        ("\uff34\uff25\uff32\uff23\uff2f", ""),
        ("na\u00efve", "na ve"),
        ("KEB\u0130JAKAN", "kebi jakan"),
        ("kecuran\u017fgan \u0131ni", "kecuran\u017fgan \u0131ni"),
        ("- -- a-", "- -- a-"),
        ("Tidak, bukan; jangan", "tidak bukan jangan"),
    ],
)
def test_whole_text_goes_through_sastrawis_own_normalisation(text: str, wanted: str) -> None:
    assert stem_text(text) == ORACLE.stem(text) == wanted


@given(st.text(max_size=80))
@settings(deadline=None, max_examples=300)
def test_any_text_stems_as_sastrawi_stems_it(text: str) -> None:
    assert stem_text(text) == ORACLE.stem(text)


def test_every_code_point_parts_words_as_in_sastrawi() -> None:
    """Only a quirk of its pattern (case is ignored) lets two characters outside a-z, 0-9 and hyphen through."""
    text = " ".join(f"a{chr(code)}b" for code in range(0x110000))
    assert " ".join(room._RUN.findall(text.lower())) == normalize_text(text)


def test_stems_whose_rules_are_traps() -> None:
    """One word a quirk: last resort of rules 17 and 30, the bar in rule 16, suffix order, "kan" given back as "k"."""
    words = (
        "mengxyz menge mengeko pengabcde penge pengedit meng|uji nasionalisasi tembakkan masukan berberan pelajar -kan "
        "lahlah ditahankan kerukan keruk-kerukan mempneumonia berdaerah perdaerahan berstereometri"
    )
    assert differences(words.split()) == []


def test_memo_is_bounded_and_holds_no_long_word() -> None:
    long = "a" * (room.MEMO_LENGTH + 1)
    assert stem(long) == long
    assert long not in room._memo
    for number in range(room.MEMO_WORDS + 5_000):
        stem(f"xq{number}")
    assert len(room._memo) <= room.MEMO_WORDS
    assert stem("kecurangan") == "curang"


def test_hostile_words_cost_no_more_than_their_length() -> None:
    """A megabyte of one affix, of hyphens, or of one word: Sastrawi's own patterns are quadratic on some of these."""
    for word in ("-" * 1_000_000, "ber" * 300_000, "kan" * 300_000, "lah-" * 250_000, "a-" * 500_000):
        assert isinstance(stem(word), str)
    assert re.fullmatch("-+", stem("-" * 1_000_000))
