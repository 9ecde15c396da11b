"""Door web, the collector: what becomes of requests, over a web that is httpx.MockTransport."""

import gzip
import random
import threading
import time
import tracemalloc
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise

import httpx
import pytest

from monitor.fetches import ERRORS, Reply, Request
from monitor.sources import Network
from monitor.web import Collector, user_agent

NOW = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
FEED = b'<?xml version="1.0"?><rss version="2.0"><channel><title>Kabar</title></channel></rss>'
MIB = 1024 * 1024
Handler = Callable[[httpx.Request], httpx.Response]
A = "https://a.go.id/umpan"


class Stream(httpx.SyncByteStream):
    """A body in pieces, as a network brings it."""

    def __init__(self, pieces: Iterable[bytes], then: Exception | None = None) -> None:
        self.pieces, self.then = pieces, then

    def __iter__(self) -> Iterator[bytes]:
        yield from self.pieces
        if self.then:
            raise self.then


@dataclass
class Web:
    """A pretended web: a table from address to answer; robots.txt is missing unless the table has it."""

    table: dict[str, object]

    def __post_init__(self) -> None:
        self.asked: list[httpx.Request] = []
        self.lock = threading.Lock()

    def __call__(self, request: httpx.Request) -> httpx.Response:
        with self.lock:
            self.asked.append(request)
        found = self.table.get(str(request.url), httpx.Response(404))
        if isinstance(found, list):
            found = found.pop(0)
        if isinstance(found, Exception):
            raise found
        if callable(found):
            found = found(request)
        assert isinstance(found, httpx.Response)
        return found

    @property
    def paths(self) -> list[str]:
        return [str(request.url) for request in self.asked]


def collector(web: Handler, **options: object) -> Collector:
    values: dict[str, object] = {"gap": 0.0, "deadline": 5.0, "rng": random.Random(1), "now": lambda: NOW} | options
    return Collector(Network(), "kominfo@contoh.go.id", transport=httpx.MockTransport(web), **values)  # type: ignore[arg-type]


def fetch(web: Handler, *requests: Request | str, **options: object) -> list[Reply]:
    asked = [Request(one, one, one, robots_exception=True) if isinstance(one, str) else one for one in requests]
    with closing(collector(web, **options)) as client:
        return list(client.fetch_all(asked, threading.Event()))


def one(web: Handler, url: Request | str = A, **options: object) -> Reply:
    (reply,) = fetch(web, url, **options)
    return reply


# What an answer becomes.


def bombed(layers: int) -> bytes:
    body = zlib.compress(bytes(16 * MIB), 9, wbits=31)
    for _ in range(layers - 1):
        body = gzip.compress(body)
    return body


def pieces(*parts: bytes, headers: dict[str, str] | None = None, then: Exception | None = None) -> httpx.Response:
    return httpx.Response(200, headers=headers, stream=Stream(parts, then))


