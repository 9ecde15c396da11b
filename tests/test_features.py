"""Features: the numpy rebuild equals scikit-learn, whatever the text."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from classifiers.features import (
    WINDOW,
    Features,
    TfIdf,
    char_terms,
    is_term,
    read,
    word_grams,
    word_terms,
)
from classifiers.style import STYLE, style

TEXTS = (
    "Surat suara sudah tercoblos, surat suara tercoblos di gudang! Viralkan sebelum dihapus",
    "Ketua KPU mengatakan tahapan pemilihan berjalan sesuai jadwal",
    "Surat suara dijaga petugas, kata Ketua KPU",
    "Viralkan! Ketua ditangkap karena surat suara",
)
NAMES = frozenset({"budi", "jakarta"})


def vectorizers() -> tuple[TfIdf, TfIdf, NDArray[np.float64]]:
    """Blocks with scikit-learn's own vocabulary and idf, and its matrix of TEXTS."""
    from scipy.sparse import hstack
    from sklearn.feature_extraction.text import TfidfVectorizer

    def made(terms: object) -> TfidfVectorizer:
        return TfidfVectorizer(analyzer=terms, sublinear_tf=True, norm="l2", smooth_idf=True)

    words = made(lambda text: word_terms(read("", text).tokens[:WINDOW], NAMES))
    chars = made(lambda text: char_terms(read("", text).tokens[:WINDOW], NAMES))
    matrix = hstack([words.fit_transform(TEXTS), chars.fit_transform(TEXTS)]).toarray()
    blocks = [TfIdf(list(one.get_feature_names_out()), one.idf_) for one in (words, chars)]
    return blocks[0], blocks[1], matrix


def dense(features: Features, text: str) -> NDArray[np.float64]:
    vector = features.vector(read("", text))
    values = [np.zeros(len(features.words.terms)), np.zeros(len(features.chars.terms))]
    for row, block in zip(values, (vector.words, vector.chars), strict=True):
        row[block.ids] = block.values
    return np.concatenate(values)


def test_blocks_equal_scikit_learn() -> None:
    words, chars, expected = vectorizers()
    features = Features(words, chars, NAMES)
    for text, row in zip(TEXTS, expected, strict=True):
        assert np.abs(dense(features, text) - row).max() < 1e-12


def test_probability_equals_scikit_learn_predict_proba() -> None:
    from sklearn.linear_model import LogisticRegression

    from classifiers.hoax import Hoax, probability

    words, chars, matrix = vectorizers()
    styles = np.stack([style(read("", text).clean) for text in TEXTS])
    whole = np.hstack([matrix, styles])
    model = LogisticRegression(C=10.0).fit(whole, [1, 0, 0, 1])
    parts = np.split(model.coef_[0], [len(words.terms), len(words.terms) + len(chars.terms)])
    hoax = Hoax(*parts, float(model.intercept_[0]), 1.0, 0.0)
    features = Features(words, chars, NAMES)
    ours = [probability(hoax.logit(features.vector(read("", text)))) for text in TEXTS]
    assert np.abs(np.array(ours) - model.predict_proba(whole)[:, 1]).max() < 1e-9


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300), st.text(max_size=80))
def test_any_text_gives_a_finite_vector_whose_parts_belong_to_tokens(text: str, title: str) -> None:
    words, chars = TfIdf(["surat", "surat suara", "suara"], np.ones(3)), TfIdf([" su", "ara"], np.ones(2))
    vector = Features(words, chars, NAMES).vector(read(title, text))
    for block in (vector.words, vector.chars):
        assert np.isfinite(block.values).all()
        assert (block.owner < vector.tokens).all()
        whole = block.values @ np.arange(1.0, 1.0 + len(block.ids))
        weights = np.zeros(3 if block is vector.words else 2)
        weights[block.ids] = np.arange(1.0, 1.0 + len(block.ids))
        assert block.weights(weights, vector.tokens).sum() == pytest.approx(whole, abs=1e-9)


def test_names_and_numbers_are_not_seen_and_end_a_pair() -> None:
    assert word_terms(["surat", "budi", "suara", "2024", "surat", "suara"], NAMES) == [
        "surat", "suara", "surat", "suara", "surat suara",
    ]  # fmt: skip
    assert char_terms(["budi", "2024"], NAMES) == []
    assert not is_term("jakarta", NAMES)


def test_grams_hold_the_edges_of_a_word() -> None:
    assert word_grams("kpu")[:3] == [" kp", "kpu", "pu "]
    assert " kpu " in word_grams("kpu")


def test_a_title_that_the_text_repeats_is_read_once() -> None:
    reading = read("KPU tunda pemilu", "KPU tunda pemilu karena banjir")
    assert reading.titles == 0
    assert reading.tokens.count("pemilu") == 1
    assert read("KPU tunda pemilu", "Kata ketua").titles == 3


def test_a_megabyte_is_read_as_far_as_needed() -> None:
    assert len(read("", "kata " * 200_000).tokens) <= WINDOW


def test_style_is_the_same_for_disguised_letters() -> None:
    plain, wide = "VIRALKAN SEGERA kawan!!", "ＶＩＲＡＬＫＡＮ ＳＥＧＥＲＡ kawan!!"
    assert style(read("", plain).clean).tolist() == style(read("", wide).clean).tolist()


def test_style_values_lie_between_zero_and_one_in_the_named_order() -> None:
    values = dict(zip(STYLE, style("ANEH BANGET!!! 5ang4t #viral 😱😱 (12/3/2024) 081234567890"), strict=True))
    assert all(0.0 <= value <= 1.0 for value in values.values())
    for name in ("seru_ganda", "emoji", "tanggal_kurung", "telepon", "huruf_disamarkan"):
        assert values[name] > 0, name
    assert style("").tolist() == [0.0] * len(STYLE)
