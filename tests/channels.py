"""Real servers on loopback that a channel may be: WordPress-shaped, Telegram-shaped, a webhook's receiver, SMTP.

Each takes its `tricks` one request after another: what it does instead of answering well. What it really took stands in
`held`, so that a test can tell what was doubled from what was only believed.
"""

import json
import re
import socket
import threading
import time
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from aiosmtpd.controller import Controller

TOKEN = "123456:RAHASIA-telegram-xyz"
PASSWORD = "abcd efgh RAHASIA ijkl"
HOOK = "RAHASIA-webhook-kunci"
SECRETS = {"JERNIH_SANDI_TELEGRAM": TOKEN, "JERNIH_SANDI_WORDPRESS": PASSWORD, "JERNIH_SANDI_PAPAN": HOOK,
           "JERNIH_SMTP_PASSWORD": ""}  # fmt: skip
# What a trick does: (does the server take the request?, what comes back).
TRICKS = {
    "baik": (True, "answer"),
    "diam": (True, "silence"),
    "diam-kosong": (False, "silence"),
    "putus": (True, "cut"),
    "putus-kosong": (False, "cut"),
    "separuh": (True, "half"),
    "429": (False, "429"),
    "500": (False, "500"),
    "500-sesudah": (True, "500"),
    "sampah": (True, "garbage"),
    "sampah-kosong": (False, "garbage"),
    "alihkan": (False, "302"),
    "gema": (False, "echo"),
}
SILENCE = 5.0
# Seconds that a client waits: long where an answer will come, however loaded the machine is; short where none will.
PATIENCE, SHORT = 30.0, 0.5


def patience(tricks: list[str]) -> float:
    """How long to wait for the request that meets the first of `tricks`."""
    return SHORT if tricks and tricks[0].startswith("diam") else PATIENCE


