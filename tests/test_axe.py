"""Every page of the desk and of the public site, light and dark, wide and on a phone, before axe-core's rules of WCAG
2.2 AA: no serious or critical finding."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from monitor import desk as pages
from monitor.desk import Server, listen
from tests import happened
from tests.npm import needed
from tests.office import Office
from tests.test_browser import CHROMIUM, playwright

pytestmark = [pytest.mark.browser, pytest.mark.slow]
SIZES = {"wide": (1280, 900), "phone": (390, 844)}
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
RUN = """tags => axe.run(document, {runOnly: {type: "tag", values: tags}, resultTypes: ["violations"]}).then(told =>
    told.violations.filter(one => ["serious", "critical"].includes(one.impact)).map(one =>
        one.impact + " " + one.id + ": " + one.nodes.slice(0, 4).map(node => node.target.join(" ")).join(" | ")
        + " (" + one.nodes.length + "x) " + (one.nodes[0].any[0] || {message: ""}).message))"""
SHELF = ("", "tentang/", "{post}", "{post}hak-jawab/", "?q=suara", "tidak-ada/")


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """An office in which everything has happened once."""
    made = happened.office(tmp_path_factory.mktemp("home"))
    yield made
    made.close()


@pytest.fixture(scope="module")
def address(office: Office) -> Iterator[str]:
    server = Server(pages.app(happened.desk(office)), listen("127.0.0.1", 0))
    server.start()
    yield server.address
    server.stop()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    with playwright.sync_playwright() as tool:
        browser = tool.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


def public_pages(office: Office) -> list[str]:
    with office.store.read() as tx:
        post = tx.posts()[0].path
    return ["/publik/" + path.format(post=post) for path in SHELF]


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
def test_no_serious_finding(chromium: Any, office: Office, address: str, size: tuple[int, int]) -> None:
    axe = needed("axe-core/axe.min.js").read_text("utf-8")
    context = chromium.new_context(viewport={"width": size[0], "height": size[1]}, color_scheme="light",
                                   reduced_motion="reduce")
    context.add_cookies([{"name": "sesi", "value": "sesi-sari", "domain": "127.0.0.1", "path": "/"}])
    page, faults = context.new_page(), []
    page.set_default_timeout(30_000)
    for path in (*happened.pages(office), *public_pages(office)):
        answer = page.goto(address + path)
        if answer.status not in (200, 404, 410):
            faults.append(f"{path}: {answer.status}")
        elif not answer.headers.get("content-type", "").startswith("text/html"):
            continue
        else:
            page.evaluate(axe)
            for scheme in ("light", "dark"):
                page.emulate_media(color_scheme=scheme)
                page.evaluate("Promise.all(document.getAnimations().map(one => one.finished))")
                faults += [f"{path} {size[0]} {scheme}: {one}" for one in page.evaluate(RUN, TAGS)]
    context.close()
    assert faults == [], "\n".join(["", *faults])


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
def test_no_serious_finding_in_the_folder_of_the_demo(chromium: Any, demo_site: Path, size: tuple[int, int]) -> None:
    axe = needed("axe-core/axe.min.js").read_text("utf-8")
    context = chromium.new_context(viewport={"width": size[0], "height": size[1]}, reduced_motion="reduce")
    page, faults, pages_there = context.new_page(), [], sorted(demo_site.rglob("*.html"))
    page.set_default_timeout(30_000)
    for path in pages_there:
        page.goto(path.as_uri())
        page.evaluate(axe)
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            faults += [f"{path.relative_to(demo_site)} {size[0]} {scheme}: {one}" for one in page.evaluate(RUN, TAGS)]
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            faults.append(f"{path.relative_to(demo_site)} {size[0]}: scrolls sideways")
    context.close()
    assert len(pages_there) > 8
    assert faults == [], "\n".join(["", *faults])
