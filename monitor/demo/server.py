"""The servers of Kota Contoh: one loopback address a source, good ones and bad ones, until they are closed."""

from collections.abc import Callable
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread

from monitor.demo import pages
from monitor.demo.city import SOURCES, Place, Text, address, texts
from monitor.demo.outlets import OUTLETS, Outlet

DRIP_SECONDS, POLL_SECONDS = 1.0, 0.1
NEW_PATH = "/umpan-baru.xml"
ROBOTS = b"User-agent: *\nDisallow: /\n"


class City:
    """All servers of the city on one port; `closed` ends the slow ones early, `past` shows the week before."""

    def __init__(self, port: int, now: Callable[[], datetime]) -> None:
        self.closed, self.past = Event(), False
        self.texts = texts(now())
        self.servers: list[ThreadingHTTPServer] = []
        try:
            self.servers += [Server(place, port, self) for place in SOURCES]
            self.servers += [Outlet(*one, port) for one in OUTLETS]
        except OSError:
            for server in self.servers:
                server.server_close()
            raise

    def start(self) -> None:
        """Serves from threads that do not hold the process."""
        for server in self.servers:
            Thread(target=server.serve_forever, args=(POLL_SECONDS,), daemon=True).start()

    def close(self) -> None:
        """Ends every server."""
        self.closed.set()
        for server in self.servers:
            server.shutdown()
            server.server_close()


class Server(ThreadingHTTPServer):
    """One source's server."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, place: Place, port: int, city: City) -> None:
        super().__init__((address(place), port), Handler)
        self.place, self.city = place, city
        self.base = f"http://{address(place)}:{port}"


class Handler(BaseHTTPRequestHandler):
    """Answers for one source as it behaves."""

    server: Server
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """robots.txt, the source's own path, or one of its pages."""
        place = self.server.place
        if self.path == "/robots.txt":
            forbidden = place.behaviour == "forbidden"
            self.answer(200 if forbidden else 404, "text/plain", ROBOTS if forbidden else b"")
        elif place.behaviour == "moved" and self.path != place.path:
            self.moved_to(place)
        elif place.behaviour != "good":
            self.misbehave(place)
        elif self.path == place.path:
            self.answer(200, *pages.feed(place, self.mine, self.server.base))
        else:
            self.page(place)

    @property
    def mine(self) -> list[Text]:
        city = self.server.city
        return [one for one in city.texts[self.server.place.key] if one.past or not city.past]

    def page(self, place: Place) -> None:
        """The page of one text, or 404."""
        text = next((one for one in self.mine if one.path == self.path), None)
        if text is None:
            self.answer(404, "text/plain", b"tidak ada")
        else:
            self.answer(200, *pages.page(place, text))

    def misbehave(self, place: Place) -> None:
        """What the bad sources answer."""
        if place.behaviour == "slow":
            self.drip()
        elif place.behaviour == "moved":
            self.answer(301, "text/plain", b"", ("Location", f"{self.server.base}{NEW_PATH}"))
        elif place.behaviour == "hostile":
            self.answer(200, "application/rss+xml", pages.BOMB, ("Content-Encoding", "gzip, gzip"))
        elif place.behaviour == "blocked":
            self.answer(200, "text/html", pages.BLOCKED.encode())
        else:
            self.answer(200, "application/rss+xml", b"<?xml version='1.0'?><rss><channel><title>Galat basis data")

    def moved_to(self, place: Place) -> None:
        """The new address of the source that moved, and its pages."""
        if self.path == NEW_PATH:
            self.answer(200, *pages.feed(place, self.mine, self.server.base))
        else:
            self.page(place)

    def drip(self) -> None:
        """One byte a second, for longer than anybody should wait."""
        self.send_response(200)
        self.send_header("Content-Type", "application/rss+xml")
        self.send_header("Content-Length", "100000")
        self.end_headers()
        for _ in range(60):
            if self.server.city.closed.wait(DRIP_SECONDS):
                return
            try:
                self.wfile.write(b" ")
                self.wfile.flush()
            except OSError:
                return

    def answer(self, status: int, kind: str, body: bytes, *headers: tuple[str, str]) -> None:
        """One whole answer."""
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers:
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """The city is quiet: the visitor keeps the log."""
