"""monitor/factchecks and "Sudah diperiksa?": what is near a text, and what only shares common words with it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from monitor import desk as pages
from monitor.articles import Article
from monitor.desk.checked import Checked
from monitor.entries import Entry, Words
from monitor.factchecks import FactCheck, FactChecks
from monitor.fetches import Fetch
from monitor.people import Refusal
from monitor.pipeline import answers
from monitor.statements import BANTAHAN, Statement
from monitor.store import Store
from tests import made_city
from tests.asgi import Client
from tests.made_city import NOW
from tests.office import Office
from tests.people import ANI, RINI
from tests.published import TEXT

CHECKS = (
    "[SALAH] Tujuh kontainer surat suara sudah tercoblos", "[SALAH] KPU memakai server di luar negeri",
    "[PENIPUAN] Tautan pendaftaran bantuan sosial pemilu", "[SALAH] Ribuan KTP warga asing masuk daftar pemilih",
    "[SALAH] Pemungutan suara ditunda karena banjir", "[SALAH] Menteri dukung pasangan calon nomor dua",
    "[SALAH] Vaksin berisi cip pelacak", "[SALAH] Uang pecahan baru bergambar artis",
)


@pytest.fixture
def known() -> FactChecks:
    made = FactChecks()
    for n, title in enumerate(CHECKS, start=1):
        check = FactCheck(n, title, "Cek Contoh", f"https://cek.example/{n}", NOW)
        made.add(check, "Beredar di media sosial. Faktanya tidak.")
    return made


@pytest.mark.parametrize("text, first", [
    ("Geger! Surat suara dicoblos lebih dulu, ditemukan 7 kontainer", 0),
    ("klik tautan ini untuk daftar bantuan sosial", 2),
    ("ada KTP orang asing di daftar pemilih kita", 3),
])
def test_the_same_story_in_other_words_is_near(known: FactChecks, text: str, first: int) -> None:
    assert known.nearest(text)[0][0].title == CHECKS[first]


@pytest.mark.parametrize("text", ["", "💧", "Harga cabai naik di pasar pagi", "beredar di media sosial", "a" * 100_000])
def test_what_only_shares_common_words_is_not(known: FactChecks, text: str) -> None:
    assert known.nearest(text) == []


def test_a_text_is_nearest_to_itself_and_each_headline_comes_once(known: FactChecks) -> None:
    again = FactCheck(99, CHECKS[0], "Cek Lain", "https://lain.example", NOW)
    known.add(again, "Beredar di media sosial. Faktanya tidak.")
    found = known.nearest(f"{CHECKS[0]}\nBeredar di media sosial. Faktanya tidak.")
    assert found[0][1] == pytest.approx(1.0)
    assert [check.title for check, _ in found].count(CHECKS[0]) == 1
    assert known.last == 99


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    held = made_city.opened(tmp_path)
    yield held
    held.close()


def publish(store: Store, source: str, title: str, n: int) -> None:
    words = Words(title, "Beredar kabar itu. Faktanya tidak demikian.")
    with store.write() as tx:
        tx.put_words([words])
        visit = tx.add(Fetch(source, "https://cek.example/feed", NOW, NOW, "berhasil"))
        entry = tx.add(Entry(source, visit.id, f"cek-{n}", f"https://cek.example/{n}", words.digest, NOW))
        tx.add(Article(entry.id, visit.id, 1, NOW, entry.url, words.digest, "feed", published=NOW - timedelta(days=2)))


def test_the_pages_show_what_is_known_and_one_press_makes_it_evidence(store: Store) -> None:
    desk = made_city.desk(store)
    item = made_city.add_konten(store, desk.settings(), 0)
    sari = Client(pages.app(desk), "http://127.0.0.1:8765")
    sari.cookies.set("sesi", made_city.logged_in(store, "sari", ("verifikator",)), domain="127.0.0.1")
    assert "Belum ada pemeriksaan fakta, bantahan" in sari.get(f"/konten/{item}").text
    for n, title in enumerate(CHECKS):
        publish(store, "Cek Contoh", title, n)
    publish(store, "Info Warga", "Surat suara sudah tercoblos di gudang KPU, warga geger", 77)
    page = BeautifulSoup(sari.get(f"/konten/{item}").text, "html.parser").select_one(".checked")
    assert page.select_one(".stamp").get_text() == "SALAH"
    assert CHECKS[0].removeprefix("[SALAH] ") in page.select_one("li a").get_text()
    assert "Cek Contoh" in page.get_text()
    assert "Info Warga" not in page.get_text()
    assert "noreferrer" in page.a["rel"]
    isu = str(sari.send(f"/konten/{item}/lekatkan", {"versi": "1", "klaim": "Surat suara sudah tercoblos di gudang"})
              .headers["location"])
    form = BeautifulSoup(sari.get(isu).text, "html.parser").select_one(".checked form")
    sari.send(str(form["action"]), {"alamat": str(form.select_one("[name=alamat]")["value"])})
    with store.read() as tx:
        assert [one.url for one in tx.evidence(1)] == ["https://cek.example/0"]


def test_other_sources_are_learned_anew(store: Store) -> None:
    settings = made_city.settings()
    desk = made_city.desk(store, settings)
    publish(store, "Warta Nusa", CHECKS[0], 1)
    with store.read() as tx:
        assert desk.checked.nearest(tx, settings, CHECKS[0]) == []
        now_checks = replace(settings, sources=tuple(
            replace(one, category="cek_fakta") if one.name == "Warta Nusa" else one for one in settings.sources))
        assert len(desk.checked.nearest(tx, now_checks, CHECKS[0])) == 1


def denied(store: Store, title: str, n: int, source: str = "Pemkot Contoh", official: bool = True) -> int:
    """A denial in the second lane; its statement's id."""
    words = Words(title, "Kabar itu tidak benar.")
    with store.write() as tx:
        tx.put_words([words])
        visit = tx.add(Fetch(source, "https://kota.example/berita", NOW, NOW, "berhasil"))
        entry = tx.add(Entry(source, visit.id, f"bantahan-{n}", f"https://kota.example/{n}", words.digest, NOW))
        article = tx.add(Article(entry.id, visit.id, 1, NOW, entry.url, words.digest, "feed"))
        return tx.state([Statement(article.id, NOW, BANTAHAN, official, words.digest)])[0].id


