"""Retrain: few labels are refused, many move the model a little, and a worse model never goes live."""

from pathlib import Path

import numpy as np
import pytest

from classifiers.canary import Canary, falls, figures, order, pack, row_chances
from classifiers.detector import Detector, load
from classifiers.model import ModelFiles, load_canary, load_files, save_files
from classifiers.retrain import (
    ACCOUNT_SHARE,
    FEWEST,
    Label,
    Refusal,
    Retrained,
    account_weights,
    corrected,
    posterior,
    retrain,
)

HOAX = "VIRALKAN!! {} ditangkap karena curangi surat suara nomor {}, sebarkan sebelum dihapus"
TRUE = "Ketua panitia {} mengatakan rapat nomor {} berjalan lancar dan dihadiri warga"
NOTHING = Canary((), {})


@pytest.fixture(scope="module")
def base() -> ModelFiles:
    return load_files()


def labels(amount: int, account: str = "sari") -> list[Label]:
    """Half hoaxes and half true, of two accounts."""
    found = []
    for number in range(amount):
        hoax = number % 2 == 0
        text = (HOAX if hoax else TRUE).format("Bupati" if number % 3 else "Camat", number)
        found.append(Label(account if number % 4 else "budi", "", text, hoax))
    return found


def inverted(amount: int) -> list[Label]:
    return [Label(label.account, label.title, label.text, not label.hoax) for label in labels(amount)]


def test_too_few_labels_are_refused_with_a_sentence(base: ModelFiles) -> None:
    refusal = retrain(base, labels(FEWEST - 1), NOTHING)
    assert isinstance(refusal, Refusal)
    assert "Belum cukup" in refusal.sentence
    assert str(FEWEST) in refusal.sentence


def test_one_kind_alone_is_refused(base: ModelFiles) -> None:
    only = [Label("sari", "", HOAX.format("Bupati", number), True) for number in range(FEWEST + 50)]
    assert isinstance(retrain(base, only, NOTHING), Refusal)


def test_labels_move_the_model_towards_them_and_it_loads(base: ModelFiles, tmp_path: Path) -> None:
    made = retrain(base, labels(240), NOTHING)
    assert isinstance(made, Retrained)
    saved = save_files(tmp_path, made.manifest, made.tensors)
    assert saved.id != base.id
    assert saved.manifest["base"] == base.id
    old, new = Detector(base), load(tmp_path)
    text = TRUE.format("Camat", 999)
    assert new.score("", text).hoax <= old.score("", text).hoax
    assert new.score("", text).model == saved.id


def test_the_same_labels_give_the_same_model(base: ModelFiles) -> None:
    first, second = retrain(base, labels(240), NOTHING), retrain(base, labels(240), NOTHING)
    assert isinstance(first, Retrained)
    assert isinstance(second, Retrained)
    assert all((first.tensors[name] == second.tensors[name]).all() for name in first.tensors)


def test_letters_and_vocabulary_stay(base: ModelFiles) -> None:
    made = retrain(base, labels(240), NOTHING)
    assert isinstance(made, Retrained)
    assert (made.tensors["chars.hoax"] == base.tensors["chars.hoax"]).all()
    assert made.manifest["vocabulary"] == base.manifest["vocabulary"]


def test_wrong_labels_are_stopped_by_the_canary(base: ModelFiles) -> None:
    texts = tuple((label.title, label.text, label.hoax) for label in labels(120))
    refusal = retrain(base, inverted(600), Canary(texts, {}))
    assert isinstance(refusal, Refusal)
    assert "Model lama tetap berlaku" in refusal.sentence


def test_no_account_weighs_more_than_its_share() -> None:
    flood = [Label("sari", "", "a", True)] * 900 + [Label("budi", "", "b", False)] * 100
    weights = account_weights(flood)
    assert weights[:900].sum() == pytest.approx(ACCOUNT_SHARE * 1000)
    assert weights[900:].tolist() == [1.0] * 100


def test_posterior_is_the_mode_of_its_own_loss() -> None:
    chance = np.random.default_rng(0)
    rows = chance.normal(size=(60, 5))
    start, weights = chance.normal(size=60), np.ones(60)
    hoaxes = (chance.random(60) < 0.5).astype(float)
    move = rows.T @ posterior(rows @ rows.T, start, hoaxes, weights)

    def loss(delta: np.ndarray) -> float:
        latent = start + rows @ delta
        return float(np.logaddexp(0.0, latent).sum() - hoaxes @ latent + delta @ delta / 2.0)

    for direction in np.eye(5):
        assert loss(move) <= loss(move + 1e-3 * direction)
        assert loss(move) <= loss(move - 1e-3 * direction)


def test_correction_of_nothing_new_is_small(base: ModelFiles) -> None:
    detector = Detector(base)
    from classifiers.features import read

    sure = [label for label in labels(240) if (detector.score(label.title, label.text).hoax > 0.97) == label.hoax]
    vectors = [detector.features.vector(read(label.title, label.text)) for label in sure[:20]]
    made = corrected(base, detector, vectors, sure[:20])
    assert np.abs(made.tensors["words.hoax"] - base.tensors["words.hoax"]).max() < 1.5


def test_packed_rows_score_as_their_texts(base: ModelFiles) -> None:
    detector = Detector(base)
    texts = [(label.title, label.text, label.hoax) for label in labels(30)]
    chances = row_chances(pack(detector, texts), detector)
    assert chances == pytest.approx([detector.score(title, text).hoax for title, text, _ in texts], abs=1e-9)


def test_shipped_canary_fits_the_shipped_model_and_nothing_falls_against_itself(base: ModelFiles) -> None:
    detector = Detector(base)
    canary = Canary((), load_canary())
    found = figures(canary, detector)
    assert found["rows_order"] > 0.9
    assert falls(canary, detector, detector) == []


def test_order_counts_ties_half() -> None:
    assert order(np.array([1.0]), np.array([0.0])) == 1.0
    assert order(np.array([1.0]), np.array([1.0])) == 0.5
