"""The one asynchronous place: reads and bounds what a browser sends, then calls the page in the thread pool.

Before a page is called: is somebody logged in, may they do this, and does a form carry the sign that only our own pages
know? What was typed is never lost by it: it is offered again after the login.
"""

import asyncio
import hmac
import secrets
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, TypeVar
from urllib.parse import parse_qsl

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from monitor.desk import uploads
from monitor.desk.office import Desk
from monitor.desk.plainly import plainly
from monitor.desk.tongue import LANGUAGES, Tongue
from monitor.desk.uploads import Upload
from monitor.people import RIGHTS, Person, holds
from monitor.pipeline import keeping, people
from monitor.pipeline.people import Visitor
from monitor.sources import offset

LARGEST_FORM = 64 * 1024
MOST_FIELDS = 100
# For a whole body: 64 KiB, and three files of 10 MB on a line of 50 KB/s.
FORM_SECONDS, FILE_SECONDS = 60.0, 600.0
COOKIE, SESSION, BEFORE = "bahasa", "sesi", "pra"
SIGN = "tanda"
# Names what was kept of an earlier session, in the form that sends it again.
KEPT = "belum"
YEAR = 365 * 86400
# Who may ask for a page: anybody, whoever is logged in, or (a key of RIGHTS) whoever holds the right.
ANYBODY, LOGGED_IN = "siapa pun", "masuk"
# What is shown at the server itself as long as there is no account, so that a new office sees at once that it works.
BEFORE_ACCOUNTS = ("lihat konten", "lihat sumber", "coba sumber")
OWN = ("127.0.0.1", "::1")


@dataclass(frozen=True, slots=True)
class Call:
    """One request as a page sees it: path values, query, the form's fields and files, the reader's language, who is
    logged in (None: nobody), and the sign that every form of the answer carries."""

    request: Request
    form: dict[str, str]
    tongue: Tongue
    visitor: Visitor | None = None
    sign: str = ""
    files: dict[str, Upload] = field(default_factory=dict)

    @property
    def person(self) -> Person:
        """Who is logged in; a page that needs a login is never called without."""
        assert self.visitor is not None, "a page behind the login was called without one"
        return self.visitor.person

    def may(self, right: str) -> bool:
        """Does whoever is logged in hold this right?"""
        return self.visitor is not None and holds(self.visitor.person, right)

    def plain(self, sentences: str) -> str:
        """What a sentence of the program says to whoever is logged in: files and commands to administrators only."""
        return sentences if self.visitor is None or self.may("setelan") else plainly(sentences)

    @property
    def here(self) -> str:
        """This page's path and query."""
        query = self.request.url.query
        return self.request.url.path + (f"?{query}" if query else "")

    @property
    def query(self) -> dict[str, str]:
        return dict(self.request.query_params)

    @property
    def by_htmx(self) -> bool:
        return self.request.headers.get("hx-request") == "true"


T = TypeVar("T")
Page = Callable[[Desk, Call], Response]
Endpoint = Callable[[Request], Coroutine[Any, Any, Response]]


@dataclass(frozen=True, slots=True)
class Doors:
    """What stands in place of a page: for somebody who must log in first, who may not, whose form carries no sign."""

    login: Page
    barred: Page
    again: Page


def endpoint(desk: Desk, page: Page, right: str, doors: Doors) -> Endpoint:
    """The page as Starlette calls it."""

    async def answer(request: Request) -> Response:
        if request.method != "POST":
            return await run_in_threadpool(_answer, desk, page, right, doors, request, {}, {})
        if _kind(request) != uploads.KIND:
            form = await in_time(fields(request), FORM_SECONDS)
            return await run_in_threadpool(_answer, desk, page, right, doors, request, form, {})
        known = await run_in_threadpool(_hands_in, desk, right, request)
        sent = await in_time(parts(request, known), FILE_SECONDS if known else FORM_SECONDS)
        return await run_in_threadpool(_answer, desk, page, right, doors, request, sent.fields, sent.files)

    return answer


def by_method(pages: dict[str, Endpoint]) -> Endpoint:
    """Several endpoints of one address, by method; HEAD is asked as GET."""

    async def answer(request: Request) -> Response:
        return await pages["GET" if request.method == "HEAD" else request.method](request)

    return answer


def tongue(desk: Desk, request: Request) -> Tongue:
    """The reader's language: `?lang=` now, its cookie later, else Indonesian. What a browser was installed with says
    little about an office's language, so Accept-Language is not asked."""
    chosen = request.query_params.get("lang") or request.cookies.get(COOKIE, "")
    return Tongue(chosen if chosen in LANGUAGES else "id", offset(desk.settings().office.zone))


