"""Call -> the pages of isu: the list, one isu with its evidence and finding, what waits for a second signature.

A pembaca, who may see no more than what was found, gets isu with a finding only, without names and without konten.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlencode

from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from monitor.attachments import BUKTI, Attachment
from monitor.clarifications import ANSWERABLE
from monitor.desk import dues, joined, signing
from monitor.desk import files as files_page
from monitor.desk.acts import whole
from monitor.desk.adapter import Call
from monitor.desk.dues import Told
from monitor.desk.frame import frame
from monitor.desk.office import Desk
from monitor.desk.render import html
from monitor.desk.steps import claims, colleagues
from monitor.desk.tongue import Tongue, said
from monitor.desk.views import State, covered_row
from monitor.entries import Words
from monitor.people import signers
from monitor.rumors import DIGABUNG, FOUND, MENUNGGU, PARTS, SELESAI, STATES, TERBUKA, TERVERIFIKASI, Rumor
from monitor.store import QueueRow, Tx
from monitor.verdicts import (
    FAKTA,
    FINDINGS,
    FORMS,
    HOAKS,
    PAUSE_BEFORE_SIGNATURE,
    PENIPUAN,
    WHYS,
    Evidence,
    Signature,
    Verdict,
)
from monitor.verdicts import may_sign as may_give

A_PAGE = 50
SLUGS = {name.lower().replace(" ", "-"): name for name in STATES}
WORDS = {TERBUKA: said("terbuka"), MENUNGGU: said("menunggu persetujuan"), TERVERIFIKASI: said("terverifikasi"),
         SELESAI: said("selesai tanpa terbit"), DIGABUNG: said("digabung")}
KINDS = {TERBUKA: "look", MENUNGGU: "held", TERVERIFIKASI: "well", SELESAI: "well", DIGABUNG: "plain"}
PARTS_ASK = {
    "asal": said("Dari mana asalnya, siapa yang pertama menyebarkan?"),
    "tanggal": said("Kapan dibuat, apakah peristiwa lama diedarkan lagi?"),
    "gambar": said("Apakah gambar atau video asli dan sesuai peristiwanya?"),
    "pernyataan resmi": said("Apa kata KPU, Bawaslu, atau instansi yang berwenang?"),
    "arsip": said("Apakah halaman aslinya sudah diarsipkan?"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One isu in a list."""

    id: int
    claim: str
    state: State
    finding: str
    finding_kind: str
    holder: str
    carriers: int
    at: datetime
    due: Told | None
    to: int = 0


