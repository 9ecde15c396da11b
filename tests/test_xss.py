"""Thousands of hostile strings as titles, texts, authors, claims, notes, captions and queries: every page has the tags
and attributes that it has with harmless words, and loads nothing from elsewhere."""

from collections.abc import Iterator
from dataclasses import fields, replace
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest

from monitor import desk as pages
from monitor import posts
from monitor.clarifications import Draft
from monitor.entries import Words
from monitor.people import Refusal
from monitor.pipeline import acts
from monitor.pipeline.cases import Link
from monitor.posts import Answer, Publication
from monitor.store import Store
from tests import made_city, published, strings
from tests.asgi import Client
from tests.made_city import NOW
from tests.people import ANI

EVERY = strings.every()
A_PAGE = 50
LOADING = ("src", "href", "action", "formaction", "data", "poster", "background", "srcset", "xlink:href", "content")


class Skeleton(HTMLParser):
    """The pairs of tag and attribute of a page, and every address in it."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.pairs: set[tuple[str, str]] = set()
        self.addresses: set[tuple[str, str]] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.pairs |= {(tag, ""), *((tag, name) for name, _ in attrs)}
        self.addresses |= {(tag, value or "") for name, value in attrs if name in LOADING and tag != "meta"}

    def handle_comment(self, data: str) -> None:
        self.pairs.add(("comment", data))


def judge(page: str, plain: Skeleton, where: str, own: tuple[str, ...] = ()) -> None:
    """Nothing but what the harmless page has; every address is our own, or one that a person may follow."""
    found = Skeleton(page)
    assert found.pairs <= plain.pairs, f"{where}: {sorted(found.pairs - plain.pairs)[:5]}"
    for tag, value in found.addresses:
        parts = urlsplit(value.strip())
        assert parts.scheme in ("", "http", "https", "mailto", "data"), f"{where}: {value}"
        if tag != "a":
            local = not parts.netloc or value.startswith(own)
            assert local, f"{where}: {tag} {value}"
            assert parts.scheme != "data" or value.startswith("data:image/"), f"{where}: {tag} {value}"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    held = made_city.opened(tmp_path_factory.mktemp("home"))
    yield held
    held.close()


def chunks(size: int) -> Iterator[list[str]]:
    for start in range(0, len(EVERY), size):
        yield EVERY[start : start + size]


def test_there_are_thousands() -> None:
    assert len(EVERY) > 2500


def client(store: Store) -> Client:
    made = Client(pages.app(made_city.desk(store)))
    made.cookies.set("sesi", made_city.logged_in(store), domain="127.0.0.1")
    return made


def harmless(store: Store, asks: Client) -> dict[str, Skeleton]:
    """The same pages with words that mean no harm."""
    known = made_city.settings()
    said = Words("Judul", "Satu.\n\nDua.", "Sari")
    items = [made_city.add_konten(store, known, number, replace(said, title=f"Judul {number}"), topics=("dpt",))
             for number in range(10_000, 10_060)]
    rumor = acts.attach(store, [(items[0], 0)], ANI, "Klaim yang biasa saja di sini", 0, NOW)
    assert not isinstance(rumor, Refusal)
    acts.lay_note(store, rumor.id, ANI, "Catatan biasa", NOW)
    acts.lay_evidence(store, known, rumor.id, ANI, [Link("https://kpu.go.id/1", "Bukti", NOW, "", "")], NOW)
    acts.check(store, rumor.id, ANI, "asal", "Catatan biasa", NOW)
    free = next(one for one in items[1:] if one % 17 not in (3, 9, 13))
    return {
        "queue": Skeleton("".join(asks.get(f"/?keadaan={state}").text for state in ("semua", "", "baru"))
                          + asks.get("/?cari=judul&keadaan=semua").text),
        "item": Skeleton("".join(asks.get(f"/konten/{one}").text for one in (items[0], free, *items[1:18]))),
        "isu": Skeleton(asks.get(f"/isu/{rumor.id}").text + asks.get("/isu").text),
    }


@pytest.mark.slow
def test_on_the_desk(store: Store) -> None:
    asks, known = client(store), made_city.settings()
    plain = harmless(store, asks)
    number = 0
    for some in chunks(A_PAGE):
        body = "\n\n".join(some)
        items = [made_city.add_konten(store, known, number + n, Words(one, body, one), topics=("dpt",))
                 for n, one in enumerate(some)]
        number += len(some)
        judge(asks.get("/?keadaan=semua").text, plain["queue"], "queue")
        judge(asks.get(f"/konten/{items[0]}").text, plain["item"], f"konten {items[0]}")
        query = quote(some[0][:60])
        judge(asks.get(f"/?cari={query}&keadaan=semua").text, plain["queue"], f"search {query}")
        rumor = acts.attach(store, [(items[1], 0)], ANI, (some[0] + " klaim yang panjang")[:490], 0, NOW)
        if not isinstance(rumor, Refusal):
            acts.lay_note(store, rumor.id, ANI, body[:4900], NOW)
            acts.check(store, rumor.id, ANI, "asal", body[:4900], NOW)
            judge(asks.get(f"/isu/{rumor.id}").text, plain["isu"], f"isu {rumor.id}")


def drafts() -> Iterator[Draft]:
    """Every string somewhere in a clarification."""
    held_as = {one.name: getattr(published.TEXT, one.name) for one in fields(Draft) if one.name != "slug"}
    names = [name for name, value in held_as.items() if isinstance(value, str)]
    for some in chunks(len(names)):
        held = dict(zip(names, [*some, *["x"] * len(names)], strict=False))
        citations = tuple(replace(one, title=some[0], official=some[-1]) for one in published.TEXT.citations)
        yield replace(published.TEXT, **held, citations=citations)  # type: ignore[arg-type]


def shown(text: Draft, note: str) -> Publication:
    made = published.corrected()
    answer = Answer(1, published.NOW, "rini", "DIKABULKAN", note)
    return Publication(replace(made.post, category=text.category, reason=note), text, made.history, (answer,))


def test_on_the_public_pages() -> None:
    site = published.SITE
    plain = shown(replace(published.TEXT, relay="KPU"), "catatan")
    own = (site.url,)
    page, listed = Skeleton(posts.page(site, plain)), Skeleton(posts.listing(site, [plain], {}))
    asked = Skeleton(posts.objection(site, plain, "Terima kasih.", {"nama": "a", "kontak": "b", "isi": "c"}))
    for text in drafts():
        one = shown(text, text.claim)
        judge(posts.page(site, one), page, text.headline, own)
        judge(posts.listing(site, [one], {}, sought=text.headline), listed, text.headline, own)
        form = {"nama": text.headline, "kontak": text.summary, "isi": text.claim}
        judge(posts.objection(site, one, text.headline, form), asked, text.headline, own)
        for write in (posts.atom, posts.rss):
            assert b"<script" not in write(site, [one]).replace(b"&lt;script", b""), text.headline


@pytest.mark.browser
def test_in_a_browser_a_sample_runs_nothing_and_loads_nothing(tmp_path: Path) -> None:
    from tests.test_browser import CHROMIUM, opened, playwright, served

    held, known = made_city.opened(tmp_path), made_city.settings()
    sample = EVERY[:: len(EVERY) // 300]
    body = "\n\n".join(sample)
    some = [made_city.add_konten(held, known, n, Words(one, body, one)) for n, one in enumerate(sample[:60])]
    with playwright.sync_playwright() as tool:
        chromium = tool.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        with served(held) as address, opened(chromium) as page:
            for path in ("/", "/?keadaan=semua", f"/konten/{some[0]}", f"/konten/{some[7]}"):
                page.goto(address + path)
                page.wait_for_load_state("networkidle")
                page.mouse.move(300, 300)
            assert page.faults == []
        chromium.close()
    held.close()
