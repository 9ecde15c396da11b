"""The verifiers' pages: from the queue to a signed finding. An entrance: it shows what the store holds.

Everything but the login and /health is behind a session (`adapter`, `routes`), behind the gate. Pages work without
JavaScript; what they load comes from here alone.
"""

from functools import partial

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Scope

from monitor.desk import errors, public
from monitor.desk.adapter import Endpoint, by_method, endpoint
from monitor.desk.filters import Odd
from monitor.desk.gate import Gate
from monitor.desk.hashing import Hashing
from monitor.desk.health import metrics
from monitor.desk.login import DOORS
from monitor.desk.office import Desk, Pulse
from monitor.desk.render import STATIC
from monitor.desk.routes import ROUTES
from monitor.desk.serve import DeskError, Server, listen
from monitor.desk.views import Names
from monitor.sources import Desk as Listening
from monitor.store import StoreError

__all__ = ["Desk", "DeskError", "Hashing", "Names", "Pulse", "Server", "app", "listen", "metrics_app"]

YEAR = 365 * 86400
DAY = 86400


class _Files(StaticFiles):
    """Files of ours: kept for long where the name or the query changes with the content."""

    def file_response(self, *args: object, **kwargs: object) -> Response:
        answer = super().file_response(*args, **kwargs)  # type: ignore[arg-type]
        scope: Scope = args[2]  # type: ignore[assignment]
        lasting = b"v=" in scope["query_string"] or "2." in scope["path"]
        answer.headers["cache-control"] = f"public, max-age={YEAR}, immutable" if lasting else f"max-age={DAY}"
        return answer


def app(desk: Desk) -> ASGIApp:
    """The pages of a house."""
    inner = Starlette(
        routes=[*routes(desk), *public.routes(desk), Mount("/static", _Files(directory=STATIC))],
        exception_handlers={
            HTTPException: partial(errors.of_http, desk),
            Odd: partial(errors.of_query, desk),
            StoreError: partial(errors.of_store, desk),
            Exception: partial(errors.of_program, desk),
        },
    )
    return _gated(desk, public.Host(inner, desk))


def routes(desk: Desk) -> list[Route]:
    """One route for each address; one address may have a page to look at and one to send to."""
    found: dict[str, dict[str, Endpoint]] = {}
    for path, page, method, right in ROUTES:
        found.setdefault(path, {})[method] = endpoint(desk, page, right, DOORS)
    return [Route(path, by_method(pages), methods=list(pages)) for path, pages in found.items()]


def metrics_app(desk: Desk) -> ASGIApp:
    """GET /metrics, for a port of its own."""

    def answer(request: Request) -> Response:
        return Response(metrics(desk), media_type="text/plain; version=0.0.4; charset=utf-8")

    inner = Starlette(routes=[Route("/metrics", answer)])
    return Gate(inner, partial(errors.of_gate, desk), lambda: Listening())


def _gated(desk: Desk, inner: ASGIApp) -> ASGIApp:
    """Outside of everything, so that the pages of errors pass the gate too."""
    return Gate(inner, partial(errors.of_gate, desk), lambda: desk.settings().desk)