def test_official_denials_count_and_what_was_erased_does_not(store: Store) -> None:
    desk = made_city.desk(store)
    settings = desk.settings()
    denied(store, "Pemkot bantah bantuan Rp1 juta untuk pemilih lewat tautan", 1)
    denied(store, "Warta bantah bantuan Rp1 juta untuk pemilih lewat tautan lain", 2, "Warta Nusa", official=False)
    asked = "Pendaftaran bantuan Rp1 juta untuk pemilih, klik tautan ini"
    with store.read() as tx:
        found = desk.checked.nearest(tx, settings, asked)
    assert [(check.outlet, check.kind, check.official) for check, _ in found] == [
        ("Pemkot Contoh", "bantahan resmi", True)]
    store.erase([found[0][0].words], "karta", "diminta", "UU PDP", NOW)
    with store.read() as tx:
        assert desk.checked.nearest(tx, settings, asked) == []


def test_a_denial_by_the_organisers_stands_once_and_as_a_denial(store: Store) -> None:
    desk = made_city.desk(store)
    denied(store, "KPU bantah surat suara tercoblos di gudang", 1, "KPU Kota Contoh")
    with store.read() as tx:
        found = desk.checked.nearest(tx, desk.settings(), "surat suara tercoblos di gudang KPU")
    assert [check.kind for check, _ in found] == ["bantahan resmi"]


def test_our_own_clarification_counts_until_it_is_withdrawn(tmp_path: Path) -> None:
    office = Office(tmp_path)
    try:
        one, checked = office.published(), Checked()
        with office.store.read() as tx:
            found = checked.nearest(tx, office.settings, TEXT.claim)
            again = checked.nearest(tx, office.settings, TEXT.claim)
        assert [(check.title, check.kind, check.stamp) for check, _ in found] == [
            (TEXT.headline, "klarifikasi kantor ini", "HOAKS")]
        assert found[0][0].url.startswith("/publik/")
        assert again == found
        assert not isinstance(answers.propose_withdrawal(office.house, one, ANI, "Keliru sama sekali.",
                                                         office.later()), Refusal)
        assert not isinstance(answers.sign_proposal(office.house, one, RINI, office.later()), Refusal)
        with office.store.read() as tx:
            assert checked.nearest(tx, office.settings, TEXT.claim) == []
    finally:
        office.close()


def test_from_the_page_of_a_konten_in_an_open_isu_one_press_makes_evidence(store: Store) -> None:
    desk = made_city.desk(store)
    item = made_city.add_konten(store, desk.settings(), 0)
    for n, title in enumerate(CHECKS):
        publish(store, "Cek Contoh", title, n)
    sari, budi = (Client(pages.app(desk), "http://127.0.0.1:8765") for _ in range(2))
    sari.cookies.set("sesi", made_city.logged_in(store, "sari", ("verifikator",)), domain="127.0.0.1")
    budi.cookies.set("sesi", made_city.logged_in(store, "budi", ("verifikator",)), domain="127.0.0.1")
    assert BeautifulSoup(sari.get(f"/konten/{item}").text, "html.parser").select(".checked form") == []
    sari.send(f"/konten/{item}/lekatkan", {"versi": "1", "klaim": "Surat suara sudah tercoblos di gudang"})
    form = BeautifulSoup(sari.get(f"/konten/{item}").text, "html.parser").select_one(".checked form")
    assert form["action"] == "/isu/1/bukti"
    assert form.select_one("button[data-key=b]") is not None
    assert BeautifulSoup(budi.get(f"/konten/{item}").text, "html.parser").select(".checked form") == []
