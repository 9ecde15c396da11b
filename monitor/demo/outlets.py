"""Where the office of Kota Contoh sends to: a WordPress-shaped, a Telegram-shaped and a webhook's server on loopback.

The Telegram-shaped one takes its first message and hangs up, and the webhook's never opens: so the outbox of the demo
has something that nobody knows, and something that waits. Each shows at `/` what it really holds, for whoever looks.
"""

import json
import re
from contextlib import suppress
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock
from typing import Any
from urllib.parse import parse_qs, urlsplit

WORDPRESS, TELEGRAM, BOARD = "wordpress", "telegram", "webhook"
# kind, name, loopback address
OUTLETS = ((WORDPRESS, "Situs Kota Contoh", "127.1.9.40"), (TELEGRAM, "Telegram Kota Contoh", "127.1.9.41"),
           (BOARD, "Papan informasi (sedang mati)", "127.1.9.42"))  # fmt: skip
SECRET = {WORDPRESS: "JERNIH_SANDI_WORDPRESS", TELEGRAM: "JERNIH_SANDI_TELEGRAM", BOARD: "JERNIH_SANDI_PAPAN"}
MORE = {WORDPRESS: ('user = "jernih"', "draft = false"), TELEGRAM: ('target = "@kotacontoh"',), BOARD: ()}
FIRST = {WORDPRESS: 100, TELEGRAM: 500}
LONGEST, FIELDS = 2**20, ("title", "content", "slug", "status")


def channels(port: int) -> list[str]:
    """The lines of feeds.toml that name them."""
    lines: list[str] = []
    for kind, name, host in OUTLETS:
        lines += ["[[channel]]", f'name = "{name}"', f'kind = "{kind}"', f'url = "http://{host}:{port}"',
                  "private = true", f'secret = "{SECRET[kind]}"', *MORE[kind]]
    return lines


class Outlet(ThreadingHTTPServer):
    """One channel; `held` are its posts or messages by number."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, kind: str, name: str, host: str, port: int) -> None:
        super().__init__((host, port), Handler)
        self.kind, self.name, self.lock = kind, name, Lock()
        self.held: dict[int, dict[str, Any]] = {}
        self.silent = kind == TELEGRAM

    def keep(self, number: int, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        """A new one (0) or another text for one, also one from before this server was started."""
        with self.lock:
            at = number or FIRST[self.kind] + len(self.held) + 1
            self.held[at] = self.held.get(at, {}) | body
            return at, self.held[at]


class Handler(BaseHTTPRequestHandler):
    """Answers as the channel's kind does."""

    server: Outlet
    protocol_version = "HTTP/1.1"
    timeout = 30

    def do_GET(self) -> None:
        """What is held, for a person; for WordPress the posts of one slug."""
        parts = urlsplit(self.path)
        if parts.path == "/":
            self.answer(200, "text/html; charset=utf-8", _page(self.server).encode())
        elif self.server.kind == WORDPRESS and parts.path == "/wp-json/wp/v2/posts":
            slugs = parse_qs(parts.query).get("slug", [""])[0].split(",")
            found = [{"id": at, **one} for at, one in self.server.held.items() if one.get("slug") in slugs]
            self.answer(200, "application/json", json.dumps(found).encode())
        elif self.server.kind == WORDPRESS and parts.path == "/wp-json/wp/v2/users/me":
            self.say(200, {"id": 3, "capabilities": {"edit_posts": True}})
        elif self.server.kind == TELEGRAM and parts.path.endswith("/getChat"):
            self.say(200, {"ok": True, "result": {"id": -100}})
        else:
            self.say(404, {})

    def do_POST(self) -> None:
        """A post, a message, an event."""
        length = self.headers.get("content-length", "")
        raw = self.rfile.read(min(int(length) if length.isascii() and length.isdigit() else 0, LONGEST))
        try:
            body = json.loads(raw)
        except (ValueError, RecursionError):
            body = None
        if not isinstance(body, dict):
            self.say(400, {})
        elif self.server.kind == WORDPRESS:
            self.post(body)
        elif self.server.kind == TELEGRAM:
            self.message(body)
        else:
            self.answer(503, "text/plain; charset=utf-8", b"Sedang dirawat, coba lagi nanti.")

    def post(self, body: dict[str, Any]) -> None:
        """WordPress: a new post or another text for one."""
        found = re.fullmatch(r"/wp-json/wp/v2/posts(?:/(\d{1,9}))?", self.path)
        if not found:
            self.say(404, {})
            return
        kept: dict[str, Any] = {name: str(body[name]) for name in FIELDS if name in body}
        number, held = self.server.keep(int(found[1] or 0), kept)
        self.say(200 if found[1] else 201, {"id": number, **held})

    def message(self, body: dict[str, Any]) -> None:
        """Telegram: a message or an edit of one. The first is taken, and nothing is said."""
        said = body.get("message_id")
        old = said if self.path.endswith("/editMessageText") and isinstance(said, int) else 0
        number, _ = self.server.keep(old, {"text": str(body.get("text", ""))})
        if self.server.silent and not old:
            self.server.silent = False
            self.close_connection = True
            return
        self.say(200, {"ok": True, "result": {"message_id": number}})

    def say(self, status: int, body: Any) -> None:
        """A JSON answer."""
        self.answer(status, "application/json", json.dumps(body).encode())

    def answer(self, status: int, kind: str, body: bytes) -> None:
        """One whole answer."""
        with suppress(OSError):
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'")
            self.end_headers()
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """The city is quiet: the sender keeps the log."""


def _page(server: Outlet) -> str:
    """What a person who looks at the channel sees; everything that was sent is shown as text."""
    rows = "".join(f"<h2>Nomor {at}: {escape(one.get('title', ''))}</h2><pre>{escape(one.get('text', ''))}</pre>"
                   for at, one in sorted(server.held.items()))
    return (f'<!doctype html><html lang="id"><meta charset="utf-8"><title>{escape(server.name)}</title>'
            "<style>body{font:16px/1.5 sans-serif;max-width:40rem;margin:2rem auto}pre{white-space:pre-wrap}</style>"
            f"<h1>{escape(server.name)}</h1><p>Kanal karangan untuk demo; inilah yang benar-benar diterimanya.</p>"
            f"{rows or '<p>Belum ada kiriman.</p>'}</html>")