GZ = {"content-encoding": "gzip"}
PACKED = gzip.compress(FEED * 50)
ANSWERS = [
    ("plain", pieces(FEED), "", FEED),
    ("identity", pieces(FEED, headers={"content-encoding": "identity"}), "", FEED),
    ("gzip", pieces(PACKED, headers=GZ), "", FEED * 50),
    ("x-gzip", pieces(PACKED, headers={"content-encoding": "X-GZip"}), "", FEED * 50),
    ("gzip, byte by byte", pieces(*(PACKED[i : i + 1] for i in range(len(PACKED))), headers=GZ), "", FEED * 50),
    ("gzip and a tail", pieces(PACKED + b"\0" * 512, headers=GZ), "", FEED * 50),
    ("empty gzip", pieces(headers=GZ), "", b""),
    ("a .gz file", pieces(PACKED), "", FEED * 50),
    ("deflate", pieces(zlib.compress(FEED), headers={"content-encoding": "deflate"}), "encoding", b""),
    ("br", pieces(b"x", headers={"content-encoding": "br"}), "encoding", b""),
    ("zstd", pieces(b"x", headers={"content-encoding": "zstd"}), "encoding", b""),
    ("nonsense", pieces(b"x", headers={"content-encoding": "gzipp"}), "encoding", b""),
    ("gzip, gzip", pieces(bombed(2), headers={"content-encoding": "gzip, gzip"}), "encoding", b""),
    ("gzip within gzip", pieces(gzip.compress(PACKED), headers=GZ), "encoding", b""),
    ("gzip within a .gz file", pieces(gzip.compress(PACKED)), "encoding", b""),
    ("a bomb", pieces(bombed(1), headers=GZ), "too_big", b""),
    ("a stacked bomb", pieces(bombed(3), headers=GZ), "encoding", b""),
    ("a bomb as a .gz file", pieces(bombed(1)), "too_big", b""),
    ("10 MiB", pieces(*([b"x" * MIB] * 10)), "", b"x" * (10 * MIB)),
    ("10 MiB and one", pieces(*([b"x" * MIB] * 10), b"x"), "too_big", b""),
    ("gzip cut short", pieces(PACKED[:-9], headers=GZ), "truncated", b""),
    ("gzip that is none", pieces(b"plain words", headers=GZ), "protocol", b""),
    ("gzip gone bad", pieces(PACKED[:-8] + bytes(8), headers=GZ), "protocol", b""),
    ("a body in crumbs", pieces(*([b"x"] * 6_000)), "protocol", b""),
    ("a body cut short", pieces(b"<rss", then=httpx.RemoteProtocolError("peer closed connection")), "truncated", b""),
    ("a connection lost", pieces(b"<rss", then=httpx.ReadError("reset")), "truncated", b""),
    ("nonsense in the body", pieces(b"<rss", then=httpx.RemoteProtocolError("illegal chunk header")), "protocol", b""),
    ("silence in the body", pieces(b"<rss", then=httpx.ReadTimeout("x")), "timeout", b""),
    ("no connection", httpx.ConnectError("refused"), "connect", b""),
    ("no connection in time", httpx.ConnectTimeout("x"), "timeout", b""),
    ("nonsense", httpx.RemoteProtocolError("x"), "protocol", b""),
    ("a proxy's trouble", httpx.ProxyError("502"), "proxy", b""),
    ("a bug of ours", ZeroDivisionError("x"), "protocol", b""),
]  # fmt: skip


@pytest.mark.parametrize("name, answer, error, body", ANSWERS, ids=[row[0] for row in ANSWERS])
def test_answers(name: str, answer: object, error: str, body: bytes) -> None:
    reply = one(Web({A: answer}))
    assert (reply.error, reply.body == body) == (error, True)
    assert error == "" or (error in ERRORS and reply.cause)


def test_a_bomb_is_never_inflated_beyond_its_bound() -> None:
    """Stacked gzip reached 2 GiB in a plain client: measured here by what the process allocates."""
    web = Web({A: pieces(bombed(1), headers=GZ)})
    tracemalloc.start()
    try:
        assert one(web).error == "too_big"
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 24 * MIB


def test_a_reply_has_what_the_room_reads_and_no_more() -> None:
    headers = {"ETag": '"a"', "Last-Modified": "x", "Cache-Control": "max-age=5", "Retry-After": "7", "Expires": "y"}
    headers |= {"Date": "z", "Age": "1", "Content-Type": "text/xml", "Set-Cookie": "a=b", "X-Long": "y" * 9_000}
    reply = one(Web({A: httpx.Response(200, headers=headers, content=FEED)}))
    assert (reply.status, reply.final_url, reply.body, reply.error) == (200, A, FEED, "")
    assert reply.headers == {k.lower(): v for k, v in headers.items() if k not in ("Set-Cookie", "X-Long")}
    assert (reply.started, reply.ended) == (NOW, NOW)


def test_a_hostile_validator_is_neither_kept_nor_sent() -> None:
    web = Web({A: httpx.Response(200, headers=[(b"etag", b'"\xff"'), (b"last-modified", b"x" * 9_000)], content=FEED)})
    reply = one(web, Request("a", A, "a", etag='"x"\r\nHost: b', last_modified="é", robots_exception=True))
    assert reply.headers == {}
    assert "if-none-match" not in web.asked[0].headers
    assert "if-modified-since" not in web.asked[0].headers


