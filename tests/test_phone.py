"""Every page of the desk and of the public site on a phone of 360 pixels, in both languages: nothing is wider than the
screen, so that nobody scrolls sideways, and nothing that one can press lies beyond its edge."""

from collections.abc import Iterator

import pytest

from monitor import desk as pages
from monitor.desk import Server, listen
from tests import happened
from tests.office import Office
from tests.test_browser import CHROMIUM, playwright

pytestmark = pytest.mark.browser
PHONE = {"width": 360, "height": 780}
# What lies wholly or partly beyond the right edge, though not inside something that scrolls by itself.
BEYOND = """() => {
    const wide = document.scrollingElement.scrollWidth > innerWidth
        ? [`scrolls to ${document.scrollingElement.scrollWidth}`] : [];
    const scrolls = one => one && (getComputedStyle(one).overflowX !== "visible" || scrolls(one.parentElement));
    const lost = [...document.querySelectorAll("a, button, input, select, textarea, h1, h2, h3, p")].filter(one => {
        const box = one.getBoundingClientRect();
        return box.width > 1 && box.right > innerWidth + 1 && !scrolls(one.parentElement);
    });
    return [...wide, ...lost.slice(0, 3).map(one => one.tagName + " " + one.textContent.trim().slice(0, 40))];
}"""


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    made = happened.office(tmp_path_factory.mktemp("home"))
    yield made
    made.close()


def test_no_page_is_wider_than_a_phone(office: Office) -> None:
    server, faults = Server(pages.app(happened.desk(office)), listen("127.0.0.1", 0)), []
    server.start()
    with office.store.read() as tx:
        public = ["/publik/", "/publik/tentang/", *(f"/publik/{post.path}" for post in tx.posts())]
    with playwright.sync_playwright() as tool:
        browser = tool.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        context = browser.new_context(viewport=PHONE, device_scale_factor=1)
        context.add_cookies([{"name": "sesi", "value": "sesi-sari", "domain": "127.0.0.1", "path": "/"}])
        page = context.new_page()
        page.set_default_timeout(60_000)
        for language in ("id", "en"):
            page.goto(f"{server.address}/akun?lang={language}")
            for path in (*(one for one in happened.pages(office) if "lang=" not in one), *public):
                page.goto(server.address + path)
                page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
                faults += [f"{path} {language}: {one}" for one in page.evaluate(BEYOND)]
        browser.close()
    server.stop()
    assert faults == [], "\n".join(["", *faults])
