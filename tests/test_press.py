"""Letters to the press: drafted from what the desk knows, kept as rows, never sent; for press konten alone."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from monitor import desk as pages
from monitor import press
from monitor.people import Person, Refusal
from monitor.pipeline import acts
from monitor.press import DEWAN, JAWAB, KINDS, KOREKSI, PressLetter, Report, Sender
from monitor.rumors import Rumor
from monitor.store import Store
from tests import made_city
from tests.asgi import Client
from tests.people import ANI, KARTA, TAMU

HERE = "http://127.0.0.1:8765"
REPORT = Report("Kabar Contoh", "Gudang KPU dibobol", "https://kabar.example/1", "21 November 2026",
                "Gudang tidak dibobol {bukan templat}.", ("Berita acara (https://kpu.example/ba)",))
SENDER = Sender("Diskominfo Kota Contoh", "humas@kota.example")
CLAIM = "Gudang KPU Kota Contoh dibobol semalam"


@pytest.mark.parametrize("kind", KINDS)
def test_a_draft_says_what_is_known_and_leaves_the_rest_in_brackets(kind: str) -> None:
    text = press.draft(kind, REPORT, SENDER, "21 November 2026")
    for part in (REPORT.title, REPORT.url, REPORT.wrong, "Undang-Undang Nomor 40 Tahun 1999", "humas@kota.example",
                 "Nomor: (diisi kantor)", "(nama, jabatan, tanda tangan)"):  # fmt: skip
        assert part in text
    assert ("Pemimpin Redaksi Kabar Contoh" in text) is (kind != DEWAN)
    for word in ("HOAKS", "hoaks", "sengaja", "pelaku", "pidana"):
        assert word not in text
    empty = press.draft(kind, Report("Kabar", "", "", ""), Sender("", ""), "21 November 2026")
    assert "(tulis bagian yang keliru dan yang benar)" in empty


@pytest.mark.parametrize(("kind", "text", "from_press", "person"), [
    ("surat cinta", "x" * 99, True, ANI), (JAWAB, "pendek", True, ANI), (JAWAB, "x" * 20_001, True, ANI),
    (JAWAB, "x" * 99, False, ANI), (JAWAB, "x" * 99, True, TAMU), (JAWAB, "x" * 99, True, KARTA),
])  # fmt: skip
def test_what_is_not_kept(kind: str, text: str, from_press: bool, person: Person) -> None:
    made = press.written(1, 0, kind, "Kabar", text, "d", from_press, person, made_city.NOW)
    assert isinstance(made, Refusal)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    held = made_city.opened(tmp_path)
    for n in (0, 1):
        made_city.add_konten(held, settings(), n)
    yield held
    held.close()


def settings() -> made_city.Settings:
    """The made-up office; of its first two sources the second is press."""
    return made_city.settings('[[source]]\nname = "Pers Contoh"\nurl = "https://pers.example/rss"\nkind = "rss"\n'
                              'pers = "ya"\n')


def browser(store: Store, name: str, *roles: str) -> Client:
    found = Client(pages.app(made_city.desk(store, settings())), HERE)
    found.cookies.set("sesi", made_city.logged_in(store, name, roles), domain="127.0.0.1")
    return found


def soup(text: str) -> BeautifulSoup:
    return BeautifulSoup(text, "html.parser")


def test_from_the_page_of_a_press_konten_a_letter_is_drafted_and_kept(store: Store) -> None:
    sari = browser(store, "sari", "verifikator")
    assert next(one.name for one in settings().sources) == "Pers Contoh"
    made = acts.attach(store, [(1, 0)], Person("sari", ("verifikator",)), CLAIM, 0, made_city.NOW)
    assert isinstance(made, Rumor)
    acts.lay_note(store, made.id, Person("sari", ("verifikator",)), "Telepon ketua KPU 0812.", made_city.NOW)
    for page in ("/konten/1", f"/isu/{made.id}"):
        assert "/konten/1/hak-jawab" in [a["href"] for a in soup(sari.get(page).text).select("aside a")]
    assert "/konten/2/hak-jawab" not in sari.get("/konten/2").text
    form = soup(sari.get("/konten/1/hak-jawab?jalan=hak-koreksi").text)
    text = form.select_one("#surat").get_text()
    assert "Permintaan koreksi berita" in text
    assert "Pers Contoh" in text
    assert "0812" not in text
    assert sari.get("/konten/1/hak-jawab?jalan=entah").status_code == 200
    short = sari.send("/konten/1/hak-jawab", {"jalan": KOREKSI, "surat": "pendek"})
    assert (short.status_code, soup(short.text).select_one("#surat").get_text()) == (422, "pendek")
    done = sari.send("/konten/1/hak-jawab", {"jalan": KOREKSI, "surat": text + "\nTambahan kami."})
    assert (done.status_code, done.headers["location"]) == (303, "/konten/1/hak-jawab#surat-1")
    with store.read() as tx:
        letter = tx.get(PressLetter, 1)
        assert tx.acts()[-1].act == "catat surat pers"
        assert "Tambahan" not in str(tx.acts()[-1].detail)
    assert letter is not None
    assert (letter.kind, letter.rumor, letter.outlet, letter.by) == (KOREKSI, made.id, "Pers Contoh", "sari")
    kepala = soup(browser(store, "karta", "kepala").get("/konten/1/hak-jawab").text)
    assert "Tambahan kami." in kepala.select_one("#surat-1").get_text()
    assert not kepala.select("form[action$='/hak-jawab'] button")
    assert "1 surat dicatat" in sari.get("/konten/1").text


def test_no_letter_about_what_is_no_press(store: Store) -> None:
    sari = browser(store, "sari", "verifikator")
    answer = sari.send("/konten/2/hak-jawab", {"jalan": JAWAB, "surat": "x" * 200})
    assert answer.status_code == 422
    assert "bukan pers" in soup(answer.text).select_one(".told").get_text()
    assert sari.get("/konten/99/hak-jawab").status_code == 404
    assert sari.send("/konten/99/hak-jawab", {"jalan": JAWAB, "surat": "x" * 200}).status_code == 404
    with store.read() as tx:
        assert tx.press_letters(2) == []
