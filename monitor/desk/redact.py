"""Call -> black boxes over a picture from evidence: pointed at, dragged or typed, seen at once, then burnt in.

Without a script a picture is clicked twice, at two corners of what must not be seen; the boxes travel in the form, and
nothing is kept before they are burnt in.
"""

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from monitor import clarifications, redactions
from monitor.desk import clarify, clarifying, files
from monitor.desk.acts import version, whole
from monitor.desk.adapter import Call
from monitor.desk.frame import frame
from monitor.desk.gate import SANDBOX
from monitor.desk.office import Desk
from monitor.desk.render import html
from monitor.people import Refusal
from monitor.pictures import JPEG, PNG
from monitor.pipeline import answers, picturing
from monitor.pipeline.acts import Stale
from monitor.pipeline.picturing import Wish
from monitor.redactions import Box

REASON_LENGTH = 300
NUMBERS = ("x", "y", "lebar", "tinggi")


@dataclass(frozen=True, slots=True)
class Canvas:
    """What the form holds: whose picture, the boxes so far, and the corner that waits for its opposite (None)."""

    evidence: int
    boxes: tuple[Box, ...] = ()
    corner: tuple[int, int] | None = None

    @property
    def spelled(self) -> str:
        return redactions.spelled(self.boxes)


def form(desk: Desk, call: Call) -> Response:
    """GET /klarifikasi/<id>/samarkan: the pictures of its isu, or (bukti=) one of them with its boxes (k=)."""
    return _page(desk, call, Canvas(whole(call.query.get("bukti", "")), redactions.read(call.query.get("k", ""))))


def act(desk: Desk, call: Call) -> Response:
    """POST /klarifikasi/<id>/samarkan: one more corner, box or removal; everything burnt in; or the pictures shown."""
    if call.form.get("aksi") == "lihat":
        return _look(desk, call)
    canvas = _moved(call)
    if call.form.get("aksi") != "simpan":
        return _page(desk, call, canvas)
    wish = Wish(canvas.evidence, canvas.boxes, "dilihat" in call.form, call.form.get("alt", "")[:500],
                call.form.get("alasan", "")[:REASON_LENGTH])
    number = clarify.number(call)
    file = clarify.opened(desk, number)
    if picturing.corrects(file) and file.text:
        clarifying.visit(desk, file, answers.links(file.text))
    outcome = picturing.burn(clarify.books(desk), desk.redact, number, wish, call.person, desk.now(), version(call))
    if isinstance(outcome, Refusal):
        return _page(desk, call, canvas, outcome.sentence, 409 if isinstance(outcome, Stale) else 422)
    corrected = outcome.row.state in clarifications.PUBLIC
    return RedirectResponse(f"/klarifikasi/{number}" + ("" if corrected else "/ubah#gambar"), 303)


def preview(desk: Desk, call: Call) -> Response:
    """GET /klarifikasi/<id>/samarkan/gambar: the working copy with the boxes of k= black."""
    file, boxes = clarify.opened(desk, clarify.number(call)), redactions.read(call.query.get("k", ""))
    evidence = whole(call.query.get("bukti", ""))
    content = picturing.copy_of(desk.store, file, evidence)
    if isinstance(content, bytes) and evidence not in files.seen(desk, call):
        return RedirectResponse(f"/bukti/{evidence}/gambar", 303)
    made = content if isinstance(content, Refusal) else desk.redact(content, boxes, redactions.PREVIEW, "")
    if isinstance(made, Refusal):
        raise HTTPException(404, made.cause)
    return _bytes(made.content, PNG)


def blacked(desk: Desk, call: Call) -> Response:
    """GET /klarifikasi/<id>/gambar: a picture as it would be published (n= its place in the text)."""
    file, at = clarify.opened(desk, clarify.number(call)), whole(call.query.get("n", ""))
    some = file.text.pictures if file.text else ()
    with desk.store.read() as tx:
        shown = some[at - 1] if 0 < at <= len(some) else None
        content = picturing.published(tx, desk.store, file.row.id, shown.page) if shown else None
    if content is None:
        raise HTTPException(404, "no such picture")
    return _bytes(content, JPEG)


def _look(desk: Desk, call: Call) -> Response:
    """The pictures of its isu are shown from now on; who looked is noted."""
    file, evidence = clarify.opened(desk, clarify.number(call)), whole(call.form.get("bukti", ""))
    files.looked_at(desk, call, file.rumor.id)
    kept = {"bukti": str(evidence), "k": redactions.spelled(redactions.read(call.form.get("k", "")))}
    return RedirectResponse(f"/klarifikasi/{file.row.id}/samarkan" + (f"?{urlencode(kept)}" if evidence else ""), 303)


def _moved(call: Call) -> Canvas:
    """The canvas after what was just done on it."""
    canvas = Canvas(whole(call.form.get("bukti", "")), redactions.read(call.form.get("k", "")), _corner(call))
    if "titik.x" in call.form:
        here = (whole(call.form["titik.x"]), whole(call.form.get("titik.y", "")))
        if canvas.corner is None:
            return replace(canvas, corner=here)
        return replace(canvas, boxes=(*canvas.boxes, redactions.boxed(canvas.corner, here)), corner=None)
    if call.form.get("aksi") == "tambah":
        x, y, width, height = (whole(call.form.get(name, "")) for name in NUMBERS)
        more = (Box(x, y, width, height),) if width and height else ()
        return replace(canvas, boxes=(*canvas.boxes, *more), corner=None)
    gone = whole(call.form.get("hapus", ""))
    kept = tuple(one for place, one in enumerate(canvas.boxes, 1) if place != gone)
    return replace(canvas, boxes=kept, corner=None if "ulang" in call.form else canvas.corner)


def _corner(call: Call) -> tuple[int, int] | None:
    parts = call.form.get("sudut", "").split(",")
    return (whole(parts[0]), whole(parts[1])) if len(parts) == 2 else None


def _page(desk: Desk, call: Call, canvas: Canvas, told: str = "", status: int = 200) -> Response:
    file = clarify.opened(desk, clarify.number(call))
    with desk.store.read() as tx:
        around, offered = frame(desk, tx, call.tongue), picturing.offered(tx, file)
        covered = not {one.key for one in offered} <= files.seen_in(tx, call)
    chosen = next((one for one in offered if one.key == canvas.evidence), None)
    if canvas.evidence and chosen is None:
        raise HTTPException(404, f"no picture with evidence {canvas.evidence}")
    return html(desk, call, "samarkan.html", around, status, here="answers", file=file, offered=offered, chosen=chosen,
                covered=covered, canvas=canvas, told=told, correcting=picturing.corrects(file), numbers=NUMBERS,
                side=redactions.PREVIEW)


def _bytes(content: bytes, kind: str) -> Response:
    return Response(content, media_type=kind, headers={
        "content-disposition": "inline", "content-security-policy": SANDBOX, "cache-control": "private, no-store"})
