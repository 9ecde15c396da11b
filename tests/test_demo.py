"""Kota Contoh: its sources answer, good and bad ones, and its feeds.toml is one that Jernih reads."""

import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from threading import Event

import pytest

from monitor import sources
from monitor.cli.run import ported
from monitor.demo import SOURCES, City, planned, publish_all, settings_text
from monitor.demo.city import address, texts
from monitor.people import VERIFIKATOR, Person
from monitor.pipeline import House, acts
from tests import made_city

NOW = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
PORT = 18770


@pytest.fixture(scope="module")
def city() -> Iterator[City]:
    one = City(PORT, lambda: NOW)
    one.start()
    yield one
    one.close()


def get(key: str, path: str = "") -> tuple[int, str, bytes]:
    place = next(place for place in SOURCES if place.key == key)
    url = f"http://{address(place)}:{PORT}{path or place.path}"
    try:
        with urllib.request.urlopen(url, timeout=5) as reply:
            return reply.status, reply.headers["Content-Type"], reply.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.headers["Content-Type"], error.read()


def test_its_settings_are_read_without_a_fault_or_warning() -> None:
    read = sources.read(settings_text(PORT, NOW))
    assert [source.name for source in read.watched] == [place.name for place in SOURCES]
    assert read.warnings == ()
    assert sources.paused(read) == ""


def test_every_text_belongs_to_a_source_and_every_good_source_has_texts() -> None:
    found = texts(NOW)
    assert all(found[place.key] for place in SOURCES if place.behaviour == "good")
    assert all(text.at < NOW for some in found.values() for text in some)


@pytest.mark.parametrize("place", [place for place in SOURCES if place.behaviour == "good"], ids=lambda p: p.key)
def test_good_sources_show_their_texts_and_pages(city: City, place: object) -> None:
    key = place.key  # type: ignore[attr-defined]
    status, _, body = get(key)
    assert status == 200
    for text in city.texts[key]:
        assert text.path.encode() in body
    assert get(key, city.texts[key][0].path)[0] == 200


def test_bad_sources_are_bad(city: City) -> None:
    assert b"Disallow: /" in get("larang", "/robots.txt")[2]
    assert b"Internet Positif" in get("blokir")[2]
    assert b"</rss>" not in get("rusak")[2]
    assert len(get("jahat")[2]) < 10_000
    assert b"Jadwal pengambilan" in get("pindah")[2], "urllib follows to the new address"
    assert get("kabar", "/tidak-ada")[0] == 404


def test_a_second_start_answers_nothing_twice(city: City, tmp_path: Path) -> None:
    store, known = made_city.opened(tmp_path), made_city.settings()
    for n in (0, 11):
        made_city.add_konten(store, known, n)
    plan = planned(city.texts, PORT)[0]
    plan = replace(plan, about=made_city.STORIES[0][0])
    acts.attach(store, [(1, 0)], Person("sari", (VERIFIKATOR,)), plan.claim, 0, made_city.NOW)
    house = House(known, store, None, None, None)  # type: ignore[arg-type]
    assert publish_all(house, [plan], lambda: made_city.NOW, Event()) == 0
    with store.read() as tx:
        assert len(tx.rumors()) == 1
    store.close()


def test_the_port_of_the_command_stands_in_every_address() -> None:
    known = made_city.settings()
    assert ported(known, 8931) == replace(known, desk=replace(known.desk, port=8931))
