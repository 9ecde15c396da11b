"""Door web over real sockets on loopback: the guard at connect time, deadlines, TLS, proxies, wrong servers."""

import gzip
import os
import socket
import ssl
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import pytest
import trustme

from monitor.fetches import Reply, Request
from monitor.sources import Network
from monitor.web import Collector
from monitor.web.wire import Resolver, Wire, tls_context
from tests.loopback import Loopback, Script, answer, dripping, routes

HOUSE = Path(__file__).parent.parent
FEED = b'<?xml version="1.0"?><rss version="2.0"><channel><title>Kabar</title></channel></rss>'
LOCAL = Network(allow=("127.0.0.0/8",))
GZ = {"Content_Encoding": "gzip"}


def fetch(*urls: str, network: Network = LOCAL, deadline: float = 1.0, **options: object) -> list[Reply]:
    requests = [Request(url, url, url, robots_exception=True) for url in urls]
    with closing(Collector(network, "uji", gap=0.0, deadline=deadline, **options)) as client:  # type: ignore[arg-type]
        return list(client.fetch_all(requests, threading.Event()))


def one(url: str, **options: object) -> Reply:
    (reply,) = fetch(url, **options)  # type: ignore[arg-type]
    return reply


# What servers do wrong.

CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
LONG_HEADER = b"HTTP/1.1 200 OK\r\n" + b"X: " + b"a" * 200_000 + b"\r\n\r\n"
MANY_HEADERS = b"HTTP/1.1 200 OK\r\n" + b"X: a\r\n" * 40_000 + b"\r\n"
GZIP_HEAD = answer(b"", Content_Length="-", **GZ) + b"\x1f\x8b\x08\0\0\0\0\0\0\3"
SERVERS: list[tuple[str, bytes | Script, str, bytes]] = [
    ("a feed", answer(FEED), "", FEED),
    ("gzip", answer(gzip.compress(FEED), **GZ), "", FEED),
    ("until closed", b"HTTP/1.0 200 OK\r\n\r\n" + FEED, "", FEED),
    ("chunked", CHUNKED + b"5\r\n<rss>\r\n0\r\n\r\n", "", b"<rss>"),
    ("zero bytes", answer(b""), "", b""),
    ("early hints first", b"HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n" + answer(FEED), "", FEED),
    ("no answer", b"", "protocol", b""),
    ("half a head", b"HTTP/1.1 200 OK\r\nContent-Ty", "protocol", b""),
    ("no HTTP", b"SSH-2.0-OpenSSH_9.2p1 Debian\r\n", "protocol", b""),
    ("less than promised", answer(FEED, Content_Length="9999"), "truncated", b""),
    ("more than promised", answer(FEED, Content_Length="5"), "", FEED[:5]),
    ("a length that is none", answer(FEED, Content_Length="banyak"), "protocol", b""),
    ("a negative length", answer(FEED, Content_Length="-1"), "protocol", b""),
    ("two lengths", answer(FEED, Content_Length="5, 6"), "protocol", b""),
    ("a chunk that is none", CHUNKED + b"zz\r\n<rss>\r\n", "protocol", b""),
    ("chunks cut short", CHUNKED + b"5\r\n<rss>\r\n", "truncated", b""),
    ("transfer-encoding gzip", b"HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n", "protocol", b""),
    ("a long header", LONG_HEADER, "protocol", b""),
    ("many headers", MANY_HEADERS, "protocol", b""),
    ("a status that is none", b"HTTP/1.1 2000 OK\r\n\r\n", "protocol", b""),
    ("an upgrade", b"HTTP/1.1 101 Switching\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n", "protocol", b""),
    ("drips in the body", dripping(CHUNKED, b"1\r\nx\r\n", 0.1), "timeout", b""),
    ("drips in the head", dripping(b"HTTP/1.1 200 OK\r\nX: ", b"a", 0.1), "timeout", b""),
    ("drips early hints", dripping(b"", b"HTTP/1.1 103 E\r\n\r\n", 0.1), "timeout", b""),
    ("silence", dripping(b"", b"", 0.1, most=15), "timeout", b""),
    ("an endless body", dripping(b"HTTP/1.1 200 OK\r\n\r\n", b"x" * 65_536, 0.0, most=4_000), "too_big", b""),
    ("endless crumbs", dripping(CHUNKED, b"1\r\nx\r\n" * 10_000, 0.0, most=4_000), "protocol", b""),
    ("endless gzip of nothing", dripping(GZIP_HEAD, b"\0\0\0\xff\xff" * 10_000, 0.0, most=4_000), "too_big", b""),
]