def test_what_we_send() -> None:
    web = Web({A: httpx.Response(304)})
    reply = one(
        web, Request("a", A, "a", etag='W/"1"', last_modified="Sat, 21 Nov 2026 03:00:00 GMT", robots_exception=True)
    )
    sent = web.asked[0].headers
    assert reply.status == 304
    assert sent["accept-encoding"] == "gzip"
    assert sent["if-none-match"] == 'W/"1"'
    assert sent["if-modified-since"] == "Sat, 21 Nov 2026 03:00:00 GMT"
    assert sent["user-agent"].startswith("Jernih/")
    assert "kominfo@contoh.go.id" in sent["user-agent"]
    assert "cookie" not in sent


@pytest.mark.parametrize("contact", ["", "  ", "a\r\nX: y", "Dinas é (x)", "a" * 1_000])
def test_any_contact_makes_a_safe_header(contact: str) -> None:
    agent = user_agent(contact)
    assert agent.isascii()
    assert agent.isprintable()
    assert agent.count("(") == agent.count(")") <= 1
    assert len(agent) < 300


def test_a_bad_address_is_a_reply_and_asks_nobody() -> None:
    web = Web({})
    reply = one(web, "http://0x7f000001/")
    assert (reply.error, web.asked) == ("spelling", [])


def test_error_bodies_are_read_only_as_far_as_naming_them_needs() -> None:
    assert len(one(Web({A: httpx.Response(403, content=b"x" * MIB)})).body) == 64 * 1024


# Redirects.


def to(location: str, status: int = 302) -> httpx.Response:
    return httpx.Response(status, headers={"location": location})


B, C = "https://b.go.id/umpan", "https://c.go.id/umpan"
FOUND = httpx.Response(200, content=FEED)
PERMANENCE = [
    ({A: to(B, 301), B: FOUND}, B),
    ({A: to(B, 308), B: to(C, 301), C: FOUND}, C),
    ({A: to(B, 301), B: to(C, 302), C: FOUND}, B),
    ({A: to(B, 302), B: to(C, 301), C: FOUND}, ""),
    ({A: to(B, 303), B: FOUND}, ""),
    ({A: to(B, 307), B: FOUND}, ""),
    ({A: FOUND}, ""),
]


@pytest.mark.parametrize("table, permanent", PERMANENCE)
def test_which_redirects_are_permanent(table: dict[str, object], permanent: str) -> None:
    reply = one(Web(dict(table)))
    assert (reply.permanent, reply.body, reply.error) == (permanent, FEED, "")
    assert reply.final_url == list(table)[-1]


def chain(length: int) -> dict[str, object]:
    table: dict[str, object] = {f"{A}{n or ''}": to(f"{A}{n + 1}") for n in range(length)}
    return table | {f"{A}{length or ''}": FOUND}


BAD_REDIRECTS = [
    ("five are followed", chain(5), ""),
    ("six are not", chain(6), "redirects"),
    ("to itself", {A: to(A)}, "redirects"),
    ("in a circle", {A: to(B), B: to(A)}, "redirects"),
    ("to http", {A: to("http://a.go.id/umpan")}, "downgrade"),
    ("to a file", {A: to("file:///etc/passwd")}, "spelling"),
    ("to an odd spelling", {A: to("https://2130706433/")}, "spelling"),
    ("with a password", {A: to("https://a:b@b.go.id/")}, "spelling"),
    ("without an address", {A: httpx.Response(301)}, ""),
    ("relative", {A: to("umpan2"), A + "2": FOUND}, ""),
]


@pytest.mark.parametrize("name, table, error", BAD_REDIRECTS, ids=[row[0] for row in BAD_REDIRECTS])
def test_redirects(name: str, table: dict[str, object], error: str) -> None:
    assert one(Web(dict(table))).error == error


def test_a_redirect_keeps_the_gap_of_the_host_it_leads_to() -> None:
    times: dict[str, list[float]] = {"a.go.id": [], "b.go.id": []}

    def web(request: httpx.Request) -> httpx.Response:
        times[request.url.host].append(time.monotonic())
        return to(B) if request.url.host == "a.go.id" else FOUND

    replies = fetch(web, A, B, B + "2", gap=0.2)
    assert [reply.error for reply in replies] == ["", "", ""]
    assert len(times["b.go.id"]) == 3
    assert min(b - a for a, b in pairwise(times["b.go.id"])) >= 0.2


