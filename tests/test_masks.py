"""monitor/masks and manual entry: what a verifier types in becomes a konten, and personal data in it stays covered."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as some

from monitor import desk as pages
from monitor.items import Item
from monitor.masks import DOT, holds_personal, masked
from monitor.store import Store
from tests import made_city
from tests.asgi import Client

HERE = "http://127.0.0.1:8765"
TEXT = "Ada yang bagi uang Rp200.000 untuk pilih nomor 1, hubungi 0812-3456-7890 atau budi.s@contoh.example sekarang."


@pytest.mark.parametrize("text, covered", [
    ("hubungi 081234567890 ya", "081234567890"), ("WA: +62 812 3456 7890.", "+62 812 3456 7890"),
    ("telp (021) 555-1234", "(021) 555-1234"), ("NIK 8172012501990003", "8172012501990003"),
    ("NIK 8172 0125 0199 0003", "8172 0125 0199 0003"), ("surel a.b+c@d.example!", "a.b+c@d.example"),
    ("di Jl. Dr. Sutomo No. 12", ""), ("rumah di Jalan Merdeka Raya nomor 7", "Jalan Merdeka Raya nomor 7"),
    ("warga RT 03/RW 05 Tual", "RT 03/RW 05"),
])
def test_personal_data_is_covered(text: str, covered: str) -> None:
    found = masked(text)
    assert len(found) == len(text)
    if covered:
        assert found == text.replace(covered, "".join(letter if letter.isspace() else DOT for letter in covered))
        assert holds_personal(text)


@pytest.mark.parametrize("text", [
    "Paslon 02 unggul 54,3 persen dari 1.250.000 suara di 3.412 TPS", "Rp1.500.000 per orang", "21 November 2024 14.05",
    "PKPU 3/2022 dan UU 10/2016 pasal 187A", "pukul 07.00-13.00 WIT", "Jalan panjang menuju pemilu",
    "TPS 08 Kota Contoh",
])
def test_figures_and_laws_stay(text: str) -> None:
    assert masked(text) == text


@given(some.text(max_size=300))
def test_covering_keeps_every_place(text: str) -> None:
    found = masked(text)
    assert len(found) == len(text)
    assert masked(found) == found


@pytest.mark.parametrize("text", ["0" * 50_000, "0 8" * 20_000, "a@" * 20_000, "a." * 20_000 + "@",
                                  "Jl. A" + "a" * 50_000, "jalan A" * 8000, "RT " * 20_000])
def test_long_nonsense_is_read_in_time(text: str) -> None:
    assert len(masked(text)) == len(text)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    held = made_city.opened(tmp_path)
    yield held
    held.close()


def browser(store: Store, name: str, *roles: str) -> Client:
    found = Client(pages.app(made_city.desk(store)), HERE)
    found.cookies.set("sesi", made_city.logged_in(store, name, roles), domain="127.0.0.1")
    return found


def test_a_typed_text_becomes_a_konten_with_its_personal_data_covered(store: Store) -> None:
    sari = browser(store, "sari", "verifikator")
    answer = sari.send("/konten/baru", {"teks": TEXT, "judul": "Bagi uang, WA 0812-3456-7890", "tempat": "grup RT"})
    assert answer.headers["location"] == "/konten/1"
    for path in ("/", "/konten/1"):
        page = sari.get(path).text
        assert "3456" not in page
        assert "budi.s" not in page
    page = BeautifulSoup(sari.get("/konten/1").text, "html.parser")
    assert DOT * 4 in page.h1.get_text()
    assert "grup RT" in page.get_text()
    with store.read() as tx:
        item = tx.get(Item, 1)
        assert [act.act for act in tx.acts()] == ["masukkan", "catat sebaran"]
    assert item is not None
    assert (item.origin, item.state) == ("manual", "BARU")


def test_looking_at_what_is_covered_is_noted(store: Store) -> None:
    sari, karta = browser(store, "sari", "verifikator"), browser(store, "karta", "kepala")
    sari.send("/konten/baru", {"teks": TEXT})
    assert karta.send("/konten/1/lihat").status_code == 403
    assert "0812-3456-7890" in sari.send("/konten/1/lihat").text
    assert "0812-3456-7890" not in sari.get("/konten/1").text
    with store.read() as tx:
        last = tx.acts("konten", "1")[-1]
    assert (last.who, last.act, last.detail) == ("sari", "lihat data pribadi", {})


def test_the_same_text_is_the_same_konten(store: Store) -> None:
    sari = browser(store, "sari", "verifikator")
    for _ in range(2):
        assert sari.send("/konten/baru", {"teks": TEXT}).headers["location"] == "/konten/1"


@pytest.mark.parametrize("fields", [
    {"teks": ""}, {"teks": "pendek"}, {"teks": "x" * 50_001}, {"teks": TEXT, "alamat": "javascript:alert(1)"},
    {"teks": TEXT, "alamat": "https://a b.example"},
])
def test_what_cannot_be_taken_is_said_and_kept(store: Store, fields: dict[str, str]) -> None:
    answer = browser(store, "sari", "verifikator").send("/konten/baru", fields)
    page = BeautifulSoup(answer.text, "html.parser")
    assert answer.status_code == 422
    assert page.select_one(".told")
    assert page.select_one("#teks").get_text().strip() == fields["teks"]
    with store.read() as tx:
        assert tx.counts() == {}
