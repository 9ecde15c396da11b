"""The gate before every page: which Host may be asked, who may change something, what a browser may load."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import ip_address, ip_network
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from monitor.desk.tongue import said
from monitor.sources import Desk as Listening

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
SAFE = ("GET", "HEAD", "OPTIONS")
HOST = re.compile(r"(\[[0-9a-f:.]{2,45}\]|[a-z0-9](?:[a-z0-9.-]{0,252}))(?::([0-9]{1,5}))?")
FORWARDED = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via")
POLICY = ("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
          "form-action 'self'; base-uri 'none'; frame-ancestors 'none'")
# For files that people handed in: even if a browser showed one as a page, nothing of it would run or load.
SANDBOX = "default-src 'none'; sandbox; frame-ancestors 'none'"
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


def judge(method: str, headers: Headers, hosts: tuple[str, ...] = LOOPBACK, trusted: bool = False) -> Refused | None:
    """None if the request may pass. `hosts` are names without port; any port of them is good, for tunnels change it.
    Only a `trusted` proxy may say on whose behalf it asks."""
    host = _host(headers)
    if host is None or host[0] not in hosts:
        return Refused(400, "unknown Host", said("Alamat ini bukan alamat meja. Buka http://127.0.0.1:8765 di server "
                                                 "ini, atau lewat terowongan SSH. Nama lain ditulis pada hosts di "
                                                 "[desk], feeds.toml."))
    if not trusted and any(name in headers for name in FORWARDED):
        return Refused(400, "forwarded by a proxy", said("Permintaan ini diteruskan proxy yang tidak dikenal. Tulis "
                                                         "alamat proxy pada trusted_proxies di [desk], feeds.toml "
                                                         "(docs/pasang.md)."))
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
    """ASGI middleware: refuses what `judge` refuses, puts HEADERS on everything that goes out, and the true client in
    the place of a trusted proxy. `listening` gives the [desk] settings in force."""

    def __init__(self, app: ASGIApp, refuse: Callable[[Scope, Refused], Response],
                 listening: Callable[[], Listening]) -> None:
        self.app, self.refuse, self.listening = app, refuse, listening

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await (self.app(scope, receive, send) if scope["type"] == "lifespan"
                   else send({"type": "websocket.close", "code": 1008}))
            return

        async def dressed(message: Message) -> None:
            if message["type"] == "http.response.start":
                _dress(MutableHeaders(scope=message), scope)
            await send(message)

        known, headers = self.listening(), Headers(scope=scope)
        trusted = _within((scope.get("client") or ("", 0))[0], known.trusted_proxies)
        refused = judge(scope["method"], headers, (*LOOPBACK, known.host, *known.hosts), trusted)
        if trusted:
            scope = _behind(scope, headers, known.trusted_proxies)
        answer = self.app if refused is None else self.refuse(scope, refused)
        await answer(scope, receive, dressed)


def _within(address: str, networks: tuple[str, ...]) -> bool:
    try:
        found = ip_address(address)
    except ValueError:
        return False
    return any(found in ip_network(one, strict=False) for one in networks)


def _behind(scope: Scope, headers: Headers, proxies: tuple[str, ...]) -> Scope:
    """The request as it reached the outermost trusted proxy: the last address that is none of ours, and its scheme."""
    names = [part.strip() for line in headers.getlist("x-forwarded-for") for part in line.split(",")]
    client = next((name for name in reversed(names) if not _within(name, proxies)), "")
    https = headers.get("x-forwarded-proto", "").strip().lower() == "https"
    return {**scope, "client": (client, 0) if _is_address(client) else scope.get("client"),
            "scheme": "https" if https else scope["scheme"]}


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True


def _dress(headers: MutableHeaders, scope: Scope) -> None:
    for name, value in HEADERS.items():
        if name != "content-security-policy" or headers.get(name) != SANDBOX:
            headers[name] = value
    if scope["scheme"] == "https":
        headers["strict-transport-security"] = "max-age=31536000"
    headers.setdefault("cache-control", "no-store")
