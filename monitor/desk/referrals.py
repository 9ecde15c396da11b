"""Call -> the pages of referrals (rujukan): the list, the kepala's confirmation, the letter, and what became of it.

The program writes a draft. A person numbers it, signs it, sends it, and tells here what was done and answered.
"""

from dataclasses import dataclass
from datetime import datetime

from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from monitor import papers
from monitor.desk.acts import item_number
from monitor.desk.adapter import Call
from monitor.desk.frame import frame
from monitor.desk.office import Desk
from monitor.desk.render import html
from monitor.desk.steps import claims
from monitor.desk.tongue import said
from monitor.entries import Words
from monitor.papers import Paper, Para
from monitor.people import Refusal
from monitor.pipeline import referring
from monitor.referrals import (
    AFTER,
    BODIES,
    DIBATALKAN,
    DIJAWAB,
    DIKIRIM,
    DISIAPKAN,
    Ground,
    Referral,
    ReferralStep,
    state_of,
)
from monitor.rumors import FOUND, Rumor
from monitor.store import Tx
from monitor.verdicts import Verdict

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
WORDS = {DISIAPKAN: said("surat disiapkan"), DIKIRIM: said("sudah dikirim"), DIJAWAB: said("sudah dijawab"),
         DIBATALKAN: said("dibatalkan")}  # fmt: skip
