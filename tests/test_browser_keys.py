"""Two hundred konten on a Monday, by keys alone: what a key did is seen, and nobody loses their place."""

from collections.abc import Iterator
from typing import Any

import pytest

from monitor.items import DIKESAMPINGKAN, Item
from monitor.store import Store
from tests import made_city
from tests.test_browser import CHROMIUM, WIDE, playwright, served

pytestmark = pytest.mark.browser


@pytest.fixture
def store(tmp_path: Any) -> Iterator[Store]:
    held = made_city.opened(tmp_path)
    made_city.fill(held, made_city.settings(), konten=70)
    yield held
    held.close()


@pytest.fixture
def page(store: Store) -> Iterator[Any]:
    with served(store) as address, playwright.sync_playwright() as tool:
        browser = tool.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        context = browser.new_context(viewport={"width": WIDE[0], "height": WIDE[1]})
        context.add_cookies([{"name": "sesi", "value": "sesi-sari", "domain": "127.0.0.1", "path": "/"}])
        opened = context.new_page()
        opened.set_default_timeout(60_000)
        opened.goto(address + "/?keadaan=baru")
        yield opened
        browser.close()


def ids(page: Any) -> list[int]:
    return [int(one) for one in page.locator(".rows > li").evaluate_all("rows => rows.map(row => row.dataset.id)")]


def current(page: Any) -> int:
    return int(page.locator(".rows > li[aria-current]").get_attribute("data-id"))


def test_a_morning_by_keys_alone(page: Any, store: Store) -> None:
    def state(number: int) -> str:
        with store.read() as tx:
            found = tx.get(Item, number)
        assert found is not None
        return found.state

    first, second, third, fourth = ids(page)[:4]
    page.keyboard.press("1")
    assert (current(page), state(first)) == (first, "BARU"), "nothing was chosen yet: the key shows where one stands"
    page.keyboard.press("1")
    page.wait_for_url("**selesai=kesampingkan**")
    assert (current(page), state(first)) == (second, DIKESAMPINGKAN)
    page.keyboard.press("o")
    page.wait_for_url(f"**/konten/{second}")
    page.keyboard.press("j")
    page.wait_for_url(f"**/konten/{third}")
    page.keyboard.press("2")
    page.wait_for_url(f"**selesai=kesampingkan**#k{fourth}")
    assert "keadaan=baru" in page.url, "in the list with its filters"
    assert (current(page), state(third)) == (fourth, DIKESAMPINGKAN)
    assert page.locator(".told[role=status]").is_visible()
    page.keyboard.press("u")
    page.wait_for_url("**selesai=urungkan**")
    assert state(third) == "BARU"
    page.goto(page.url.split("/?")[0] + "/?keadaan=baru")
    page.locator(".rows > li").nth(2).locator("h2 a").focus()
    for _ in range(len(ids(page))):
        page.keyboard.press("j")
    before = ids(page)
    page.keyboard.press("j")
    page.wait_for_url("**sesudah=**")
    assert not set(before) & set(ids(page)), "the key goes on to the next page"


def test_what_was_done_is_seen_far_down_the_list(page: Any) -> None:
    for _ in range(30):
        page.keyboard.press("j")
    page.keyboard.press("3")
    page.wait_for_url("**selesai=kesampingkan**")
    told, here = page.locator(".told[role=status]").bounding_box(), page.locator("[aria-current=true] h2 a").last
    assert told["y"] >= 0
    assert told["y"] + told["height"] <= 800
    assert here.bounding_box()["y"] >= told["y"] + told["height"], "it does not cover where one stands"


def test_back_from_a_konten_to_its_place(page: Any) -> None:
    for key in "jjjo":
        page.keyboard.press(key)
    page.wait_for_url("**/konten/*")
    number = int(page.url.rsplit("/", 1)[1])
    page.keyboard.press("o")
    page.wait_for_url(f"**keadaan=baru#k{number}")
    assert current(page) == number
