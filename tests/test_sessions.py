"""Sessions under changes that come at the same moment: nobody keeps, or wins, what they have not proven."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from monitor.people import Account, Refusal, codes
from monitor.pipeline import people
from monitor.pipeline.people import Attempt, Welcome
from monitor.store import Store
from tests import made_city
from tests.made_city import NOW
from tests.test_people import PASSWORD, SECRET, Clock, account, client, log_in, soup

NEW = "lampu sungai kuda batu"
ATTEMPT = Attempt("sari", PASSWORD, "", "10.0.0.1", "")


class Meanwhile:
    """A hasher under which something happens while it works."""

    def __init__(self, what: Callable[[], object]) -> None:
        self.what = what

    def hash(self, password: str) -> str:
        made = made_city.HASHING.hash(password)
        self.what()
        return made

    def fits(self, password: str, hashed: str) -> bool:
        found = made_city.HASHING.fits(password, hashed)
        self.what()
        return found


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    held = made_city.opened(tmp_path)
    yield held
    held.close()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.mark.parametrize("name", ["link", "disable", "password"])
def test_a_login_that_was_overtaken_opens_nothing(store: Store, name: str) -> None:
    made = account(store)
    changed = {
        "link": lambda: people.reset(store, "sari", "kunci", "ayu", NOW),
        "disable": lambda: people.set_disabled(store, "sari", True, "ayu", NOW),
        "password": lambda: people.change_password(store, made_city.HASHING, made, PASSWORD, NEW, (), "", NOW),
    }[name]
    assert isinstance(people.log_in(store, Meanwhile(changed), ATTEMPT, "kue", "gawai", NOW), Refusal)
    people.set_disabled(store, "sari", False, "ayu", NOW)
    assert people.visitor(store, "kue", NOW) is None
    assert isinstance(people.log_in(store, made_city.HASHING, replace(ATTEMPT, password=NEW), "k", "d", NOW),
                      Account) is (name == "password")


def test_roles_given_while_a_link_is_used_are_kept(store: Store) -> None:
    account(store)
    people.reset(store, "sari", "kunci", "ayu", NOW)
    slow = Meanwhile(lambda: people.set_roles(store, "sari", ("pembaca",), "ayu", NOW))
    people.accept(store, slow, "kunci", Welcome(NEW), (), "", (), NOW)
    with store.read() as tx:
        found = tx.get(Account, "sari")
    assert found is not None
    assert found.roles == ("pembaca",), "an administrator took a role away; using a link does not bring it back"


def test_setting_up_a_second_factor_ends_sessions_that_had_none(store: Store, clock: Clock) -> None:
    """Somebody with the password alone waits in a session of their own for the roles to come in force."""
    account(store, "rini", ("redaktur",))
    thief, rini = client(store, clock), client(store, clock)
    assert log_in(thief, "rini").status_code == log_in(rini, "rini").status_code == 303
    assert thief.get("/audit").status_code == 403
    secret = str(soup(rini.get("/akun").text).select_one("input[name=rahasia]")["value"])
    code = codes.code_at(secret, codes.step_of(clock.at))
    assert rini.send("/akun/faktor", {"rahasia": secret, "kode": code}).status_code == 200
    assert rini.get("/audit").status_code == 200, "who proved it goes on"
    assert thief.get("/audit").status_code == 303, "and is asked to log in"
    assert log_in(thief, "rini").status_code == 401


def test_a_cookie_that_was_made_up_is_none(store: Store, clock: Clock) -> None:
    account(store, "rini", ("redaktur",), store.seals.seal(SECRET, "rini"))
    browser = client(store, clock)
    browser.cookies.set("sesi", "a" * 43, domain="127.0.0.1")
    code = codes.code_at(SECRET, codes.step_of(clock.at))
    answer = log_in(browser, "rini", code=code)
    assert answer.status_code == 303
    opened = [one for one in answer.headers.get_list("set-cookie") if one.startswith("sesi=")]
    assert len(opened) == 1
    assert "a" * 43 not in opened[0], "a login never goes on under a cookie that was there before"
