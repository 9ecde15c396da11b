"""The desk in Debian's chromium: at desk and phone size, light and dark, with and without JavaScript."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from monitor import desk as pages
from monitor.desk import Server, listen
from monitor.entries import Words
from monitor.store import Store
from tests import made_city
from tests.made_city import NOW

pytestmark = pytest.mark.browser
playwright = pytest.importorskip("playwright.sync_api", reason="browser: playwright is not installed")
CHROMIUM = os.environ.get("JERNIH_TEST_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
if not CHROMIUM:
    pytest.skip("browser: chromium is not installed", allow_module_level=True)

SHOTS = Path(__file__).parent / "screenshots"
WIDE, PHONE = (1280, 800), (360, 780)
PAGES = {"antrean": "/", "saringan": "/?wilayah=81.72&topik=logistik", "konten": "/konten/1", "sumber": "/sumber",
         "gagal": "/sumber?keadaan=gagal", "tidak-ada": "/tidak-ada", "english": "/sumber?lang=en",
         "pengiriman": "/pengiriman", "laporan": "/laporan"}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    held = made_city.opened(tmp_path_factory.mktemp("home"))
    made_city.fill(held, made_city.settings(), konten=120)
    yield held
    held.close()


@contextmanager
def served(store: Store, **more: Any) -> Iterator[str]:
    made_city.logged_in(store)
    server = Server(pages.app(made_city.desk(store, **more)), listen("127.0.0.1", 0))
    server.start()
    try:
        yield server.address
    finally:
        server.stop()


@pytest.fixture(scope="module")
def address(store: Store) -> Iterator[str]:
    with served(store) as found:
        yield found


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    with playwright.sync_playwright() as tool:
        browser = tool.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@contextmanager
def opened(chromium: Any, size: tuple[int, int] = WIDE, **more: Any) -> Iterator[Any]:
    """A page whose every complaint, dialog and request to elsewhere is kept in `page.faults`."""
    context = chromium.new_context(viewport={"width": size[0], "height": size[1]}, **more)
    context.add_cookies([{"name": "sesi", "value": "sesi-sari", "domain": "127.0.0.1", "path": "/", "httpOnly": True,
                          "sameSite": "Lax"}])
    page = context.new_page()
    faults: list[str] = []
    page.on("console", lambda said: faults.append(said.text) if said.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("dialog", lambda dialog: (faults.append("dialog"), dialog.dismiss()))
    page.on("request", lambda asked: None if asked.url.startswith(("http://127.0.0.1:", "data:"))
            else faults.append(asked.url))
    page.faults = faults
    page.set_default_timeout(10_000)
    try:
        yield page
    finally:
        context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
def test_pages_fit_and_load_nothing_from_elsewhere(chromium: Any, address: str, size: tuple[int, int],
                                                   scheme: str) -> None:
    SHOTS.mkdir(exist_ok=True)
    with opened(chromium, size, color_scheme=scheme) as page:
        for name, path in PAGES.items():
            page.goto(address + path)
            page.wait_for_load_state("networkidle")
            page.screenshot(path=SHOTS / f"{name}-{size[0]}-{scheme}.png")
            over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert over <= 0, f"{name} is {over} px too wide at {size[0]}"
        assert [fault for fault in page.faults if "404" not in fault] == []


def test_styles_are_in_force_under_the_strict_policy(chromium: Any, address: str) -> None:
    with opened(chromium, color_scheme="light") as page:
        page.goto(address)
        assert page.evaluate("getComputedStyle(document.querySelector('.rows h2')).fontWeight") == "600"
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
        assert page.evaluate("htmx.version") == "2.0.11"
        bar = page.evaluate("document.querySelector('.indikasi svg').getBoundingClientRect().width")
        assert bar == 100


def test_indikasi_is_never_red(chromium: Any, address: str) -> None:
    for scheme in ("light", "dark"):
        with opened(chromium, color_scheme=scheme) as page:
            page.goto(address)
            colour = page.evaluate("getComputedStyle(document.querySelector('.indikasi .part')).fill")
            red, green, blue = (int(part) for part in colour[4:-1].split(","))
            assert red <= green + 10
            assert red <= blue


@pytest.mark.parametrize("script", [True, False], ids=["with JavaScript", "without"])
def test_queue_can_be_walked_and_filtered(chromium: Any, address: str, script: bool) -> None:
    with opened(chromium, PHONE, java_script_enabled=script) as page:
        page.goto(address)
        assert not page.get_by_label("Topik").is_visible()
        page.get_by_text("Saringan", exact=True).click()
        page.get_by_label("Topik").select_option("penipuan")
        page.get_by_role("button", name="Saring").click()
        page.wait_for_url("**/?*topik=penipuan*")
        assert "disembunyikan oleh saringan ini" in page.locator(".chosen").inner_text()
        page.get_by_role("link", name="topik penipuan").click()
        page.wait_for_url(address + "/")
        first = page.locator(".rows h2 a").first.inner_text()
        page.get_by_role("link", name="Berikutnya").click()
        page.wait_for_url("**sesudah=*")
        page.get_by_role("link", name="Kembali ke awal").click()
        assert page.locator(".rows h2 a").first.inner_text() == first
        page.locator(".rows h2 a").first.click()
        page.wait_for_url("**/konten/*")
        assert page.locator(".text mark").count() > 0


def test_the_keyboard_alone_reaches_a_konten(chromium: Any, address: str) -> None:
    with opened(chromium) as page:
        page.goto(address)
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "skip"
        assert page.locator(".skip").bounding_box()["x"] >= 0
        page.keyboard.press("Enter")
        for _ in range(80):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.closest('.rows h2') !== null"):
                break
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline == "solid"
        page.keyboard.press("Enter")
        page.wait_for_url("**/konten/*")


def test_try_now_shows_that_it_is_asked_and_what_came(chromium: Any, tmp_path: Path) -> None:
    store, woken = made_city.opened(tmp_path), []
    made_city.fill(store, made_city.settings(), konten=1)
    with served(store, wake=lambda: woken.append(1)) as address, opened(chromium) as page:
        page.goto(address + "/sumber")
        page.evaluate("window.same = true")
        row = page.locator("tr", has_text="Radio Pulau")
        row.get_by_role("button").click()
        playwright.expect(row).to_contain_text("sebentar lagi")
        assert woken == [1]
        with store.write() as tx:
            tx.put_schedule(made_city.schedule("Radio Pulau", "https://radiopulau.example/rss", 0))
        playwright.expect(row).to_contain_text("lancar", timeout=8000)
        assert page.evaluate("window.same") is True
        assert page.faults == []
    store.close()


def test_try_now_works_without_javascript(chromium: Any, tmp_path: Path) -> None:
    store = made_city.opened(tmp_path)
    made_city.fill(store, made_city.settings(), konten=1)
    with served(store) as address, opened(chromium, PHONE, java_script_enabled=False) as page:
        page.goto(address + "/sumber")
        page.get_by_role("button", name="Coba sekarang: Harian Jauh").click()
        page.wait_for_url("**/sumber#s-*")
        playwright.expect(page.locator("tr", has_text="Harian Jauh")).to_contain_text("sebentar lagi")
        with store.read() as tx:
            assert tx.schedules()["Harian Jauh"].due == NOW
    store.close()


def test_another_site_can_neither_ask_nor_frame_the_desk(chromium: Any, tmp_path: Path) -> None:
    store = made_city.opened(tmp_path)
    made_city.fill(store, made_city.settings(), konten=1)
    with served(store) as address, opened(chromium) as page:
        trap = (f'<form method=post action="{address}/sumber/coba"><input name=nama value="Info Warga">'
                f'<button>x</button></form><iframe src="{address}/"></iframe>')
        page.route("http://jahat.example/", lambda route: route.fulfill(body=trap, content_type="text/html"))
        page.goto("http://jahat.example/")
        assert page.frames[1].evaluate("document.body.innerText.includes('Antrean')") is False
        page.get_by_role("button").click()
        playwright.expect(page.locator("h1")).to_have_text("Tidak diizinkan")
        with store.read() as tx:
            assert tx.schedules()["Info Warga"].due != NOW
    store.close()


HOSTILE = ("<img src=//evil.example/x onerror=alert(1)><script>alert(2)</script><svg onload=alert(3)>"
           "\u202ejavascript:alert(4)")


def test_hostile_words_run_nothing_and_load_nothing(chromium: Any, tmp_path: Path) -> None:
    store = made_city.opened(tmp_path)
    item = made_city.add_konten(store, made_city.settings(), 1, Words(HOSTILE, HOSTILE * 3, HOSTILE), doubt=HOSTILE,
                                topics=(HOSTILE,), regions=(HOSTILE,), reasons=(("text", 3, 40, 1.0),))
    with served(store) as address, opened(chromium) as page:
        for path in ("/", f"/konten/{item}", f"/?topik={HOSTILE[:60]}"):
            page.goto(address + path)
            page.wait_for_load_state("networkidle")
        assert page.faults == []
    store.close()


def test_a_thousand_sources_on_a_phone(chromium: Any, tmp_path: Path) -> None:
    store, known = made_city.opened(tmp_path), made_city.settings(sources=1000)
    made_city.fill(store, known, konten=0)
    with served(store, known=known) as address, opened(chromium, PHONE) as page:
        page.goto(address + "/sumber")
        assert page.locator("tbody tr").count() == 1000
        assert page.locator("tbody .state").first.inner_text().strip() == "gagal"
        height = page.evaluate("document.querySelector('tbody tr').getBoundingClientRect().height")
        assert 40 < height < 260
        page.screenshot(path=SHOTS / "seribu-360-light.png")
        over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert over <= 0
    store.close()
