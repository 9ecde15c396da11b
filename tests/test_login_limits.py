"""The page of too many logins: 429 with Retry-After and a true sentence; a victim of guesses is not kept out."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from monitor.people.limits import MOST, WINDOW
from monitor.pipeline import people
from monitor.store import Store
from tests import made_city
from tests.asgi import Client
from tests.made_city import NOW
from tests.test_people import PASSWORD, Clock, account, client, log_in, soup

NEW = "lampu sungai kuda batu"


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    held = made_city.opened(tmp_path)
    account(held)
    yield held
    held.close()


def guess(browser: Client, times: int, name: str = "sari") -> list[httpx.Response]:
    return [log_in(browser, name, f"tebakan nomor {n}") for n in range(times)]


def waits(answer: httpx.Response) -> int:
    assert answer.status_code == 429
    return int(answer.headers["retry-after"])


def test_the_page_says_how_long_and_what_else_helps(store: Store, clock: Clock) -> None:
    guess(client(store, clock), MOST["akun"])
    clock.at += timedelta(minutes=4, seconds=20)
    answer = log_in(client(store, clock), "sari", PASSWORD, ke="/isu", **{"isi-klaim": "Klaim yang sedang ditulis"})
    assert waits(answer) == int((WINDOW - timedelta(minutes=4, seconds=20)).total_seconds())
    page = soup(answer.text)
    told = page.select_one(".told[role=alert]").get_text()
    assert "Terlalu banyak percobaan" in told
    assert "Tunggu 11 menit" in told
    assert "tautan baru" in told
    assert page.select_one("input[name=nama]")["value"] == "sari"
    assert page.select_one("input[name=ke]")["value"] == "/isu"
    assert page.select_one("input[name=isi-klaim]")["value"] == "Klaim yang sedang ditulis", "nothing typed is lost"
    assert PASSWORD not in answer.text
    assert "no-store" in answer.headers["cache-control"]
    assert "set-cookie" not in answer.headers or "sesi=" not in answer.headers["set-cookie"]


def test_it_speaks_english_to_whoever_chose_it(store: Store, clock: Clock) -> None:
    browser = client(store, clock)
    guess(browser, MOST["akun"])
    browser.cookies.set("bahasa", "en", domain="127.0.0.1")
    assert "Too many attempts" in soup(log_in(browser).text).select_one(".told").get_text()


def test_after_retry_after_the_door_opens(store: Store, clock: Clock) -> None:
    seconds = waits(guess(client(store, clock), MOST["akun"] + 1)[-1])
    clock.at += timedelta(seconds=seconds - 1)
    assert log_in(client(store, clock)).status_code == 429
    clock.at += timedelta(seconds=1)
    assert log_in(client(store, clock)).status_code == 303


def test_a_victim_works_on_and_comes_in_while_guessing_goes_on(store: Store, clock: Clock) -> None:
    sari = client(store, clock)
    assert log_in(sari).status_code == 303
    for _ in range(5):
        guess(client(store, clock), MOST["akun"] + 2)
        assert sari.get("/akun").status_code == 200, "a session ends by nobody's guesses"
        sari.send("/keluar")
        assert log_in(sari).status_code == 303, "a browser that was known comes in"
        clock.at += timedelta(minutes=3)


def test_a_victim_in_a_new_browser_comes_in_by_a_one_time_link(store: Store, clock: Clock) -> None:
    guess(client(store, clock), MOST["akun"] + 2)
    people.reset(store, "sari", "kunci", "ayu", clock.at)
    fresh = client(store, clock)
    assert log_in(fresh).status_code == 429
    fields = {"kunci": "kunci", "sandi": NEW, "ulang": NEW}
    assert fresh.send("/undangan", fields).status_code == 200
    guess(client(store, clock), 3)
    assert log_in(fresh, password=NEW).status_code == 303, "the sentence promised this"


def test_the_device_cookie_of_another_account_opens_nothing(store: Store, clock: Clock) -> None:
    account(store, "budi")
    budi = client(store, clock)
    assert log_in(budi, "budi").status_code == 303
    budi.send("/keluar")
    told = [one.status_code for one in guess(budi, MOST["akun"] + 1)]
    assert told == [401] * MOST["akun"] + [429]


def test_one_account_of_ones_own_does_not_begin_the_count_of_an_address_anew(store: Store, clock: Clock) -> None:
    """Guessing one password on many names, with a good login in between each time."""
    for n in range(MOST["alamat"]):
        assert log_in(client(store, clock), f"nama{n}", "tebakan").status_code == 401
        if n < MOST["alamat"] - 1:
            assert log_in(client(store, clock)).status_code == 303
    assert waits(log_in(client(store, clock), "nama-lain", "tebakan")) > 0


def test_an_office_behind_one_address_logs_in_as_often_as_it_likes(store: Store, clock: Clock) -> None:
    assert {log_in(client(store, clock)).status_code for _ in range(MOST["alamat"] + 5)} == {303}


def test_unknown_names_wait_like_known_ones(store: Store, clock: Clock) -> None:
    known, unknown = guess(client(store, clock), MOST["akun"] + 1)[-1], None
    clock.at += WINDOW
    unknown = guess(client(store, clock), MOST["akun"] + 1, "tiada")[-1]
    assert (known.status_code, waits(known)) == (unknown.status_code, waits(unknown))
    texts = {soup(one.text).select_one(".told").get_text() for one in (known, unknown)}
    assert len(texts) == 1


def test_the_demo_has_no_password_to_guess(store: Store, clock: Clock) -> None:
    assert client(store, clock).send("/masuk/demo", {"nama": "sari"}).status_code == 404
    assert clock.at == NOW
