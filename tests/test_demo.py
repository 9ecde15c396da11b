"""Kota Contoh: its sources answer, good and bad ones, and its feeds.toml is one that Jernih reads."""

import json
import re
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from http.client import HTTPException
from io import BytesIO
from pathlib import Path
from threading import Event, Thread

import pytest
from PIL import Image

from monitor import desk as pages
from monitor import digests, redactions, sources
from monitor.cli.run import ported
from monitor.demo import SOURCES, City, Office, planned, publish_all, settings_text, was_here
from monitor.demo.city import address, texts
from monitor.demo.outlets import Outlet
from monitor.people import KEPALA, REDAKTUR, VERIFIKATOR, Person
from monitor.pipeline import House, acts
from tests import made_city
from tests.asgi import Client
from tests.made_demo import PORT as AT
from tests.made_demo import Demo

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
    assert publish_all(Office(house, lambda: made_city.NOW, Event(), lambda seconds: None), [plan]) == 0
    with store.read() as tx:
        assert len(tx.rumors()) == 1
    store.close()


def test_the_port_of_the_command_stands_in_every_address() -> None:
    known = made_city.settings()
    assert ported(known, 8931) == replace(known, desk=replace(known.desk, port=8931))


# ---- The office after its two weeks


def browser(demo: Demo, role: str) -> Client:
    desk = made_city.desk(demo.store, demo.house.settings, now=demo.clock)
    client = Client(pages.app(desk), "http://127.0.0.1:8765")
    session = made_city.logged_in(demo.store, role, (role,), demo.clock())
    client.cookies.set("sesi", session, domain="127.0.0.1")
    return client


@pytest.mark.slow
def test_everything_that_was_planned_came_out(made_demo: Demo) -> None:
    planned_ones = planned(made_demo.city.texts, AT)
    past = sum(one.past for one in planned_ones)
    assert made_demo.came_out == (past, len(planned_ones) - past) == (2, 2)
    with made_demo.store.read() as tx:
        assert [post.finding for post in tx.posts()] == ["PENIPUAN", "HOAKS", "PENIPUAN", "HOAKS"]


@pytest.mark.slow
@pytest.mark.parametrize("form", ["pdf", "xlsx"])
def test_a_kepala_finds_the_digest_of_a_week_that_is_over(made_demo: Demo, form: str) -> None:
    if form == "pdf":
        pytest.importorskip("weasyprint", reason="the extra [pdf] is not installed")
    kepala, week = browser(made_demo, KEPALA), digests.last_finished(NOW, "WIT").label
    page = " ".join(kepala.get("/laporan").text.split())
    assert week in page
    assert "Dari 5 artikel, 3 konten perlu dilihat" in page
    assert "2 isu selesai diverifikasi dan 1 konten dikesampingkan; 2 klarifikasi terbit" in page
    link = re.search(rf'/laporan/\d+\?bentuk={form}', page)
    assert link
    answer = kepala.get(link[0])
    assert answer.content.startswith({"pdf": b"%PDF", "xlsx": b"PK"}[form])
    assert week in answer.headers["content-disposition"]


@pytest.mark.slow
def test_last_week_lies_in_last_week_and_the_chain_is_whole(made_demo: Demo) -> None:
    week = digests.last_finished(NOW, "WIT")
    with made_demo.store.read() as tx:
        events = tx.events(week.start, week.end)
        running = tx.events(week.end, NOW + timedelta(days=1))
    assert made_demo.store.audit_faults() == []
    assert (len(events.flagged), events.published, events.dismissed) == (3, 2, 1)
    assert running.published == 2
    assert len(running.flagged) > 8


