"""The public pages: what was published, for everybody, without a login. They stand under /publik/ beside the desk, and
alone on the host that `[public] url` names.

Nothing here can reach a draft: pages are made from editions, and an edition has a row only after two hands signed.
"""

from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from hashlib import sha256
from threading import Lock
from urllib.parse import urlencode, urlsplit

import structlog
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.types import ASGIApp, Receive, Scope, Send

from classifiers.model import ModelError, load_files
from monitor import posts
from monitor.desk.adapter import fields
from monitor.desk.office import Desk
from monitor.people import Refusal
from monitor.pipeline import answers, objections, picturing
from monitor.posts import About, Publication, Site
from monitor.store import StoreError, Tx

log = structlog.get_logger()
PREFIX = "/publik"
HTML = "text/html; charset=utf-8"
MINUTE = "public, max-age=60"
HOUR, FROM_ONE, FROM_ALL = timedelta(hours=1), 5, 100
LONGEST_SEARCH = 100
FILTERS = ("wilayah", "kategori", "bulan", "hasil")
FEEDS = {
    "atom.xml": (posts.atom, "application/atom+xml; charset=utf-8"),
    "rss.xml": (posts.rss, "application/rss+xml; charset=utf-8"),
    "feed.json": (posts.json_feed, "application/feed+json; charset=utf-8"),
    "sitemap.xml": (posts.sitemap, "application/xml; charset=utf-8"),
}
Page = Callable[[Desk, Request], Response]


@dataclass
class Rate:
    """How often the form was sent of late, from one address and from all, kept in memory only."""

    sent: deque[tuple[datetime, str]] = field(default_factory=deque)
    lock: Lock = field(default_factory=Lock)

    def may(self, client: str, now: datetime) -> bool:
        """Counts one more, unless it is too many within the hour."""
        with self.lock:
            while self.sent and not now - HOUR < self.sent[0][0] <= now:
                self.sent.popleft()
            if len(self.sent) >= FROM_ALL or sum(one == client for _, one in self.sent) >= FROM_ONE:
                return False
            self.sent.append((now, client))
            return True


def routes(desk: Desk) -> list[BaseRoute]:
    """Everything below PREFIX."""
    rate = Rate()
    pages: tuple[tuple[str, Page], ...] = (
        ("/", front), ("/gaya.css", style), ("/tetes.svg", icon), ("/tentang/", about), ("/{feed}", feed),
        ("/{kind}/{value}/", shelf), ("/{page}/", page), ("/{page}/kartu.png", card),
        ("/{page}/gambar-{number:int}.jpg", picture),
    )  # fmt: skip
    form = Route("/{page}/hak-jawab/", partial(_form, desk, rate), methods=["GET", "POST"])
    inner = [form, *(Route(path, partial(_plain, desk, one)) for path, one in pages)]
    amiss = {HTTPException: partial(_not_here, desk), StoreError: partial(_not_now, desk)}
    app = Starlette(routes=inner, exception_handlers=amiss)
    app.router.redirect_slashes = False
    return [Route(PREFIX, _to_front), Mount(PREFIX, GZipMiddleware(app, minimum_size=500))]


class Host:
    """ASGI: on the host of `[public] url` only the public pages are there, at its root or below its path."""

    def __init__(self, app: ASGIApp, desk: Desk) -> None:
        self.app, self.desk = app, desk

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        url = urlsplit(self.desk.settings().public.url)
        known = self.desk.settings().desk
        asked = dict(scope.get("headers") or ()).get(b"host", b"").decode("latin-1").rsplit(":", 1)[0].lower()
        if scope["type"] == "http" and url.hostname == asked and asked not in ("localhost", "127.0.0.1", known.host):
            path = scope["path"].removeprefix(url.path.rstrip("/")).removeprefix(PREFIX)
            scope = {**scope, "path": PREFIX + (path if path.startswith("/") else "/" + path), "raw_path": None}
        await self.app(scope, receive, send)


def site(desk: Desk, url: str = "") -> Site:
    """The site as settings have it; without `[public] url` its addresses are of this machine."""
    settings = desk.settings()
    here = f"http://{settings.desk.host}:{settings.desk.port}{PREFIX}"
    return answers.site(settings, url or settings.public.url or here, desk.names.region)


def front(desk: Desk, request: Request) -> Response:
    """The newest publications, or those that a search and filters find, with the archive's shelves."""
    asked = {name: text.strip()[:LONGEST_SEARCH] for name, text in request.query_params.items()}
    sought, at = asked.get("q", ""), _number(asked.get("dari", "0"))
    chosen = {name: asked.get(name, "") for name in FILTERS}
    here = site(desk)
    with desk.store.read() as tx:
        every = [Publication(post, None) for post in tx.posts()]
        held = [one.post for one in every if posts.fits(here, one, chosen)]
        some = answers.publications(tx, held if sought else held[at : at + posts.A_PAGE])
    found = [one for one in some if posts.holds(one, sought)] if sought else some
    shown, total = (found[at : at + posts.A_PAGE], len(found)) if sought else (found, len(held))
    kept = {name: text for name, text in (("q", sought), *chosen.items()) if text}
    more = "?" + urlencode({**kept, "dari": at + posts.A_PAGE}) if at + posts.A_PAGE < total else ""
    return _answer(request, posts.listing(here, shown, posts.shelves(here, every), "", "", sought, more, total, chosen,
                                          posts.choices(here, every)))


