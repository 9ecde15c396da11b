"""Stance: what refutes or reports a hoax does not assert it."""

import pytest

from classifiers.detector import Detector, load
from classifiers.features import read
from classifiers.stance import marks, stamped


@pytest.fixture(scope="module")
def detector() -> Detector:
    return load()


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (
            "[SALAH] Surat Suara Tercoblos 7 Kontainer",
            "Beredar unggahan di Facebook. Hasil penelusuran menunjukkan hal itu tidak benar.",
        ),
        ("Cek Fakta: Tidak Benar KPU Tunda Pilkada", "Berdasarkan penelusuran, klaim tersebut keliru."),
        ("Keliru, Video Kotak Suara Dibakar di Papua", "Tim cek fakta memeriksa video itu memakai Google Lens."),
        (
            "",
            "Hasil periksa fakta: informasi tersebut tidak benar. Faktanya, foto itu diambil tahun 2015.",
        ),
        ("Hoaks! Tautan Pendaftaran Bansos", "Tautan itu merupakan informasi tidak benar."),
    ],
)
def test_a_fact_check_refutes(detector: Detector, title: str, text: str) -> None:
    assert detector.score(title, text).stance == "refutes"


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (
            "Polisi Tangkap Penyebar Hoaks Surat Suara",
            "Kapolres mengatakan tersangka ditangkap di rumahnya, Senin (12/3/2024).",
        ),
        ("KPU Bantah Isu Pilkada Ditunda", "Ketua KPU membantah kabar itu dan meminta warga tenang."),
        ("Diskominfo Gelar Webinar Tangkal Hoaks Pemilu", "Webinar diikuti pelajar dan relawan, kata kepala dinas."),
        ("Kominfo Klarifikasi Video yang Beredar", "Menteri menjelaskan video itu telah disunting."),
    ],
)
def test_news_about_hoaxes_does_not_assert(detector: Detector, title: str, text: str) -> None:
    assert detector.score(title, text).stance in ("refutes", "reports")


@pytest.mark.parametrize(
    "text",
    [
        "VIRALKAN!! 7 kontainer surat suara tercoblos dari China masuk Tanjung Priok, sebarkan!!!",
        "GEMPAR SORE INI!! KPU DITANGKAP KPK, PILPRES DIULANG TANPA CALON NOMOR 2",
        "Astaga.. jutaan KTP palsu sudah disiapkan buat nyoblos, rakyat jangan diam",
        "Info dari orang dalam, server sudah dikunci menang 57 persen. Bagikan ke grup lain",
    ],
)
def test_a_hoax_post_asserts(detector: Detector, text: str) -> None:
    assert detector.score("", text).stance == "asserts"


@pytest.mark.parametrize("text", ["", "   ", "pemilu", "\x00\x01\x02\x03\x04\x05\x06\x07"])
def test_what_cannot_be_judged_is_unclear(detector: Detector, text: str) -> None:
    assert detector.score("", text).stance == "unclear"


@pytest.mark.parametrize(
    "title",
    ["[HOAKS] KPU Ditangkap", "(SALAH): Video Presiden", "Disinformasi: Foto Banjir", "Menyesatkan: Data Pemilih"],
)
def test_stamps_of_many_houses_are_known(title: str) -> None:
    assert stamped(title, "")
    about, refuting = marks(read(title, ""))
    assert about > 0
    assert refuting > 0


def test_the_word_salah_alone_is_no_stamp() -> None:
    assert not stamped("Salah Satu Calon Mundur", "Calon itu mundur karena sakit.")
