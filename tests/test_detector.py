"""Detector: bad input gets a score with a doubt, one bad text never stops a batch."""

import subprocess
import sys
import threading
from dataclasses import replace
from math import log

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifiers.detector import Detector, Score, load
from classifiers.hoax import LITTLE
from classifiers.train.own import own_rows
from classifiers.views import MEASURE


@pytest.fixture(scope="module")
def detector() -> Detector:
    return load()


@pytest.mark.parametrize(
    ("text", "doubt"),
    [
        ("", "empty"),
        (" \n\t ", "empty"),
        ("...!!!", "empty"),
        ("hoaks", "short"),
        ("a", "short"),
        ("VIRALKAN!!!", "short"),
        ("2024 2024 2024 2024 2024", "short"),
        ("\x00\x01\x02" * 40, "binary"),
        ("\ufffd\ufffd\ufffdab" * 40, "binary"),
        (
            "The government has announced a new policy regarding the national budget for next year's infrastructure",
            "language",
        ),
        ("日本の首相は今日、記者会見を開き、新しい政策を発表しました。これは重要な発表です。", "language"),
        ("Правительство объявило о новой политике в отношении национального бюджета на следующий год", "language"),
    ],
)
def test_doubtful_input_is_unclear_and_says_why(detector: Detector, text: str, doubt: str) -> None:
    score = detector.score("", text)
    assert (score.doubt, score.stance) == (doubt, "unclear")


@pytest.mark.parametrize(
    "text",
    ["", "?", "hoaks", "VIRALKAN!!!", "kpu curang", "7", "Prabowo Gibran Anies Ganjar", "\x00" * 900, "😱" * 300]
    + [chr(letter) for letter in range(ord("a"), ord("z") + 1)],
)
def test_too_little_to_judge_gives_no_confident_probability_and_never_a_flag(detector: Detector, text: str) -> None:
    for title, body in (("", text), (text, ""), (text, text)):
        score = detector.score(title, body)
        assert score.hoax < 0.35, (title, body, score.hoax)
        assert (score.flag, score.stance) == (False, "unclear")
        assert score.doubt
        assert sum(reason.weight for reason in score.reasons) == pytest.approx(log(score.hoax / (1 - score.hoax)))


def test_the_fewer_the_words_the_nearer_the_prior(detector: Detector) -> None:
    assert detector.score("", "").hoax == pytest.approx(0.01)
    assert 0.01 < detector.score("", "sebarkan").hoax < detector.score("", "sebarkan viralkan").hoax
    enough = detector.score("", "sebarkan viralkan segera")
    assert enough.doubt == ""
    assert LITTLE not in [reason.text for reason in enough.reasons]
    assert LITTLE in [reason.text for reason in detector.score("", "viralkan").reasons]


def test_a_doubt_draws_to_the_prior_and_keeps_the_order(detector: Detector) -> None:
    calm = "The election commission said on Monday that the votes were counted and nobody was arrested"
    loud = "BREAKING!!! PRESIDENT ARRESTED TONIGHT!!! SHARE THIS NOW before they delete everything 😱😱😱"
    said, shouted = detector.score("", calm), detector.score("", loud)
    assert (said.doubt, shouted.doubt) == ("language", "language")
    assert said.hoax < shouted.hoax


@pytest.mark.parametrize(
    ("text", "doubts"),
    [
        ("The election commission said on Monday that the votes were counted and nobody was arrested", {"language"}),
        ("Pihak polis memaklumkan bahawa siasatan sedang dijalankan terhadap calon pilihan raya itu", {"", "language"}),
        ("Kula lan panjenengan sedaya kedah milih pemimpin ingkang saged dipunpitados dening rakyat", {"language"}),
        ("Urang kudu milih pamingpin anu jujur jeung bisa dipercaya ku rahayat dina poe isuk", {"", "language"}),
    ],
    ids=["English", "Malay", "Javanese", "Sundanese"],
)
def test_other_languages_get_a_doubt_or_an_ordinary_score(detector: Detector, text: str, doubts: set[str]) -> None:
    score = detector.score("", text)
    assert score.doubt in doubts
    assert (score.stance == "unclear") == bool(score.doubt)
    assert not (score.doubt and (score.flag or score.hoax > 0.35))


def test_a_doubtful_text_in_a_lot_leaves_its_neighbours_as_they_are(detector: Detector) -> None:
    plain = ("KPU", "Ketua KPU mengatakan tahapan pemilihan berjalan sesuai jadwal di seluruh kota")
    alone = detector.score(*plain)
    bad = [("", ""), ("", "\x00" * 400), ("\ud800", "\udfff"), ("", "a" * 1_000_000), ("<" * 5_000, "&" * 5_000)]
    for one in bad:
        first, middle, last = detector.scores([plain, one, plain])
        assert first.hoax == pytest.approx(alone.hoax, abs=1e-12)
        assert last.hoax == pytest.approx(alone.hoax, abs=1e-12)
        assert [reason.text for reason in first.reasons] == [reason.text for reason in alone.reasons]
        assert middle.stance == "unclear"


@pytest.mark.parametrize("doubt", ["empty", "binary", "language"])
def test_what_cannot_be_read_is_not_flagged(detector: Detector, doubt: str) -> None:
    text = {
        "empty": "",
        "binary": "\x00" * 50,
        "language": "PRESIDENT ARRESTED!!! SHARE THIS NOW before they delete everything about the stolen votes",
    }
    score = detector.score("", text[doubt])
    assert not score.flag
    assert score.doubt == doubt


