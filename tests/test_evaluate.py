"""Evaluate: figures that a small hand-made case proves, and a card that holds them."""

from pathlib import Path

import numpy as np
import pytest

from classifiers.evaluate import evaluate
from classifiers.evaluate.changes import DISGUISES, SWAPS
from classifiers.evaluate.folds import fifths, last, later, outlets, same_site
from classifiers.evaluate.measures import auc, calibration, length_matched, recall_at, stream
from classifiers.text import normalise
from classifiers.train import prepared_from
from classifiers.train.held import table
from tests.sample_corpus import write


def test_auc_counts_ties_half() -> None:
    assert auc(np.array([1.0, 2.0]), np.array([0.0, 0.5])) == 1.0
    assert auc(np.array([1.0]), np.array([1.0, 1.0])) == 0.5
    assert auc(np.array([0.0]), np.array([1.0])) == 0.0


def test_recall_at_one_percent_uses_the_others_quantile() -> None:
    assert recall_at(np.array([0.5, 0.995]), np.arange(100) / 100.0, 0.01) == 0.5


def test_a_perfect_and_a_blind_stream() -> None:
    perfect = stream(np.full(50, 0.9), np.linspace(0.0, 0.5, 500), 0)
    assert perfect == {"P@50": 1.0, "P@100": 1.0, "R@200": 1.0, "R@500": 1.0}
    blind = stream(np.zeros(50), np.zeros(500), 0)
    assert blind["P@100"] < 0.05


def test_calibration_error_of_a_known_table() -> None:
    error, curve = calibration(np.array([0.05, 0.05, 0.95, 0.95]), np.array([False, False, True, False]), np.ones(4))
    assert error == pytest.approx(0.5 * 0.05 + 0.5 * 0.45)
    assert [point[1] for point in curve] == [0.0, 0.5]


def test_length_matched_texts_are_as_long_as_the_hoaxes() -> None:
    chance = np.random.default_rng(0)
    hoaxes, news = chance.integers(3, 40, 800).astype(float), chance.integers(3, 128, 4_000).astype(float)
    drawn = news[length_matched(hoaxes, news, 0)]
    assert auc(-hoaxes, -news) > 0.8
    assert auc(-hoaxes, -drawn) == pytest.approx(0.5, abs=0.03)


def test_swaps_keep_case_and_move_every_name() -> None:
    swapped = SWAPS["candidates"]("ANIES dan Ganjar bertemu prabowo")
    assert swapped == "PRABOWO dan Anies bertemu ganjar"
    assert SWAPS["cities"]("dari Jakarta") == "dari Surabaya"


@pytest.mark.parametrize("name", sorted(DISGUISES))
def test_disguises_are_undone_by_reading(name: str) -> None:
    plain = "Surat suara sudah tercoblos di gudang kecamatan"
    disguised = DISGUISES[name](plain)
    assert disguised != plain
    assert normalise(disguised) == normalise(plain)


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("corpus") / "contoh.parquet", amount=120)


def test_no_fold_shares_a_cluster_with_its_training(corpus: Path) -> None:
    columns = table(prepared_from(corpus, 0))
    for fold in (later(columns), last(columns), *fifths(columns, 0), same_site(columns), *outlets(columns)):
        assert fold.test.any(), fold.name
        assert not set(columns.cluster[fold.test]) & set(columns.cluster[fold.training]), fold.name


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore:Mean of empty slice", "ignore:invalid value")
def test_card_holds_the_figures_in_both_languages(corpus: Path, tmp_path: Path) -> None:
    said: list[str] = []
    found = evaluate(corpus, tmp_path, said.append)
    for name in ("model-card.md", "model-card.en.md"):
        page = (tmp_path / name).read_text(encoding="utf-8")
        assert str(found["later"]["ranking"]["auc"]) in page
        assert str(found["same_site"]["auc_text"]) in page
        assert str(found["later"]["matched"]["auc"]) in page
        assert str(found["calibrators"]["isotonic"]) in page
    assert found["outlets"]["later"]["flagged"]["Tempo"]["texts"] > 0
    assert (tmp_path / "model-calibration.svg").read_text(encoding="utf-8").startswith("<svg")
    assert set(found["ablations"]) == {"no_style", "no_characters", "no_stemming"}
    assert said
