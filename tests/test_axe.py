"""Every page of the desk and of the public site, light and dark, wide and on a phone, before axe-core's rules of WCAG
2.2 AA: no serious or critical finding."""

from collections.abc import Iterator
from typing import Any

import pytest

from monitor import desk as pages
from monitor import digests
from monitor.articles import Article
from monitor.desk import Server, listen
from monitor.desk.routes import ROUTES
from monitor.digests import Period
from monitor.entries import Words
from monitor.pipeline import objections, reports
from monitor.referrals import Referral
from monitor.statements import Statement
from tests import made_city
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
# What is no page but bytes or numbers, and what stands on other pages.
NO_PAGES = ("/health", "/berkas", "/gambar", "/surat", "/laporan/{id:int}")
SHELF = ("", "tentang/", "{post}", "{post}hak-jawab/", "?q=suara", "tidak-ada/")


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """An office in which everything has happened once."""
    made = Office(tmp_path_factory.mktemp("home"))
    made_city.fill(made.store, made_city.settings(), konten=12)
    one = made.published(1)
    with made.store.write() as tx:
        letter, rumor = Words("Rujukan", "Surat kepada Bawaslu."), tx.rumors()[0].id
        tx.put_words([letter])
        tx.add(Referral(rumor, tx.verdicts(rumor)[-1].id, "Bawaslu", made.now, "karta", letter.digest))
        article = tx.get(Article, made.konten[3].article.id)
        assert article is not None
        tx.state([Statement(article.id, made.now, "bantahan", True, article.words)])
    week = digests.period("2024-W46", "WIT")
    assert isinstance(week, Period)
    reports.finish(made.house, week, "internal", made.now)
    made.drafted(2)
    objections.object_to(made.store, made.settings, one, "koreksi", "Wati", "wati@warga.example",
                          "Jabatan itu keliru " * 3, made.later())
    made_city.logged_in(made.store, now=made.now)
    yield made
    made.close()


@pytest.fixture(scope="module")
def address(office: Office) -> Iterator[str]:
    desk = made_city.desk(office.store, known=office.settings, now=lambda: office.now)
    server = Server(pages.app(desk), listen("127.0.0.1", 0))
    server.start()
    yield server.address
    server.stop()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    with playwright.sync_playwright() as tool:
        browser = tool.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


def desk_pages(office: Office) -> list[str]:
    """Every address of the desk at which one looks, each with an id that is there."""
    with office.store.read() as tx:
        items = [row.item.id for row in tx.queue(limit=3)]
        ids = {"konten": items[:2], "isu": [one.id for one in tx.rumors(limit=3)],
               "klarifikasi": [one.id for one in tx.clarifications()],
               "bantahan": [one.statement.id for one in tx.statements()][:1],
               "rujukan": [one.id for one in tx.referrals()][:1], "laporan": [one.id for one in tx.editions()][:1]}
    found = []
    for path, _, method, _ in ROUTES:
        if method != "GET" or path.endswith(NO_PAGES):
            continue
        numbers = ids.get(path.split("/")[1], [1]) if "{id:int}" in path else [0]
        found += [path.replace("{id:int}", str(number)) for number in numbers]
    return [*found, "/tidak-ada", "/?cari=suara&keadaan=semua", "/konten/1?lang=en"]


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
    for path in (*desk_pages(office), *public_pages(office)):
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
