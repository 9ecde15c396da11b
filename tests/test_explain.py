"""Explain: neighbours are pairs of the vocabulary that hold a word of the text, never a sentence."""

import pytest

from classifiers.detector import Detector, load
from classifiers.explain import SHOWN, neighbours
from classifiers.stem import stem


@pytest.fixture(scope="module")
def detector() -> Detector:
    return load()


def test_neighbours_are_known_pairs_that_begin_with_a_word_of_the_text(detector: Detector) -> None:
    text = "Surat suara tercoblos ditemukan di gudang, sebarkan ke semua warga"
    stems = {stem(word) for word in text.lower().replace(",", "").split()}
    found = neighbours(detector, "", text)
    assert found.hoax
    assert found.legitimate
    for one in (*found.hoax, *found.legitimate):
        assert one.pair in detector.features.words.index
        assert one.pair.split()[0] in stems
        assert len(one.pair.split()) == 2


def test_sides_are_ordered_by_weight_and_short(detector: Detector) -> None:
    found = neighbours(detector, "Presiden dan gubernur", "rakyat memilih dengan tenang di kota ini")
    assert [one.weight for one in found.hoax] == sorted((one.weight for one in found.hoax), reverse=True)
    assert [one.weight for one in found.legitimate] == sorted(one.weight for one in found.legitimate)
    assert max(len(found.hoax), len(found.legitimate)) <= SHOWN


def test_nothing_known_has_no_neighbours(detector: Detector) -> None:
    found = neighbours(detector, "", "")
    assert (found.hoax, found.legitimate) == ((), ())
