"""Call -> filters of the queue are kept under a name, for oneself or for the office, or dropped."""

from urllib.parse import parse_qsl, urlencode

from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from monitor.desk import filters
from monitor.desk.adapter import Call
from monitor.desk.filters import Odd
from monitor.desk.office import Desk
from monitor.desk.queue import shown
from monitor.desk.saved import account
from monitor.people import Refusal
from monitor.pipeline import saved


def save(desk: Desk, call: Call) -> Response:
    """POST /saringan: keeps the filters of the list where the form stood."""
    chosen = _chosen(call)
    outcome = saved.save(desk.store, call.person, call.form.get("nama", ""), urlencode(chosen),
                         call.form.get("kantor") == "ya", desk.now())
    return _answered(desk, call, outcome, chosen)


def drop(desk: Desk, call: Call) -> Response:
    """POST /saringan/hapus"""
    outcome = saved.drop(desk.store, call.person, call.form.get("kunci", ""), desk.now())
    return _answered(desk, call, outcome, _chosen(call))


def _answered(desk: Desk, call: Call, outcome: object, chosen: dict[str, str]) -> Response:
    if isinstance(outcome, Refusal):
        return shown(desk, call, chosen, 422, outcome.sentence)
    return RedirectResponse(filters.address(chosen), 303)


def _chosen(call: Call) -> dict[str, str]:
    """The filters that came back from a form of ours."""
    if not account(call):
        raise HTTPException(403, "saving filters needs an account")
    try:
        return filters.asked(dict(parse_qsl(call.form.get("saringan", "")[:2000], max_num_fields=20)))
    except (Odd, ValueError) as odd:
        raise HTTPException(400, "no filters of ours") from odd