@dataclass(frozen=True, slots=True)
class Proof:
    """One piece of evidence as it is shown; `url` is "" where it is no address, `file` what was handed in, `covered`
    until this session asks to see it."""

    id: int
    title: str
    note: str
    url: str
    kind: str
    official: str
    published: datetime | None
    page: str
    at: datetime
    by: str
    file: Attachment | None = None
    rumor: int = 0
    covered: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """A finding with its explanation and what second persons said."""

    verdict: Verdict
    kind: str
    explanation: str
    signatures: tuple[Signature, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the checklist, with what came of it."""

    name: str
    ask: str
    notes: tuple[tuple[str, str, datetime], ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """One isu's own page. `wait` are the seconds until it may be signed."""

    rumor: Rumor
    claim: str
    state: State
    carriers: tuple[tuple[int, str, str], ...]
    parts: tuple[Part, ...]
    evidence: tuple[Proof, ...]
    found: tuple[Found, ...]
    history: tuple[tuple[datetime, str], ...]
    works: bool
    take: bool
    mine: bool
    signs: bool
    reopens: bool
    wait: int
    to: tuple[tuple[str, str], ...]
    due: Told | None


def listed(desk: Desk, call: Call) -> Response:
    """GET /isu: isu, newest first; for a pembaca only those with a finding."""
    slug, before = call.query.get("keadaan", ""), whole(call.query.get("sebelum", ""))
    sought = call.query.get("cari", "").strip()[:100]
    state = SLUGS.get(slug, "") if _inside(call) else TERVERIFIKASI
    with desk.store.read() as tx:
        around, counts = frame(desk, tx, call.tongue), tx.rumor_counts()
        rows = tx.rumors(state, A_PAGE + 1, before or None, sought)
        lines = lines_of(tx, rows[:A_PAGE], desk, call)
    asked = {"keadaan": slug, "cari": sought, "sebelum": str(rows[A_PAGE - 1].id)} if len(rows) > A_PAGE else {}
    more = "/isu?" + urlencode({name: text for name, text in asked.items() if text}) if asked else ""
    tabs = [("", call.tongue.say("semua"), sum(counts.values()), not state)]
    tabs += [(slug, call.tongue.say(WORDS[name]), counts.get(name, 0), name == state) for slug, name in SLUGS.items()]
    return html(desk, call, "isu_daftar.html", around, here="isu", lines=lines, tabs=tabs if _inside(call) else [],
                following=more, sought=sought, state=slug, title=call.tongue.say("Isu"), sentence=_sentence(call))


def one(desk: Desk, call: Call) -> Response:
    """GET /isu/<id>"""
    return shown(desk, call, int(call.request.path_params["id"]))


def shown(desk: Desk, call: Call, number: int, status: int = 200, told: str = "") -> Response:
    """One isu with the steps open to whoever looks; `told` says why the last one was refused."""
    with desk.store.read() as tx:
        around = frame(desk, tx, call.tongue)
        rumor = tx.get(Rumor, number) if number < 2**63 else None
        there = tx.get(Rumor, tx.merged_to(number)) if rumor and not _inside(call) else rumor
        if rumor is None or there is None or (not _inside(call) and there.state not in FOUND):
            raise HTTPException(404, f"no rumor {number}")
        if there.id != number:
            return RedirectResponse(f"/isu/{there.id}?dari={number}", 303)
        parted = joined.of_isu(tx, rumor, desk.settings(), call)
        view = _reading(tx, rumor, desk, call)
        last = view.found[-1].verdict if view.found else None
        gated = signing.of_isu(tx, rumor, view.claim, last, desk, call)
        near = desk.checked.nearest(tx, desk.settings(), view.claim) if _inside(call) else []
        answered = tx.clarifications(rumor=number, limit=10) if call.may("lihat klarifikasi") else []
    template = "isu.html" if _inside(call) else "isu_pembaca.html"
    return html(desk, call, template, around, status, here="isu", view=view, told=told, near=near, findings=FINDINGS,
                forms=FORMS, whys=WHYS, signing=gated, joined=parted, came=whole(call.query.get("dari", "")),
                gate_fields=signing.fields(gated.concerns), answers=answered, answerable=ANSWERABLE)


def _inside(call: Call) -> bool:
    """May whoever looks see more than what was found?"""
    return call.may("lihat konten")


def _sentence(call: Call) -> str:
    if _inside(call):
        return call.tongue.say("Satu isu adalah satu klaim tertulis; satu hasil menjawab semua kontennya.")
    return call.tongue.say("Isu yang sudah diverifikasi dan disetujui dua orang.")


def lines_of(tx: Tx, rows: list[Rumor], desk: Desk, call: Call) -> list[Line]:
    said_of, counts = claims(tx, rows), tx.carrier_counts([row.id for row in rows])
    found = tx.last_verdicts([row.id for row in rows if row.state != TERBUKA])
    since = tx.since([row.id for row in rows if _inside(call)])
    return [
        Line(row.id, said_of[row.id], _state(row, call.tongue), held.finding if held else "",
             finding_kind(held.finding) if held else "", row.holder if _inside(call) else "",
             counts.get(row.id, 0), row.at, _due(row, since, desk, call),
             tx.merged_to(row.id) if row.state == DIGABUNG else 0)
        for row in rows for held in [found.get(row.id)]
    ]


def _state(rumor: Rumor, tongue: Tongue) -> State:
    return State(KINDS[rumor.state], tongue.say(WORDS[rumor.state]))


def finding_kind(finding: str) -> str:
    """The shape of a finding: false, true, or neither."""
    return {HOAKS: "false", PENIPUAN: "false", FAKTA: "well"}.get(finding, "plain")


def _reading(tx: Tx, rumor: Rumor, desk: Desk, call: Call) -> Reading:
    now = desk.now()
    evidence, checks, verdicts = tx.evidence(rumor.id), tx.checks(rumor.id), tx.verdicts(rumor.id)
    words = tx.words_of([*(one.words for one in evidence), *(one.words for one in checks),
                         *(one.words for one in verdicts)])
    files = {key: file for key, file in tx.attachments(BUKTI, [one.id for one in evidence]).items()
             if desk.store.arsip.aged(file.copy or file.original)}
    seen = files_page.seen_in(tx, call) if files else frozenset()
    person, open_now = call.person, rumor.state == TERBUKA
    mine = call.may("isu") and open_now and rumor.holder == person.name
    last = verdicts[-1] if verdicts else None
    may_sign = last is not None and may_give(last, person, signers(desk.settings().office.second_signature)) is None
    return Reading(
        rumor=rumor,
        claim=claims(tx, [rumor])[rumor.id],
        state=_state(rumor, call.tongue),
        carriers=tuple(map(_carrier, tx.queue_rows([item.id for item in tx.carriers(rumor.id)]))),
        parts=tuple(Part(name, call.tongue.say(PARTS_ASK[name]), tuple(
            (_text(words, one.words), one.by, one.at) for one in checks if one.part == name)) for name in PARTS),
        evidence=tuple(_proof(one, words.get(one.words), files.get(one.id), one.id not in seen) for one in evidence),
        found=tuple(Found(one, finding_kind(one.finding), _text(words, one.words), tuple(tx.signatures(one.id)))
                    for one in verdicts),
        history=tuple((act.at, call.tongue.did(act.who, act.act, act.reason))
                      for act in tx.rumor_acts(rumor.id)),
        works=call.may("isu") and open_now and rumor.holder in ("", person.name),
        take=call.may("isu") and open_now and not rumor.holder,
        mine=mine,
        signs=rumor.state == MENUNGGU and may_sign,
        reopens=rumor.state in FOUND and call.may("buka lagi isu"),
        wait=_wait(last, now),
        to=colleagues(tx, person.name, "isu", now) if mine else (),
        due=_due(rumor, tx.since([rumor.id]), desk, call),
    )


def _due(rumor: Rumor, since: dict[int, datetime], desk: Desk, call: Call) -> Told | None:
    """How far the answer is due, for those inside, until there is one."""
    if rumor.state not in (TERBUKA, MENUNGGU) or not _inside(call):
        return None
    return dues.told(since.get(rumor.id, rumor.at), desk.settings(), desk.now(), call.tongue)


def _carrier(row: QueueRow) -> tuple[int, str, str]:
    words = covered_row(row).words
    title = words.title or words.text[:100] if words else "(teks sudah dihapus)"
    return row.item.id, title or "(tanpa judul)", row.entry.publisher or row.entry.source


def _proof(one: Evidence, words: Words | None, file: Attachment | None, covered: bool) -> Proof:
    url = one.url if one.url.startswith(("http://", "https://")) else ""
    title, note = (words.title, words.text) if words else ("(sudah dihapus)", "")
    return Proof(one.id, title or url, note, url, one.kind, one.official, one.published, one.page[:16], one.at, one.by,
                 file, one.rumor, covered and file is not None)


def _text(words: dict[str, Words], digest: str) -> str:
    held = words.get(digest)
    return held.text if held else "(sudah dihapus)"


def _wait(verdict: Verdict | None, now: datetime) -> int:
    rest = verdict.at + PAUSE_BEFORE_SIGNATURE - now if verdict else timedelta()
    return max(0, -(-int(rest.total_seconds() * 1000) // 1000))
