"""monitor/statements and the second lane: what gets in, how it is found, and an isu from it in two steps."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from threading import Event

import pytest
from bs4 import BeautifulSoup
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from classifiers.detector import Score
from monitor import desk as pages
from monitor import pipeline
from monitor.articles import Article
from monitor.entries import Entry, Waiting, Words
from monitor.fetches import Fetch
from monitor.items import ScoreRow
from monitor.people import Refusal
from monitor.pipeline import House
from monitor.pipeline import statements as lane
from monitor.rumors import Rumor
from monitor.statements import BANTAHAN, PEMBERITAAN, RESMI, Statement, stated
from monitor.store import Store
from tests import made_city
from tests.asgi import Client
from tests.made_city import NOW
from tests.people import ANI, BUDI, KARTA
from tests.test_pipeline import Clock, Pointing, Web, cage, clock, house, web

__all__ = ["cage", "clock", "house", "web"]

ARTICLE = Article(1, 1, 1, NOW, "https://kpu.example/1", "w" * 64, "feed", id=1)
SCORE = ScoreRow(1, NOW, 0.1, "unclear", 0.9, False, (), (), (), (), "", "uji")


@pytest.mark.parametrize("stance, election, category, words, kind", [
    ("refutes", 0.9, "media_daerah", "w", BANTAHAN), ("refutes", 0.9, "penyelenggara_pemilu", "w", BANTAHAN),
    ("reports", 0.5, "media_nasional", "w", PEMBERITAAN), ("unclear", 0.9, "pemda", "w", RESMI),
    ("asserts", 0.9, "penyelenggara_pemilu", "w", RESMI), ("refutes", 0.49, "cek_fakta", "w", ""),
    ("asserts", 0.9, "media_daerah", "w", ""), ("refutes", 0.9, "pemda", "", ""), ("unclear", 0.1, "pemda", "w", ""),
])
def test_what_gets_in(stance: str, election: float, category: str, words: str, kind: str) -> None:
    found = stated(replace(ARTICLE, words=words), replace(SCORE, stance=stance, election=election), category)
    assert (found.kind if found else "") == kind


def said(store: Store, title: str, n: int, kind: str = BANTAHAN, source: str = "KPU Kota Contoh",
         url: str = "", text: str = "Kabar itu tidak benar.") -> Statement:
    """One statement in the lane."""
    words = Words(title, text)
    with store.write() as tx:
        tx.put_words([words])
        visit = tx.add(Fetch(source, "https://kpu.example/feed", NOW, NOW, "berhasil"))
        entry = tx.add(Entry(source, visit.id, f"pernyataan-{n}", url or f"https://kpu.example/{n}", words.digest, NOW))
        article = tx.add(Article(entry.id, visit.id, 1, NOW, entry.url, words.digest, "feed", page="cd" * 32,
                                 published=NOW - timedelta(hours=n)))
        return tx.state([Statement(article.id, NOW, kind, True, words.digest)])[0]


def test_newest_first_by_kind_and_page(store: Store) -> None:
    made = [said(store, f"Pernyataan {n}", n, (BANTAHAN, RESMI)[n % 2]) for n in range(7)]
    with store.read() as tx:
        assert [row.statement for row in tx.statements()] == made[::-1]
        assert [row.statement.id for row in tx.statements(RESMI)] == [one.id for one in made[::-1] if one.kind == RESMI]
        assert [row.statement for row in tx.statements(before=made[4].id, limit=2)] == [made[3], made[2]]
        assert (tx.statement_count(), tx.statement_count(RESMI), tx.statement_count(most=4)) == (7, 3, 4)


def test_search_finds_words_and_survives_any_input(store: Store) -> None:
    first = said(store, "KPU bantah surat suara tercoblos", 1)
    said(store, "Jadwal debat kedua", 2)
    with store.read() as tx:
        assert [row.statement for row in tx.statements(sought="surat tercob*")] == [first]
        assert [row.statement for row in tx.statements(sought='"surat suara"')] == [first]
        assert tx.statements(sought="tiada") == []
        assert len(tx.statements(sought="tidak benar")) == 2


@given(st.text(max_size=60))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_nothing_typed_is_an_error(store: Store, sought: str) -> None:
    with store.read() as tx:
        assert tx.statements(sought=sought) == []


def test_what_is_erased_is_found_no_more_and_comes_back_after_a_restore_only_where_it_was_not(
    store: Store, tmp_path: Path
) -> None:
    gone, kept = said(store, "KPU bantah kabar lama", 1), said(store, "KPU bantah kabar baru", 2)
    store.erase([gone.words], "karta", "diminta", "UU PDP", NOW)
    with store.read() as tx:
        assert [row.statement for row in tx.statements(sought="kpu bantah")] == [kept]
        assert [row.words for row in tx.statements()][1] is None
    store.backup(tmp_path / "cadangan.zip", NOW)
    store.restore(tmp_path / "cadangan.zip", NOW, replace=True)
    with store.read() as tx:
        assert [row.statement for row in tx.statements(sought="kpu bantah")] == [kept]


def test_two_steps_to_an_isu_with_the_denial_as_its_evidence(store: Store) -> None:
    known = made_city.settings('[[official]]\nname = "KPU"\ndomain = "kpu.example"\n')
    one = said(store, "KPU bantah surat suara tercoblos", 1)
    claim = "Surat suara di gudang KPU sudah tercoblos"
    assert isinstance(lane.open_isu(store, known, one.id, "pendek", ANI, NOW), Refusal)
    assert isinstance(lane.open_isu(store, known, one.id, claim, KARTA, NOW), Refusal)
    assert isinstance(lane.open_isu(store, known, 99, claim, ANI, NOW), Refusal)
    made = lane.open_isu(store, known, one.id, claim, ANI, NOW)
    assert isinstance(made, Rumor)
    with store.read() as tx:
        proof = tx.evidence(made.id)[0]
        assert (proof.url, proof.page, proof.official) == ("https://kpu.example/1", "cd" * 32, "KPU")
        assert len(tx.rumors()) == 1
        assert lane.used(tx, tx.statements()) == {one.id: made.id}
        assert [act.act for act in tx.acts()] == ["buka isu", "tambah bukti"]
    other = said(store, "Bawaslu juga membantah", 2)
    assert isinstance(lane.add_to(store, known, other.id, made.id, BUDI, NOW), Refusal), "it is held by ani"
    assert isinstance(lane.add_to(store, known, other.id, made.id, ANI, NOW), Rumor)
    with store.read() as tx:
        assert len(tx.evidence(made.id)) == 2


@pytest.fixture
def city(tmp_path: Path) -> Iterator[Store]:
    held = made_city.opened(tmp_path)
    yield held
    held.close()


def browser(store: Store, *roles: str) -> Client:
    found = Client(pages.app(made_city.desk(store)), "http://127.0.0.1:8765")
    found.cookies.set("sesi", made_city.logged_in(store, roles[0].split()[-1], roles), domain="127.0.0.1")
    return found


def test_the_page_lists_searches_and_leads_to_an_isu(city: Store) -> None:
    for n in range(45):
        said(city, f"Pemkot membantah kabar nomor {n}", n, url="javascript:alert(1)" if n == 44 else "")
    said(city, "<script>alert(1)</script> KPU bantah surat suara tercoblos", 99)
    sari = browser(city, "verifikator")
    page = BeautifulSoup(sari.get("/bantahan").text, "html.parser")
    assert len(page.select(".rows > li")) == 40
    assert page.select(".rows script") == []
    following = BeautifulSoup(sari.get(str(page.select_one("a[rel=next]")["href"])).text, "html.parser")
    assert len(following.select(".rows > li")) == 6
    found = BeautifulSoup(sari.get("/bantahan?cari=tercoblos&jenis=bantahan").text, "html.parser")
    assert [one["href"] for one in found.select(".rows h2 a")] == ["/bantahan/46"]
    assert sari.get("/bantahan?sebelum=x&jenis=aneh&cari=%00%22(").status_code == 200
    assert "javascript:" not in sari.get("/bantahan/45").text
    opened = BeautifulSoup(sari.get("/bantahan/46").text, "html.parser")
    assert "noreferrer" in opened.select_one(".facts a")["rel"]
    refused = sari.send("/bantahan/46/isu", {"klaim": "pendek"})
    assert refused.status_code == 422
    assert BeautifulSoup(refused.text, "html.parser").select_one("#klaim").get_text() == "pendek"
    answer = sari.send("/bantahan/46/isu", {"klaim": "Surat suara sudah tercoblos di gudang"})
    assert answer.headers["location"] == "/isu/1"
    assert "https://kpu.example/99" in sari.get("/isu/1").text
    assert "dipakai isu 1" in sari.get("/bantahan?cari=tercoblos").text
    assert sari.get("/bantahan/9999").status_code == 404
    assert browser(city, "kepala").get("/bantahan/46").status_code == 200
    assert browser(city, "pembaca").get("/bantahan").status_code == 403


class Denying(Pointing):
    """A detector to whom what a fact-checker says is a denial."""

    def score(self, title: str, text: str) -> Score:
        plain = super().score(title, text)
        return replace(plain, stance="refutes", flag=False) if title.startswith("[") else plain


def test_scoring_puts_a_denial_into_the_lane_once(house: House, clock: Clock, web: Web) -> None:
    denying = replace(house, detector=Denying())
    pipeline.collect(denying, clock, Event())
    with house.store.read() as tx:
        found = tx.statements()
    assert [(row.words.title, row.statement.kind, row.statement.official) for row in found if row.words] == [
        ("[SALAH] Surat suara", BANTAHAN, False)]
    with house.store.write() as tx:
        other = tx.add(replace(found[0].article, id=0, version=2))
        tx.put_waiting(Waiting(other.entry, "score", clock(), "cekfakta.example"))
    clock.at += timedelta(minutes=30)
    pipeline.collect(denying, clock, Event())
    with house.store.read() as tx:
        assert tx.score_of(other.id) is not None
        assert tx.statements() == found
