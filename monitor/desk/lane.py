"""Call -> the second lane, "bantahan dan info resmi": what others said, its search, and an isu from it in two steps."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from monitor.desk.acts import item_number, whole
from monitor.desk.adapter import Call
from monitor.desk.frame import frame
from monitor.desk.office import Desk
from monitor.desk.render import html
from monitor.desk.steps import claims
from monitor.desk.tongue import said
from monitor.people import Refusal
from monitor.pipeline import statements
from monitor.rumors import TERBUKA
from monitor.statements import BANTAHAN, KINDS, PEMBERITAAN, RESMI
from monitor.store import Tx
from monitor.store.statements import Stated

A_PAGE = 40
COUNTED = 1000
LONGEST = 200
SHOWN_ISU = 30
SLUGS = {kind.replace(" ", "-"): kind for kind in KINDS}
LABELS = {BANTAHAN: said("bantahan"), PEMBERITAAN: said("pemberitaan tentang hoaks"), RESMI: said("info resmi")}
SHAPES = {BANTAHAN: "well", PEMBERITAAN: "plain", RESMI: "held"}


@dataclass(frozen=True, slots=True)
class Line:
    """One statement as it is listed; `isu` is the newest one that rests on it, 0 if none."""

    id: int
    shape: str
    kind: str
    title: str
    beginning: str
    outlet: str
    official: bool
    url: str
    moment: datetime
    isu: int


def listed(desk: Desk, call: Call) -> Response:
    """GET /bantahan: newest first; `jenis`, `cari`, and `sebelum`, where the list goes on."""
    slug, sought = call.query.get("jenis", ""), call.query.get("cari", "").strip()[:LONGEST]
    kind, before = SLUGS.get(slug, ""), whole(call.query.get("sebelum", ""))
    with desk.store.read() as tx:
        around = frame(desk, tx, call.tongue)
        rows = tx.statements(kind, sought, before, A_PAGE + 1)
        count = tx.statement_count(kind, sought, COUNTED)
        lines = _lines(tx, rows[:A_PAGE], call)
    kept = {name: value for name, value in (("jenis", slug if kind else ""), ("cari", sought)) if value}
    tabs = [(_address({**kept, "jenis": slug}), call.tongue.say(LABELS[name]), name == kind)
            for slug, name in SLUGS.items()]
    rest = {name: value for name, value in kept.items() if name != "jenis"}
    more = _address({**kept, "sebelum": str(rows[A_PAGE - 1].statement.id)}) if len(rows) > A_PAGE else ""
    shown = call.tongue.number(count)
    return html(desk, call, "bantahan.html", around, here="queue", lane="bantahan", lines=lines, sought=sought,
                slug=kept.get("jenis", ""), tabs=[(_address(rest), call.tongue.say("semua"), not kind), *tabs],
                following=more, first=_address(kept) if before else "",
                counted=call.tongue.say("lebih dari {n}", n=shown) if count >= COUNTED else shown)


def one(desk: Desk, call: Call) -> Response:
    """GET /bantahan/<id>: the statement, and the form that makes it the evidence of an isu."""
    return _one(desk, call, item_number(call))


def to_isu(desk: Desk, call: Call) -> Response:
    """POST /bantahan/<id>/isu: a new isu with a written claim, or one that is there."""
    number, rumor = item_number(call), whole(call.form.get("isu", ""))
    made = (statements.add_to(desk.store, desk.settings(), number, rumor, call.person, desk.now()) if rumor else
            statements.open_isu(desk.store, desk.settings(), number, call.form.get("klaim", ""), call.person,
                                desk.now()))
    if isinstance(made, Refusal):
        return _one(desk, call, number, 422, made.sentence)
    return RedirectResponse(f"/isu/{made.id}", 303)


def _one(desk: Desk, call: Call, number: int, status: int = 200, told: str = "") -> Response:
    with desk.store.read() as tx:
        around, stated = frame(desk, tx, call.tongue), tx.statement(number)
        if stated is None:
            raise HTTPException(404, f"no statement {number}")
        line = _lines(tx, [stated], call)[0]
        rows = [one for one in tx.rumors(TERBUKA, SHOWN_ISU) if one.holder in ("", call.person.name)]
        held = claims(tx, rows)
    text = stated.words.text if stated.words else ""
    return html(desk, call, "bantahan_satu.html", around, status, here="queue", lane="bantahan", line=line, told=told,
                text=text, isu=[(row.id, held[row.id]) for row in rows])


def _lines(tx: Tx, rows: list[Stated], call: Call) -> list[Line]:
    isu = statements.used(tx, rows)
    return [_line(row, isu.get(row.statement.id, 0), call) for row in rows]


def _line(row: Stated, isu: int, call: Call) -> Line:
    words, kind, url = row.words, row.statement.kind, row.article.url or row.entry.url
    title = (words.title or words.text[:100]) if words else call.tongue.say("(teks sudah dihapus)")
    return Line(
        id=row.statement.id, shape=SHAPES[kind], kind=call.tongue.say(LABELS[kind]), title=title,
        beginning=" ".join(words.text.split())[:220] if words else "", outlet=row.entry.publisher or row.entry.source,
        official=row.statement.official, url=url if url.startswith(("http://", "https://")) else "",
        moment=row.article.published or row.entry.published or row.entry.seen, isu=isu,
    )


def _address(parts: dict[str, str]) -> str:
    return f"/bantahan?{urlencode(parts)}" if parts else "/bantahan"
