"""Call -> the archive of weekly digests: every week with its editions, each in every form, and who got it by mail.

A pembaca sees the editions for others only; who may see the internal ones sees all.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from threading import Lock

from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from monitor import digests, shipped
from monitor.deliveries import Delivery
from monitor.desk.acts import item_number, whole
from monitor.desk.adapter import Call
from monitor.desk.frame import frame
from monitor.desk.office import Desk
from monitor.desk.outbox import KINDS, WORDS
from monitor.desk.render import html
from monitor.digests import EXTERNAL, INTERNAL, Digest, Edition
from monitor.people import Refusal
from monitor.pipeline import editions, outbox
from monitor.store import Tx

A_PAGE = 60
INSIDE = "laporan internal"
FORMS = {
    "pdf": "application/pdf", "html": "text/html; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "csv": "text/csv; charset=utf-8",
    "json": "application/json", "txt": "text/plain; charset=utf-8",
}  # fmt: skip
# A PDF takes seconds and much memory: one at a time.
PRESS = Lock()


@dataclass(frozen=True, slots=True)
class Line:
    """One stored edition; `gone` says that its words were erased. `mails` are word and kind of its mailing."""

    id: int
    audience: str
    number: int
    at: datetime
    reason: str
    gone: bool
    mails: tuple[tuple[str, str], ...]
    may_send: bool


@dataclass(frozen=True, slots=True)
class Week:
    """One period with its editions, the newest first, and its three sentences as the last edition says them."""

    label: str
    start: datetime
    until: datetime
    sentences: tuple[str, ...]
    lines: tuple[Line, ...]


def listed(desk: Desk, call: Call) -> Response:
    """GET /laporan; `sebelum` goes on."""
    return _listed(desk, call)


def file(desk: Desk, call: Call) -> Response:
    """GET /laporan/<id>: a stored edition in the form `bentuk`, to be saved."""
    form = call.query.get("bentuk", "pdf")
    with desk.store.read() as tx:
        edition = tx.get(Edition, item_number(call))
        if edition is None or form not in FORMS or not _sees(call, edition):
            raise HTTPException(404)
        held = tx.words_of([edition.words]).get(edition.words)
        digest = editions.opened(tx, held) if held else None
    if digest is None:
        return _listed(desk, call, 410, call.tongue.say("Isi laporan ini sudah dihapus."))
    content = _pressed(desk, digest, form)
    if isinstance(content, Refusal):
        return _listed(desk, call, 503, content.sentence)
    label = edition.label.replace("..", "-sampai-")
    name = f"laporan-{label}-{edition.audience}-{edition.number}.{form}"
    return Response(content, media_type=FORMS[form], headers={"content-disposition": f'attachment; filename="{name}"'})


def send(desk: Desk, call: Call) -> Response:
    """POST /laporan/<id>/kirim: an edition that was never mailed goes to its list."""
    made = outbox.send_report(desk.store, desk.settings(), item_number(call), call.person, desk.now())
    if isinstance(made, Refusal):
        return _listed(desk, call, 422, made.sentence)
    return RedirectResponse(f"/laporan#e{made.report}", 303)


def _listed(desk: Desk, call: Call, status: int = 200, told: str = "") -> Response:
    before = whole(call.query.get("sebelum", ""))
    with desk.store.read() as tx:
        around = frame(desk, tx, call.tongue)
        audience = "" if call.may(INSIDE) else EXTERNAL
        rows = tx.editions(A_PAGE + 1, audience, before)
        weeks = _weeks(tx, rows[:A_PAGE], desk, call)
    following = rows[A_PAGE - 1].id if len(rows) > A_PAGE else 0
    return html(desk, call, "laporan.html", around, status, here="reports", weeks=weeks, told=told, forms=tuple(FORMS),
                following=following, inside=call.may(INSIDE))


def _weeks(tx: Tx, rows: Sequence[Edition], desk: Desk, call: Call) -> list[Week]:
    held, mailed = tx.words_of([row.words for row in rows]), tx.report_deliveries([row.id for row in rows])
    newest: dict[tuple[str, str], int] = {}
    for row in rows:
        key = (row.label, row.audience)
        newest[key] = max(newest.get(key, 0), row.number)
    found: dict[str, list[Edition]] = {}
    for row in sorted(rows, key=lambda one: (one.start, one.audience == INTERNAL, one.number), reverse=True):
        found.setdefault(row.label, []).append(row)
    weeks = []
    for label, some in found.items():
        lines = tuple(_line(row, row.words not in held, [one for one in mailed if one.report == row.id],
                            row.number == newest[row.label, row.audience], desk, call) for row in some)
        last = next((held[row.words] for row in some if row.words in held), None)
        sentences = digests.from_json(last.text).sentences if last else ()
        weeks.append(Week(label, some[0].start, some[0].until, sentences, lines))
    return weeks


def _line(row: Edition, gone: bool, mailed: Sequence[Delivery], newest: bool, desk: Desk, call: Call) -> Line:
    told = mailed if call.may(INSIDE) else ()
    mails = tuple((KINDS[one.state], call.tongue.say(WORDS[one.state])) for one in told)
    listed = bool(outbox.recipients(desk.settings(), row.audience))
    return Line(row.id, row.audience, row.number, row.at, row.reason, gone, mails,
                call.may(INSIDE) and newest and listed and not gone and not mailed)


def _sees(call: Call, edition: Edition) -> bool:
    return edition.audience == EXTERNAL or call.may(INSIDE)


def _pressed(desk: Desk, digest: Digest, form: str) -> bytes | Refusal:
    """The edition in one form; a Refusal where a PDF cannot be made now."""
    named = {code: (desk.names.region if code[:1].isdigit() else desk.names.topic)(code)
             for code in digests.spoken(digest)}  # fmt: skip
    if form == "xlsx":
        return digests.to_xlsx(digest, named)
    if form == "csv":
        return digests.to_csv(digest, named)
    if form in ("json", "txt"):
        return (digests.to_json(digest) if form == "json" else digests.to_whatsapp(digest)).encode()
    page = digests.to_html(digest, shipped.text("digest.html"), named)
    if form == "html":
        return page.encode()
    if not PRESS.acquire(timeout=20):
        return Refusal("another PDF is being made", "PDF lain sedang dibuat. Coba lagi sebentar.")
    try:
        return digests.to_pdf(page)
    finally:
        PRESS.release()