# robots.txt.

ROBOTS_A, ROBOTS_B = "https://a.go.id/robots.txt", "https://b.go.id/robots.txt"


def rules(text: str) -> httpx.Response:
    return httpx.Response(200, content=text.encode())


ROBOTS = [
    ("missing", {}, "", True),
    ("allows", {ROBOTS_A: rules("User-agent: *\nDisallow: /x")}, "", True),
    ("forbids", {ROBOTS_A: rules("User-agent: *\nDisallow: /")}, "robots", False),
    ("forbids us", {ROBOTS_A: rules("User-agent: Jernih\nDisallow: /umpan")}, "robots", False),
    ("fails", {ROBOTS_A: httpx.Response(503)}, "robots_unknown", False),
    ("is silent", {ROBOTS_A: httpx.ReadTimeout("x")}, "robots_unknown", False),
    ("cannot be reached", {ROBOTS_A: httpx.ConnectError("x")}, "connect", False),
    ("is huge", {ROBOTS_A: pieces(*([b"#" * MIB] * 20))}, "", True),
    ("is huge and forbids", {ROBOTS_A: pieces(b"User-agent: *\nDisallow: /\n", *([b"#" * MIB] * 20))}, "robots", False),
    ("is a bomb", {ROBOTS_A: pieces(bombed(1), headers=GZ)}, "", True),
    ("lies elsewhere", {ROBOTS_A: to(ROBOTS_B), ROBOTS_B: rules("User-agent: *\nDisallow: /")}, "robots", False),
    ("turns in a circle", {ROBOTS_A: to(ROBOTS_B), ROBOTS_B: to(ROBOTS_A)}, "robots_unknown", False),
    ("leads into the house", {ROBOTS_A: to("http://127.0.0.1/")}, "robots_unknown", False),
    (
        "leads on and on",
        {f"https://a.go.id/{n or 'robots.txt'}": to(f"/{n + 1}") for n in range(9)},
        "",
        True,
    ),
]


@pytest.mark.parametrize("name, table, error, visited", ROBOTS, ids=[row[0] for row in ROBOTS])
def test_robots(name: str, table: dict[str, object], error: str, visited: bool) -> None:
    web = Web({**table, A: httpx.Response(200, content=FEED)})
    reply = one(web, Request("a", A, "a"))
    assert (reply.error, A in web.paths) == (error, visited)
    assert error == "" or "robots.txt" in reply.cause


def test_robots_is_asked_once_a_site_and_not_at_all_with_an_exception() -> None:
    web = Web({f"{A}{n}": httpx.Response(200, content=FEED) for n in range(5)})
    with closing(collector(web)) as client:
        for _ in range(2):
            replies = list(client.fetch_all([Request(str(n), f"{A}{n}", "a") for n in range(5)], threading.Event()))
            assert {reply.status for reply in replies} == {200}
    assert web.paths.count(ROBOTS_A) == 1
    web = Web({A: FOUND, ROBOTS_A: rules("User-agent: *\nDisallow: /")})
    assert one(web, Request("a", A, "a", robots_exception=True)).status == 200
    assert web.paths == [A]


def test_robots_of_the_host_a_redirect_leads_to_is_asked_too() -> None:
    web = Web({A: to(B), B: FOUND, ROBOTS_B: rules("User-agent: *\nDisallow: /")})
    assert one(web, Request("a", A, "a")).error == "robots"
    assert web.paths == [ROBOTS_A, A, ROBOTS_B]


def test_crawl_delay_is_kept() -> None:
    times = []

    def web(request: httpx.Request) -> httpx.Response:
        times.append(time.monotonic())
        return rules("User-agent: *\nCrawl-delay: 0.4") if request.url.path == "/robots.txt" else FOUND

    fetch(web, Request("1", A, "a"), Request("2", A + "2", "a"))
    assert len(times) == 3
    assert min(b - a for a, b in pairwise(times)) >= 0.4


