"""What walks through the desk share: a clock, a made-up visit, people logged in, plain forms, hands on a browser."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import httpx
from bs4 import BeautifulSoup

from monitor import desk as pages
from monitor.pipeline import Link
from monitor.store import Store
from tests import made_city
from tests.asgi import Client

HERE = "http://127.0.0.1:8765"
CLAIM = "Surat suara untuk Kota Contoh sudah tercoblos di gudang"
EXPLANATION = "KPU Kota Contoh menunjukkan segel gudang yang utuh."
FARTHEST = 250


class Clock:
    """A clock that a test sets forward."""

    def __init__(self) -> None:
        self.at = made_city.NOW

    def __call__(self) -> datetime:
        return self.at


def visited(urls: Iterable[str]) -> list[Link]:
    """What a visit to any address brings."""
    return [Link(url, "Pernyataan KPU Kota Contoh", None, "ab" * 32, "") for url in urls]


def browser(store: Store, clock: Clock, name: str, *roles: str) -> Client:
    """Somebody logged in, without a real browser."""
    found = Client(pages.app(made_city.desk(store, now=clock, visit=visited)), HERE)
    found.cookies.set("sesi", made_city.logged_in(store, name, roles, clock.at), domain="127.0.0.1")
    return found


def soup(text: str) -> BeautifulSoup:
    return BeautifulSoup(text, "html.parser")


def version(client: Client, path: str) -> str:
    """What stands as the version in the forms of a page."""
    return str(soup(client.get(path).text).select_one("input[name=versi]")["value"])


def press(client: Client, page: str, act: str, **fields: str) -> httpx.Response:
    """Sends a form of a page as it stands there."""
    return client.send(f"{page}/{act}", {"versi": version(client, page), **fields})


def as_(page: Any, store: Store, clock: Clock, name: str, *roles: str) -> None:
    """The browser becomes somebody else's."""
    cookie = made_city.logged_in(store, name, roles, clock.at)
    page.context.clear_cookies()
    page.context.add_cookies([{"name": "sesi", "value": cookie, "domain": "127.0.0.1", "path": "/"}])


class Pointer:
    """What a person does on a page of a browser with a mouse or a finger."""

    def __init__(self, page: Any) -> None:
        self.page = page

    def press(self, spot: Any) -> None:
        spot.click()

    def send(self, spot: Any) -> None:
        """Presses what leads to another page, and waits for it."""
        with self.page.expect_navigation():
            self.press(spot)

    def write(self, spot: Any, text: str) -> None:
        spot.fill(text)

    def choose(self, spot: Any, option: str) -> None:
        spot.select_option(option)

    def tick(self, spot: Any) -> None:
        spot.check()


class Keys(Pointer):
    """The same by keyboard alone: Tab leads everywhere, and where it led can be seen."""

    def press(self, spot: Any) -> None:
        self._reach(spot)
        self.page.keyboard.press("Enter")

    def write(self, spot: Any, text: str) -> None:
        self._reach(spot)
        self.page.keyboard.press("Control+a")
        self.page.keyboard.insert_text(text)
        assert spot.input_value() == text

    def choose(self, spot: Any, option: str) -> None:
        self._reach(spot)
        self.page.keyboard.type(option)
        assert spot.input_value() == option

    def tick(self, spot: Any) -> None:
        """The radio buttons of one name are one stop of the Tab key; arrows go from one to the next."""
        group = self.page.locator(f"input[name={spot.get_attribute('name')}]")
        self._reach(group.first)
        self.page.keyboard.press("Space")
        for _ in range(group.count()):
            if spot.is_checked():
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"{spot} is not reached by arrow keys")

    def _reach(self, spot: Any) -> None:
        spot.wait_for()
        target = spot.element_handle()
        for _ in range(FARTHEST):
            if target.evaluate("element => document.activeElement === element"):
                assert target.evaluate("element => getComputedStyle(element).outlineStyle !== 'none'"), "no focus ring"
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"{spot} is not reached by the Tab key")
