"""Call -> one act on every konten that was ticked in a list: take, dismiss, hand over, attach, label, undo.

Never a finding: that is reached one isu at a time. Each konten lands or does not for itself; an isu takes all or none.
"""

from collections.abc import Sequence
from urllib.parse import urlencode

from starlette.responses import RedirectResponse, Response

from monitor import items
from monitor.desk.acts import Change, kept, picked, whole
from monitor.desk.adapter import Call
from monitor.desk.filters import Odd
from monitor.desk.frame import frame
from monitor.desk.office import Desk
from monitor.desk.queue import shown
from monitor.desk.render import html
from monitor.desk.steps import open_isu
from monitor.desk.views import covered_row, heading
from monitor.people import Refusal
from monitor.pipeline import acts, labels
from monitor.pipeline.acts import Stale


def take(desk: Desk, call: Call) -> Response:
    """POST /konten/ambil"""
    return _each(desk, call, "ambil", lambda item, person, now: items.take(item, person, now))


def dismiss(desk: Desk, call: Call) -> Response:
    """POST /konten/kesampingkan: one reason for all."""
    reason = call.form.get("alasan", "")
    return _each(desk, call, "kesampingkan", lambda item, person, now: items.dismiss(item, person, reason, now))


def hand_over(desk: Desk, call: Call) -> Response:
    """POST /konten/serahkan: to another account; free konten are taken on the way."""
    to, seen, now = call.form.get("kepada", ""), picked(call), desk.now()
    done = [acts.assign(desk.store, number, version or -1, call.person, to, now) for number, version in seen]
    return _back(desk, call, "serahkan", seen, done)


def label(desk: Desk, call: Call) -> Response:
    """POST /konten/label: gives all of them a label, or takes it off (`langkah` is cabut)."""
    name, off = call.form.get("label", ""), call.form.get("langkah") == "cabut"
    change, seen, now = labels.take_off if off else labels.give, picked(call), desk.now()
    done = [change(desk.store, number, call.person, name, now) for number, _ in seen]
    return _back(desk, call, "cabut label" if off else "beri label", seen, done)


def undo(desk: Desk, call: Call) -> Response:
    """POST /konten/urungkan: cancels one's last acts on these konten, within ten seconds."""
    done = [acts.undo(desk.store, number, call.person, desk.now()) for number, _ in picked(call)]
    return _back(desk, call, "urungkan", picked(call), done)


def isu(desk: Desk, call: Call) -> Response:
    """POST /konten/isu: the page on which the ticked konten get their isu; nothing is changed yet."""
    return _asked(desk, call) if picked(call) else _back(desk, call, "lekatkan", [], [])


def attach(desk: Desk, call: Call) -> Response:
    """POST /konten/lekatkan: to an isu that is there, or to a new one with a written claim."""
    seen, rumor = picked(call), whole(call.form.get("isu", ""))
    if not seen:
        return _back(desk, call, "lekatkan", [], [])
    outcome = acts.attach(desk.store, seen, call.person, call.form.get("klaim", ""), rumor, desk.now())
    if isinstance(outcome, Refusal):
        return _asked(desk, call, 409 if isinstance(outcome, Stale) else 422, outcome.sentence)
    return RedirectResponse(f"/isu/{outcome.id}", 303)


def _asked(desk: Desk, call: Call, status: int = 200, told: str = "") -> Response:
    """The konten that were ticked, as they are now, with the isu to choose from."""
    with desk.store.read() as tx:
        around, rows = frame(desk, tx, call.tongue), tx.queue_rows([number for number, _ in picked(call)])
        known = open_isu(tx)
    lines = [(row.item.id, row.item.version, heading(covered_row(row).words, call.tongue),
              row.entry.publisher or row.entry.source) for row in rows]
    return html(desk, call, "lekatkan.html", around, status, here="queue", lines=lines, known=known, told=told,
                back=urlencode(kept(call)))


def _each(desk: Desk, call: Call, act: str, change: Change) -> Response:
    person, now, seen = call.person, desk.now(), picked(call)
    done = [acts.on_item(desk.store, number, version or -1, person, lambda item: change(item, person, now), now)
            for number, version in seen]
    return _back(desk, call, act, seen, done)


def _back(desk: Desk, call: Call, act: str, seen: list[tuple[int, int]], done: Sequence[object]) -> Response:
    """To the list where the form stood, which says what was done and what was not, and offers to undo it. Where nothing
    was done because of the form itself, the list says so and keeps what was typed."""
    refused = [one for one in done if isinstance(one, Refusal)]
    wrong = {one.sentence for one in refused if not isinstance(one, Stale)}
    if refused and len(refused) == len(seen) and len(wrong) == 1:
        try:
            return shown(desk, call, kept(call), 422, wrong.pop())
        except Odd:
            pass
    landed = [number for (number, _), one in zip(seen, done, strict=False) if not isinstance(one, Refusal)]
    told = {"selesai": act, "konten": "-".join(map(str, landed)), "gagal": str(len(seen) - len(landed))}
    at = whole(call.form.get("lanjut", ""))
    return RedirectResponse(f"/?{urlencode({**kept(call), **told})}" + (f"#k{at}" if at else ""), 303)
