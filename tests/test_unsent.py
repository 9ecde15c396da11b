"""A session that ends in the middle of a long text: kept for that account alone, offered again, bounded."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from monitor import desk as pages
from monitor.people import Account, Person
from monitor.pipeline import acts, keeping
from monitor.rumors import MENUNGGU, Rumor
from monitor.store import Store
from monitor.unsent import KEPT_FOR, MOST
from tests import made_city
from tests.asgi import Client

HERE = "http://127.0.0.1:8765"
LONG = "KPU Kota Contoh menunjukkan segel gudang yang utuh. " * 40
CLAIM = "Surat suara untuk Kota Contoh sudah tercoblos di gudang"


class Clock:
    def __init__(self) -> None:
        self.at = made_city.NOW

    def __call__(self) -> datetime:
        return self.at


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    held = made_city.opened(tmp_path)
    made_city.add_konten(held, made_city.settings(), 0)
    sari = Person("sari", ("verifikator",))
    made = acts.attach(held, [(1, 0)], sari, CLAIM, 0, made_city.NOW)
    assert isinstance(made, Rumor)
    acts.lay_note(held, made.id, sari, "Segel utuh.", made_city.NOW)
    yield held
    held.close()


def browser(store: Store, clock: Clock) -> Client:
    return Client(pages.app(made_city.desk(store, now=clock, demo=True)), HERE)


def logged_in(store: Store, clock: Clock, name: str = "sari") -> Client:
    found = browser(store, clock)
    found.cookies.set("sesi", made_city.logged_in(store, name, ("verifikator",), clock.at), domain="127.0.0.1")
    return found


def lose(client: Client, clock: Clock, text: str = LONG) -> BeautifulSoup:
    """Half an hour passes over a finding; it is sent and finds no session."""
    fields = {"tanda": client.sign(), "versi": "1", "hasil": "HOAKS", "jenis": "konten palsu", "penjelasan": text}
    clock.at += timedelta(minutes=31)
    answer = client.post("/isu/1/hasil", data=fields, headers={"origin": HERE})
    assert answer.status_code == 401
    return soup(answer.text)


def soup(text: str) -> BeautifulSoup:
    return BeautifulSoup(text, "html.parser")


def test_a_long_text_is_offered_again_after_the_login_and_sent(store: Store, clock: Clock) -> None:
    sari = logged_in(store, clock)
    page = lose(sari, clock)
    assert "akun yang sama" in page.select_one(".told").get_text()
    assert LONG[:60] not in str(page), "the text is kept at the server, not in the login page"
    back = sari.send("/masuk/demo", {"nama": "sari"})
    assert (back.status_code, back.headers["location"]) == (303, "/lanjut")
    offered = soup(sari.get("/lanjut").text)
    form = offered.select_one("form[action='/isu/1/hasil']")
    fields = {one["name"]: one.get("value", one.get_text()) for one in form.select("input, textarea")}
    assert fields["penjelasan"] == LONG
    done = sari.post("/isu/1/hasil", data=fields, headers={"origin": HERE})
    assert done.status_code == 303, soup(done.text).select_one(".told")
    with store.read() as tx:
        rumor = tx.get(Rumor, 1)
        assert tx.unsent("sari") == []
    assert rumor is not None
    assert rumor.state == MENUNGGU
    assert sari.get("/lanjut").status_code == 303


def test_another_account_never_sees_it(store: Store, clock: Clock) -> None:
    sari = logged_in(store, clock)
    lose(sari, clock)
    logged_in(store, clock, "budi")
    budi = sari.send("/masuk/demo", {"nama": "budi"})
    assert budi.headers["location"] != "/lanjut"
    assert LONG[:60] not in sari.get("/lanjut").text
    key = keeping.kept(store, "sari", clock.at)[0].key
    sari.send("/lanjut/buang", {"mana": key})
    assert len(keeping.kept(store, "sari", clock.at)) == 1
    assert keeping.kept(store, "budi", clock.at) == []


def test_thrown_away_it_is_gone_and_refused_it_stays(store: Store, clock: Clock) -> None:
    sari = logged_in(store, clock)
    lose(sari, clock)
    sari.send("/masuk/demo", {"nama": "sari"})
    key = keeping.kept(store, "sari", clock.at)[0].key
    refused = sari.send("/isu/1/hasil", {"belum": key, "versi": "7", "hasil": "HOAKS", "penjelasan": LONG})
    assert refused.status_code == 409
    assert len(keeping.kept(store, "sari", clock.at)) == 1
    sari.send("/lanjut/buang", {"mana": key})
    assert keeping.kept(store, "sari", clock.at) == []


def test_bounded_by_number_and_time(store: Store, clock: Clock) -> None:
    logged_in(store, clock)
    for n in range(MOST + 3):
        clock.at += timedelta(minutes=1)
        assert keeping.keep(store, "sesi-sari", f"k{n}", "/isu/1/hasil", {"penjelasan": f"{LONG}{n}"}, clock.at)
        assert keeping.keep(store, "sesi-sari", f"l{n}", "/isu/1/hasil", {"penjelasan": f"{LONG}{n}"}, clock.at)
    assert [one.key for one in keeping.kept(store, "sari", clock.at)] == [f"l{n}" for n in range(MOST + 2, 2, -1)]
    clock.at += KEPT_FOR + timedelta(seconds=1)
    assert keeping.kept(store, "sari", clock.at) == []
    keeping.keep(store, "sesi-sari", "z", "/isu/1/hasil", {"penjelasan": LONG}, clock.at)
    with store.read() as tx:
        assert [one.key for one in tx.unsent("sari")] == ["z"]


@pytest.mark.parametrize(("cookie", "path", "fields"), [
    ("", "/isu/1/hasil", {"penjelasan": LONG}), ("karangan", "/isu/1/hasil", {"penjelasan": LONG}),
    ("sesi-sari", "/akun/sandi", {"lama": LONG}), ("sesi-sari", "/isu/1/ambil", {"versi": "1"}),
    ("sesi-mati", "/isu/1/hasil", {"penjelasan": LONG}),
])  # fmt: skip
def test_nothing_is_kept_for_strangers_of_secrets_or_of_a_mere_button(
    store: Store, clock: Clock, cookie: str, path: str, fields: dict[str, str]
) -> None:
    logged_in(store, clock)
    logged_in(store, clock, "mati")
    with store.write() as tx:
        gone = tx.get(Account, "mati")
        assert gone is not None
        tx.put([replace(gone, disabled=True)])
    assert not keeping.keep(store, cookie, "k", path, fields, clock.at)
    with store.read() as tx:
        assert tx.unsent("sari") == tx.unsent("mati") == []


def test_without_a_known_session_the_login_page_keeps_it(store: Store, clock: Clock) -> None:
    logged_in(store, clock)
    stranger = Client(pages.app(made_city.desk(store, now=clock)), HERE)
    answer = stranger.post("/isu/1/hasil", data={"penjelasan": LONG}, headers={"origin": HERE})
    assert answer.status_code == 401
    assert soup(answer.text).select_one("input[name=isi-penjelasan]")["value"] == LONG
