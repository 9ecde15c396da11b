"""Hoax: every reason stands in the original, and the reasons add up to the score."""

from math import log

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifiers.detector import Detector, load
from classifiers.hoax import SHOWN, Reason, probability


@pytest.fixture(scope="module")
def detector() -> Detector:
    return load()


def logit(chance: float) -> float:
    return log(chance / (1.0 - chance))


TEXTS = (
    ("", "VIRALKAN!! Surat suara sudah tercoblos di gudang, sebarkan sebelum dihapus 😱😱"),
    ("KPU Kota Tual Gelar Simulasi", "Ketua KPU mengatakan simulasi berjalan lancar, Senin (12/11/2024)."),
    ("", "G4NJ4R D!T4NGK4P 𝗧𝗔𝗗𝗜 𝗠𝗔𝗟𝗔𝗠, s\u200be\u200bb\u200ba\u200br\u200bk\u200ba\u200bn"),
    ("Kabar pemilu", "Kabar pemilu ditunda beredar " * 60),
)


@pytest.mark.parametrize(("title", "text"), TEXTS)
def test_reasons_sum_to_the_score(detector: Detector, title: str, text: str) -> None:
    score = detector.score(title, text)
    assert sum(reason.weight for reason in score.reasons) == pytest.approx(logit(score.hoax), abs=1e-6)


@settings(max_examples=80, deadline=None)
@given(st.text(max_size=60), st.text(max_size=400))
def test_reasons_are_spans_of_the_original_whatever_it_is(title: str, text: str) -> None:
    detector = load_once()
    score = detector.score(title, text)
    for reason in score.reasons:
        source = {"title": title, "text": text}.get(reason.field)
        if source is not None:
            assert source[reason.start : reason.end] == reason.text
    assert sum(reason.weight for reason in score.reasons) == pytest.approx(logit(score.hoax), abs=1e-6)


_LOADED: list[Detector] = []


def load_once() -> Detector:
    if not _LOADED:
        _LOADED.append(load())
    return _LOADED[0]


def test_reasons_name_the_original_words_even_disguised(detector: Detector) -> None:
    reasons = detector.score("", "s\u200be\u200bb\u200ba\u200br\u200bk\u200ba\u200bn surat suara palsu itu").reasons
    shown = [reason.text for reason in reasons if reason.field == "text"]
    assert "s\u200be\u200bb\u200ba\u200br\u200bk\u200ba\u200bn" in shown


def test_reasons_are_few_and_end_with_what_has_no_span(detector: Detector) -> None:
    reasons: tuple[Reason, ...] = detector.score(
        "", "kata " + " ".join(f"ragam{n}an pemilu suara rakyat" for n in range(40))
    ).reasons
    assert sum(reason.field in ("title", "text") for reason in reasons) <= SHOWN
    assert reasons[-1].text == "dasar"
    assert all(abs(reason.weight) > 1e-9 for reason in reasons if reason.text == "lainnya")


def test_raw_score_is_the_linear_model(detector: Detector) -> None:
    from classifiers.features import read

    vector = detector.features.vector(read("", TEXTS[0][1]))
    dense = np.zeros(len(detector.hoax.words))
    dense[vector.words.ids] = vector.words.values
    chars = np.zeros(len(detector.hoax.chars))
    chars[vector.chars.ids] = vector.chars.values
    expected = detector.hoax.intercept + dense @ detector.hoax.words + chars @ detector.hoax.chars
    expected += vector.style @ detector.hoax.style
    assert detector.hoax.raw(vector) == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize("value", [-800.0, -3.0, 0.0, 3.0, 800.0])
def test_probability_never_overflows(value: float) -> None:
    assert 0.0 <= probability(value) <= 1.0
