"""The one asynchronous place: reads and bounds what a browser sends, then calls the page in the thread pool."""

from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from monitor.desk.office import Desk
from monitor.desk.tongue import LANGUAGES, Tongue
from monitor.sources import offset

LARGEST_FORM = 64 * 1024
MOST_FIELDS = 100
COOKIE = "bahasa"
YEAR = 365 * 86400


@dataclass(frozen=True, slots=True)
class Call:
    """One request as a page sees it: path values, query, the form's fields, and the reader's language."""

    request: Request
    form: dict[str, str]
    tongue: Tongue

    @property
    def query(self) -> dict[str, str]:
        return dict(self.request.query_params)

    @property
    def by_htmx(self) -> bool:
        return self.request.headers.get("hx-request") == "true"


Page = Callable[[Desk, Call], Response]
Endpoint = Callable[[Request], Coroutine[Any, Any, Response]]


def endpoint(desk: Desk, page: Page) -> Endpoint:
    """The page as Starlette calls it."""

    async def answer(request: Request) -> Response:
        form = await fields(request) if request.method == "POST" else {}
        return await run_in_threadpool(_answer, desk, page, request, form)

    return answer


def tongue(desk: Desk, request: Request) -> Tongue:
    """The reader's language: `?lang=` now, its cookie later, else Indonesian. What a browser was installed with says
    little about an office's language, so Accept-Language is not asked."""
    chosen = request.query_params.get("lang") or request.cookies.get(COOKIE, "")
    return Tongue(chosen if chosen in LANGUAGES else "id", offset(desk.settings().office.zone))


async def fields(request: Request) -> dict[str, str]:
    """The fields of an ordinary form; anything else, or too much of it, is refused."""
    kind = request.headers.get("content-type", "").split(";")[0].strip().lower()
    if kind != "application/x-www-form-urlencoded":
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


def _answer(desk: Desk, page: Page, request: Request, form: dict[str, str]) -> Response:
    answer = page(desk, Call(request, form, tongue(desk, request)))
    chosen = request.query_params.get("lang")
    if chosen in LANGUAGES:
        answer.set_cookie(COOKIE, chosen, max_age=YEAR, httponly=True, samesite="lax")
    return answer