@pytest.mark.slow
def test_one_page_shows_a_picture_with_nobody_on_it(made_demo: Demo) -> None:
    with made_demo.store.read() as tx:
        post = next(one for one in tx.posts() if one.clarification == 3)
    stranger = Client(pages.app(made_city.desk(made_demo.store, made_demo.house.settings)), "http://127.0.0.1:8765")
    page = stranger.get(f"/publik/{post.path}").text
    assert 'alt="Tangkapan layar pesan berantai di grup percakapan; nama dan nomor pengirimnya dihitamkan."' in page
    answer = stranger.get(f"/publik/{post.path}gambar-1.jpg")
    picture = Image.open(BytesIO(answer.content))
    band = picture.height - 640 * picture.width // 640
    shot = planned(made_demo.city.texts, AT)[0].shot
    assert shot
    for box in redactions.read(shot.boxes):
        for x, y in ((2, 2), (box.width // 2, box.height // 2), (box.width - 2, box.height - 2)):
            assert max(picture.getpixel((box.x + x, box.y + y + band))) < 40


@pytest.mark.slow
def test_the_outbox_has_one_of_each_and_a_person_decides(made_demo: Demo) -> None:
    telegram = next(one for one in made_demo.city.servers if isinstance(one, Outlet) and one.kind == "telegram")
    site = next(one for one in made_demo.city.servers if isinstance(one, Outlet) and one.kind == "wordpress")
    with made_demo.store.read() as tx:
        rows = tx.deliveries()
    found = sorted((row.channel.split()[0], row.state) for row in rows)
    assert found == [("Papan", "menunggu"), ("Papan", "menunggu"), ("Situs", "terkirim"), ("Situs", "terkirim"),
                     ("Telegram", "terkirim"), ("Telegram", "tidak pasti")]
    assert (len(telegram.held), len(site.held)) == (2, 2), "what nobody answered was taken, and once"
    doubt = next(row for row in rows if row.state == "tidak pasti")
    redaktur = browser(made_demo, REDAKTUR)
    assert "Buka kanal Telegram-nya" in redaktur.get("/pengiriman").text
    said = {"versi": str(doubt.version), "langkah": "sudah terkirim", "nomor": str(min(telegram.held))}
    assert redaktur.send(f"/pengiriman/{doubt.id}/putuskan", said).status_code == 303
    with made_demo.store.read() as tx:
        after = next(row for row in tx.deliveries() if row.id == doubt.id)
    assert (after.state, after.remote) == ("terkirim", str(min(telegram.held)))


@pytest.mark.slow
def test_a_second_start_lives_through_no_second_week(made_demo: Demo) -> None:
    assert was_here(made_demo.house)
    office = Office(made_demo.house, made_demo.clock, Event(), made_demo.clock.rest)
    assert publish_all(office, planned(made_demo.city.texts, AT)) == 0


def test_a_channel_shows_as_text_what_it_got() -> None:
    outlet = Outlet("telegram", "Telegram Contoh", "127.0.0.1", 0)
    Thread(target=outlet.serve_forever, args=(0.05,), daemon=True).start()
    try:
        base = f"http://127.0.0.1:{outlet.server_address[1]}"
        for number, text in enumerate(["<script>alert(1)</script>", "kedua"]):
            asked = urllib.request.Request(f"{base}/bot1:x/sendMessage", json.dumps({"text": text}).encode())
            if number:
                with urllib.request.urlopen(asked, timeout=20) as reply:
                    assert json.load(reply)["result"]["message_id"] == 502
            else:
                with pytest.raises((OSError, HTTPException)):
                    urllib.request.urlopen(asked, timeout=20)
        with urllib.request.urlopen(base, timeout=20) as reply:
            page = reply.read().decode()
    finally:
        outlet.shutdown()
        outlet.server_close()
    assert "&lt;script&gt;" in page
    assert "<script>" not in page


@pytest.mark.parametrize(("desk", "city"), [(8765, 8770), (9131, 9132), (65535, 8770)])
def test_the_port_of_the_metrics_is_free(desk: int, city: int) -> None:
    read = sources.read(settings_text(city, NOW, desk))
    assert read.desk.metrics_port not in (desk, city)
