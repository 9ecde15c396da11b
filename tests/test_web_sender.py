"""Door web, the sender: where it goes, and what it can and cannot know."""

import gzip
import socket
import ssl
import time
from datetime import UTC, datetime

import httpx
import pytest
import trustme

from monitor.sources import Network
from monitor.web import Channel, Sender, Sent
from tests.loopback import Loopback, answer, dripping

NOW = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
PUBLIC = Channel("telegram", "https://api.contoh.id/bot123:RAHASIA")


def send(handler: object, path: str = "sendMessage", channel: Channel = PUBLIC, **more: object) -> Sent:
    def respond(request: httpx.Request) -> httpx.Response:
        found = handler(request) if callable(handler) else handler
        if isinstance(found, Exception):
            raise found
        assert isinstance(found, httpx.Response)
        return found

    sender = Sender([channel], Network(), transport=httpx.MockTransport(respond), now=lambda: NOW)
    return sender.send(channel.name, path, **more)  # type: ignore[arg-type]


OUTCOMES = [
    (200, "terkirim", False),
    (201, "terkirim", False),
    (204, "terkirim", False),
    (301, "ditolak", False),
    (302, "ditolak", False),
    (307, "ditolak", False),
    (400, "ditolak", False),
    (401, "ditolak", False),
    (404, "ditolak", False),
    (408, "tidak pasti", False),
    (429, "ditunda", True),
    (500, "tidak pasti", False),
    (502, "tidak pasti", False),
    (503, "tidak pasti", False),
    (504, "tidak pasti", False),
]


@pytest.mark.parametrize("status, outcome, retry", OUTCOMES)
def test_what_a_status_says(status: int, outcome: str, retry: bool) -> None:
    sent = send(httpx.Response(status, headers={"location": "https://lain.id/"}, content=b"{}"))
    assert (sent.outcome, sent.retry, sent.status) == (outcome, retry, status)
    assert bool(sent.sentence) is (outcome != "terkirim")
    assert bool(sent.cause) is (outcome != "terkirim")


TROUBLES = [
    (httpx.ConnectError("refused"), "gagal", True),
    (httpx.ConnectTimeout("x"), "gagal", True),
    (httpx.ReadTimeout("x"), "tidak pasti", False),
    (httpx.WriteTimeout("x"), "tidak pasti", False),
    (httpx.WriteError("reset"), "tidak pasti", False),
    (httpx.ReadError("reset"), "tidak pasti", False),
    (httpx.RemoteProtocolError("x"), "tidak pasti", False),
    (httpx.ProxyError("403"), "gagal", True),
]


@pytest.mark.parametrize("fault, outcome, retry", TROUBLES, ids=lambda one: type(one).__name__)
def test_once_a_byte_went_out_only_a_person_decides(fault: Exception, outcome: str, retry: bool) -> None:
    sent = send(fault)
    assert (sent.outcome, sent.retry, sent.status) == (outcome, retry, 0)
    assert "telegram" in sent.sentence
    assert sent.sentence.endswith(".")


def test_a_broken_answer_after_its_status_is_still_that_status() -> None:
    sent = send(httpx.Response(200, headers={"content-encoding": "br"}, stream=httpx.ByteStream(b"x")))
    assert (sent.outcome, sent.body, sent.retry) == ("terkirim", b"", False)
    assert "content coding" in sent.cause


def test_how_long_a_channel_asks_to_wait() -> None:
    for status in (429, 503):
        sent = send(httpx.Response(status, headers={"retry-after": "35"}))
        assert (sent.wait, sent.outcome, sent.retry) == (35.0, "ditunda", True)


def test_the_answer_is_bounded() -> None:
    assert len(send(httpx.Response(200, stream=httpx.ByteStream(b"x" * 9_000_000))).body) == 1024 * 1024


