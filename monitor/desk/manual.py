"""Call -> the form for a text that somebody brought in, and the audited look at what is covered in it."""

from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from monitor.desk import pages
from monitor.desk.acts import item_number
from monitor.desk.adapter import Call
from monitor.desk.frame import frame
from monitor.desk.office import Desk
from monitor.desk.render import html
from monitor.items import Item
from monitor.people import Refusal
from monitor.pipeline import manual
from monitor.pipeline.manual import Typed


def form(desk: Desk, call: Call) -> Response:
    """GET /konten/baru"""
    return _form(desk, call)


def enter(desk: Desk, call: Call) -> Response:
    """POST /konten/baru: it becomes a konten, or the one that it is already is shown."""
    typed = Typed(call.form.get("teks", ""), call.form.get("judul", ""), call.form.get("alamat", ""),
                  call.form.get("tempat", ""))
    outcome = manual.enter(desk.store, desk.settings(), desk.detector(), typed, call.person, desk.now())
    if isinstance(outcome, Refusal):
        return _form(desk, call, outcome.sentence)
    return RedirectResponse(f"/konten/{outcome.id if isinstance(outcome, Item) else outcome.item}", 303)


def look(desk: Desk, call: Call) -> Response:
    """POST /konten/<id>/lihat: shows what is covered, once, and notes who looked."""
    number = item_number(call)
    with desk.store.read() as tx:
        if tx.get(Item, number) is None:
            raise HTTPException(404, f"no item {number}")
    manual.look(desk.store, number, call.person, desk.now())
    return pages.shown_item(desk, call, number, bare=True)


def _form(desk: Desk, call: Call, sentence: str = "") -> Response:
    with desk.store.read() as tx:
        around = frame(desk, tx, call.tongue)
    return html(desk, call, "konten_baru.html", around, 422 if sentence else 200, here="queue", sentence=sentence)