# Politeness, fairness, bounds.


def test_one_at_a_time_and_a_gap_apart_for_each_host_while_others_go_on() -> None:
    spans: dict[str, list[tuple[float, float]]] = {}
    lock = threading.Lock()

    def web(request: httpx.Request) -> httpx.Response:
        begun = time.monotonic()
        time.sleep(0.02)
        with lock:
            spans.setdefault(request.url.host, []).append((begun, time.monotonic()))
        return FOUND

    urls = [f"https://h{host}.go.id/{n}" for host in range(20) for n in range(3)]
    begun = time.monotonic()
    assert len(fetch(web, *urls, gap=0.25, workers=8)) == 60
    assert time.monotonic() - begun < 3.0
    for visits in spans.values():
        assert len(visits) == 3
        assert min(b[0] - a[1] for a, b in pairwise(visits)) >= 0.25


def test_at_most_that_many_workers() -> None:
    flying, most, lock = 0, 0, threading.Lock()

    def web(request: httpx.Request) -> httpx.Response:
        nonlocal flying, most
        with lock:
            flying += 1
            most = max(most, flying)
        time.sleep(0.02)
        with lock:
            flying -= 1
        return FOUND

    fetch(web, *(f"https://h{n}.go.id/" for n in range(40)), workers=7)
    assert most == 7


def test_hosts_of_one_site_on_two_ports_and_schemes_are_one_host() -> None:
    times = []

    def web(request: httpx.Request) -> httpx.Response:
        times.append(time.monotonic())
        return FOUND

    fetch(web, "https://a.go.id/1", "https://a.go.id:8443/2", "http://A.go.id./3", gap=0.2)
    assert min(b - a for a, b in pairwise(times)) >= 0.2


def test_the_gap_holds_between_two_rounds() -> None:
    times = []

    def web(request: httpx.Request) -> httpx.Response:
        times.append(time.monotonic())
        return FOUND

    with closing(collector(web, gap=0.3)) as client:
        for _ in range(2):
            list(client.fetch_all([Request("a", A, "a", robots_exception=True)], threading.Event()))
    assert times[1] - times[0] >= 0.3


def test_a_host_that_asks_us_to_wait_is_left_alone_by_all() -> None:
    web = Web({A: httpx.Response(429, headers={"retry-after": "300"}), A + "2": FOUND, B: FOUND})
    first, *rest = fetch(web, A, A + "2", B, workers=1)
    assert first.status == 429 or rest
    by_key = {reply.request.key: reply for reply in [first, *rest]}
    assert by_key[A + "2"].error == "held"
    assert 290 <= int(by_key[A + "2"].headers["retry-after"]) <= 300
    assert by_key[B].status == 200


