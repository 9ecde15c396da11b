"""Call -> the ways to answer a press report: a letter as a draft, kept as a row, sent by nobody but a person."""

from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from monitor.desk.acts import item_number
from monitor.desk.adapter import Call
from monitor.desk.frame import frame
from monitor.desk.office import Desk
from monitor.desk.render import html
from monitor.people import Refusal
from monitor.pipeline import pressing
from monitor.press import DEWAN, JAWAB, KINDS, KOREKSI, LETTER_LENGTH

SLUGS = {kind.lower().replace(" ", "-"): kind for kind in KINDS}


def form(desk: Desk, call: Call) -> Response:
    """GET /konten/<id>/hak-jawab?jalan=…"""
    return _shown(desk, call, SLUGS.get(call.query.get("jalan", ""), JAWAB))


def keep(desk: Desk, call: Call) -> Response:
    """POST /konten/<id>/hak-jawab: the letter as it was written is kept; nothing is sent."""
    kind, text = call.form.get("jalan", ""), call.form.get("surat", "")
    number = item_number(call)
    outcome = pressing.keep(desk.store, desk.settings(), number, kind, text, call.person, desk.now())
    if isinstance(outcome, Refusal):
        return _shown(desk, call, kind if kind in KINDS else JAWAB, 422, outcome.sentence)
    return RedirectResponse(f"/konten/{number}/hak-jawab#surat-{outcome.id}", 303)


def _shown(desk: Desk, call: Call, kind: str, status: int = 200, told: str = "") -> Response:
    number, settings, say = item_number(call), desk.settings(), call.tongue.say
    with desk.store.read() as tx:
        around, about = frame(desk, tx, call.tongue), pressing.opened(tx, settings, number)
    if about is None:
        raise HTTPException(404, f"no item {number}")
    text = call.form.get("surat") or pressing.draft(settings, about.report, kind, desk.now())
    means = {
        JAWAB: say("Hak jawab: media memuat keterangan kantor tentang berita yang merugikan atau keliru."),
        KOREKSI: say("Hak koreksi: media membetulkan bagian yang keliru."),
        DEWAN: say("Dewan Pers: ditempuh bila media tidak melayani hak jawab atau hak koreksi."),
    }
    return html(desk, call, "hak_jawab.html", around, status, here="queue", item=number, about=about, kind=kind,
                kinds=[(slug, one, means[one]) for slug, one in SLUGS.items()], text=text, told=told,
                longest=LETTER_LENGTH[1])
