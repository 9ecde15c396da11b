"""What people bring in: text, address, picture of a chat with where it spread; covered, the look audited."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import select

from monitor import desk as pages
from monitor.articles import Article
from monitor.attachments import KONTEN
from monitor.cage import Cage
from monitor.items import Item
from monitor.pipeline import Link, handing
from monitor.store import Store
from monitor.store.tables import TABLES
from tests import made_city
from tests.asgi import Client
from tests.test_pictures import SECRET, photo

HERE = "http://127.0.0.1:8765"
TEXT = "Surat suara sudah tercoblos, hubungi 0812-3456-7890, sebarkan sebelum dihapus"
READ = "Teks pada halaman itu: surat suara sudah tercoblos di gudang, kata orang dalam."


@pytest.fixture(scope="module")
def cage() -> Iterator[Cage]:
    with Cage(1) as made:
        yield made


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    held = made_city.opened(tmp_path)
    yield held
    held.close()


def visit(urls: Sequence[str]) -> list[Link]:
    return [Link(url, "Judul halaman", made_city.NOW, "ab" * 32, "", text=READ) if "baca" in url
            else Link(url, url, None, "", "Tidak terbaca saat dicatat: HTTP 403.") for url in urls]


def browser(store: Store, cage: Cage, name: str = "sari", *roles: str) -> Client:
    desk = made_city.desk(store, visit=visit, seal=lambda given, content: handing.seal(store, cage, given, content))
    found = Client(pages.app(desk), HERE)
    found.cookies.set("sesi", made_city.logged_in(store, name, roles or ("verifikator",)), domain="127.0.0.1")
    return found


def soup(text: str) -> BeautifulSoup:
    return BeautifulSoup(text, "html.parser")


PICTURE = {"gambar": ("WA.jpg", photo(540, 1200), "image/jpeg")}
SPREAD = {"saluran": "WhatsApp", "tempat": "Grup warga Jl. Merdeka No. 5",
          "waktu": "2026-11-21T08:30", "diteruskan": "25"}


def test_a_picture_of_a_chat_becomes_a_konten_that_is_covered_until_somebody_looks(store: Store, cage: Cage) -> None:
    sari = browser(store, cage)
    answer = sari.send("/konten/baru", {"teks": TEXT, **SPREAD}, files=PICTURE)
    assert answer.status_code == 303, soup(answer.text).select_one(".told")
    path = str(answer.headers["location"])
    page = soup(sari.get(path).text)
    assert page.select_one("figure img")["src"] == f"{path}/gambar"
    assert "0812" not in page.get_text()
    spread = page.select_one("#sebaran").get_text(" ", strip=True)
    assert "WhatsApp" in spread
    assert "Merdeka" not in spread
    assert "21 Nov 2026 08.30 WIT" in spread
    assert "diteruskan 25 kali" in spread
    mosaic = sari.get(f"{path}/gambar")
    assert mosaic.headers["content-type"] == "image/png"
    with store.read() as tx:
        row = tx.attachments(KONTEN, [1])[1]
        assert [act.act for act in tx.acts()] == ["masukkan", "beri gambar", "catat sebaran"]
    assert mosaic.content == store.kept(row.mosaic) != store.kept(row.copy)
    bare = sari.send(f"{path}/lihat")
    shown = soup(bare.text)
    assert shown.select_one("figure img")["src"].startswith("data:image/webp;base64,")
    assert "0812-3456-7890" in shown.get_text()
    assert "Merdeka No. 5" in shown.get_text()
    assert SECRET.decode() not in bare.text
    with store.read() as tx:
        assert [(act.act, act.who) for act in tx.acts()][-1] == ("lihat data pribadi", "sari")
        assert TEXT[:20] not in str([act.detail for act in tx.acts()])
    assert soup(sari.get(path).text).select_one("figure img")["src"] == f"{path}/gambar"


def test_the_uncovered_picture_has_no_address_of_its_own(store: Store, cage: Cage) -> None:
    sari = browser(store, cage)
    sari.send("/konten/baru", {"teks": TEXT}, files=PICTURE)
    assert browser(store, cage, "karta", "kepala").get("/konten/1/gambar").headers["content-type"] == "image/png"
    assert browser(store, cage, "tamu", "pembaca").get("/konten/1/gambar").status_code == 403
    for path in ("/bukti/1/gambar", "/bukti/1/berkas"):
        assert sari.get(path).status_code == 404


def test_an_address_alone_is_visited_and_its_text_becomes_the_konten(store: Store, cage: Cage) -> None:
    sari = browser(store, cage)
    answer = sari.send("/konten/baru", {"alamat": "https://blog.example/baca"}, files={"gambar": ("", b"", "")})
    assert answer.status_code == 303, soup(answer.text).select_one(".told")
    with store.read() as tx:
        article = tx.rows(Article, select(TABLES[Article]))[0]
        held = tx.words_of([article.words])[article.words]
        assert isinstance(tx.get(Item, 1), Item)
    assert (article.page, article.published, held.title, held.text) == ("ab" * 32, made_city.NOW, "Judul halaman", READ)
    refused = sari.send("/konten/baru", {"alamat": "https://blog.example/tutup", **SPREAD})
    assert refused.status_code == 422
    page = soup(refused.text)
    assert "HTTP 403" in page.select_one(".told").get_text()
    assert page.select_one("#tempat")["value"] == SPREAD["tempat"]
    assert page.select_one("#saluran option[selected]").get_text() == "WhatsApp"
    assert sari.send("/konten/baru", {"alamat": "https://blog.example/tutup", "teks": TEXT}).status_code == 303


def test_brought_in_twice_it_is_one_konten_seen_twice(store: Store, cage: Cage) -> None:
    sari, budi = browser(store, cage), browser(store, cage, "budi")
    first = sari.send("/konten/baru", {"teks": TEXT, **SPREAD})
    second = budi.send("/konten/baru", {"teks": TEXT, "saluran": "Telegram", "tempat": "Kanal kota"}, files=PICTURE)
    assert first.headers["location"] == second.headers["location"]
    with store.read() as tx:
        assert [(one.channel, one.by) for one in tx.sightings(1)] == [("WhatsApp", "sari"), ("Telegram", "budi")]
        assert set(tx.attachments(KONTEN, [1])) == {1}


def test_an_erased_picture_leaves_no_broken_place(store: Store, cage: Cage) -> None:
    sari = browser(store, cage)
    sari.send("/konten/baru", {"teks": TEXT, **SPREAD}, files=PICTURE)
    with store.read() as tx:
        left = tx.left_of(1)
    assert left is not None
    store.erase(left.words, "ad", "permintaan", "UU 27/2022", made_city.NOW, left.pages)
    page = soup(sari.get("/konten/1").text)
    assert not page.select("figure img, form[action$='/lihat']")
    assert "(sudah dihapus)" in page.select_one("#sebaran").get_text()
    assert sari.get("/konten/1/gambar").status_code == 404
    assert sari.send("/konten/1/lihat").status_code == 200


@pytest.mark.parametrize(("fields", "files", "status", "says"), [
    ({"teks": "  "}, PICTURE, 422, "Ketik teks yang terbaca"), ({}, {}, 422, "Tempelkan teksnya"),
    ({"teks": TEXT, "diteruskan": "banyak"}, {}, 422, "sebagai angka"),
    ({"teks": TEXT, "saluran": "Merpati"}, {}, 422, "Pilih satu saluran"),
    ({"teks": TEXT, "waktu": "besok"}, {}, 422, "2026-11-21T14:05"),
    ({"teks": TEXT, "waktu": "2031-01-01T00:00"}, {}, 422, "masa depan"),
    ({"teks": TEXT, "alamat": "javascript:alert(1)"}, {}, 422, "https://"),
    ({"teks": TEXT}, {"gambar": ("a.jpg", b"%PDF-1.7 x", "image/jpeg")}, 415, "hanya gambar"),
    ({"teks": TEXT}, {"gambar": ("a.jpg", b"<html>", "image/jpeg")}, 415, "bukan gambar"),
    ({"teks": TEXT}, {"gambar": ("a.jpg", photo()[:600], "image/jpeg")}, 422, "rusak"),
])  # fmt: skip
def test_what_cannot_be_taken_is_said_and_nothing_typed_is_lost(
    store: Store, cage: Cage, fields: dict[str, str], files: dict[str, tuple[str, bytes, str]], status: int, says: str
) -> None:
    given = {"tempat": "Grup warga", "judul": "Judul saya", **fields}
    answer = browser(store, cage).send("/konten/baru", given, files=files or None)
    page = soup(answer.text)
    assert answer.status_code == status
    assert says in page.select_one(".told").get_text()
    assert (page.select_one("#judul")["value"], page.select_one("#tempat")["value"]) == ("Judul saya", "Grup warga")
    assert page.select_one("#teks").get_text() == given.get("teks", "")
    with store.read() as tx:
        assert tx.get(Item, 1) is None