def test_a_host_that_is_silent_twice_does_not_cost_its_other_pages_a_deadline_each() -> None:
    asked = []

    def web(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        raise httpx.ConnectTimeout("x")

    replies = fetch(web, *(f"{A}{n}" for n in range(30)))
    assert [reply.error for reply in replies] == ["timeout"] * 30
    assert len(asked) == 2


def test_replies_that_nobody_takes_do_not_pile_up() -> None:
    asked = []

    def web(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return httpx.Response(200, content=b"x" * (8 * MIB))

    with closing(collector(web, workers=2)) as client:
        urls = [f"https://h{n}.go.id/" for n in range(40)]
        replies = client.fetch_all([Request(u, u, u, robots_exception=True) for u in urls], threading.Event())
        next(replies)
        time.sleep(0.5)
        assert 3 <= len(asked) <= 8
        assert sum(1 for _ in replies) == 39


def test_large_bodies_take_turns() -> None:
    large, most, lock = 0, 0, threading.Lock()

    def body() -> Iterator[bytes]:
        nonlocal large, most
        yield b"x" * MIB
        yield b"x"
        with lock:
            large += 1
            most = max(most, large)
        time.sleep(0.05)
        with lock:
            large -= 1
        yield b"x"

    def web(request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, stream=Stream(body()))

    replies = fetch(web, *(f"https://h{n}.go.id/" for n in range(12)))
    assert {len(reply.body) for reply in replies} == {MIB + 2}
    assert most <= 4


def test_two_rounds_at_once_share_their_hosts() -> None:
    times: list[float] = []

    def web(request: httpx.Request) -> httpx.Response:
        times.append(time.monotonic())
        return FOUND

    with closing(collector(web, gap=0.2)) as client:

        def go(n: int) -> None:
            assert (
                len(list(client.fetch_all([Request("a", f"{A}{n}", "a", robots_exception=True)], threading.Event())))
                == 1
            )

        threads = [threading.Thread(target=go, args=(n,)) for n in range(3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert len(times) == 3
    assert min(b - a for a, b in pairwise(sorted(times))) >= 0.2


def test_replies_gives_none_while_nothing_completes() -> None:
    def web(request: httpx.Request) -> httpx.Response:
        time.sleep(0.4)
        return httpx.Response(200, content=FEED)

    with closing(collector(web)) as client:
        replies = list(client.replies([Request(A, A, A, robots_exception=True)], threading.Event()))
    assert len(replies) > 1
    assert [reply.status for reply in replies if reply] == [200]


def test_robots_found_behind_a_redirect_are_known_for_both_sites() -> None:
    plain, secure = "http://a.go.id/", "https://a.go.id/"
    web = Web(
        {plain + "robots.txt": to(secure + "robots.txt", 301), plain + "umpan": to(secure + "umpan", 301), A: FOUND}
    )
    assert one(web, Request("a", plain + "umpan", "a")).status == 200
    assert web.paths == [plain + "robots.txt", secure + "robots.txt", plain + "umpan", secure + "umpan"]


# Stopping.


def test_stop_ends_at_once_with_a_reply_for_everything() -> None:
    stop, entered = threading.Event(), threading.Event()

    def web(request: httpx.Request) -> httpx.Response:
        if request.url.host == "h0.go.id":
            return FOUND
        entered.set()
        time.sleep(1.5)
        return FOUND

    with closing(collector(web, workers=3)) as client:
        urls = [f"https://h{n}.go.id/" for n in range(20)]
        replies = client.fetch_all([Request(u, u, u, robots_exception=True) for u in urls], stop)
        done = [next(replies)]
        assert entered.wait(5)
        stop.set()
        begun = time.monotonic()
        done += list(replies)
        assert time.monotonic() - begun < 1.0
    assert sorted(reply.request.key for reply in done) == sorted(urls)
    assert [reply.error for reply in done].count("stopped") == 19


def test_stopped_before_it_began() -> None:
    stop, web = threading.Event(), Web({A: FOUND})
    stop.set()
    with closing(collector(web)) as client:
        assert [r.error for r in client.fetch_all([Request("a", A, "a")] * 3, stop)] == ["stopped"] * 3


def test_leaving_early_drops_what_is_left_and_the_collector_can_be_used_again() -> None:
    web = Web({f"https://h{n}.go.id/": lambda _: httpx.Response(200, content=FEED) for n in range(30)})
    with closing(collector(web, workers=2)) as client:
        requests = [Request(u, u, u, robots_exception=True) for u in web.table]
        replies = client.fetch_all(requests, threading.Event())
        next(replies)
        replies.close()
        assert len(list(client.fetch_all(requests, threading.Event()))) == 30


def test_close_from_another_thread_ends_a_round() -> None:
    entered = threading.Event()

    def web(request: httpx.Request) -> httpx.Response:
        entered.set()
        time.sleep(1.0)
        return FOUND

    client = collector(web)
    threading.Thread(target=lambda: (entered.wait(5), client.close())).start()
    begun = time.monotonic()
    replies = list(client.fetch_all([Request(A, A, A, robots_exception=True)], threading.Event()))
    assert [reply.error for reply in replies] == ["stopped"]
    assert time.monotonic() - begun < 0.9


def test_threads_end_with_their_round() -> None:
    before = threading.active_count()
    fetch(Web({}), *(f"https://h{n}.go.id/" for n in range(30)))
    deadline = time.monotonic() + 5
    while threading.active_count() > before and time.monotonic() < deadline:
        time.sleep(0.01)
    assert threading.active_count() == before