def test_what_is_sent() -> None:
    seen: list[httpx.Request] = []

    def respond(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(200, content=b'{"ok":true}')

    sent = send(
        respond, "sendMessage?x=1", body=b'{"text":"a"}', headers={"Content-Type": "application/json", "Host": "b"}
    )
    assert str(seen[0].url) == "https://api.contoh.id/bot123:RAHASIA/sendMessage?x=1"
    assert (seen[0].method, seen[0].content, seen[0].headers["host"]) == ("POST", b'{"text":"a"}', "api.contoh.id")
    assert (sent.body, sent.started, sent.ended) == (b'{"ok":true}', NOW, NOW)


PATHS = ["//lain.id/x", "/../../x", "@lain.id/", "\\\\lain.id", ":8443/x", "?a=b", "http://lain.id/", ""]


@pytest.mark.parametrize("path", PATHS)
def test_no_path_leads_to_another_host(path: str) -> None:
    seen: list[httpx.URL] = []

    def respond(request: httpx.Request) -> httpx.Response:
        seen.append(request.url)
        return httpx.Response(200)

    send(respond, path)
    assert [(url.scheme, url.host, url.port) for url in seen] == [("https", "api.contoh.id", None)]


@pytest.mark.parametrize("path", ["a b", "a\r\nHost: b", "a#b", "é", "a\x00"])
def test_paths_that_cannot_be_asked_for(path: str) -> None:
    sent = send(httpx.Response(200), path)
    assert (sent.outcome, sent.retry) == ("gagal", False)


def test_a_header_that_cannot_be_sent() -> None:
    assert send(httpx.Response(200), headers={"X": "é"}).outcome == "gagal"


@pytest.mark.parametrize("fault", [httpx.ReadTimeout("x"), httpx.Response(500), httpx.ConnectError("x")])
def test_secrets_of_the_path_are_in_no_text(fault: object) -> None:
    sent = send(fault)
    assert "RAHASIA" not in sent.cause + sent.sentence


BAD_CHANNELS = [
    Channel("a", "http://api.contoh.id/"),
    Channel("a", "ftp://api.contoh.id/"),
    Channel("a", "https://saya:kata@api.contoh.id/"),
    Channel("a", "https://2130706433/"),
    Channel("a", "https://api.contoh.id/?token=x"),
    Channel("a", "api.contoh.id"),
]


@pytest.mark.parametrize("channel", BAD_CHANNELS, ids=lambda channel: channel.url)
def test_channels_that_are_none(channel: Channel) -> None:
    with pytest.raises(ValueError, match="channel a"):
        Sender([channel], Network())


def test_an_unknown_channel_is_a_mistake_of_ours() -> None:
    with pytest.raises(ValueError, match="no channel"):
        Sender([PUBLIC], Network()).send("wa")


# Over real sockets.

OK = answer(b'{"ok":true}', Content_Type="application/json")


def test_a_private_channel_is_reached_only_where_it_says_so() -> None:
    with Loopback(OK) as server:
        private = Sender([Channel("wa", server.url("/kirim"), private=True)], Network())
        assert private.send("wa", "pesan", body=b"halo").outcome == "terkirim"
        assert server.heads[0].startswith(b"POST /kirim/pesan HTTP/1.1\r\n")
        public = Sender(
            [Channel("wa", f"https://kabar.example:{server.port}/")], Network(), lookup=lambda h, p: ["127.0.0.1"]
        )
        sent = public.send("wa", "pesan")
        assert (sent.outcome, "loopback" in sent.cause, len(server.heads)) == ("gagal", True, 1)


@pytest.mark.parametrize("address", ["169.254.169.254", "224.0.0.1", "0.0.0.0", "fe80::1", "64:ff9b::10.0.0.1"])
def test_some_addresses_are_refused_to_private_channels_too(address: str) -> None:
    sender = Sender([Channel("wa", "http://gerbang.example/", private=True)], Network(), lookup=lambda h, p: [address])
    sent = sender.send("wa")
    assert (sent.outcome, sent.retry) == ("gagal", False)
    assert address in sent.cause


def test_a_private_channel_is_pinned_to_the_address_it_had() -> None:
    found = iter((["127.0.0.1"], ["127.0.0.2"], ["127.0.0.1"]))
    with Loopback(OK) as server, Loopback(OK, "127.0.0.2") as other:
        channel = Channel("wa", server.url(host="gerbang.example"), private=True)
        sender = Sender([channel], Network(), lookup=lambda host, port: next(found))
        outcomes = [sender.send("wa").outcome for _ in range(3)]
        assert (outcomes, other.heads) == (["terkirim", "gagal", "terkirim"], [])


def test_our_own_ports_are_no_channel() -> None:
    with Loopback(OK) as server:
        sender = Sender([Channel("wa", server.url(), private=True)], Network(), own_ports=(server.port,))
        assert (sender.send("wa").outcome, server.heads) == ("gagal", [])


def test_a_redirect_is_not_followed() -> None:
    with Loopback(OK) as other, Loopback(answer(b"", "307 T", Location=other.url())) as server:
        sent = Sender([Channel("wa", server.url(), private=True)], Network()).send("wa")
        assert (sent.outcome, sent.status, other.heads) == ("ditolak", 307, [])


def test_silence_after_sending_is_uncertain_and_ends_at_the_deadline() -> None:
    with Loopback(dripping(b"", b"", 0.1, most=12)) as server:
        begun = time.monotonic()
        sent = Sender([Channel("wa", server.url(), private=True)], Network(), deadline=0.5).send("wa", body=b"halo")
        assert (sent.outcome, sent.retry) == ("tidak pasti", False)
        assert time.monotonic() - begun < 5.0


@pytest.mark.parametrize("pin, outcome", [("127.0.0.1", "terkirim"), ("10.20.1.5", "gagal")])
def test_a_private_channel_may_be_pinned_beforehand(pin: str, outcome: str) -> None:
    with Loopback(answer(b"{}")) as server:
        channel = Channel("wa", server.url(host="gerbang.example"), private=True, pin=pin)
        sent = Sender([channel], Network(), lookup=lambda host, port: ["127.0.0.1"]).send("wa", body=b"halo")
        assert sent.outcome == outcome
        assert bool(server.heads) is (outcome == "terkirim")


def test_an_address_without_a_path_below_it_is_asked_for_as_it_stands() -> None:
    with Loopback(answer(b"{}")) as server:
        Sender([Channel("wa", server.url("/kirim/masuk"), private=True)], Network()).send("wa", body=b"halo")
        assert server.heads[0].startswith(b"POST /kirim/masuk HTTP/1.1")


def test_nobody_there_is_certain() -> None:
    with socket.create_server(("127.0.0.1", 0)) as sock:
        port = sock.getsockname()[1]
    sent = Sender([Channel("wa", f"http://127.0.0.1:{port}/", private=True)], Network()).send("wa")
    assert (sent.outcome, sent.retry) == ("gagal", True)


def test_tls_is_verified_and_failing_it_means_not_sent() -> None:
    authority = trustme.CA()
    served, trusting = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER), ssl.create_default_context()
    authority.issue_cert("gerbang.example").configure_cert(served)
    authority.configure_trust(trusting)
    with Loopback(answer(gzip.compress(b"{}"), Content_Encoding="gzip"), tls=served) as server:
        channel = Channel("wa", server.url(host="gerbang.example"), private=True)
        options = {"lookup": lambda host, port: ["127.0.0.1"]}
        assert Sender([channel], Network(), context=trusting, **options).send("wa").body == b"{}"
        sent = Sender([channel], Network(), **options).send("wa")
        assert (sent.outcome, sent.retry, len(server.heads)) == ("gagal", False, 1)


def test_a_public_channel_goes_through_the_proxy_and_a_refused_tunnel_means_not_sent() -> None:
    with Loopback(answer(b"", "403 Forbidden")) as proxy:
        network = Network(proxy=f"http://127.0.0.1:{proxy.port}")
        sent = Sender([PUBLIC], network, lookup=lambda host, port: ["8.8.8.8"]).send("telegram", "sendMessage")
        assert (sent.outcome, sent.retry) == ("gagal", True)
        assert proxy.heads[0].startswith(b"CONNECT api.contoh.id:443")
        assert b"RAHASIA" not in proxy.heads[0]
