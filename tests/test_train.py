"""Train: a corpus is checked, one seed gives the same bytes, and what was held out stays out."""

import random
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from classifiers.corpus import CorpusRow, check, load
from classifiers.detector import FOREIGN
from classifiers.detector import load as load_detector
from classifiers.hoax import doubted, probability
from classifiers.model import MANIFEST, TENSORS
from classifiers.names import hidden_names, learn_names
from classifiers.train import CorpusError, prepared_from, train
from classifiers.train.fit import beside, fit
from classifiers.train.held import apart, held_out, settle, sigmoid, table
from classifiers.train.matrix import prepare
from classifiers.train.own import own_rows
from classifiers.views import MEASURE, RECASED, View, is_check, recased, unstamped, views
from tests.sample_corpus import write


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("corpus") / "contoh.parquet")


def test_same_seed_gives_the_same_bytes(corpus: Path, tmp_path: Path) -> None:
    train(corpus, tmp_path / "a", seed=3)
    train(corpus, tmp_path / "b", seed=3)
    for name in (MANIFEST, TENSORS):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()


def test_a_trained_model_separates_what_it_has_learned(corpus: Path, tmp_path: Path) -> None:
    train(corpus, tmp_path)
    detector = load_detector(tmp_path)
    hoax = detector.score("", "VIRALKAN!! Ketua KPU Contoh DITANGKAP karena curangi surat suara GEGER!")
    news = detector.score("", "Menurut wali kota, pekerjaan jalan dimulai bulan depan, kata kepala dinas.")
    assert hoax.hoax > 0.5 > news.hoax


def test_scores_of_training_equal_those_at_run_time(corpus: Path, tmp_path: Path) -> None:
    files = train(corpus, tmp_path)
    prepared = prepared_from(corpus, 0)
    fitted = fit(prepared, prepared.every, 0)
    detector = load_detector(tmp_path)
    slope, offset = files.manifest["hoax"]["slope"], files.manifest["hoax"]["offset"]
    for place in range(0, len(prepared.views), 97):
        view = prepared.views[place]
        ours = detector.score(view.title, view.text).hoax
        logit = doubted(slope * float(fitted.raw[place]) + offset, float(prepared.trust[place]))
        assert ours == pytest.approx(probability(logit), abs=1e-9)


def test_held_out_views_share_no_cluster_with_training(corpus: Path) -> None:
    columns = table(prepared_from(corpus, 0))
    test, training = held_out(columns)
    assert test.any()
    assert training.any()
    assert not set(columns.cluster[test]) & set(columns.cluster[training])
    assert (apart(columns, test) == training).all()


def test_threshold_keeps_false_flags_rare(corpus: Path) -> None:
    prepared = prepared_from(corpus, 0)
    columns = table(prepared)
    test, training = held_out(columns)
    fitted = fit(prepared, training, 0)
    held = settle(prepared, columns, fitted, test)
    chance = 1.0 / (1.0 + np.exp(-(held.slope * fitted.raw + held.offset)))
    press = test & columns.ordinary & (columns.name == "both")
    assert (chance[press] >= held.hoax).mean() <= 0.01


@pytest.mark.parametrize(
    ("columns", "sentence"),
    [
        ({"kind": "gosip"}, "tidak dikenal"),
        ({"label": 1}, "tidak sesuai kind"),
        ({"id": "sama"}, "id yang sama"),
        ({"text": ""}, "tidak berisi teks"),
        ({"cluster": None}, "Kolom wajib tidak ada: cluster"),
    ],
)
def test_a_broken_corpus_is_described_and_refused(tmp_path: Path, columns: dict[str, object], sentence: str) -> None:
    broken = write(tmp_path / "rusak.parquet", **columns)
    assert any(sentence in line for line in check(broken))
    with pytest.raises(CorpusError):
        train(broken, tmp_path / "model")


def test_a_file_that_is_no_parquet_and_a_missing_one_are_described(tmp_path: Path) -> None:
    other = tmp_path / "catatan.parquet"
    other.write_text("bukan parquet", encoding="utf-8")
    assert "bukan berkas parquet" in check(other)[0]
    assert "tidak ditemukan" in check(tmp_path / "tiada.parquet")[0]


def test_a_good_corpus_has_nothing_to_say(corpus: Path) -> None:
    assert check(corpus) == []


def test_views_of_a_row_share_its_weight(corpus: Path) -> None:
    rows = load(corpus)
    weights: dict[str, float] = {}
    for view in views(rows, 0):
        weights[view.row.id] = weights.get(view.row.id, 0.0) + view.weight
    claims = [weights[row.id] for row in rows if row.kind == "claim" and not is_check(row)]
    assert max(claims) <= 1.0 + 1e-9