class Shop:
    """`with Shop() as shop:` listens on `port`; `take` does what a request asks and gives the status and answer."""

    def __init__(self) -> None:
        self.held: dict[str, dict[str, Any]] = {}
        self.asked: list[tuple[str, str]] = []
        self.tricks: list[str] = []
        self._lock = threading.Lock()
        shop = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                shop.serve(self)

            do_POST = do_GET

            def log_message(self, *args: object) -> None:
                """Nothing: a test's output is not a log."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.port = self.server.server_address[1]

    def __enter__(self) -> "Shop":
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.server.shutdown()
        self.server.server_close()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def take(self, method: str, path: str, headers: Any, body: dict[str, Any]) -> tuple[int, Any]:
        raise NotImplementedError

    def serve(self, handler: BaseHTTPRequestHandler) -> None:
        body = handler.rfile.read(int(handler.headers.get("content-length", 0)))
        with self._lock:
            self.asked.append((handler.command, handler.path))
            takes, back = TRICKS[self.tricks.pop(0) if self.tricks else "baik"]
            self.raw = body
            status, answer = 200, {}
            if takes:
                status, answer = self.take(handler.command, handler.path, handler.headers,
                                           json.loads(body) if body else {})
        with suppress(OSError):
            self.answer(handler, back, status, answer)

    def answer(self, handler: BaseHTTPRequestHandler, back: str, status: int, answer: Any) -> None:
        if back == "silence":
            time.sleep(SILENCE)
            return
        if back == "cut":
            handler.connection.shutdown(socket.SHUT_RDWR)
            return
        if back == "half":
            handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{\"i")
            handler.wfile.flush()
            handler.connection.shutdown(socket.SHUT_RDWR)
            return
        echo = json.dumps({"description": f"Unauthorized: {handler.path} {handler.headers.get('authorization', '')} "
                           f"{handler.headers.get('webhook-signature', '')} {HOOK}"})  # fmt: skip
        known = {"429": (429, '{"ok":false}'), "500": (500, "<h1>Galat</h1>"), "302": (302, ""), "echo": (400, echo),
                 "garbage": (200, "<html>masuk dahulu</html>")}  # fmt: skip
        code, text = known.get(back, (status, json.dumps(answer)))
        handler.send_response(code)
        if code == 429:
            handler.send_header("Retry-After", "1")
        if code == 302:
            handler.send_header("Location", f"http://127.0.0.1:{self.port}/lain")
        handler.send_header("Content-Type", "application/json")
        handler.send_header("Content-Length", str(len(text.encode())))
        handler.end_headers()
        handler.wfile.write(text.encode())


class WordPress(Shop):
    """Posts by number, found by slug, for one user with an application password. `late` are posts that an earlier
    request brings forth only after the next one was answered; a slug that is taken gets a number, as there."""

    def __init__(self) -> None:
        super().__init__()
        self.late: list[dict[str, Any]] = []

    def take(self, method: str, path: str, headers: Any, body: dict[str, Any]) -> tuple[int, Any]:
        import base64

        wanted = "Basic " + base64.b64encode(f"jernih:{PASSWORD}".encode()).decode()
        if headers.get("authorization") != wanted:
            return 401, {"code": "rest_forbidden"}
        parts = urlsplit(path)
        if parts.path.endswith("/users/me"):
            return 200, {"id": 3, "capabilities": {"edit_posts": True}}
        if method == "GET":
            slugs = parse_qs(parts.query)["slug"][0].split(",")
            return 200, [{"id": int(n), **post} for n, post in self.held.items() if post["slug"] in slugs]
        number = parts.path.removeprefix("/wp-json/wp/v2/posts").strip("/")
        if number and number not in self.held:
            return 404, {"code": "rest_post_invalid_id"}
        number = number or str(100 + len(self.held))
        self.held[number] = {"status": "publish", **self.held.get(number, {}), **body}
        while self.late:
            self.finish(self.late.pop())
        return (200 if body.get("slug") is None else 201), {"id": int(number), **self.held[number]}

    def finish(self, body: dict[str, Any]) -> str:
        """What a slow request brings forth at last; its number."""
        number, taken = str(100 + len(self.held)), {one["slug"] for one in self.held.values()}
        slug = f"{body['slug']}-2" if body["slug"] in taken else body["slug"]
        self.held[number] = {"status": "publish", **body, "slug": slug}
        return number


class Telegram(Shop):
    """Messages of one channel; `fixed` are numbers that can no longer be edited."""

    def __init__(self) -> None:
        super().__init__()
        self.fixed: set[str] = set()

    def take(self, method: str, path: str, headers: Any, body: dict[str, Any]) -> tuple[int, Any]:
        found = re.fullmatch(r"/bot([^/]+)/(\w+)", urlsplit(path).path)
        if not found or found[1] != TOKEN:
            return 401, {"ok": False, "error_code": 401, "description": f"Unauthorized {path}"}
        if found[2] == "getChat":
            return 200, {"ok": True, "result": {"id": -100}}
        if found[2] == "editMessageText":
            return self._edit(body)
        number = str(500 + len(self.held))
        self.held[number] = body
        return 200, {"ok": True, "result": {"message_id": int(number)}}

    def _edit(self, body: dict[str, Any]) -> tuple[int, Any]:
        number = str(body["message_id"])
        if number not in self.held or number in self.fixed:
            return 400, {"ok": False, "description": "Bad Request: message can't be edited"}
        if self.held[number]["text"] == body["text"]:
            return 400, {"ok": False, "description": "Bad Request: message is not modified"}
        self.held[number] = body
        return 200, {"ok": True, "result": {"message_id": int(number)}}


class Hook(Shop):
    """Events by their key, as a receiver that knows what it has had; `times` says how often each key came."""

    def __init__(self) -> None:
        super().__init__()
        self.times: list[str] = []
        self.signs: list[tuple[str, str, str, bytes]] = []

    def take(self, method: str, path: str, headers: Any, body: dict[str, Any]) -> tuple[int, Any]:
        key = headers["webhook-id"]
        self.times.append(key)
        self.signs.append((key, headers["webhook-timestamp"], headers["webhook-signature"], self.raw))
        self.held.setdefault(key, body)
        return 204, {}


class Post:
    """An SMTP server; `tricks` as for the others: baik, diam, putus, 451, 550 (at DATA), tolak (every recipient)."""

    def __init__(self) -> None:
        self.held: list[Any] = []
        self.tricks: list[str] = []
        self.trick = "baik"

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        self.trick = self.tricks.pop(0) if self.tricks else "baik"
        if self.trick == "tolak":
            return "550 tidak ada kotak itu"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        if self.trick in ("451", "550"):
            return f"{self.trick} tidak sekarang"
        self.held.append(envelope)
        if self.trick == "diam":
            import asyncio

            await asyncio.sleep(SILENCE)
        if self.trick == "putus":
            server.transport.close()
        return "250 diterima"

    def __enter__(self) -> "Post":
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.controller = Controller(self, hostname="127.0.0.1", port=self.port)
        self.controller.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.controller.stop()
