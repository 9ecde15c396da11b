"""Call -> one act on konten: take, release, hand over, dismiss, reopen, attach, label.

Every one is a plain form. What is refused shows the page as it is now, with the sentence and everything that was typed.
"""

from collections.abc import Callable
from datetime import datetime
from urllib.parse import parse_qsl, urlencode

from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from monitor import items
from monitor.desk import pages
from monitor.desk.adapter import Call
from monitor.desk.filters import PARTS
from monitor.desk.office import Desk
from monitor.items import Item
from monitor.people import Person, Refusal
from monitor.pipeline import acts, labels
from monitor.pipeline.acts import Stale

MOST = 50
PICKED = "k-"


def take(desk: Desk, call: Call) -> Response:
    """POST /konten/<id>/ambil"""
    return _one(desk, call, lambda item, person, now: items.take(item, person, now))


def release(desk: Desk, call: Call) -> Response:
    """POST /konten/<id>/lepas"""
    return _one(desk, call, lambda item, person, now: items.release(item, person, now))


def dismiss(desk: Desk, call: Call) -> Response:
    """POST /konten/<id>/kesampingkan: with one of the reasons; then on in the list that one came from (`daftar`), which
    offers to undo it."""
    reason, number = call.form.get("alasan", ""), item_number(call)
    answer = _one(desk, call, lambda item, person, now: items.dismiss(item, person, reason, now))
    if answer.status_code != 303 or "daftar" not in call.form:
        return answer
    at = whole(call.form.get("lanjut", ""))
    told = {**kept(call), "selesai": "kesampingkan", "konten": str(number), "gagal": "0"}
    return RedirectResponse(f"/?{urlencode(told)}" + (f"#k{at}" if at else ""), 303)


def reopen(desk: Desk, call: Call) -> Response:
    """POST /konten/<id>/buka-lagi: with a reason."""
    reason = call.form.get("alasan", "")[:1000]
    return _one(desk, call, lambda item, person, now: items.reopen(item, person, reason, now))


def hand_over(desk: Desk, call: Call) -> Response:
    """POST /konten/<id>/serahkan: to another account."""
    number = item_number(call)
    outcome = acts.hand_over(desk.store, number, version(call), call.person, call.form.get("kepada", ""), desk.now())
    return _shown(desk, call, number, outcome)


def attach(desk: Desk, call: Call) -> Response:
    """POST /konten/<id>/lekatkan: to a new isu with a written claim, or to one that is there; same-text konten too."""
    number, rumor = item_number(call), whole(call.form.get("isu", ""))
    seen = [(number, version(call)), *(pair for pair in picked(call) if pair[0] != number)]
    outcome = acts.attach(desk.store, seen, call.person, call.form.get("klaim", ""), rumor, desk.now())
    if isinstance(outcome, Refusal):
        return _shown(desk, call, number, outcome)
    return RedirectResponse(f"/isu/{outcome.id}", 303)


def label(desk: Desk, call: Call) -> Response:
    """POST /konten/<id>/label: gives a label, or takes it off (`langkah` is cabut)."""
    number, name = item_number(call), call.form.get("label", "")
    change = labels.take_off if call.form.get("langkah") == "cabut" else labels.give
    return _shown(desk, call, number, change(desk.store, number, call.person, name, desk.now()))


def item_number(call: Call) -> int:
    """The konten of the address; 404 where no id can be so large."""
    number = int(call.request.path_params["id"])
    if number >= 2**63:
        raise HTTPException(404, "no such id")
    return number


def version(call: Call) -> int:
    """The version that stood in the form; -1, which is nobody's, where none did."""
    return whole(call.form.get("versi", "")) or -1


def whole(text: str) -> int:
    """A number in a form, 0 where it is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 15 else 0


def kept(call: Call) -> dict[str, str]:
    """The list where the form stood, or where its page was opened from."""
    return {name: text for name, text in parse_qsl(call.form.get("daftar", "")[:1500]) if name in (*PARTS, "sesudah")}


def picked(call: Call) -> list[tuple[int, int]]:
    """The konten that were ticked (`k-<id>` = version), at most MOST of them."""
    pairs = [(whole(name.removeprefix(PICKED)), whole(text)) for name, text in call.form.items()
             if name.startswith(PICKED)]
    return [pair for pair in pairs if pair[0]][:MOST]


Change = Callable[[Item, Person, datetime], items.Change | Refusal]


def _one(desk: Desk, call: Call, change: Change) -> Response:
    number, person, now = item_number(call), call.person, desk.now()
    outcome = acts.on_item(desk.store, number, version(call), person, lambda item: change(item, person, now), now)
    return _shown(desk, call, number, outcome)


def _shown(desk: Desk, call: Call, number: int, outcome: object) -> Response:
    if isinstance(outcome, Refusal):
        status = 409 if isinstance(outcome, Stale) else 422
        return pages.shown_item(desk, call, number, status, outcome.sentence)
    return RedirectResponse(f"/konten/{number}", 303)
