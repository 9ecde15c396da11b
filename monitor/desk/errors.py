"""What went wrong -> a page that says so in plain words, and what to do; never a traceback."""

from contextlib import suppress

import structlog
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Scope

from monitor.desk.adapter import SESSION, Call, tongue
from monitor.desk.filters import Odd
from monitor.desk.frame import bare
from monitor.desk.gate import Refused
from monitor.desk.office import Desk
from monitor.desk.render import html
from monitor.desk.tongue import said
from monitor.pipeline import people
from monitor.pipeline.people import Visitor
from monitor.store import StoreError

log = structlog.get_logger()

SENTENCES: dict[int, tuple[str, str]] = {
    400: (said("Permintaan tidak terbaca"), said("Muat ulang halaman sebelumnya, lalu coba lagi.")),
    403: (said("Tidak diizinkan"), said("Muat ulang halaman sebelumnya, lalu coba lagi.")),
    404: (said("Halaman tidak ada"), said("Alamat ini tidak menunjuk ke konten atau halaman mana pun. Periksa "
                                          "alamatnya, atau cari dari antrean.")),
    405: (said("Langkah ini tidak berlaku di sini"), said("Kembali ke antrean, lalu pakai tombol yang tersedia.")),
    408: (said("Kiriman terlalu lambat"), said("Sambungan ke server terlalu lambat atau terputus. Coba lagi; untuk "
                                               "berkas, kecilkan dahulu.")),
    409: (said("Belum dapat dilakukan"), said("Sumber ini dimatikan, atau kantor belum menulis "
                                              "kontaknya di pengaturan.")),
    413: (said("Kiriman terlalu besar"), said("Perpendek isinya, lalu coba lagi.")),
    415: (said("Bentuk kiriman tidak dikenal"), said("Pakai tombol dan formulir di halaman meja.")),
    429: (said("Terlalu banyak permintaan"), said("Tunggu sebentar, lalu coba lagi.")),
    500: (said("Terjadi kesalahan di program"), said("Yang sudah tersimpan tetap aman. Muat ulang halaman; bila "
                                                     "terulang, beri tahu administrator: sebabnya tercatat.")),
    503: (said("Basis data belum dapat dijangkau"), said("Tunggu sebentar, lalu muat ulang. Bila tetap begini, "
                                                         "beri tahu administrator.")),
}


def of_http(desk: Desk, request: Request, error: Exception) -> Response:
    """A status that Starlette or a page raised."""
    assert isinstance(error, HTTPException)
    answer = shown(desk, request, error.status_code)
    for name, value in (error.headers or {}).items():
        answer.headers[name] = value
    return answer


def of_query(desk: Desk, request: Request, error: Exception) -> Response:
    """A query that no page of ours makes."""
    assert isinstance(error, Odd)
    return shown(desk, request, 400, error.sentence)


def of_store(desk: Desk, request: Request, error: Exception) -> Response:
    """A store that does not answer: 503, with its own sentence."""
    assert isinstance(error, StoreError)
    log.warning("store failed under a page", path=request.url.path, cause=str(error))
    answer = shown(desk, request, 503, error.sentence)
    answer.headers["retry-after"] = "10"
    return answer


def of_program(desk: Desk, request: Request, error: Exception) -> Response:
    """What nobody expected: the cause goes into the log, a sentence to the person."""
    log.error("page failed", path=request.url.path, exc_info=error)
    return shown(desk, request, 500)


def of_gate(desk: Desk, scope: Scope, refused: Refused) -> Response:
    """What the gate refused."""
    log.info("gate refused", status=refused.status, cause=refused.cause, path=scope["path"][:200])
    request = Request(scope)
    # Whoever the gate refuses is not looked up: what came may be anything.
    request.state.visitor = None
    return shown(desk, request, refused.status, refused.sentence)


def shown(desk: Desk, request: Request, status: int, sentence: str = "") -> Response:
    """The page of a status, with the menu of whoever asked."""
    reader = tongue(desk, request)
    title, usual = SENTENCES.get(status, SENTENCES[500 if status >= 500 else 400])
    call = Call(request, {}, reader, visitor_of(desk, request))
    return html(desk, call, "error.html", bare(desk), status, title=reader.say(title),
                sentence=reader.say(sentence or usual))


def visitor_of(desk: Desk, request: Request) -> Visitor | None:
    """Who asked, as far as it is known: the store is not asked again where it failed."""
    if hasattr(request.state, "visitor"):
        found: Visitor | None = request.state.visitor
        return found
    cookie = request.cookies.get(SESSION, "")
    with suppress(StoreError):
        return people.visitor(desk.store, cookie, desk.now()) if cookie else None
    return None