KINDS = {DISIAPKAN: "look", DIKIRIM: "held", DIJAWAB: "well", DIBATALKAN: "plain"}
FOR = {
    "KPU": said("penyelenggaraan, daftar pemilih, pencalonan, hasil"),
    "Bawaslu": said("dugaan pelanggaran pemilu dan pilkada"),
    "DKPP": said("etik penyelenggara"),
    "Dewan Pers": said("karya pers: hak jawab, hak koreksi, pengaduan"),
    "KPID": said("isi siaran radio dan televisi"),
    "Komdigi": said("konten yang melanggar hukum di ruang digital"),
    "Polri": said("penipuan, atau bahaya nyata yang disebut pasalnya"),
    "Kesbangpol": said("kewaspadaan dini dan kerukunan"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One referral in a list."""

    id: int
    rumor: int
    claim: str
    body: str
    at: datetime
    kind: str
    word: str
    number: str


@dataclass(frozen=True, slots=True)
class Told:
    """One step as it is shown: the day it happened outside, who told it here and when."""

    word: str
    day: str
    number: str
    note: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Reading:
    """One referral's page; `open` are the acts that may follow."""

    line: Line
    letter: str
    by: str
    danger: str
    article: str
    finding: str
    steps: tuple[Told, ...]
    open: tuple[str, ...]


def listed(desk: Desk, call: Call) -> Response:
    """GET /rujukan: every referral, newest first."""
    with desk.store.read() as tx:
        around, rows = frame(desk, tx, call.tongue), list(reversed(tx.referrals()))
        steps = tx.referral_steps([row.id for row in rows])
        rumors = {row.rumor: rumor for row in rows if (rumor := tx.get(Rumor, row.rumor))}
        told = claims(tx, list(rumors.values()))
    lines = [_line(row, steps.get(row.id, []), told.get(row.rumor, ""), call) for row in rows]
    return html(desk, call, "rujukan.html", around, here="referrals", lines=lines)


def form(desk: Desk, call: Call) -> Response:
    """GET /isu/<id>/rujuk: to whom, and why."""
    return _form(desk, call, item_number(call))


def refer(desk: Desk, call: Call) -> Response:
    """POST /isu/<id>/rujuk: the kepala's own confirmation makes the referral and its letter."""
    number, given = item_number(call), call.form
    ground = Ground(given.get("bahaya", "").strip()[:300], given.get("pasal", "").strip()[:300], "nama" in given)
    made = referring.refer(desk.store, desk.settings(), number, given.get("lembaga", ""), ground, call.person,
                           desk.now())
    if isinstance(made, Refusal):
        return _form(desk, call, number, made.sentence)
    return RedirectResponse(f"/rujukan/{made.id}", 303)


def one(desk: Desk, call: Call) -> Response:
    """GET /rujukan/<id>"""
    return _shown(desk, call, item_number(call))


def step(desk: Desk, call: Call) -> Response:
    """POST /rujukan/<id>/langkah: sent, answered, called off."""
    number, given = item_number(call), call.form
    made = referring.step(desk.store, desk.settings(), number, given.get("langkah", ""), given.get("hari", ""),
                          given.get("nomor", ""), given.get("isi", ""), call.person, desk.now())
    if isinstance(made, Refusal):
        return _shown(desk, call, number, 422, made.sentence)
    return RedirectResponse(f"/rujukan/{number}", 303)


def letter(desk: Desk, call: Call) -> Response:
    """GET /rujukan/<id>/surat: the draft as DOCX, for the office's own number and signature."""
    with desk.store.read() as tx:
        row, words = _found(tx, item_number(call))
    blocks = tuple(Para(part) for part in words.text.split("\n\n"))
    paper = Paper(f"Surat ke {row.body} (draf)", desk.settings().office.name, row.at, blocks)
    name = f"rujukan-{row.id}-{row.body.lower().replace(' ', '-')}.docx"
    return Response(papers.to_docx(paper), media_type=DOCX,
                    headers={"content-disposition": f'attachment; filename="{name}"'})


def _form(desk: Desk, call: Call, number: int, sentence: str = "") -> Response:
    with desk.store.read() as tx:
        around = frame(desk, tx, call.tongue)
        rumor = tx.get(Rumor, number) if number < 2**63 else None
        verdicts = tx.verdicts(number) if rumor else []
        if rumor is None or not verdicts:
            raise HTTPException(404, f"no rumor {number} with a finding")
        claim, past = claims(tx, [rumor])[number], tx.referrals(number)
    if rumor.state not in FOUND:
        sentence = sentence or call.tongue.say("Hanya hasil yang ditandatangani dua orang yang dirujuk.")
    bodies = [(body, call.tongue.say(FOR[body])) for body in BODIES]
    return html(desk, call, "rujuk.html", around, 422 if sentence and call.form else 200, here="referrals",
                rumor=rumor, claim=claim, verdict=verdicts[-1], bodies=bodies, past=past, sentence=sentence)


def _shown(desk: Desk, call: Call, number: int, status: int = 200, sentence: str = "") -> Response:
    with desk.store.read() as tx:
        around = frame(desk, tx, call.tongue)
        view = _reading(tx, *_found(tx, number), call)
    return html(desk, call, "rujukan_satu.html", around, status, here="referrals", view=view, sentence=sentence,
                today=desk.now().astimezone(call.tongue.zone).date().isoformat())


def _found(tx: Tx, number: int) -> tuple[Referral, Words]:
    row = tx.get(Referral, number) if number < 2**63 else None
    if row is None:
        raise HTTPException(404, f"no referral {number}")
    return row, tx.words_of([row.words]).get(row.words, Words("", "(surat sudah dihapus)"))


def _reading(tx: Tx, row: Referral, words: Words, call: Call) -> Reading:
    steps = tx.referral_steps([row.id]).get(row.id, [])
    rumor, verdict = tx.get(Rumor, row.rumor), tx.get(Verdict, row.verdict)
    held = tx.words_of([step.words for step in steps if step.words])
    told = tuple(Told(call.tongue.say(WORDS[step.act]), step.day, step.number,
                      held[step.words].text if step.words in held else "", step.by, step.at) for step in steps)
    claim = claims(tx, [rumor])[rumor.id] if rumor else ""
    after = AFTER.get(state_of(steps), ()) if call.may("rujukan") else ()
    return Reading(_line(row, steps, claim, call), words.text, row.by, row.danger, row.article,
                   verdict.finding if verdict else "", told,
                   tuple(act for act in after if act != DIBATALKAN or call.may("rujuk")))


def _line(row: Referral, steps: list[ReferralStep], claim: str, call: Call) -> Line:
    state = state_of(steps)
    number = next((step.number for step in steps if step.number), "")
    return Line(row.id, row.rumor, claim, row.body, row.at, KINDS[state], call.tongue.say(WORDS[state]), number)
