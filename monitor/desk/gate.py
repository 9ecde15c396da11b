"""The gate before every page: which Host may be asked, who may change something, what a browser may load."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from monitor.desk.tongue import said

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
SAFE = ("GET", "HEAD", "OPTIONS")
HOST = re.compile(r"(\[[0-9a-f:.]{2,45}\]|[a-z0-9](?:[a-z0-9.-]{0,252}))(?::([0-9]{1,5}))?")
FORWARDED = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via")
POLICY = ("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
          "form-action 'self'; base-uri 'none'; frame-ancestors 'none'")
HEADERS = {
    "content-security-policy": POLICY,
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "referrer-policy": "same-origin",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
}


@dataclass(frozen=True, slots=True)
class Refused:
    """Why the gate stays shut: a status, an English cause, an Indonesian sentence."""

    status: int
    cause: str
    sentence: str


def judge(method: str, headers: Headers, hosts: tuple[str, ...] = LOOPBACK) -> Refused | None:
    """None if the request may pass. `hosts` are names without port; any port of them is good, for tunnels change it."""
    host = _host(headers)
    if host is None or host[0] not in hosts:
        return Refused(400, "unknown Host", said("Alamat ini bukan alamat meja. Buka http://127.0.0.1:8765 di server "
                                                 "ini, atau lewat terowongan SSH."))
    if any(name in headers for name in FORWARDED):
        return Refused(400, "forwarded by a proxy", said("Meja belum memiliki login, jadi tidak boleh diteruskan oleh "
                                                         "proxy. Bukalah lewat terowongan SSH (docs/pasang.md)."))
    if method not in SAFE and not _own(headers, host):
        return Refused(403, "foreign or missing Origin", said("Permintaan ini tidak berasal dari halaman meja sendiri. "
                                                              "Muat ulang halaman, lalu coba lagi."))
    return None


def _host(headers: Headers) -> tuple[str, str] | None:
    named = headers.getlist("host")
    found = HOST.fullmatch(named[0].lower()) if len(named) == 1 else None
    return (found[1], found[2] or "") if found else None


def _own(headers: Headers, host: tuple[str, str]) -> bool:
    """Does a change come from a page of this very address? Browsers say so in Origin, old ones in Referer."""
    said = headers.getlist("origin") or headers.getlist("referer")
    if len(said) != 1 or headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return False
    try:
        parts = urlsplit(said[0].lower())
        port = str(parts.port or "")
    except ValueError:
        return False
    name = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
    return parts.scheme in ("http", "https") and (name, port) == host


class Gate:
    """ASGI middleware: refuses what `judge` refuses, and puts HEADERS on everything that goes out."""

    def __init__(self, app: ASGIApp, refuse: Callable[[Scope, Refused], Response],
                 hosts: tuple[str, ...] = LOOPBACK) -> None:
        self.app, self.refuse, self.hosts = app, refuse, hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await (self.app(scope, receive, send) if scope["type"] == "lifespan"
                   else send({"type": "websocket.close", "code": 1008}))
            return

        async def dressed(message: Message) -> None:
            if message["type"] == "http.response.start":
                _dress(MutableHeaders(scope=message))
            await send(message)

        refused = judge(scope["method"], Headers(scope=scope), self.hosts)
        answer = self.app if refused is None else self.refuse(scope, refused)
        await answer(scope, receive, dressed)


def _dress(headers: MutableHeaders) -> None:
    for name, value in HEADERS.items():
        headers[name] = value
    headers.setdefault("cache-control", "no-store")