def test_doubts_of_training_equal_those_at_run_time(corpus: Path, tmp_path: Path) -> None:
    train(corpus, tmp_path)
    detector = load_detector(tmp_path)
    row = load(corpus)[0]
    texts = ("Prabowo!!", "", "The election commission said that voters should remain calm until results are final",
             "Wali kota meresmikan jembatan dan jalan baru di kecamatan")  # fmt: skip
    shapes = [View(row, "text", "", text, 1.0, "") for text in texts]
    prepared = prepare(shapes)
    doubts = [detector.score("", text).doubt for text in texts]
    assert doubts[2:] == ["language", ""]
    assert prepared.clear.tolist() == [not doubt for doubt in doubts]
    assert prepared.trust[2:].tolist() == [FOREIGN, 1.0]


def test_headlines_of_a_large_outlet_count_less_and_none_is_left_out() -> None:
    def headlines(source: str, amount: int) -> list[CorpusRow]:
        values: dict[str, Any] = {"dataset": "x", "year": 2020, "month": 1, "title": "", "text_kind": "news_title"}
        return [
            CorpusRow(
                **values, id=f"{source}{n}", source=source, text=f"judul {n}", kind="news", label=0, detail="",
                election=False, political=False, cluster=len(source) * 100_000 + n, duplicate=False,
            )
            for n in range(amount)
        ]  # fmt: skip

    found = views([*headlines("Besar", 12_000), *headlines("Kecil koran", 100)], 0)
    counted = [view for view in found if view.name != RECASED]
    weights: Counter[str] = Counter()
    for view in counted:
        weights[view.row.source] += view.weight
    assert len({view.row.id for view in counted}) == 12_100
    assert weights["Besar"] == pytest.approx(0.5 * 12_000)
    assert weights["Kecil koran"] == pytest.approx(1.5 * 100)
    assert {view.name for view in found} == {"title", "labelled", RECASED}


def test_a_headline_in_other_letters_has_the_same_words() -> None:
    headline = "KPU Tetapkan 183 Ribu Pemilih di Kota Contoh"
    dressed = {recased(headline, random.Random(seed)) for seed in range(40)}
    assert dressed == {headline.lower(), headline.upper(), "KPU tetapkan 183 ribu pemilih di kota contoh"}


def test_what_only_measures_is_never_trained_on(corpus: Path) -> None:
    prepared = prepared_from(corpus, 0)
    columns = table(prepared)
    measured = columns.dataset == MEASURE
    assert measured.sum() > 80
    assert not (measured & prepared.every).any()
    assert not (measured & held_out(columns)[1]).any()
    assert not (measured & held_out(columns)[0]).any()
    assert not set(columns.cluster[measured]) & set(columns.cluster[~measured])


def test_put_together_opinions_teach_only_what_is_no_claim(corpus: Path) -> None:
    prepared = prepared_from(corpus, 0)
    aside = beside(prepared)
    assert {view.row.kind for view, one in zip(prepared.views, aside, strict=True) if one} == {"news"}
    assert aside[[view.row.detail == "ragam" for view in prepared.views]].all()


def test_stamps_are_taken_off_claims() -> None:
    assert unstamped("[SALAH] Foto Banjir") == "Foto Banjir"
    assert unstamped("Salah satu calon mundur") == "Salah satu calon mundur"


def test_own_texts_are_harmless_and_filled() -> None:
    rows = own_rows()
    assert {row.label for row in rows} == {0}
    assert not [row.text for row in rows if "{" in row.text + row.title]
    assert len({row.id for row in rows}) == len(rows)


def test_names_are_learned_from_capitals_in_running_text() -> None:
    texts = ["kata Wiryo di kantor, lalu Wiryo pulang, dan Wiryo tidur, ia makan"] * 2
    assert "wiryo" in learn_names(texts)
    hidden = hidden_names(frozenset({"wiryo", "kpu"}))
    assert {"wiryo", "prabowo"} <= hidden
    assert "kpu" not in hidden


def test_sigmoid_finds_the_slope_that_made_the_labels() -> None:
    chance = np.random.default_rng(0)
    raw = chance.normal(size=20_000)
    labels = chance.random(20_000) < 1.0 / (1.0 + np.exp(-(2.0 * raw - 1.0)))
    slope, offset = sigmoid(raw, labels, np.ones(20_000))
    assert slope == pytest.approx(2.0, abs=0.1)
    assert offset == pytest.approx(-1.0, abs=0.1)