@pytest.mark.parametrize(
    "text",
    [
        "Gubernur ngendika yen warga kudu njaga pemilu sing jujur lan adil, kabeh padha milih ana TPS",
        "Kerajaan Malaysia mengumumkan bahawa pilihan raya akan diadakan pada bulan hadapan",
        "Gubernur ngadawuhan warga pikeun milih kalayan jujur dina pemilihan umum isukan",
    ],
)
def test_neighbouring_languages_are_scored_or_doubted_but_never_fail(detector: Detector, text: str) -> None:
    score = detector.score("", text)
    assert 0.0 <= score.hoax <= 1.0
    assert score.doubt in ("", "language")


def test_a_megabyte_is_scored_in_bounded_time(detector: Detector) -> None:
    score = detector.score("", "Surat suara tercoblos di gudang. " * 32_000)
    assert score.doubt == "long"


@settings(max_examples=80, deadline=None)
@given(st.text(max_size=80), st.text(max_size=500))
def test_any_text_is_scored(title: str, text: str) -> None:
    score = _shared().score(title, text)
    assert 0.0 <= score.hoax <= 1.0
    assert 0.0 <= score.election <= 1.0
    assert score.stance in ("asserts", "refutes", "reports", "unclear")


_LOADED: list[Detector] = []


def _shared() -> Detector:
    if not _LOADED:
        _LOADED.append(load())
    return _LOADED[0]


def test_batch_equals_single_in_order_and_across_threads(detector: Detector) -> None:
    texts = [("", f"Calon nomor {number} ditangkap, viralkan!!") for number in range(30)] + [("", ""), ("", "\x00" * 9)]
    one_by_one = [detector.score(*text) for text in texts]
    assert detector.scores(texts) == one_by_one
    found: list[list[Score]] = []
    threads = [threading.Thread(target=lambda: found.append(detector.scores(texts))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [one_by_one] * 4


def test_every_score_names_its_model(detector: Detector) -> None:
    assert detector.score("", "pemilu damai di kota kita").model == detector.model


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (
            "Pemkot Contoh Buka Pendaftaran Pelatihan Kerja",
            "Pemerintah Kota Contoh membuka pendaftaran pelatihan kerja gratis bagi warga, kata kepala dinas.",
        ),
        (
            "KPU Kota Contoh Tetapkan Daftar Pemilih Tetap",
            "KPU Kota Contoh menetapkan daftar pemilih tetap dalam rapat pleno terbuka, ujar ketua KPU.",
        ),
        ("", "Yuk cek namamu di DPT online sebelum hari pencoblosan, gratis dan mudah"),
        ("", "Jangan lupa memilih besok ya, bawa KTP dan surat undangan ke TPS dekat rumah"),
    ],
)
def test_ordinary_announcements_are_not_flagged(detector: Detector, title: str, text: str) -> None:
    assert not detector.score(title, text).flag


def test_hoax_post_about_an_election_is_flagged_and_relevant(detector: Detector) -> None:
    score = detector.score(
        "", "VIRALKAN!!! KPU KETAHUAN CURANG, SURAT SUARA SUDAH TERCOBLOS!!!"
    )
    assert score.flag
    assert score.election > 0.9


@pytest.mark.parametrize(
    "text",
    [
        "Menurut saya KPU kurang transparan, makanya rakyat curiga. Tolong dijelaskan dong pak!",
        "wkwkwk debat capres semalam lebih lucu dari stand up comedy, dua duanya ngawur #DebatCapres",
        "Semoga pemilu tahun ini jujur dan adil ya Allah, amin. Salam dua jari! 🙏🙏",
        "Kenapa sih pendukung 02 gampang banget marah? nanya doang, santai bang",
    ],
)
def test_calling_criticism_a_hoax_would_ruin_us(detector: Detector, text: str) -> None:
    assert not detector.score("", text).flag


@pytest.mark.xfail(strict=True, reason="a known fault, told in the model card")
@pytest.mark.parametrize("text", [
    "Rezim ini makin ngawur!!! Rakyat kecil selalu jadi korban!!! 😡",
    "Rezim ini benar-benar ngawur, KPU juga ikut-ikutan!!! 😡😡",
])
def test_angry_criticism_is_not_flagged(detector: Detector, text: str) -> None:
    assert not detector.score("", text).flag


@pytest.mark.parametrize(("kind", "most"), [("pos", 0.15), ("daerah", 0.1)])
def test_few_harmless_texts_that_were_never_trained_on_are_flagged(detector: Detector, kind: str, most: float) -> None:
    texts = [row.text for row in own_rows() if row.dataset == MEASURE and row.detail == kind]
    assert len(texts) > 20
    assert sum(detector.score("", text).flag for text in texts) <= most * len(texts)


def test_an_opinion_head_only_keeps_out_of_the_queue(detector: Detector) -> None:
    text = "VIRALKAN!!! KPU KETAHUAN CURANG, SURAT SUARA SUDAH TERCOBLOS!!!"
    assert detector.opinion is not None
    before = detector.score("", text)
    closed = load()
    closed.opinion = replace(detector.opinion, threshold=-1e9)
    after = closed.score("", text)
    assert (before.flag, after.flag) == (True, False)
    assert (before.hoax, before.reasons, before.stance) == (after.hoax, after.reasons, after.stance)


def test_scoring_needs_no_training_library() -> None:
    code = (
        "import sys; from classifiers.detector import load; load().score('a', 'pemilu ditunda kata orang');"
        "print([name for name in ('sklearn', 'scipy', 'pandas', 'pyarrow') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