def shelf(desk: Desk, request: Request) -> Response:
    """One part of the archive, page by page."""
    here, path = site(desk), f"{request.path_params['kind']}/{request.path_params['value']}/"
    at = _number(request.query_params.get("dari", "0"))
    with desk.store.read() as tx:
        every = [Publication(post, None) for post in tx.posts()]
        held = posts.on_shelf(here, every, path)
        some = answers.publications(tx, [one.post for one in held[at : at + posts.A_PAGE]])
    shelves = posts.shelves(here, every)
    name = next((one.name for group in shelves.values() for one in group if one.path == path), "")
    if not some or not name:
        raise HTTPException(404)
    more = f"?dari={at + posts.A_PAGE}" if at + posts.A_PAGE < len(held) else ""
    return _answer(request, posts.listing(here, some, shelves, "../../", name, None, more, len(held)))


def page(desk: Desk, request: Request) -> Response:
    """The page of one publication, at its one address."""
    one = _publication(desk, request)
    if isinstance(one, Response):
        return one
    return _answer(request, posts.page(site(desk), one), robots="noindex" if one.shown is None else "")


def card(desk: Desk, request: Request) -> Response:
    """The share card."""
    one = _publication(desk, request, "kartu.png")
    if isinstance(one, Response):
        return one
    first = one.shown.pictures[:1] if one.shown else ()
    with desk.store.read() as tx:
        shown = picturing.published(tx, desk.store, one.post.clarification, first[0].page) if first else None
    made = posts.card(site(desk), one, shown)
    if made is None:
        raise HTTPException(404)
    return _answer(request, made, "image/png")


def picture(desk: Desk, request: Request) -> Response:
    """A picture of the edition that people read, blacked out by a person for it."""
    number = int(request.path_params["number"])
    one = _publication(desk, request, posts.picture_name(number))
    if isinstance(one, Response):
        return one
    some = one.shown.pictures if one.shown else ()
    with desk.store.read() as tx:
        shown = some[number - 1] if 0 < number <= len(some) else None
        content = picturing.published(tx, desk.store, one.post.clarification, shown.page) if shown else None
    if content is None:
        raise HTTPException(404)
    return _answer(request, content, "image/jpeg")


def feed(desk: Desk, request: Request) -> Response:
    """Atom, RSS, JSON Feed, sitemap."""
    if request.path_params["feed"] not in FEEDS:
        return _slashed(request)
    write, kind = FEEDS[request.path_params["feed"]]
    with desk.store.read() as tx:
        return _answer(request, write(site(desk), answers.publications(tx)), kind)


def about(desk: Desk, request: Request) -> Response:
    """What is watched, what the model can and cannot do, the rules, the contact."""
    with desk.store.read() as tx:
        facts = about_of(desk, tx)
    return _answer(request, posts.about(site(desk), facts))


def about_of(desk: Desk, tx: Tx) -> About:
    """The facts of "Tentang"."""
    asked = tx.objections()
    upheld = sum(1 for _, given in asked if given and given.outcome == posts.DIKABULKAN)
    watched = sorted(desk.settings().watched, key=lambda one: one.name.casefold())
    handed, out = len(tx.referrals()), len(tx.posts())
    return About(watched, desk.model(), figures(), len(asked), upheld, handed, out, desk.settings().public.answer_days,
                 sum(given is None for _, given in asked))


def figures() -> Mapping[str, str]:
    """The model's own figures in plain words, from its manifest; none while no usable model is there."""
    try:
        told = load_files().manifest.get("figures", {})
    except ModelError:
        return {}
    shown = {}
    if "false_flags" in told:
        shown["Kabar biasa yang keliru ditunjuk"] = f"{100 * told['false_flags']:.1f} %".replace(".", ",")
    if "held_out_views" in told:
        shown["Diukur pada"] = f"{told['held_out_views']:,} teks yang tidak dipakai melatih".replace(",", ".")
    return shown


def style(desk: Desk, request: Request) -> Response:
    """The style sheet."""
    return _answer(request, posts.style(), "text/css; charset=utf-8")


def icon(desk: Desk, request: Request) -> Response:
    """The icon of the pages."""
    return _answer(request, posts.icon(), "image/svg+xml")


