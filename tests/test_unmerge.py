"""A merger that was wrong is undone whole: both isu as before, as long as nothing happened to the other one since."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup

from monitor import desk as pages
from monitor import rumors
from monitor.items import Item
from monitor.people import Person, Refusal
from monitor.pipeline import acts, joining
from monitor.pipeline.acts import Stale
from monitor.pipeline.cases import Link
from monitor.rumors import DIGABUNG, TERBUKA, TERVERIFIKASI, Rumor
from monitor.store import Store
from tests import made_city
from tests.asgi import Client
from tests.people import ANI, BUDI, KARTA, RINI, TAMU
from tests.test_joining import LATER, OTHER, carried, found, isu, konten, merged, parted, rumor, signed

__all__ = ["konten"]
THEN = LATER + timedelta(minutes=5)
WRONG = "Ternyata dua klaim yang berbeda."


def undone(store: Store, number: int, person: Person = ANI, reason: str = WRONG, version: int = 0) -> Rumor | Refusal:
    return joining.unmerge(store, number, version or rumor(store, number).version, person, reason, THEN)


def refused(outcome: object, *words: str) -> None:
    assert isinstance(outcome, Refusal), outcome
    assert all(word in outcome.sentence for word in words), outcome.sentence


@pytest.fixture
def pair(store: Store, konten: list[int]) -> tuple[int, int]:
    """Two isu of two konten each, the first merged into the second."""
    first, second = isu(store, konten[:2]), isu(store, konten[2:4], OTHER)
    acts.lay_note(store, first, ANI, "Catatan dari isu pertama.", LATER)
    assert isinstance(merged(store, first, second), Rumor)
    return first, second


def test_both_are_as_before_and_every_row_stays(store: Store, konten: list[int], pair: tuple[int, int]) -> None:
    first, second = pair
    assert carried(store, second) == [konten[2], konten[3], konten[0], konten[1]]
    back = undone(store, first)
    assert isinstance(back, Rumor)
    assert (back.state, back.holder) == (TERBUKA, "ani")
    assert (carried(store, first), carried(store, second)) == (konten[:2], konten[2:4])
    with store.read() as tx:
        assert (tx.merged_to(first), tx.merged_into(second), tx.merger(first)) == (first, [], None)
        assert [one.rumor for one in tx.evidence(second)] == []
        assert [one.rumor for one in tx.evidence(first)] == [first]
        assert [act.act for act in tx.rumor_acts(first)] == ["gabung", "batalkan penggabungan"]
        assert [act.act for act in tx.rumor_acts(second)] == ["terima gabungan", "lepas gabungan"]
        assert [act.act for act in tx.acts()][-4:] == ["batalkan penggabungan", "lepas gabungan"] + ["pindah isu"] * 2
        assert all(tx.get(Item, one).state == "DALAM ISU" for one in konten[:4])
        assert tx.audit_faults() == []
    refused(undone(store, first), "TERBUKA")


def test_who_held_it_holds_it_again(store: Store, konten: list[int]) -> None:
    free, second = isu(store, konten[:1]), isu(store, konten[1:2], OTHER)
    acts.on_rumor(store, free, 1, ANI, lambda one: rumors.release(one, ANI, LATER), LATER)
    assert isinstance(merged(store, free, second, person=BUDI), Rumor)
    back = undone(store, free, BUDI)
    assert isinstance(back, Rumor)
    assert back.holder == ""


def test_it_may_be_merged_again_elsewhere_and_undone_again(store: Store, konten: list[int],
                                                          pair: tuple[int, int]) -> None:
    first, second = pair
    third = isu(store, konten[4:5], "Klaim ketiga yang lain sekali")
    undone(store, first)
    assert isinstance(merged(store, first, third), Rumor)
    with store.read() as tx:
        assert (tx.merged_to(first), tx.merged_into(second), tx.merged_into(third)) == (third, [], [first])
    assert isinstance(undone(store, first), Rumor)
    assert isinstance(merged(store, first, second), Rumor)
    assert sorted(carried(store, second)) == sorted(konten[:4])
    assert isinstance(undone(store, first), Rumor)
    assert (carried(store, first), carried(store, second), carried(store, third)) == (
        konten[:2], konten[2:4], konten[4:5])


def test_a_target_that_was_verified_before_keeps_its_finding(store: Store, konten: list[int]) -> None:
    first, second = isu(store, konten[:2]), isu(store, konten[2:4], OTHER)
    found(store, second)
    signed(store, second)
    assert isinstance(merged(store, first, second), Rumor)
    assert isinstance(undone(store, first), Rumor)
    assert rumor(store, second).state == TERVERIFIKASI
    assert carried(store, second) == konten[2:4]


HAPPENED: dict[str, Callable[[Store, int, list[int]], object]] = {
    "bukti": lambda store, isu, konten: acts.lay_note(store, isu, ANI, "Segel utuh.", THEN),
    "bukti alamat": lambda store, isu, konten: acts.lay_evidence(
        store, made_city.settings(), isu, ANI, [Link("https://kpu.go.id/1", "x", None, "", "")], THEN),
    "catatan pemeriksaan": lambda store, isu, konten: acts.check(store, isu, ANI, "asal", "Dari grup.", THEN),
    "konten lain": lambda store, isu, konten: acts.attach(store, [(konten[5], 0)], ANI, "", isu, THEN),
    "ajukan hasil": lambda store, isu, konten: found(store, isu),
    "pisahkan": lambda store, isu, konten: parted(store, isu, konten[2:3], "Klaim yang lain lagi di sini"),
    "terima gabungan": lambda store, isu, konten: merged(store, 3, isu),
    "gabung": lambda store, isu, konten: merged(store, isu, 3),
}


@pytest.mark.parametrize("name", HAPPENED)
def test_what_happened_since_stands_in_the_way_and_is_named(store: Store, konten: list[int], name: str,
                                                            pair: tuple[int, int]) -> None:
    first, second = pair
    assert isu(store, konten[6:7], "Klaim ketiga yang lain sekali") == 3
    outcome = HAPPENED[name](store, second, konten)
    assert not isinstance(outcome, Refusal), outcome
    before = carried(store, second)
    refused(undone(store, first), f"isu {second}", "Pisahkan", name.removesuffix(" alamat"))
    assert rumor(store, first).state == DIGABUNG
    assert carried(store, second) == before


def test_changing_hands_does_not_stand_in_the_way(store: Store, pair: tuple[int, int]) -> None:
    first, second = pair
    acts.on_rumor(store, second, rumor(store, second).version, ANI, lambda one: rumors.release(one, ANI, THEN), THEN)
    acts.on_rumor(store, second, rumor(store, second).version, BUDI, lambda one: rumors.take(one, BUDI, THEN), THEN)
    assert isinstance(undone(store, first), Rumor)
    assert rumor(store, second).holder == "budi"


@pytest.mark.parametrize("person, allowed", [(ANI, True), (RINI, True), (BUDI, False), (KARTA, False), (TAMU, False)])
def test_who_may(store: Store, pair: tuple[int, int], person: Person, allowed: bool) -> None:
    assert isinstance(undone(store, pair[0], person), Rumor) is allowed


def test_a_reason_an_isu_and_its_version(store: Store, pair: tuple[int, int]) -> None:
    refused(undone(store, pair[0], reason=" \n"), "alasan")
    refused(joining.unmerge(store, 99, 1, ANI, WRONG, THEN), "99")
    assert isinstance(undone(store, pair[0], version=1), Stale)
    refused(undone(store, pair[1]), "TERBUKA")
    assert rumor(store, pair[0]).state == DIGABUNG


def test_of_two_at_once_one_is_told(store: Store, pair: tuple[int, int]) -> None:
    from concurrent.futures import ThreadPoolExecutor

    version = rumor(store, pair[0]).version
    with ThreadPoolExecutor(2) as pool:
        done = list(pool.map(lambda who: joining.unmerge(store, pair[0], version, who, WRONG, THEN), (ANI, RINI)))
    assert sorted(isinstance(one, Rumor) for one in done) == [False, True]
    assert len(carried(store, pair[0])) == 2


def test_on_the_desk(store: Store, pair: tuple[int, int]) -> None:
    first, second = pair
    browser = Client(pages.app(made_city.desk(store)))
    browser.cookies.set("sesi", made_city.logged_in(store, "ani", ("verifikator",)), domain="127.0.0.1")
    form = f"form[action='/isu/{first}/batal-gabung']"
    page = BeautifulSoup(browser.get(f"/isu/{first}").text, "html.parser")
    fields = {str(one["name"]): str(one.get("value", "")) for one in page.select(f"{form} input")}
    wrong = browser.send(f"/isu/{first}/batal-gabung", {**fields, "alasan_batal": " "})
    assert wrong.status_code == 422
    assert "alasan" in BeautifulSoup(wrong.text, "html.parser").select_one(".told[role=alert]").get_text()
    done = browser.send(f"/isu/{first}/batal-gabung", {**fields, "alasan_batal": WRONG})
    assert (done.status_code, done.headers["location"]) == (303, f"/isu/{first}")
    after = browser.get(f"/isu/{first}").text
    assert WRONG in after
    assert not BeautifulSoup(after, "html.parser").select(form)
    assert browser.send(f"/isu/{first}/batal-gabung", {**fields, "alasan_batal": WRONG}).status_code == 409
    other = Client(pages.app(made_city.desk(store)))
    other.cookies.set("sesi", made_city.logged_in(store, "budi", ("verifikator",)), domain="127.0.0.1")
    merged(store, first, second)
    assert not BeautifulSoup(other.get(f"/isu/{first}").text, "html.parser").select(form)