@pytest.mark.parametrize("name, script, error, body", SERVERS, ids=[row[0] for row in SERVERS])
def test_servers(name: str, script: bytes | Script, error: str, body: bytes) -> None:
    with Loopback(script) as server:
        begun = time.monotonic()
        reply = one(server.url())
        assert (reply.error, reply.body) == (error, body), reply.cause
        assert time.monotonic() - begun < 5.0


def test_a_drip_is_ended_at_the_deadline_and_not_before() -> None:
    with Loopback(dripping(CHUNKED, b"1\r\nx\r\n", 0.05)) as server:
        begun = time.monotonic()
        assert one(server.url(), deadline=1.5).error == "timeout"
        assert 1.4 < time.monotonic() - begun < 2.5


def test_the_deadline_is_over_all_hops() -> None:
    def slow(sock: socket.socket, head: bytes) -> None:
        time.sleep(0.4)
        number = int(head.split(b" ")[1][1:] or 0)
        sock.sendall(answer(b"", "302 Found", Location=f"/{number + 1}"))

    with Loopback(slow) as server:
        begun = time.monotonic()
        assert one(server.url("/0"), deadline=1.0).error == "timeout"
        assert time.monotonic() - begun < 5.0
        assert len(server.heads) == 3


def test_others_are_not_delayed_by_a_drip_and_a_bomb() -> None:
    bomb = answer(gzip.compress(bytes(64 * 1024 * 1024)), **GZ)
    good = [Loopback(answer(FEED), f"127.0.1.{n}") for n in range(1, 21)]
    bad = [Loopback(dripping(CHUNKED, b"1\r\nx\r\n", 0.1), "127.0.2.1"), Loopback(bomb, "127.0.2.2")]
    with closing(Collector(LOCAL, "uji", gap=0.0, deadline=2.0, workers=4)) as client:
        for server in good + bad:
            server.__enter__()
        try:
            begun, times = time.monotonic(), []
            requests = [Request(s.host, s.url(), s.host, robots_exception=True) for s in bad + good]
            for reply in client.fetch_all(requests, threading.Event()):
                if reply.status == 200 and not reply.error:
                    times.append(time.monotonic() - begun)
            assert len(times) == 20
            assert max(times) < 2.0
        finally:
            for server in good + bad:
                server.__exit__()


# The guard, at connect time.


def test_loopback_is_refused_unless_the_operator_opened_it() -> None:
    with Loopback(answer(FEED)) as server:
        reply = one(server.url(), network=Network())
        assert reply.error == "address"
        assert "loopback" in reply.cause
        assert one(server.url(host="localhost"), network=Network()).error == "address"
        assert server.heads == []
        assert one(server.url()).body == FEED


def test_our_own_ports_stay_shut_even_where_the_network_is_open() -> None:
    with Loopback(answer(FEED)) as server:
        assert one(server.url(), own_ports=(server.port,)).error == "port"
        assert server.heads == []


def test_a_redirect_into_the_house_is_refused() -> None:
    inner = Loopback(answer(FEED), "127.0.0.2")
    with inner, Loopback(answer(b"", "302 Found", Location=inner.url())) as outer:
        reply = one(outer.url(), network=Network(allow=("127.0.0.1/32",)))
        assert reply.error == "address"
        assert (len(outer.heads), inner.heads) == (1, [])