def ask(desk: Desk, rate: Rate, request: Request, form: Mapping[str, str]) -> Response:
    """The form of hak jawab and koreksi; what is sent is recorded with its due date."""
    one = _publication(desk, request, "hak-jawab/")
    if isinstance(one, Response):
        return one
    if request.method != "POST":
        return _answer(request, posts.objection(site(desk), one), keep="no-store")
    if form.get("situs"):
        return _said(desk, request, one, "Terima kasih.")
    who, contact, text = (form.get(name, "").strip() for name in ("nama", "kontak", "isi"))
    if not who or not contact or not 20 <= len(text) <= 4000 or len(who) > 100 or len(contact) > 200:
        return _said(desk, request, one, "Isilah nama, kontak, dan penjelasan (20 sampai 4.000 huruf).", form, 422)
    now = desk.now()
    if not rate.may(request.client.host if request.client else "", now):
        return _said(desk, request, one, "Terlalu banyak kiriman dari sini. Coba lagi satu jam kemudian.", form, 429)
    number, kind = one.post.clarification, form.get("jenis", "koreksi")
    made = objections.object_to(desk.store, desk.settings(), number, kind, who, contact, text, now)
    if isinstance(made, Refusal):
        return _said(desk, request, one, made.sentence, form, 422)
    due = posts.when(made.due, desk.settings().office.zone)
    return _said(desk, request, one, f"Tercatat dengan nomor {made.id}. Dijawab paling lambat {due}.")


async def _plain(desk: Desk, page: Page, request: Request) -> Response:
    return await run_in_threadpool(page, desk, request)


async def _form(desk: Desk, rate: Rate, request: Request) -> Response:
    form = await fields(request) if request.method == "POST" else {}
    return await run_in_threadpool(ask, desk, rate, request, form)


async def _to_front(request: Request) -> Response:
    return RedirectResponse("publik/", 308)


AMISS = {
    404: ("Halaman ini tidak ada", "Periksa alamatnya, atau cari dari daftar semua klarifikasi."),
    405: ("Langkah ini tidak berlaku di sini", "Kembali ke daftar, lalu pakai tautan dan tombol yang tersedia."),
    413: ("Kiriman terlalu besar", "Perpendek isinya, lalu kirim lagi."),
    503: ("Halaman ini sedang tidak dapat dibuka", "Coba lagi sebentar."),
}
UNREAD = ("Permintaan ini tidak terbaca", "Kembali ke halaman sebelumnya, lalu coba lagi.")


def _not_here(desk: Desk, request: Request, error: Exception) -> Response:
    """A page that is not there, without a word of the desk."""
    return _amiss(desk, request, error.status_code if isinstance(error, HTTPException) else 404)


def _amiss(desk: Desk, request: Request, status: int, headers: dict[str, str] | None = None) -> Response:
    below = request.scope["path"].removeprefix(request.scope.get("root_path", "")).lstrip("/")
    title, sentence = AMISS.get(status, UNREAD)
    page = posts.amiss(site(desk), "../" * min(below.count("/"), 9), title, sentence)
    return Response(page, status, headers, HTML)


def _not_now(desk: Desk, request: Request, error: Exception) -> Response:
    log.warning("store failed under a public page", path=request.url.path[:200], cause=str(error))
    return _amiss(desk, request, 503, {"retry-after": "10"})


def _publication(desk: Desk, request: Request, rest: str = "") -> Publication | Response:
    """The publication that the address names by its number; at any other spelling, the way to its one address."""
    number = _number(request.path_params["page"].partition("-")[0])
    with desk.store.read() as tx:
        one = answers.publication(tx, number) if number else None
    if one is None:
        raise HTTPException(404)
    if request.path_params["page"] + "/" != one.post.path:
        return RedirectResponse(f"{'../' * (1 + (rest == 'hak-jawab/'))}{one.post.path}{rest}", 308)
    return one


def _said(
    desk: Desk, request: Request, one: Publication, said: str, form: Mapping[str, str] | None = None, status: int = 200
) -> Response:
    return _answer(request, posts.objection(site(desk), one, said, form), keep="no-store", status=status)


def _answer(
    request: Request, body: str | bytes, kind: str = HTML, keep: str = MINUTE, status: int = 200, robots: str = ""
) -> Response:
    """The answer with its tag; 304 where the browser has it already."""
    raw = body.encode() if isinstance(body, str) else body
    tag = f'W/"{sha256(raw).hexdigest()[:20]}"'
    headers = {"cache-control": keep, "etag": tag} | ({"x-robots-tag": robots} if robots else {})
    if keep == MINUTE and request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=headers)
    return Response(raw, status, headers, kind)


def _slashed(request: Request) -> Response:
    """A page's address without its last slash."""
    name = request.path_params["feed"]
    if name[:1].isdigit() or name == "tentang":
        return RedirectResponse(f"{name}/", 308)
    return PlainTextResponse("Halaman tidak ada.", 404)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
