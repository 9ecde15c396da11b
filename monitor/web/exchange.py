"""Address -> Answer: one request and its bounded answer, whatever the other side does.

Only gzip is asked for, and one layer of it is opened with a bound (stacked gzip made 2 GiB of 1,827 bytes); what
follows the end of the gzip stream is left unread, as browsers do.
"""

import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Semaphore

import httpcore
import httpx

from monitor.web.limits import Trouble, Watch

MIB = 1024 * 1024
BODY = 10 * MIB  # decoded
ERROR_BODY = 64 * 1024  # enough to name a portal or a block page
LARGE = MIB  # bodies above this take turns, so that fifty bombs at once stay within memory
CRUMBS, CRUMB = 5_000, 64  # an answer of that many pieces, smaller than this on average, is refused
STEP = 256 * 1024
PIECE = 64 * 1024
GZIP = b"\x1f\x8b"
BEFORE_WRITING = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError)
REDIRECTS = frozenset((301, 302, 303, 307, 308))
KEPT = (
    "age",
    "cache-control",
    "cf-mitigated",
    "content-type",
    "date",
    "etag",
    "expires",
    "last-modified",
    "retry-after",
)
LONGEST_HEADER = 2_000


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer. `headers` are those of KEPT; `location` is set on redirects only, whose bodies are not read."""

    status: int
    headers: dict[str, str]
    body: bytes = b""
    location: str = ""


def exchange(
    transport: httpx.BaseTransport,
    request: httpx.Request,
    watch: Watch,
    *,
    limit: int = BODY,
    cut: bool = False,
    turns: Semaphore | None = None,
) -> Answer:
    """Send `request` and read at most `limit` decoded bytes; beyond them Trouble, or the beginning where `cut`."""
    response = begin(transport, request, watch)
    try:
        return finish(response, watch, limit=limit, cut=cut, turns=turns)
    finally:
        response.close()


def begin(transport: httpx.BaseTransport, request: httpx.Request, watch: Watch) -> httpx.Response:
    """Send `request`; its answer's head is there, its body is not."""
    request.extensions["watch"] = watch
    with _named("connect"):
        try:
            return transport.handle_request(request)
        except BEFORE_WRITING:
            raise
        except (httpx.TransportError, httpcore.NetworkError):
            watch.wrote = True
            raise


def finish(
    response: httpx.Response, watch: Watch, *, limit: int = BODY, cut: bool = False, turns: Semaphore | None = None
) -> Answer:
    """Read the answer's body within its bounds."""
    status, headers = response.status_code, _kept(response.headers)
    if status in REDIRECTS and (location := response.headers.get("location", "").strip()):
        return Answer(status, headers, location=location)
    if status in (204, 205, 304):
        return Answer(status, headers)
    if status >= 300:
        limit, cut = min(limit, ERROR_BODY), True
    coded = _coded(response.headers)
    with _named("truncated"):
        body = _collected(_opened(_pieces(response, watch), limit, coded), limit, cut, watch, turns or Semaphore())
    return Answer(status, headers, _once(body, coded, limit, cut))


def _kept(headers: httpx.Headers) -> dict[str, str]:
    found = ((name, headers.get(name, "").strip()) for name in KEPT)
    return {name: value for name, value in found if value and value.isascii() and value.isprintable()
            and len(value) <= LONGEST_HEADER}  # fmt: skip


def _coded(headers: httpx.Headers) -> bool:
    """Whether the body is gzip; Trouble for any other or stacked coding."""
    coding = ", ".join(headers.get_list("content-encoding")).strip().lower()
    if coding not in ("", "identity", "gzip", "x-gzip"):
        raise Trouble("encoding", f"content coding {coding[:100]!r}")
    return coding.endswith("gzip")


def _pieces(response: httpx.Response, watch: Watch) -> Iterator[bytes]:
    count = total = 0
    assert isinstance(response.stream, httpx.SyncByteStream)
    for piece in response.stream:
        watch.left()
        count, total = count + 1, total + len(piece)
        if count > CRUMBS and total < count * CRUMB:
            raise Trouble("protocol", f"{total} bytes in {count} pieces")
        yield piece