def test_a_name_that_resolves_anew_gains_nothing() -> None:
    """DNS rebinding: the name is asked once, and the judged address is the one connected to."""
    asked = []

    def lookup(host: str, port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"] if len(asked) == 1 else ["127.0.0.2"]

    with Loopback(answer(FEED)) as server, Loopback(answer(b"rahasia"), "127.0.0.2") as inner:
        reply = one(server.url(host="kabar.example"), network=Network(allow=("127.0.0.1/32",)), lookup=lookup)
        assert (reply.body, asked, inner.heads) == (FEED, ["kabar.example"], [])
        assert b"Host: kabar.example:" in server.heads[0]
        again = one(server.url(host="kabar.example"), network=Network(allow=("127.0.0.1/32",)), lookup=lookup)
        assert (again.error, inner.heads) == ("address", [])


@pytest.mark.parametrize(
    "found, error",
    [
        (["127.0.0.2"], "address"),
        (["::1", "127.0.0.2", "169.254.169.254"], "address"),
        (["127.0.0.2", "127.0.0.1"], ""),
        (["::ffff:127.0.0.1"], "address"),
        (["fe80::1%lo"], "address"),
        (["127.1"], "address"),
        (["nonsense"], "address"),
        ([], "dns"),
    ],
)
def test_only_addresses_that_pass_are_connected_to(found: list[str], error: str) -> None:
    with Loopback(answer(FEED)) as server, Loopback(answer(b"rahasia"), "127.0.0.2") as inner:
        url = server.url(host="kabar.example")
        reply = one(url, network=Network(allow=("127.0.0.1/32",)), lookup=lambda host, port: found)
        assert (reply.error, inner.heads) == (error, [])


def test_the_next_address_is_tried_where_one_refuses_the_connection() -> None:
    with Loopback(answer(FEED)) as server:
        reply = one(server.url(host="kabar.example"), lookup=lambda host, port: ["127.0.0.9", "127.0.0.1"])
        assert reply.body == FEED


def test_nobody_listens() -> None:
    with socket.create_server(("127.0.0.1", 0)) as sock:
        port = sock.getsockname()[1]
    assert one(f"http://127.0.0.1:{port}/").error == "connect"


def test_an_unknown_name_and_a_resolver_that_fails() -> None:
    def fails(host: str, port: int) -> list[str]:
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")

    reply = one("http://kabar.example/", lookup=fails)
    assert reply.error == "dns"
    assert "Temporary failure" in reply.cause


def test_a_resolver_that_hangs_is_left_alone_at_the_deadline_and_cannot_use_up_all_threads() -> None:
    release = threading.Event()

    def hangs(host: str, port: int) -> list[str]:
        release.wait(10)
        return ["127.0.0.1"]

    try:
        begun = time.monotonic()
        replies = fetch(*(f"http://h{n}.example/" for n in range(5)), lookup=hangs, deadline=0.5)
        assert [reply.error for reply in replies] == ["dns"] * 5
        assert time.monotonic() - begun < 5.0
        wire = Wire(lambda host, port: None, Resolver(hangs, most=1))
        with closing(Collector(LOCAL, "uji", gap=0.0, deadline=0.3, transport=wire)) as client:
            requests = [Request(str(n), f"http://h{n}.example/", "a", robots_exception=True) for n in range(3)]
            causes = [reply.cause for reply in client.fetch_all(requests, threading.Event())]
        assert sum("still hang" in cause for cause in causes) == 2
    finally:
        release.set()


def test_exit_does_not_wait_for_a_hanging_resolver_or_server() -> None:
    script = """
        import sys, threading, time
        from monitor.fetches import Request
        from monitor.sources import Network
        from monitor.web import Collector
        stop = threading.Event()
        def hangs(host, port):
            stop.set()
            time.sleep(60)
        client = Collector(Network(), "uji", lookup=hangs)
        replies = client.fetch_all([Request("a", "http://kabar.example/", "a", robots_exception=True)], stop)
        print([reply.error for reply in replies])
    """
    begun = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(script)], cwd=HOUSE, capture_output=True, text=True, timeout=50
    )
    assert (done.stdout.strip(), done.stderr, done.returncode) == ("['stopped']", "", 0)
    assert time.monotonic() - begun < 10


def test_stop_cuts_a_silent_connection() -> None:
    stop, client = threading.Event(), Collector(LOCAL, "uji", gap=0.0, deadline=30.0)
    with Loopback(dripping(b"", b"", 0.1, most=20)) as server, closing(client):
        replies = client.fetch_all([Request("a", server.url(), "a", robots_exception=True)], stop)
        threading.Timer(0.5, stop.set).start()
        begun = time.monotonic()
        assert [reply.error for reply in replies] == ["stopped"]
        assert time.monotonic() - begun < 5.0
        deadline = time.monotonic() + 3
        while working() and time.monotonic() < deadline:
            time.sleep(0.02)
        assert not working()