async def in_time(body: Coroutine[Any, Any, T], seconds: float) -> T:
    """What was read of a body; one that trickles in is cut off, for it holds one of the few places at the desk."""
    try:
        async with asyncio.timeout(seconds):
            return await body
    except TimeoutError as error:
        raise HTTPException(408, f"a body of more than {seconds} s", {"connection": "close"}) from error


async def fields(request: Request) -> dict[str, str]:
    """The fields of an ordinary form; anything else, or too much of it, is refused."""
    if _kind(request) != "application/x-www-form-urlencoded":
        raise HTTPException(415, "not an ordinary form")
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > LARGEST_FORM:
            raise HTTPException(413, "form too large")
    try:
        return dict(parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=MOST_FIELDS, errors="strict"))
    except ValueError as error:
        raise HTTPException(400, f"unreadable form: {error}") from error


async def parts(request: Request, known: bool) -> uploads.Form:
    """Fields and files of a form with files; the files of somebody who is not `known` are not kept."""
    kind = request.headers.get("content-type", "")
    try:
        return await uploads.read(kind, request.stream(), MOST_FIELDS, LARGEST_FORM, known)
    except uploads.TooMuch as error:
        raise HTTPException(413, str(error)) from error
    except uploads.Unreadable as error:
        raise HTTPException(400, f"unreadable form: {error}") from error


def sign(request: Request) -> str:
    """The sign of this browser's forms: it follows from a cookie that no other site and no script can read."""
    secret = request.cookies.get(SESSION) or request.cookies.get(BEFORE) or ""
    return signed(secret) if secret else ""


def signed(secret: str) -> str:
    """The sign that goes with the secret in a browser's cookie."""
    return sha256(b"formulir:" + secret.encode()).hexdigest()[:40]


def secure(request: Request) -> bool:
    """Did the browser come by https (as a trusted proxy says, or itself)?"""
    return bool(request.scope["scheme"] == "https")


def keep(answer: Response, request: Request, name: str, value: str, age: int | None = None) -> None:
    """Sets a cookie that only this desk sees; without an age it ends with the browser."""
    answer.set_cookie(name, value, max_age=age, httponly=True, samesite="lax", secure=secure(request))


def _kind(request: Request) -> str:
    return request.headers.get("content-type", "").split(";")[0].strip().lower()


def _hands_in(desk: Desk, right: str, request: Request) -> bool:
    """May whoever asks hand in files here? Asked before the first byte of one is kept."""
    cookie = request.cookies.get(SESSION, "")
    visitor = people.visitor(desk.store, cookie, desk.now()) if cookie and right in RIGHTS else None
    return visitor is not None and holds(visitor.person, right)


def _answer(desk: Desk, page: Page, right: str, doors: Doors, request: Request, form: dict[str, str],
            files: dict[str, Upload]) -> Response:
    given, kept = form.pop(SIGN, ""), form.pop(KEPT, "")
    cookie = request.cookies.get(SESSION, "")
    # For the pages of errors; should the store fail in the next line, they do not ask it again.
    request.state.visitor = None
    visitor = people.visitor(desk.store, cookie, desk.now()) if cookie and right != ANYBODY else None
    fresh = ""
    if visitor is None and right in BEFORE_ACCOUNTS and _at_the_server(desk, request):
        visitor = people.setting_up(desk.store, desk.now())
        fresh = secrets.token_urlsafe(32) if visitor and not request.cookies.get(BEFORE) else ""
    request.state.visitor = visitor
    call = Call(request, form, tongue(desk, request), visitor, signed(fresh) if fresh else sign(request),
                files)
    answer = _chosen(page, right, doors, call, given)(desk, call)
    if kept and visitor and answer.status_code < 400:
        keeping.drop(desk.store, visitor.account.name, kept)
    if fresh:
        keep(answer, request, BEFORE, fresh)
    chosen = request.query_params.get("lang")
    if chosen in LANGUAGES:
        keep(answer, request, COOKIE, chosen, YEAR)
    return answer


def _at_the_server(desk: Desk, request: Request) -> bool:
    """Does the request come from this very machine, and not by way of a proxy?"""
    known = desk.settings().desk
    client = request.client.host if request.client else ""
    return client in OWN and known.host in OWN and not known.trusted_proxies


def _chosen(page: Page, right: str, doors: Doors, call: Call, given: str) -> Page:
    if right != ANYBODY and call.visitor is None:
        return doors.login
    if right not in (ANYBODY, LOGGED_IN) and not call.may(right):
        return doors.barred
    if call.request.method == "POST" and not (given and hmac.compare_digest(given.encode(), call.sign.encode())):
        return doors.again
    return page
