"""Merging and splitting by plain forms: what the pages say, that a merged isu is still found, and for whom."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from monitor import desk as pages
from monitor.people import Person
from monitor.pipeline import Finding, acts
from monitor.rumors import DIGABUNG, Rumor
from monitor.store import Store
from tests import made_city
from tests.asgi import Client

HERE = "http://127.0.0.1:8765"
SARI, RINI = Person("sari", ("verifikator",)), Person("rini", ("verifikator", "redaktur"))
CLAIM, OTHER = "Surat suara sudah tercoblos di gudang KPU", "Pendaftaran bantuan bagi pemilih lewat tautan"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    held = made_city.opened(tmp_path)
    known = made_city.settings()
    for n in (0, 1, 2, 4):
        made_city.add_konten(held, known, n)
    same = made_city.Words("Judul yang sama", "Isi yang sama.")
    for n in (5, 6, 7):
        made_city.add_konten(held, known, n, words=same)
    yield held
    held.close()


def browser(store: Store, name: str, *roles: str) -> Client:
    found = Client(pages.app(made_city.desk(store)), HERE)
    found.cookies.set("sesi", made_city.logged_in(store, name, roles), domain="127.0.0.1")
    return found


def isu(store: Store, *konten: int, claim: str = CLAIM) -> int:
    made = acts.attach(store, [(one, 0) for one in konten], SARI, claim, 0, made_city.NOW)
    assert isinstance(made, Rumor), made
    return made.id


def soup(text: str) -> BeautifulSoup:
    return BeautifulSoup(text, "html.parser")


def test_a_merged_isu_keeps_its_address_and_is_found(store: Store) -> None:
    first, second = isu(store, 1, 2), isu(store, 3, claim=OTHER)
    sari = browser(store, "sari", "verifikator")
    refused = sari.send(f"/isu/{first}/gabung", {"versi": "1", "tujuan": str(second), "alasan_gabung": " "})
    assert refused.status_code == 422
    page = soup(refused.text)
    assert page.select_one("#tujuan option[selected]")["value"] == str(second)
    assert page.select_one("#gabung details").has_attr("open")
    answer = sari.send(f"/isu/{first}/gabung", {"versi": "1", "tujuan": str(second), "alasan_gabung": "Sama."})
    assert (answer.status_code, answer.headers["location"]) == (303, f"/isu/{second}")
    gone = soup(sari.get(f"/isu/{first}").text)
    assert f"digabung ke isu #{second}" in gone.select_one(".told").get_text()
    assert gone.select_one(".told a")["href"] == f"/isu/{second}"
    assert not gone.select("form[action$='/gabung'], form[action$='/hasil'], form[action$='/bukti']")
    assert f"#{first} {CLAIM}" in soup(sari.get(f"/isu/{second}").text).get_text()
    assert f"/isu/{second}" in [a["href"] for a in soup(sari.get("/konten/1").text).select("aside a")]
    assert [one["value"] for one in soup(sari.get("/konten/4").text).select("#isu option")] == ["", str(second)]
    for sought in ("tercoblos gudang", f"#{first}", str(first)):
        found = soup(sari.get("/isu", params={"cari": sought}).text).select(".rows li")
        assert [row.select_one("h2 a")["href"] for row in found] == [f"/isu/{first}"]
        assert f"digabung ke isu #{second}" in " ".join(found[0].get_text().split())
    assert "Tidak ada isu yang cocok" in sari.get("/isu", params={"cari": "100%_ tiada"}).text


def test_a_pembaca_is_led_from_the_merged_isu_to_the_finding(store: Store) -> None:
    first, second = isu(store, 1), isu(store, 3, claim=OTHER)
    tamu = browser(store, "tamu", "pembaca")
    browser(store, "sari", "verifikator").send(f"/isu/{first}/gabung", {"versi": "1", "tujuan": str(second),
                                                                       "alasan_gabung": "Sama."})
    assert tamu.get(f"/isu/{first}").status_code == 404
    acts.lay_note(store, second, SARI, "Segel utuh.", made_city.NOW)
    told = Finding(OTHER, "HOAKS", "KPU menunjukkan segel.", "konten palsu")
    made = acts.propose(store, made_city.settings(), second, 2, SARI, told, made_city.NOW)
    assert isinstance(made, Rumor), made
    done = acts.sign(store, second, 3, RINI, None, made_city.NOW + made_city.timedelta(minutes=1))
    assert isinstance(done, Rumor), done
    rini = soup(browser(store, "rini", "redaktur").get("/konten/1").text)
    within = [" ".join(row.get_text().split()) for row in rini.select("aside section:first-of-type li")]
    assert within == [f"{CLAIM} · digabung · dahulu", f"{OTHER} HOAKS · terverifikasi"]
    led = tamu.get(f"/isu/{first}")
    assert (led.status_code, led.headers["location"]) == (303, f"/isu/{second}?dari={first}")
    page = tamu.get(led.headers["location"]).text
    assert f"Isu {first} digabung ke isu ini" in page
    assert CLAIM not in page


def test_split_by_form_keeps_what_was_typed_when_refused(store: Store) -> None:
    first = isu(store, 1, 2, 3)
    sari = browser(store, "sari", "verifikator")
    page = soup(sari.get(f"/isu/{first}").text)
    ticks = {box["name"]: box["value"] for box in page.select("form[action$='/pisah'] input[type=checkbox]")}
    assert set(ticks) == {"k-1", "k-2", "k-3"}
    fields = {"versi": "1", "k-2": ticks["k-2"], "alasan_pisah": "Klaimnya lain."}
    short = sari.send(f"/isu/{first}/pisah", {**fields, "klaim_pisah": "pendek"})
    again = soup(short.text)
    assert short.status_code == 422
    assert again.select_one("#klaim-pisah").get_text() == "pendek"
    assert again.select_one("input[name=k-2]").has_attr("checked")
    done = sari.send(f"/isu/{first}/pisah", {**fields, "klaim_pisah": OTHER})
    assert done.status_code == 303
    with store.read() as tx:
        new = int(str(done.headers["location"]).split("/")[-1])
        assert [one.id for one in tx.carriers(new)] == [2]
        assert [one.id for one in tx.carriers(first)] == [1, 3]
    late = sari.send(f"/isu/{first}/pisah", {**fields, "klaim_pisah": OTHER})
    assert late.status_code == 409
    assert "sari lebih dahulu: “pisahkan”" in soup(late.text).select_one(".told").get_text()


def test_same_text_is_proposed_and_a_person_confirms(store: Store) -> None:
    first, second = isu(store, 5), isu(store, 6, claim=OTHER)
    sari = browser(store, "sari", "verifikator")
    page = soup(sari.get(f"/isu/{first}").text)
    box = page.select_one("form[action='/konten/lekatkan'] input[type=checkbox]")
    assert (box["name"], box.has_attr("checked")) == ("k-7", False)
    assert f"/isu/{second}" in [a["href"] for a in page.select("aside a")]
    sari.send("/konten/lekatkan", {"isu": str(first), box["name"]: box["value"]})
    with store.read() as tx:
        assert [one.id for one in tx.carriers(first)] == [5, 7]
    assert not soup(sari.get(f"/isu/{first}").text).select("form[action='/konten/lekatkan']")


@pytest.mark.parametrize("path", ["gabung", "pisah"])
def test_acts_on_what_is_not_there_or_already_merged(store: Store, path: str) -> None:
    first, second = isu(store, 1), isu(store, 2, claim=OTHER)
    sari = browser(store, "sari", "verifikator")
    fields = {"versi": "1", "tujuan": str(second), "alasan_gabung": "Sama.", "alasan_pisah": "Lain."}
    assert sari.send(f"/isu/99/{path}", fields).status_code == 404
    assert sari.send(f"/isu/{'9' * 30}/{path}", fields).status_code == 404
    sari.send(f"/isu/{first}/gabung", fields)
    assert sari.send(f"/isu/{first}/{path}", {**fields, "versi": "2"}).status_code == 422
    with store.read() as tx:
        assert [one.state for one in tx.rumors(DIGABUNG)] == [DIGABUNG]