def working() -> bool:
    return any(thread.name == "jernih-web" for thread in threading.enumerate())


# The environment's proxies, and the one that is configured.


@pytest.fixture
def proxy_environment() -> Iterator[None]:
    names = ("HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "ALL_PROXY")
    before = {name: os.environ.get(name) for name in names}
    os.environ.update(dict.fromkeys(names, "http://127.0.0.9:9"))
    yield
    for name, value in before.items():
        if value is None:
            os.environ.pop(name)
        else:
            os.environ[name] = value


@pytest.mark.usefixtures("proxy_environment")
def test_proxies_of_the_environment_are_ignored() -> None:
    with Loopback(answer(FEED)) as server:
        assert one(server.url()).body == FEED


def test_a_configured_proxy_gets_every_request_and_the_name_is_judged_first() -> None:
    with Loopback(answer(FEED)) as proxy:
        network = Network(proxy=f"http://127.0.0.1:{proxy.port}")
        reply = one("http://kabar.example/umpan", network=network, lookup=lambda host, port: ["8.8.8.8"])
        assert reply.body == FEED
        assert proxy.heads[0].startswith(b"GET http://kabar.example/umpan HTTP/1.1\r\n")
        for inside in ("127.0.0.1", "10.0.0.1", "169.254.169.254"):
            refused = one("http://kabar.example/", network=network, lookup=lambda h, p, a=inside: [a])  # type: ignore[misc]
            assert refused.error == "address"
        assert len(proxy.heads) == 1


@pytest.mark.parametrize("status, error", [("403 Forbidden", "proxy"), ("407 Proxy Authentication Required", "proxy")])
def test_a_proxy_that_refuses_a_tunnel(status: str, error: str) -> None:
    with Loopback(answer(b"", status)) as proxy:
        network = Network(proxy=f"http://127.0.0.1:{proxy.port}")
        reply = one("https://kabar.example/umpan", network=network, lookup=lambda host, port: ["8.8.8.8"])
        assert reply.error == error
        assert proxy.heads[0].startswith(b"CONNECT kabar.example:443 HTTP/1.1\r\n")


def test_a_proxy_that_is_not_there() -> None:
    with socket.create_server(("127.0.0.1", 0)) as sock:
        port = sock.getsockname()[1]
    network = Network(proxy=f"http://127.0.0.1:{port}")
    assert one("http://kabar.example/", network=network, lookup=lambda host, port: ["8.8.8.8"]).error == "proxy"


# TLS.


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture(scope="module")
def trusting(authority: trustme.CA) -> ssl.SSLContext:
    context = ssl.create_default_context()
    authority.configure_trust(context)
    return context


def served(authority: trustme.CA, *names: str) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(*names).configure_cert(context)
    return context


def lookup(host: str, port: int) -> list[str]:
    return ["127.0.0.1"]


def test_tls_is_verified_against_the_name_although_the_address_is_connected_to(
    authority: trustme.CA, trusting: ssl.SSLContext
) -> None:
    with Loopback(answer(FEED), tls=served(authority, "kabar.example")) as server:
        reply = one(server.url(host="kabar.example"), lookup=lookup, context=trusting)
        assert (reply.body, reply.error) == (FEED, "")
        assert one(server.url(host="lain.example"), lookup=lookup, context=trusting).error == "tls"
        assert one(server.url(), context=trusting).error == "tls"


def test_an_unknown_authority_is_refused(authority: trustme.CA) -> None:
    with Loopback(answer(FEED), tls=served(authority, "kabar.example")) as server:
        reply = one(server.url(host="kabar.example"), lookup=lookup)
        assert reply.error == "tls"
        assert "certificate verify failed" in reply.cause
        assert server.heads == []


def test_an_address_may_have_a_certificate_of_its_own(authority: trustme.CA, trusting: ssl.SSLContext) -> None:
    with Loopback(answer(FEED), tls=served(authority, "127.0.0.1")) as server:
        assert one(server.url(), context=trusting).body == FEED


def test_an_expired_certificate_is_refused(authority: trustme.CA, trusting: ssl.SSLContext) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("kabar.example", not_after=datetime(2026, 1, 1, tzinfo=UTC)).configure_cert(context)
    with Loopback(answer(FEED), tls=context) as server:
        reply = one(server.url(host="kabar.example"), lookup=lookup, context=trusting)
        assert (reply.error, "expired" in reply.cause) == ("tls", True)


def test_https_to_a_server_that_speaks_plain_http(trusting: ssl.SSLContext) -> None:
    with Loopback(answer(FEED)) as server:
        sock = server.url(host="kabar.example").replace("http:", "https:")
        assert one(sock, lookup=lookup, context=trusting).error in ("tls", "timeout")


def test_a_handshake_that_never_ends(trusting: ssl.SSLContext) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        begun = time.monotonic()
        url = f"https://kabar.example:{silent.getsockname()[1]}/"
        assert one(url, lookup=lookup, context=trusting, deadline=0.7).error == "timeout"
        assert time.monotonic() - begun < 5.0


def test_a_drip_over_tls_is_ended_at_the_deadline(authority: trustme.CA, trusting: ssl.SSLContext) -> None:
    with Loopback(dripping(CHUNKED, b"1\r\nx\r\n", 0.05), tls=served(authority, "kabar.example")) as server:
        begun = time.monotonic()
        assert one(server.url(host="kabar.example"), lookup=lookup, context=trusting).error == "timeout"
        assert time.monotonic() - begun < 5.0


def test_a_redirect_to_another_host_is_verified_anew(authority: trustme.CA, trusting: ssl.SSLContext) -> None:
    with Loopback(answer(FEED), tls=served(authority, "kabar.example")) as server:
        location = server.url("/lain", host="palsu.example")
        with Loopback(answer(b"", "301 M", Location=location), tls=served(authority, "awal.example")) as first:
            assert one(first.url(host="awal.example"), lookup=lookup, context=trusting).error == "tls"


def test_a_context_that_does_not_verify_is_refused() -> None:
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    with pytest.raises(ValueError, match="verify"):
        Collector(LOCAL, "uji", context=context)
    assert tls_context().verify_mode == ssl.CERT_REQUIRED
    assert tls_context().check_hostname


def test_tls_through_a_proxy_is_verified_against_the_name(authority: trustme.CA, trusting: ssl.SSLContext) -> None:
    tls = served(authority, "kabar.example")

    def tunnel(sock: socket.socket, head: bytes) -> None:
        sock.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        with tls.wrap_socket(sock, server_side=True) as inner:
            assert b"GET /umpan HTTP/1.1" in inner.recv(65536)
            inner.sendall(answer(FEED))

    with Loopback(tunnel) as proxy:
        network = Network(proxy=f"http://127.0.0.1:{proxy.port}")
        options = {"network": network, "lookup": lambda host, port: ["8.8.8.8"], "context": trusting}
        assert one("https://kabar.example/umpan", **options).body == FEED
        assert one("https://lain.example/umpan", **options).error == "tls"


# A site whole: robots.txt, a moved feed, a gap.


def test_a_site_with_robots_and_a_moved_feed() -> None:
    site = routes(
        {
            "/robots.txt": answer(b"User-agent: *\nDisallow: /rahasia\n", Content_Type="text/plain"),
            "/lama": answer(b"", "301 Moved Permanently", Location="/baru"),
            "/baru": answer(FEED, ETag='"1"'),
        }
    )
    with Loopback(site) as server, closing(Collector(LOCAL, "uji@contoh.go.id", gap=0.3)) as client:
        urls = [server.url("/lama"), server.url("/rahasia/umpan")]
        replies = {r.request.url: r for r in client.fetch_all([Request(u, u, u) for u in urls], threading.Event())}
        moved, forbidden = replies[urls[0]], replies[urls[1]]
        assert (moved.body, moved.permanent, moved.headers["etag"]) == (FEED, server.url("/baru"), '"1"')
        assert forbidden.error == "robots"
        assert [head.split(b" ")[1] for head in server.heads] == [b"/robots.txt", b"/lama", b"/baru"]
        assert min(b - a for a, b in pairwise(server.times)) >= 0.3
        assert all(b"Connection: close" in head for head in server.heads)
