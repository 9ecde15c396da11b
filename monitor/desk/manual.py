"""Call -> the form for a text that somebody brought in, and the audited look at what is covered in it."""

from datetime import datetime

from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from monitor.desk import files, pages
from monitor.desk.acts import item_number
from monitor.desk.adapter import Call
from monitor.desk.frame import frame
from monitor.desk.office import Desk
from monitor.desk.render import html
from monitor.items import Item
from monitor.people import Refusal
from monitor.pipeline import manual
from monitor.pipeline.manual import Brought, Typed
from monitor.sightings import CHANNELS


def form(desk: Desk, call: Call) -> Response:
    """GET /konten/baru"""
    return _form(desk, call)


def enter(desk: Desk, call: Call) -> Response:
    """POST /konten/baru: it becomes a konten, or the one that it is already is shown."""
    form, picture = call.form, call.files.get("gambar")
    seen = _moment(form.get("waktu", ""), call)
    if isinstance(seen, Refusal):
        return _form(desk, call, seen.sentence)
    typed = Typed(form.get("teks", ""), form.get("judul", ""), form.get("alamat", ""), form.get("tempat", ""),
                  form.get("saluran", ""), seen, form.get("diteruskan", ""))
    refusal = manual.judged(typed, picture is not None, call.person, desk.now())
    if refusal:
        return _form(desk, call, refusal.sentence)
    file = files.sealed(desk, picture, pictures_only=True) if picture else None
    if isinstance(file, tuple):
        return _form(desk, call, file[1].sentence, file[0])
    page = desk.visit([typed.url.strip()])[0] if typed.url.strip() else None
    outcome = manual.enter(desk.store, desk.settings(), desk.detector(), typed, call.person, desk.now(),
                           Brought(page, file))
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


def _moment(typed: str, call: Call) -> datetime | Refusal | None:
    """A moment as a form gives it, in the office's zone; None for nothing."""
    if not typed.strip():
        return None
    try:
        return datetime.fromisoformat(typed.strip()[:19]).replace(tzinfo=call.tongue.zone)
    except (ValueError, OverflowError):
        return Refusal("odd moment", call.tongue.say("Tulis waktu terlihat lengkap dengan tanggal dan jam, misalnya "
                                                     "2026-11-21T14:05, atau kosongkan."))


def _form(desk: Desk, call: Call, sentence: str = "", status: int = 422) -> Response:
    with desk.store.read() as tx:
        around = frame(desk, tx, call.tongue)
    again = call.tongue.say("Yang Anda ketik tetap ada; berkasnya perlu dipilih lagi.") if call.files else ""
    return html(desk, call, "konten_baru.html", around, status if sentence else 200, here="queue",
                sentence=f"{sentence} {again}".strip() if sentence else "", channels=CHANNELS)
