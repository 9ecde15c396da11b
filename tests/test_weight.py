"""What a public page costs a telephone: all bytes over a real connection, cold cache, compressed, without the card."""

import socket
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import urljoin, urlsplit
from zlib import decompress

import pytest
from bs4 import BeautifulSoup

from monitor import desk as pages
from monitor import shipped, sources
from monitor.desk import Server, listen
from monitor.pipeline import objections
from tests import made_city
from tests.office import FEEDS, Office

MOST = 60 * 1024
CATALOGUE = FEEDS.replace("enabled = false", "enabled = true")


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """An office with all shipped sources, twelve publications, one of them as long as a text may be."""
    office = Office(tmp_path_factory.mktemp("home"))
    one = office.published(0, explanation="KPU memeriksa gudang bersama Bawaslu dan saksi. " * 100)
    for number in range(1, 6):
        office.published(number)
    objections.object_to(office.store, office.settings, one, "koreksi", "Wati", "wati@warga.example",
                         "Jabatan itu keliru. " * 3, office.later())
    known = sources.read(CATALOGUE, sources.catalogue(shipped.text("sources.toml")))
    assert len(known.watched) > 100
    desk = made_city.desk(office.store, known=replace(known, public=office.settings.public), now=lambda: office.now)
    server = Server(pages.app(desk), listen("127.0.0.1", 0))
    server.start()
    yield server.address
    server.stop()
    office.close()


def got(url: str) -> tuple[int, bytes]:
    """All bytes that come for one request, head and compressed body; and the body as it is read."""
    parts = urlsplit(url)
    path = parts.path + (f"?{parts.query}" if parts.query else "")
    with socket.create_connection((parts.hostname, parts.port), timeout=10) as line:
        asked = (f"GET {path} HTTP/1.1", f"Host: {parts.netloc}", "Accept-Encoding: gzip", "Connection: close", "", "")
        line.sendall("\r\n".join(asked).encode())
        answer = b"".join(iter(lambda: line.recv(65536), b""))
    head, _, body = answer.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 200"), head
    if b"transfer-encoding: chunked" in head.lower():
        body = unchunked(body)
    return len(answer), decompress(body, 31) if b"content-encoding: gzip" in head.lower() else body


def unchunked(body: bytes) -> bytes:
    whole = b""
    while body:
        size, _, rest = body.partition(b"\r\n")
        whole, body = whole + rest[: int(size, 16)], rest[int(size, 16) + 2 :]
    return whole


def loaded(html: bytes, url: str) -> set[str]:
    """What a browser loads with the page, the card aside."""
    soup = BeautifulSoup(html, "html.parser")
    found = [one["href"] for one in soup.select("link[rel~=stylesheet][href], link[rel~=icon][href]")]
    found += [one["src"] for one in soup.select("script[src], img[src], iframe[src], source[src], video[src]")]
    return {urljoin(url, str(one)) for one in found if not str(one).endswith("kartu.png")}


def test_no_public_page_costs_more_than_sixty_kilobytes(address: str, tmp_path: Path) -> None:
    front = f"{address}/publik/"
    links = [str(one["href"]) for one in BeautifulSoup(got(front)[1], "html.parser").select("a[href]")]
    post = urljoin(front, next(one for one in links if one[0].isdigit()))
    weights = {}
    for url in (front, post, f"{post}hak-jawab/", f"{front}tentang/", f"{front}?q=kpu"):
        size, html = got(url)
        more = loaded(html, url)
        assert all(one.startswith(address) for one in more), more
        weights[urlsplit(url).path] = size + sum(got(one)[0] for one in more)
    assert all(size < MOST for size in weights.values()), weights
    assert weights[urlsplit(post).path] < MOST / 4, weights