def _opened(pieces: Iterator[bytes], limit: int, coded: bool) -> Iterator[bytes]:
    """The decoded pieces; at most one STEP goes beyond `limit`."""
    if not coded:
        yield from pieces
        return
    inflater, total, raw = zlib.decompressobj(16 + zlib.MAX_WBITS), 0, 0
    for piece in pieces:
        raw += len(piece)
        for opened in _steps(inflater, piece):
            total += len(opened)
            yield opened
            if total > limit:
                return
        if inflater.eof:
            return
    if raw:
        raise Trouble("truncated", "the gzip stream ends early")


def _steps(inflater: "zlib._Decompress", piece: bytes) -> Iterator[bytes]:
    """What one piece opens to, STEP bytes at a time."""
    while True:
        opened = inflater.decompress(piece, STEP)
        yield opened
        piece = inflater.unconsumed_tail
        if inflater.eof or (not piece and len(opened) < STEP):
            return


def _collected(pieces: Iterator[bytes], limit: int, cut: bool, watch: Watch, turns: Semaphore) -> bytes:
    kept: list[bytes] = []
    total, turn = 0, False
    try:
        for piece in pieces:
            kept.append(piece)
            total += len(piece)
            if total > limit:
                break
            if total > LARGE and not turn:
                turn = turns.acquire(timeout=watch.left())
        body = b"".join(kept)
    finally:
        if turn:
            turns.release()
    if total > limit and not cut:
        raise Trouble("too_big", f"more than {limit} bytes")
    return body[:limit]


def _once(body: bytes, coded: bool, limit: int, cut: bool) -> bytes:
    """The body, opened once where it is a gzip file that no header declared; Trouble where gzip lies within gzip."""
    if not body.startswith(GZIP):
        return body
    if coded:
        raise Trouble("encoding", "gzip within gzip")
    with _named("truncated"):
        pieces = (body[at : at + PIECE] for at in range(0, len(body), PIECE))
        opened = b"".join(_opened(pieces, limit, coded=True))
    if len(opened) > limit and not cut:
        raise Trouble("too_big", f"more than {limit} bytes")
    return _once(opened[:limit], True, limit, cut)


@contextmanager
def _named(stage: str) -> Iterator[None]:
    """What the libraries raise, as Trouble; `stage` is the code of a connection that broke."""
    try:
        yield
    except (httpcore.TimeoutException, httpx.TimeoutException) as fault:
        raise Trouble("timeout", _told(fault)) from fault
    except (httpcore.ProxyError, httpx.ProxyError) as fault:
        raise Trouble("proxy", _told(fault)) from fault
    except (httpcore.RemoteProtocolError, httpx.RemoteProtocolError) as fault:
        early = stage == "truncated" and ("peer closed" in str(fault) or "incomplete" in str(fault))
        raise Trouble("truncated" if early else "protocol", _told(fault)) from fault
    except (httpcore.NetworkError, httpx.NetworkError) as fault:
        raise Trouble(stage, _told(fault)) from fault
    except (httpcore.ProtocolError, httpcore.UnsupportedProtocol, httpx.HTTPError, zlib.error) as fault:
        raise Trouble("protocol", _told(fault)) from fault


def _told(fault: Exception) -> str:
    return f"{type(fault).__name__}: {fault}"[:300]


def headers(agent: str, conditional: Mapping[str, str]) -> dict[str, str]:
    """What every collecting request says: who we are, gzip only, no connection kept; validators where known."""
    fixed = {
        "User-Agent": agent,
        "Accept": "*/*",
        "Accept-Encoding": "gzip",
        "Accept-Language": "id, en;q=0.5",
        "Connection": "close",
    }
    return fixed | {name: value for name, value in conditional.items() if value and _sendable(value)}


def _sendable(value: str) -> bool:
    return value.isascii() and value.isprintable() and len(value) <= LONGEST_HEADER
