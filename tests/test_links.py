"""Addresses as evidence: visited through the guarded collector, bytes kept, title and date read, what is official."""

from collections.abc import Iterator
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from threading import Event

import httpx
import pytest

from monitor import pipeline, sources, store
from monitor.cage import Cage
from monitor.pipeline import House, Link
from monitor.pipeline.cases import lay_down
from monitor.store import Store
from monitor.verdicts import Evidence
from monitor.web import Collector
from tests import world
from tests.people import ANI

NOW = datetime(2024, 11, 20, 3, 0, tzinfo=UTC)
FEEDS = """
[office]
name = "Diskominfo Kota Contoh"
contact = "humas@kota.example"
[catalogue]
enabled = false
[[official]]
name = "KPU"
domain = "kpu.example"
confirmed_by = "Sekretaris"
"""
PAGE = ('<html><head><title>{0}</title><meta property="article:published_time" content="2024-11-19T08:00:00+07:00">'
        "</head><body><article><h1>{0}</h1><p>" + "Segel gudang utuh dan disaksikan Bawaslu. " * 20
        + "</p></article></body></html>")


def answer(request: httpx.Request) -> httpx.Response:
    host, path = request.url.host, request.url.path
    if path == "/robots.txt":
        return httpx.Response(404)
    if path == "/lompat":
        return httpx.Response(302, headers={"location": "https://kabar.example/palsu"})
    if path == "/pindah":
        return httpx.Response(301, headers={"location": "https://info.kpu.example/baru"})
    if path == "/larang":
        return httpx.Response(403, text="tidak")
    return httpx.Response(200, html=PAGE.format(f"Pernyataan {host}"))


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    held: Store = store.open("", tmp_path)
    held.migrate()
    known = sources.read(FEEDS)
    collector = Collector(known.network, "humas@kota.example", transport=httpx.MockTransport(answer))
    with Cage(1) as cage:
        yield House(known, held, collector, cage, None)
    collector.close()
    held.close()


def visited(house: House, *urls: str) -> list[Link]:
    return pipeline.visit_links(house, urls, lambda: NOW, Event())


def laid(house: House, links: list[Link]) -> list[Evidence]:
    with house.store.write() as tx:
        rumor, _ = world.case(tx, world.build(tx, 1)[0])
        return lay_down(tx, house.settings, rumor.id, ANI, links, NOW)


def test_title_date_and_hash_of_the_page_are_kept(house: House) -> None:
    link = visited(house, "https://kpu.example/ba")[0]
    assert (link.title, link.published) == ("Pernyataan kpu.example", datetime(2024, 11, 19, 1, 0, tzinfo=UTC))
    kept = house.store.kept(link.page)
    assert kept is not None
    assert (sha256(kept).hexdigest(), b"Segel gudang" in kept) == (link.page, True)
    assert "Segel gudang utuh" in link.text
    row = laid(house, [link])[0]
    assert (row.official, row.page, row.published) == ("KPU", link.page, link.published)


def test_a_redirect_lends_no_mark_to_where_it_leads(house: House) -> None:
    away, moved = visited(house, "https://kpu.example/lompat", "https://kpu.example/pindah")
    assert away.final == "https://kabar.example/palsu"
    assert "kabar.example" in away.note
    assert [row.official for row in laid(house, [away, moved])] == ["", "KPU"]


def test_what_does_not_answer_is_kept_as_it_was_given(house: House) -> None:
    link = visited(house, "https://kpu.example/larang")[0]
    assert (link.page, link.text, link.title) == ("", "", link.url)
    assert "Tidak terbaca saat dicatat" in link.note
