"""monitor/desk: pages over a real store, driven by the test client."""

import asyncio
import inspect
import re
import socket
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as some
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse

from classifiers.detector import doubt_of
from monitor import desk as pages
from monitor import store as stores
from monitor.articles import DOUBTS
from monitor.desk import Desk, DeskError, Pulse, doubts, gate, listen
from monitor.desk.marks import paragraphs, pieces
from monitor.desk.render import STATIC
from monitor.desk.tongue import Tongue
from monitor.entries import Words
from monitor.items import DIKESAMPINGKAN
from monitor.store import Store, StoreError
from tests import made_city
from tests.asgi import Client
from tests.made_city import NOW

HERE = "http://127.0.0.1:8765"
OWN = {"origin": HERE}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A filled store that no test of this module writes to."""
    held = made_city.opened(tmp_path_factory.mktemp("home"))
    made_city.fill(held, made_city.settings(), konten=120)
    yield held
    held.close()


@pytest.fixture
def own_store(tmp_path: Path) -> Iterator[Store]:
    """A store for one test."""
    held = made_city.opened(tmp_path)
    yield held
    held.close()


def client(desk: Desk) -> Client:
    """A browser in which somebody with every role is logged in (nobody, where the store does not answer)."""
    found = Client(pages.app(desk), HERE)
    found.cookies.set("sesi", "sesi-sari", domain="127.0.0.1")
    with suppress(StoreError):
        made_city.logged_in(desk.store)
    return found


@pytest.fixture
def browser(store: Store) -> Client:
    return client(made_city.desk(store))


def soup(text: str) -> BeautifulSoup:
    return BeautifulSoup(text, "html.parser")


def numbers(page: BeautifulSoup) -> list[int]:
    return [int(str(link["href"]).split("/")[-1]) for link in page.select(".rows h2 a")]


# The queue


def test_queue_shows_open_konten_by_priority_with_reasons(browser: Client, store: Store) -> None:
    page = soup(browser.get("/").text)
    with store.read() as tx:
        expected = tx.queue(limit=50)
    assert numbers(page) == [row.item.id for row in expected]
    first = page.select_one(".rows li")
    assert first is not None
    assert expected[0].words is not None
    assert first.h2.get_text(strip=True) == expected[0].words.title
    assert "indikasi" in first.get_text()
    assert first.select_one(".indikasi .number").get_text() == f"{expected[0].score.hoax:.2f}".replace(".", ",")
    assert float(first.select_one("rect.part")["width"]) == round(expected[0].score.hoax * 100, 1)
    assert [q.get_text() for q in first.select(".why q")] == ["sudah tercoblos", "Sebarkan sebelum dihapus",
                                                              "warga geger"]
    assert "+0,8" in first.select_one(".why").get_text()


def test_paging_walks_every_open_konten_once(browser: Client, store: Store) -> None:
    seen, address = [], "/"
    for _ in range(10):
        page = soup(browser.get(address).text)
        seen += numbers(page)
        following = page.select_one("a[rel=next]")
        if following is None:
            break
        address = str(following["href"])
    with store.read() as tx:
        assert sum(tx.counts().values()) == len(seen) == len(set(seen))


@pytest.mark.parametrize("query, fits", [
    ({"wilayah": "81.72"}, lambda row: "81.72" in row.score.regions),
    ({"wilayah": "81"}, lambda row: any(code.startswith("81") for code in row.score.regions)),
    ({"topik": "penipuan"}, lambda row: "penipuan" in row.score.topics),
    ({"sumber": "Info Warga"}, lambda row: row.entry.source == "Info Warga"),
    ({"keadaan": "diproses"}, lambda row: row.item.state == "DIPROSES"),
    ({"keadaan": "dikesampingkan"}, lambda row: row.item.state == DIKESAMPINGKAN),
    ({"topik": "logistik", "wilayah": "00"}, lambda row: "logistik" in row.score.topics and "00" in row.score.regions),
])
def test_filters_are_addresses_and_say_what_they_hide(browser: Client, store: Store, query: dict[str, str],
                                                      fits: Any) -> None:
    page = soup(browser.get("/", params=query).text)
    shown = numbers(page)
    with store.read() as tx:
        rows, opened = tx.queue_rows(shown), sum(tx.counts().values())
    assert rows
    assert all(fits(row) for row in rows)
    told = page.select_one(".chosen").get_text(" ", strip=True)
    if query.get("keadaan") != "dikesampingkan" and len(shown) < 50:
        assert f"{len(shown)} konten cocok. {opened - len(shown)} konten lain disembunyikan oleh saringan ini." in told
    chips = page.select(".chosen a")
    assert len(chips) == len(query)
    freed = numbers(soup(browser.get(str(chips[0]["href"])).text))
    assert len(query) > 1 or freed == numbers(soup(browser.get("/").text))


def test_default_queue_says_how_many_are_set_aside(browser: Client, store: Store) -> None:
    with store.read() as tx:
        away = 120 - sum(tx.counts().values())
    assert away > 0
    assert f"{away} konten yang sudah ditangani tidak ditampilkan." in browser.get("/").text


@pytest.mark.parametrize("query", ["keadaan=hilang", "sesudah=x", "sesudah=nan~1", "sesudah=1~99999999999999999999",
                                   "sesudah=1e400~2", "wilayah=" + "9" * 500])
def test_an_odd_address_is_a_sentence(browser: Client, query: str) -> None:
    answer = browser.get(f"/?{query}")
    assert answer.status_code == 400
    assert soup(answer.text).h1.get_text() == "Permintaan tidak terbaca"


@pytest.mark.parametrize("query", ["wilayah=%00", "topik=' OR 1=1 --", "sumber=%F0%9F%92%A7", "sesudah=-5~1", "x=1",
                                   "wilayah=81.72&wilayah=00", "keadaan=&topik="])
def test_a_strange_but_readable_address_is_answered(browser: Client, query: str) -> None:
    assert browser.get(f"/?{query}").status_code == 200


def test_empty_queue_says_why_and_where_to_look(own_store: Store) -> None:
    page = soup(client(made_city.desk(own_store)).get("/").text)
    assert page.select_one(".empty h2").get_text() == "Antrean kosong"
    assert "Sumber" in page.select_one(".empty p").get_text()


# One konten


def test_konten_shows_text_reasons_source_and_the_models_limits(browser: Client, store: Store) -> None:
    with store.read() as tx:
        row = tx.queue(limit=1)[0]
    page = soup(browser.get(f"/konten/{row.item.id}").text)
    assert page.h1.get_text() == "Surat suara sudah tercoblos+0,8 di gudang KPU, warga geger+0,4"
    marks = {mark.get_text(): (mark.get("class"), mark["title"]) for mark in page.select(".text mark")}
    assert marks["Sebarkan sebelum dihapus"] == (None, "+0,62")
    assert marks["belum memberi keterangan"] == (["against"], "−0,27")
    aside = page.select_one("aside").get_text(" ", strip=True)
    assert made_city.MODEL in aside
    assert "tidak tahu apakah isinya benar" in aside
    assert "tanda seru +0,21" in aside
    assert "media daerah" in aside
    link = page.select_one("aside section:not(.checked) a")
    assert (link["href"], set(link["rel"])) == (row.article.url, {"external", "noreferrer", "noopener", "nofollow"})
    assert "21 Nov 2026" in page.get_text()
    assert "WIT" in page.get_text()


@pytest.mark.parametrize("code", sorted(doubts.SCORE))
def test_a_doubt_is_a_sentence_and_never_its_code(own_store: Store, code: str) -> None:
    item = made_city.add_konten(own_store, made_city.settings(), 1, doubt=code)
    browser = client(made_city.desk(own_store))
    for address in ("/", f"/konten/{item}"):
        shown = soup(browser.get(address).text).main.get_text(" ", strip=True)
        assert doubts.SCORE[code] in shown
        assert not re.search(rf"\b{code}\b", shown)
    assert doubts.SCORE[code] not in browser.get(f"/konten/{item}?lang=en").text


def test_every_doubt_that_can_be_stored_has_its_sentence() -> None:
    told = inspect.getsource(doubt_of)
    assert set(re.findall(r'"(\w+)"', told)) == set(doubts.SCORE)
    indonesian = Tongue("id", UTC)
    assert doubts.of_page("canonical, gambling, canonical", indonesian) == (DOUBTS["canonical"], DOUBTS["gambling"])
    assert doubts.of_page("", indonesian) == ()
    assert doubts.of_score("something new", indonesian) == doubts.OTHER


def test_what_no_model_has_judged_shows_no_number(own_store: Store) -> None:
    item = made_city.add_konten(own_store, made_city.settings(), 1, model="", reasons=())
    browser = client(made_city.desk(own_store))
    for address in ("/", f"/konten/{item}"):
        shown = soup(browser.get(address).text).main
        assert "belum dinilai" in shown.get_text()
        assert not shown.select(".indikasi")


def test_konten_text_is_shown_whole_and_unchanged(browser: Client, store: Store) -> None:
    with store.read() as tx:
        row = tx.queue(limit=1)[0]
    page = soup(browser.get(f"/konten/{row.item.id}").text)
    for weight in page.select(".text sup"):
        weight.decompose()
    assert row.words is not None
    assert [p.get_text() for p in page.select(".text p")] == [one for one in row.words.text.split("\n") if one.strip()]


HOSTILE = [
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", '"><svg onload=alert(1)>', "javascript:alert(1)",
    "{{ 7*7 }}{% raw %}", "</mark><iframe src=//evil.example>", "\u202eterbalik", "a\u0000b", "'-alert(1)-'",
    "<a href='javascript:alert(1)'>x</a>", "<style>@import '//evil.example'</style>", "]]><!--",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_stay_words(own_store: Store, text: str) -> None:
    known = made_city.settings()
    words = Words(text, f"awal {text} akhir\n{text}", text)
    item = made_city.add_konten(own_store, known, 1, words, regions=(text[:40],), topics=(text[:40],), doubt=text,
                                reasons=(("title", 0, 9, 0.5), ("text", 2, 30, -0.4), ("text", -5, 9999, 0.2)))
    browser = client(made_city.desk(own_store))
    for address in ("/", f"/konten/{item}"):
        answer = browser.get(address)
        page = soup(answer.text)
        assert answer.status_code == 200
        assert {tag.name for tag in page.find_all()} <= ALLOWED
        assert not [name for tag in page.find_all() for name in tag.attrs if name.startswith("on") or name == "style"]
        assert all(str(script.get("src")).startswith(("/static/htmx-2.0.11.min.js", "/static/jernih.js?v="))
                   for script in page.find_all("script"))
    shown = page.get_text().replace("\ufffd", "\x00")
    assert text.replace("\x00", "")[:9] in shown.replace("\x00", "")


ALLOWED = {
    "a", "article", "aside", "body", "button", "circle", "datalist", "dd", "details", "dialog", "div", "dl",
    "dt", "fieldset", "footer",
    "form", "h1", "h2", "head", "header", "html", "input", "kbd", "label", "legend", "li", "link", "main", "mark",
    "meta", "nav", "ol", "option", "p", "path", "q", "rect", "script", "section", "select", "small", "span", "sup",
    "summary", "svg", "textarea", "time", "title", "ul",
}


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "//evil.example", "ftp://x.example/"])
def test_an_address_that_is_no_page_is_never_a_link(own_store: Store, url: str) -> None:
    item = made_city.add_konten(own_store, made_city.settings(), 1, url=url)
    page = soup(client(made_city.desk(own_store)).get(f"/konten/{item}").text)
    assert [a["href"] for a in page.find_all("a") if not str(a["href"]).startswith(("/", "?", "#"))] == []
    assert all(not str(a["href"]).startswith("//") for a in page.find_all("a"))


@pytest.mark.parametrize("path", ["/konten/99999", "/konten/99999999999999999999999", "/tidak-ada", "/konten/abc",
                                  "/konten/-1", "/static/tidak-ada.css", "/static/../pages.py", "/sumber/baris?nama=x"])
def test_what_is_not_there_is_a_page_in_indonesian(browser: Client, path: str) -> None:
    answer = browser.get(path)
    assert answer.status_code == 404
    assert soup(answer.text).h1.get_text() == "Halaman tidak ada"


# Sources


def test_sources_say_how_they_are_troubled_ones_first(browser: Client) -> None:
    page = soup(browser.get("/sumber").text)
    rows = {row.th.contents[0].strip(): row for row in page.select("tbody tr")}
    assert list(rows)[:2] == ["Radio Pulau", "Harian Jauh"]
    assert "Situs Sementara" not in rows
    assert rows["Radio Pulau"].select_one(".state").get_text(strip=True) == "gagal"
    assert "Gagal 4 kali berturut-turut." in rows["Radio Pulau"].get_text()
    assert rows["Harian Jauh"].select_one(".state").get_text(strip=True) == "dijeda"
    assert rows["Bawaslu Contoh"].select_one(".state").get_text(strip=True) == "menunggu"
    assert rows["Info Warga"].select_one(".state").get_text(strip=True) == "lancar"
    assert rows["Info Warga"].select_one("td[data-label=berikutnya]").get_text() == "14.10 WIT"
    assert all(row.select_one(".state svg") for row in rows.values())


def test_sources_can_be_narrowed(browser: Client) -> None:
    def names(address: str) -> list[str]:
        return [th.contents[0].strip() for th in soup(browser.get(address).text).select("tbody th")]

    assert names("/sumber?keadaan=gagal") == ["Radio Pulau"]
    assert names("/sumber?keadaan=dimatikan") == ["Situs Sementara"]
    assert names("/sumber?cari=kpu") == ["KPU Kota Contoh"]
    assert names("/sumber?cari=nasional+feed") == ["Harian Jauh", "Cek Contoh", "Warta Nusa"]
    assert names("/sumber?cari=zzz") == []


def test_a_moved_address_comes_with_lines_to_copy(browser: Client) -> None:
    code = soup(browser.get("/sumber").text).select_one(".moved code")
    assert code.get_text() == '[[source]]\nname = "Koran Lama"\nurl = "https://baru.koranlama.example/rss"'


def test_without_a_contact_the_page_asks_for_it(own_store: Store) -> None:
    known = made_city.settings()
    silent = replace(known, office=replace(known.office, contact=""))
    page = soup(client(made_city.desk(own_store, silent)).get("/sumber").text)
    notice = page.select_one(".notice").get_text(" ", strip=True)
    assert "contact = " in notice
    assert "make demo" in notice
    assert {state.get_text(strip=True) for state in page.select("tbody .state")} == {"dijeda"}
    assert page.select("tbody button") == []
    assert "Sumber" in soup(client(made_city.desk(own_store, silent)).get("/").text).select_one(".notice").get_text()


def test_a_broken_feeds_toml_is_told_on_every_page(store: Store) -> None:
    said = 'feeds.toml baris 12: kunci "rythm" tidak dikenal'
    browser = client(made_city.desk(store, trouble=lambda: (said,)))
    for address in ("/", "/sumber", "/konten/1"):
        assert said in soup(browser.get(address).text).select_one(".notice").get_text()


def test_a_thousand_sources_are_one_page_of_bearable_size(own_store: Store) -> None:
    known = made_city.settings(sources=1000)
    made_city.fill(own_store, known, konten=0)
    answer = client(made_city.desk(own_store, known)).get("/sumber")
    assert len(soup(answer.text).select("tbody tr")) == 1000
    assert len(answer.content) < 1_500_000


# "Coba sekarang"


def test_try_now_makes_a_source_due_and_wakes_the_clock(own_store: Store) -> None:
    known, woken = made_city.settings(), []
    made_city.fill(own_store, known, konten=1)
    browser = client(made_city.desk(own_store, known, wake=lambda: woken.append(1)))
    answer = browser.send("/sumber/coba", {"nama": "Harian Jauh"})
    assert answer.status_code == 303
    assert woken == [1]
    with own_store.read() as tx:
        schedule, acts = tx.schedules()["Harian Jauh"], tx.acts("sumber", "Harian Jauh")
    assert (schedule.due, schedule.paused, schedule.failures) == (NOW, "", 30)
    assert [(act.act, act.detail) for act in acts] == [("minta coba", {"dijeda": True})]
    page = soup(browser.get(answer.headers["location"]).text)
    row = page.find(id=answer.headers["location"].split("#")[1])
    assert "sebentar lagi" in row.get_text()
    assert row.find("button") is None


def test_try_now_by_htmx_gives_the_row_that_asks_again(own_store: Store) -> None:
    known = made_city.settings()
    made_city.fill(own_store, known, konten=1)
    browser = client(made_city.desk(own_store, known))
    answer = browser.send("/sumber/coba", {"nama": "Radio Pulau"}, headers={"hx-request": "true"})
    row = soup(answer.text).tr
    assert (row["hx-get"], row["hx-trigger"]) == ("/sumber/baris?nama=Radio%20Pulau", "every 4s")
    with own_store.write() as tx:
        tx.put_schedule(made_city.schedule("Radio Pulau", "https://radiopulau.example/rss", 0))
    later = soup(browser.get(row["hx-get"]).text).tr
    assert "hx-get" not in later.attrs
    assert later.select_one(".state").get_text(strip=True) == "lancar"


@pytest.mark.parametrize("headers, status", [
    ({}, 403), ({"origin": "http://jahat.example"}, 403), ({"origin": "null"}, 403),
    ({"origin": "http://127.0.0.1:9999"}, 403), ({"origin": "https://127.0.0.1:8765"}, 303),
    ({"origin": HERE, "sec-fetch-site": "cross-site"}, 403), ({"origin": HERE, "sec-fetch-site": "same-origin"}, 303),
    ({"referer": f"{HERE}/sumber"}, 303), ({"referer": "http://jahat.example/"}, 403), ({"origin": "http://[x"}, 403),
])
def test_only_our_own_pages_change_anything(own_store: Store, headers: dict[str, str], status: int) -> None:
    known = made_city.settings()
    made_city.fill(own_store, known, konten=1)
    browser = client(made_city.desk(own_store, known))
    answer = browser.post("/sumber/coba", data={"nama": "Info Warga", "tanda": browser.sign()}, headers=headers)
    assert answer.status_code == status
    with own_store.read() as tx:
        assert (tx.schedules()["Info Warga"].due == NOW) is (status == 303)


@pytest.mark.parametrize("body, kind, status", [
    (b"nama=Tidak+Ada", "application/x-www-form-urlencoded", 404),
    (b"", "application/x-www-form-urlencoded", 404),
    (b"nama=Situs+Sementara", "application/x-www-form-urlencoded", 409),
    (b"nama=%FF", "application/x-www-form-urlencoded", 400),
    (b"\xff=1", "application/x-www-form-urlencoded", 400),
    (b"&".join(b"a=1" for _ in range(200)), "application/x-www-form-urlencoded", 400),
    (b"nama=" + b"x" * 70_000, "application/x-www-form-urlencoded", 413),
    (b'{"nama": "Info Warga"}', "application/json", 415),
    (b"x", "", 415),
])
def test_wrong_forms_get_the_right_status_and_a_sentence(browser: Client, body: bytes, kind: str,
                                                         status: int) -> None:
    signed = body + b"&tanda=" + browser.sign().encode() if status in (404, 409) else body
    answer = browser.post("/sumber/coba", content=signed, headers={**OWN, "content-type": kind})
    assert answer.status_code == status
    assert len(soup(answer.text).select_one(".empty p").get_text()) > 20


# The gate and failures


@pytest.mark.parametrize("host", ["127.0.0.1:8765", "localhost:9000", "LOCALHOST", "[::1]:8765"])
def test_loopback_names_are_let_in(browser: Client, host: str) -> None:
    assert browser.get("/health", headers={"host": host}).status_code in (200, 503)


@pytest.mark.parametrize("host", ["jahat.example", "127.0.0.1.jahat.example", "", "0.0.0.0:8765", "127.0.0.1:8765:1",
                                  "127.0.0.1@jahat.example", "localhost.", "[::1", "2130706433"])
def test_other_hosts_are_refused(browser: Client, host: str) -> None:
    answer = browser.get("/", headers={"host": host})
    assert answer.status_code == 400
    assert "terowongan SSH" in answer.text


@pytest.mark.parametrize("name", ["x-forwarded-for", "forwarded", "via", "x-real-ip", "x-forwarded-host"])
def test_a_proxy_before_a_desk_without_login_is_refused(browser: Client, name: str) -> None:
    answer = browser.get("/", headers={name: "10.0.0.1"})
    assert answer.status_code == 400
    assert "proxy" in answer.text


def test_two_hosts_or_none_are_refused() -> None:
    def judged(*hosts: bytes) -> gate.Refused | None:
        return gate.judge("GET", Headers(raw=[(b"host", host) for host in hosts]))

    assert judged(b"127.0.0.1") is None
    assert judged() is not None
    assert judged(b"127.0.0.1", b"jahat.example") is not None


@pytest.mark.parametrize("path, status", [("/", 200), ("/konten/99999", 404), ("/?sesudah=x", 400), ("/health", 200),
                                          ("/static/jernih.css", 200)])
def test_every_answer_forbids_inline_code_and_foreign_places(browser: Client, path: str, status: int) -> None:
    answer = browser.get(path)
    assert answer.status_code == status
    policy = dict(part.strip().split(" ", 1) for part in answer.headers["content-security-policy"].split(";"))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["connect-src"] == policy["form-action"] == "'self'"
    assert "unsafe" not in answer.headers["content-security-policy"]
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "same-origin"
    assert answer.headers["cache-control"] == ("max-age=86400" if "static" in path else "no-store")


def test_pages_hold_no_inline_code_and_no_foreign_resource(browser: Client) -> None:
    for address in ("/", "/konten/1", "/sumber", "/tidak-ada"):
        page = soup(browser.get(address).text)
        assert [tag for tag in page.find_all("script") if tag.string] == []
        assert page.find_all("style") == []
        assert [tag for tag in page.find_all() if "style" in tag.attrs] == []
        loaded = [tag.get("src") or tag.get("href") for tag in page.find_all(["script", "link", "img", "iframe"])]
        assert loaded
        assert all(str(one).startswith("/static/") for one in loaded)


@pytest.mark.parametrize("method, path", [("POST", "/"), ("DELETE", "/konten/1"), ("GET", "/sumber/coba"),
                                          ("PUT", "/sumber")])
def test_a_wrong_method_is_405(browser: Client, method: str, path: str) -> None:
    answer = browser.request(method, path, headers=OWN)
    assert answer.status_code == 405
    assert "allow" in answer.headers
    assert soup(answer.text).h1.get_text() == "Langkah ini tidak berlaku di sini"


def test_a_store_that_fails_is_503_with_its_sentence(tmp_path: Path) -> None:
    bare = stores.open("", tmp_path)
    desk = made_city.desk(bare)
    for address in ("/", "/sumber", "/konten/1"):
        answer = client(desk).get(address)
        assert answer.status_code == 503
        assert "retry-after" in answer.headers
        assert "Basis data" in answer.text
    health = client(desk).get("/health")
    assert (health.status_code, health.json()["status"]) == (503, "degraded")
    bare.close()


def test_what_nobody_expected_is_a_sentence_without_traceback(store: Store) -> None:
    def broken() -> str:
        raise RuntimeError("rahasia dapur")

    answer = client(made_city.desk(store, now=broken)).get("/sumber")
    assert answer.status_code == 500
    assert "rahasia" not in answer.text
    assert "Traceback" not in answer.text


def test_websockets_are_refused(store: Store) -> None:
    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    async def receive() -> Any:
        return {"type": "websocket.connect"}

    asyncio.run(pages.app(made_city.desk(store))({"type": "websocket", "path": "/", "headers": []}, receive, send))
    assert sent == [{"type": "websocket.close", "code": 1008}]


# Health and metrics


def test_health_is_exactly_what_was_promised(browser: Client) -> None:
    answer = browser.get("/health")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/json")
    assert answer.json() == {"status": "ok", "last_cycle": "2026-11-21T05:04:00Z",
                             "sources": {"ok": 8, "failing": 1, "paused": 1}, "queue": 106, "model": "contoh-1"}


@pytest.mark.parametrize("pulse, contact, status", [
    (Pulse(NOW - timedelta(minutes=1)), "a@b.example", 200),
    (Pulse(NOW - timedelta(days=1), NOW - timedelta(seconds=5)), "a@b.example", 200),
    (Pulse(NOW - timedelta(days=1), NOW - timedelta(hours=3)), "a@b.example", 503),
    (Pulse(NOW - timedelta(days=1)), "a@b.example", 503),
    (Pulse(NOW - timedelta(minutes=1), NOW), "", 503),
])
def test_health_is_degraded_where_nothing_is_collected(own_store: Store, pulse: Pulse, contact: str,
                                                       status: int) -> None:
    known = made_city.settings()
    held = replace(known, office=replace(known.office, contact=contact))
    with own_store.write() as tx:
        for source in known.watched:
            tx.put_schedule(made_city.schedule(source.name, source.url, 0))
    answer = client(made_city.desk(own_store, held, pulse=lambda: pulse)).get("/health")
    assert (answer.status_code, answer.json()["status"]) == (status, "ok" if status == 200 else "degraded")


def test_health_is_degraded_where_most_sources_fail(own_store: Store) -> None:
    known = made_city.settings()
    with own_store.write() as tx:
        for n, source in enumerate(known.watched):
            failing = made_city.schedule(source.name, source.url, 9 if n < 6 else 0)
            tx.put_schedule(failing)
    answer = client(made_city.desk(own_store, known, pulse=lambda: Pulse(NOW, NOW))).get("/health")
    assert answer.status_code == 503
    assert answer.json()["sources"] == {"ok": 5, "failing": 6, "paused": 0}


def test_metrics_stand_on_an_app_of_their_own(store: Store) -> None:
    metrics = Client(pages.metrics_app(made_city.desk(store)), "http://127.0.0.1:8766")
    text = metrics.get("/metrics").text
    assert "jernih_healthy 1.0" in text
    assert 'jernih_sources{condition="paused"} 1.0' in text
    assert 'jernih_queue_items{state="BARU"}' in text
    assert metrics.get("/").status_code == 404
    assert metrics.get("/metrics", headers={"host": "jahat.example"}).status_code == 400
    assert client(made_city.desk(store)).get("/metrics").status_code == 404


# Where it listens


@pytest.mark.parametrize("host", ["bukan-alamat", "192.0.2.7", "::ffff:300"])
def test_an_address_that_is_not_of_this_machine_is_refused_with_a_sentence(host: str) -> None:
    with pytest.raises(DeskError) as caught:
        listen(host, 0)
    assert caught.value.code == 2
    assert "feeds.toml" in caught.value.sentence


def test_a_port_in_use_comes_with_the_repair() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(DeskError) as caught:
            listen("127.0.0.1", port)
    assert caught.value.code == 1
    assert f"jernih run --port {port + 100}" in caught.value.sentence


def test_server_answers_and_ends() -> None:
    server = pages.Server(PlainTextResponse("hai"), listen("127.0.0.1", 0))
    server.start()
    with socket.create_connection(server.opened.getsockname()) as line:
        line.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Forwarded-For: 9.9.9.9\r\nConnection: close\r\n\r\n")
        answer = b"".join(iter(lambda: line.recv(4096), b""))
    server.stop()
    assert answer.startswith(b"HTTP/1.1 200")
    assert b"server:" not in answer.lower()
    assert not server.alive


# Files of others


VENDORED = {
    "htmx-2.0.11.min.js": "d6fdc75f204e6bdefa99b69bf1e6d4ac69b8a364f77929f45c13476b4000f717",
    "htmx-LICENSE.txt": "d3d2456f76414f2456104660ebd65aff1c04cd7966b942bdabd63f3cdb316a38",
    "pico-2.1.1.classless.min.css": "61207a40ffc02a42d1e50143651c121beab70ed413c934c1ff84fa263ba436b0",
    "pico-LICENSE.txt": "afaff063e044233f917b7807dccab022f09dca474f92b642846bee4850655bbf",
}
OURS = ("jernih.css", "jernih.js", "salin.js", "samar.js", "tetes.svg")


def test_vendored_files_are_as_published() -> None:
    assert {name: sha256((STATIC / name).read_bytes()).hexdigest() for name in VENDORED} == VENDORED
    assert {path.name for path in STATIC.iterdir()} == {*VENDORED, *OURS}


def test_our_style_loads_nothing_from_elsewhere_and_names_the_vendored_file() -> None:
    style = (STATIC / "jernih.css").read_text()
    assert re.findall(r'url\("?([^)"]+)', style) == ["pico-2.1.1.classless.min.css"]
    assert "http" not in style


def tokens(block: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block))


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_colour_of_words_stands_out_from_its_ground(scheme: str) -> None:
    style = (STATIC / "jernih.css").read_text()
    light, dark = style.split("@media (prefers-color-scheme: dark)")[:2]
    known = tokens(light) if scheme == "light" else tokens(light) | tokens(dark.split("/* Ground */")[0])
    pairs = [(word, ground) for word in ("ink", "soft", "water", "look", "false", "true", "plain")
             for ground in ("paper", "mist")] + [("look", "look-mist"), ("ink", "look-mist"), ("water-ink", "water")]
    for word, ground in pairs:
        high, low = sorted((luminance(known[word]), luminance(known[ground])), reverse=True)
        assert (high + 0.05) / (low + 0.05) >= 4.5, f"{word} on {ground} ({scheme})"


def test_static_files_are_kept_by_the_browser(browser: Client) -> None:
    assert "immutable" in browser.get("/static/htmx-2.0.11.min.js").headers["cache-control"]
    link = soup(browser.get("/").text).select_one("link[rel=stylesheet]")
    assert "immutable" in browser.get(str(link["href"])).headers["cache-control"]


# Words, numbers, marks


WIB = Tongue("id", timezone(timedelta(hours=7), "WIB"))
ENGLISH = Tongue("en", timezone(timedelta(hours=9), "WIT"))


def test_numbers_and_times_are_written_as_indonesians_do() -> None:
    moment = datetime(2026, 8, 5, 7, 5, tzinfo=UTC)
    assert WIB.number(1234.5, 1) == "1.234,5"
    assert WIB.number(1234567) == "1.234.567"
    assert (WIB.signed(0.84), WIB.signed(-0.44), WIB.signed(-0.27, 2)) == ("+0,8", "−0,4", "−0,27")
    assert WIB.moment(moment) == "5 Agu 2026 14.05 WIB"
    assert WIB.clock(moment, moment) == "14.05 WIB"
    assert WIB.clock(moment, moment + timedelta(days=1)) == "5 Agu 2026 14.05 WIB"
    assert ENGLISH.moment(moment) == "5 Aug 2026 16:05 WIT"
    assert (ENGLISH.number(1234.5, 1), ENGLISH.signed(-0.44)) == ("1,234.5", "−0.4")


@pytest.mark.parametrize("past, said", [
    (timedelta(seconds=20), "baru saja"), (timedelta(seconds=-90), "baru saja"), (timedelta(minutes=7), "7 menit lalu"),
    (timedelta(hours=2, minutes=10), "2 jam lalu"), (timedelta(days=3), "3 hari lalu"),
])
def test_age(past: timedelta, said: str) -> None:
    assert WIB.ago(NOW - past, NOW) == said


def test_english_is_one_link_away_and_stays(browser: Client) -> None:
    page = soup(browser.get("/sumber?keadaan=gagal").text)
    assert page.html["lang"] == "id"
    link = page.select_one("footer a")
    assert link["href"] == "?keadaan=gagal&lang=en"
    english = browser.get("/sumber" + str(link["href"]))
    assert soup(english.text).html["lang"] == "en"
    assert "Sources" in english.text
    assert soup(browser.get("/").text).select_one("h1").get_text() == "Queue"
    assert soup(browser.get("/?lang=id").text).select_one("h1").get_text() == "Antrean"


def test_an_english_browser_in_an_indonesian_office_sees_indonesian(browser: Client) -> None:
    assert soup(browser.get("/", headers={"accept-language": "en-US,en;q=0.9"}).text).html["lang"] == "id"


SPANS = some.lists(some.tuples(some.integers(-5, 60), some.integers(-5, 60),
                               some.floats(-3, 3, allow_nan=False)), max_size=8)


@given(some.text(max_size=50), SPANS)
def test_pieces_put_together_are_the_text(text: str, spans: list[tuple[int, int, float]]) -> None:
    assert "".join(piece.text for piece in pieces(text, spans)) == text


@given(some.text(alphabet="ab \n", max_size=50), SPANS)
def test_paragraphs_hold_every_line_that_says_something(text: str, spans: list[tuple[int, int, float]]) -> None:
    lines = ["".join(piece.text for piece in line) for line in paragraphs(text, spans)]
    assert lines == [line for line in text.split("\n") if line.strip()]


def test_the_weightier_of_two_overlapping_reasons_stands() -> None:
    found = pieces("surat suara tercoblos", [(0, 11, 0.2), (6, 21, -0.9), (0, 5, 0.1)])
    assert [(piece.text, piece.weight) for piece in found] == [("surat", 0.1), (" ", None), ("suara tercoblos", -0.9)]
