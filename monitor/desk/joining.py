"""Call -> two isu become one, or konten of one go to another."""

from starlette.responses import RedirectResponse, Response

from monitor.desk import isu
from monitor.desk.acts import item_number, picked, version, whole
from monitor.desk.adapter import Call
from monitor.desk.office import Desk
from monitor.people import Refusal
from monitor.pipeline import joining
from monitor.pipeline.acts import Stale
from monitor.rumors import Rumor

REASON_LENGTH = 1000


def merge(desk: Desk, call: Call) -> Response:
    """POST /isu/<id>/gabung: into another isu, with a reason."""
    number, target = item_number(call), whole(call.form.get("tujuan", ""))
    reason = call.form.get("alasan_gabung", "")[:REASON_LENGTH]
    outcome = joining.merge(desk.store, number, version(call), target, call.person, reason, desk.now())
    return _led(desk, call, number, outcome)


def split(desk: Desk, call: Call) -> Response:
    """POST /isu/<id>/pisah: the ticked konten to another isu, or to a new one with a written claim."""
    number, form = item_number(call), call.form
    outcome = joining.split(desk.store, number, version(call), picked(call), form.get("klaim_pisah", ""),
                            whole(form.get("tujuan_pisah", "")), call.person,
                            form.get("alasan_pisah", "")[:REASON_LENGTH], desk.now())
    return _led(desk, call, number, outcome)


def unmerge(desk: Desk, call: Call) -> Response:
    """POST /isu/<id>/batal-gabung: undoes its merger, with a reason."""
    number = item_number(call)
    outcome = joining.unmerge(desk.store, number, version(call), call.person,
                              call.form.get("alasan_batal", "")[:REASON_LENGTH], desk.now())
    return _led(desk, call, number, outcome)


def _led(desk: Desk, call: Call, number: int, outcome: Rumor | Refusal) -> Response:
    if isinstance(outcome, Refusal):
        return isu.shown(desk, call, number, 409 if isinstance(outcome, Stale) else 422, outcome.sentence)
    return RedirectResponse(f"/isu/{outcome.id}", 303)
