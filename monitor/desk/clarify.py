"""Call -> the pages of klarifikasi: the list, one with its text as people will read it, the form with its preview."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from starlette.exceptions import HTTPException
from starlette.responses import Response

from monitor import clarifications, posts
from monitor.clarifications import (
    DIKOREKSI,
    DISETUJUI,
    DITARIK,
    DITERBITKAN,
    DRAF,
    KOREKSI,
    MENUNGGU,
    PUBLIC,
    STATES,
    Changed,
    Clarification,
    ClarificationAct,
    Draft,
)
from monitor.clarifications.acts import PAUSE_BEFORE_SIGNATURE
from monitor.desk import outbox, public
from monitor.desk.acts import whole
from monitor.desk.adapter import Call
from monitor.desk.clarifyform import FIELDS, LABELS, Said, beside, categories, left, relays, rows
from monitor.desk.frame import frame
from monitor.desk.isu import finding_kind
from monitor.desk.office import Desk
from monitor.desk.render import html
from monitor.desk.tongue import Tongue, said
from monitor.desk.views import State
from monitor.people import Refusal, may_second, signers
from monitor.pipeline import answers
from monitor.pipeline.answers import File
from monitor.pipeline.house import Records
from monitor.posts import Publication, first_edition
from monitor.store import Tx
from monitor.verdicts import FINDINGS, Verdict

A_PAGE, MOST_SOUGHT = 50, 1000
SLUGS = {name.lower(): name for name in STATES}
WORDS = {DRAF: said("draf"), MENUNGGU: said("menunggu persetujuan"), DISETUJUI: said("disetujui, belum terbit"),
         DITERBITKAN: said("terbit"), DIKOREKSI: said("terbit, dikoreksi"), DITARIK: said("ditarik")}
KINDS = {DRAF: "plain", MENUNGGU: "look", DISETUJUI: "held", DITERBITKAN: "well", DIKOREKSI: "well", DITARIK: "plain"}


@dataclass(frozen=True, slots=True)
class Line:
    """One klarifikasi in a list; `waits` that a proposal waits for its second signature."""

    id: int
    title: str
    state: State
    finding: str
    finding_kind: str
    rumor: int
    by: str
    at: datetime
    waits: str


@dataclass(frozen=True, slots=True)
class Step:
    """What whoever looks may do now. `wait` are the seconds until it may be signed."""

    writes: bool
    submits: bool
    signs: bool
    sends_back: bool
    confirms: bool
    publishes: bool
    proposes: bool
    settles: bool
    wait: int


@dataclass(frozen=True, slots=True)
class Look:
    """One klarifikasi's page."""

    file: File
    state: State
    finding_kind: str
    article: str
    faults: dict[str, list[Said]]
    errors: int
    warnings: int
    changed: tuple[Changed, ...]
    compared: str
    history: tuple[ClarificationAct, ...]
    steps: Step
    confirmed: str
    reopened: bool
    address: str
    texts: tuple[tuple[str, str, str], ...]
    share: str


def books(desk: Desk) -> Records:
    """What the steps of the answer need."""
    return Records(desk.settings(), desk.store)


def listed(desk: Desk, call: Call) -> Response:
    """GET /klarifikasi: newest first, by state, finding and words."""
    state, finding = SLUGS.get(call.query.get("keadaan", ""), ""), call.query.get("hasil", "")
    sought, before = call.query.get("cari", "").strip()[:100], whole(call.query.get("sebelum", ""))
    with desk.store.read() as tx:
        around, counts = frame(desk, tx, call.tongue), tx.clarification_counts()
        states = [state] if state else []
        narrow = bool(sought or finding)
        some = tx.clarifications(*states, limit=MOST_SOUGHT if narrow else A_PAGE + 1, before=before)
        lines = lines_of(tx, some, call.tongue)
    if narrow:
        lines = [one for one in lines if finding in ("", one.finding) and _holds(one, sought)]
    tabs = [("", call.tongue.say("semua"), sum(counts.values()), not state)]
    tabs += [(slug, call.tongue.say(WORDS[name]), counts.get(name, 0), name == state) for slug, name in SLUGS.items()]
    more = f"?keadaan={state.lower()}&sebelum={lines[A_PAGE - 1].id}" if not narrow and len(lines) > A_PAGE else ""
    lines = lines if narrow else lines[:A_PAGE]
    return html(desk, call, "klarifikasi_daftar.html", around, here="answers", lines=lines, tabs=tabs,
                following=more, sought=sought, finding=finding, findings=FINDINGS, state=state.lower())


def one(desk: Desk, call: Call) -> Response:
    """GET /klarifikasi/<id>"""
    return shown(desk, call, number(call))


def shown(desk: Desk, call: Call, clarification: int, status: int = 200, told: str = "") -> Response:
    """One klarifikasi with the steps open to whoever looks; `told` says why the last one was refused."""
    file = opened(desk, clarification)
    with desk.store.read() as tx:
        around, look = frame(desk, tx, call.tongue), _look(desk, tx, file, call)
        channels = outbox.showing(tx, clarification, call.tongue)
    return html(desk, call, "klarifikasi.html", around, status, here="answers", view=look, told=told, labels=LABELS,
                channels=channels)


def form(desk: Desk, call: Call) -> Response:
    """GET /klarifikasi/<id>/ubah: the text of a draft, or of a published page to be corrected."""
    file = opened(desk, number(call))
    return edited(desk, call, file, base(desk, file))


def edited(desk: Desk, call: Call, file: File, text: Draft, status: int = 200, told: str = "",
           since: tuple[Changed, ...] = ()) -> Response:
    """The form with this text in it, its preview, and what the linter says; `since` is what others changed."""
    if file.row.state not in (DRAF, *PUBLIC) or file.row.proposal:
        return shown(desk, call, file.row.id, 409, told or call.tongue.say("Teks ini sedang tidak dapat diubah."))
    faults = beside(answers.judged(books(desk), file.row.id, text, desk.now()), text.waivers)
    errors, warnings = left(faults)
    settings = desk.settings()
    with desk.store.read() as tx:
        around = frame(desk, tx, call.tongue)
    return html(desk, call, "klarifikasi_ubah.html", around, status, here="answers", file=file, text=text,
                article=article(desk, file, text), faults=faults, errors=errors, warnings=warnings, told=told,
                fields=FIELDS, labels=LABELS, links=rows(text), categories=categories(call.tongue, text.category),
                relays=relays(settings.officials, text.relay), correcting=file.row.state in PUBLIC, since=since,
                whatsapp=posts.whatsapp(public.site(desk), _publication(file, text, desk.now())), oob=False)


def fragment(desk: Desk, call: Call, file: File, text: Draft) -> Response:
    """The preview alone, with what the linter says for the places beside the fields."""
    faults = beside(answers.judged(books(desk), file.row.id, text, desk.now()), text.waivers)
    errors, warnings = left(faults)
    return html(desk, call, "klarifikasi_sekilas.html", None, file=file, text=text, article=article(desk, file, text),
                faults=faults, errors=errors, warnings=warnings, fields=FIELDS, oob=True,
                whatsapp=posts.whatsapp(public.site(desk), _publication(file, text, desk.now())))


def number(call: Call) -> int:
    """The klarifikasi of the address; 404 where no id can be so large."""
    found = int(call.request.path_params["id"])
    if found >= 2**63:
        raise HTTPException(404, "no such id")
    return found


def opened(desk: Desk, clarification: int) -> File:
    """The klarifikasi with what the linter says now; 404 if there is none."""
    file = answers.opened(books(desk), clarification, desk.now())
    if isinstance(file, Refusal):
        raise HTTPException(404, file.cause)
    return file


def base(desk: Desk, file: File) -> Draft:
    """The text that a form starts from: the one at hand, or the one that people read."""
    if file.text is None:
        raise HTTPException(404, "its words were erased")
    return file.text


def article(desk: Desk, file: File, text: Draft, live: Publication | None = None) -> str:
    """The text as people would read it, or as they do (`live`)."""
    def picture_at(number: int) -> str:
        return f"/klarifikasi/{file.row.id}/gambar?n={number}"

    return posts.article(public.site(desk), live or _publication(file, text, desk.now()), picture_at)


def lines_of(tx: Tx, some: Sequence[Clarification], tongue: Tongue) -> list[Line]:
    """Klarifikasi as lines of a list."""
    words = tx.words_of([one.words for one in some])
    verdicts = tx.verdicts_by_id(one.verdict for one in some)
    last = tx.last_acts([one.id for one in some])
    return [_line(one, words[one.words].title if one.words in words else "", verdicts.get(one.verdict),
                  last.get(one.id), tongue) for one in some]


def waiting(tx: Tx, tongue: Tongue) -> list[Line]:
    """What waits for a second signature, the oldest first."""
    some = [one for one in tx.clarifications(MENUNGGU, *PUBLIC, limit=MOST_SOUGHT)
            if one.state == MENUNGGU or one.proposal]
    return list(reversed(lines_of(tx, some, tongue)))


def _line(one: Clarification, title: str, verdict: Verdict | None, act: ClarificationAct | None,
          tongue: Tongue) -> Line:
    finding = verdict.finding if verdict else ""
    waits = {KOREKSI: tongue.say("koreksi menunggu"), "tarik": tongue.say("penarikan menunggu")}.get(one.proposal, "")
    return Line(one.id, title or tongue.say("(teks sudah dihapus)"), _state(one, tongue), finding,
                finding_kind(finding), one.rumor, act.who if act else one.by, act.at if act else one.at, waits)


def _holds(line: Line, sought: str) -> bool:
    return all(word in line.title.casefold() for word in sought.casefold().split())


def _state(row: Clarification, tongue: Tongue) -> State:
    return State(KINDS[row.state], tongue.say(WORDS[row.state]))


def _publication(file: File, text: Draft, now: datetime) -> Publication:
    """The text as if it were published now, for a preview; nothing of it is kept."""
    found = file.verdict
    return Publication(first_edition(file.row.id, text, "", found.finding, found.form, (), (), now), text)


def _look(desk: Desk, tx: Tx, file: File, call: Call) -> Look:
    text = file.text
    faults = beside(file.faults, text.waivers if text else {})
    errors, warnings = left(faults)
    changed, compared = _compared(tx, file, call.tongue)
    live = answers.publication(tx, file.row.id)
    dated = live if live and live.shown and not file.row.proposal else None
    return Look(
        file=file, state=_state(file.row, call.tongue), finding_kind=finding_kind(file.verdict.finding),
        article=article(desk, file, text, dated) if text else "", faults=faults, errors=errors, warnings=warnings,
        changed=changed, compared=compared, history=tuple(file.acts), steps=_steps(file, call, desk),
        confirmed=clarifications.confirmed(file.acts, file.row.words), reopened=file.latest != file.row.verdict,
        address=public.site(desk).address(live.post.path) if live else "",
        texts=_texts(desk, live, call.tongue), share=posts.share(public.site(desk), live) if live else "",
    )


def _texts(desk: Desk, live: Publication | None, tongue: Tongue) -> tuple[tuple[str, str, str], ...]:
    """(id, label, text) of everything that is ready to send; of a published page only."""
    if live is None or live.shown is None:
        return ()
    site = public.site(desk)
    return (("salin-wa", tongue.say("WhatsApp"), posts.whatsapp(site, live)),
            ("salin-caption", tongue.say("Teks unggahan, dengan teks alternatif kartu"), posts.caption(site, live)),
            ("salin-radio", tongue.say("Radio, tiga puluh detik"), posts.radio(site, live)),
            ("salin-tautan", tongue.say("Tautan"), site.address(live.post.path)))


def _compared(tx: Tx, file: File, tongue: Tongue) -> tuple[tuple[Changed, ...], str]:
    """What is new against the text that people read, or that was handed in before."""
    handed = [act.words for act in file.acts if act.act == "ajukan" and act.words != file.row.words]
    old = file.row.public if file.row.public != file.row.words else ""
    old = old or (handed[-1] if handed and file.row.state not in PUBLIC else "")
    held = tx.words_of([old]).get(old) if old else None
    if held is None or file.text is None:
        return (), ""
    why = tongue.say("dibandingkan dengan yang terbit") if file.row.public else tongue.say(
        "dibandingkan dengan yang diajukan sebelumnya")
    return clarifications.differences(clarifications.draft_of(held), file.text), why


def _steps(file: File, call: Call, desk: Desk) -> Step:
    now = desk.now()
    state, proposal, me = file.row.state, file.row.proposal, call.person.name
    wrote = me in clarifications.writers(file.acts)
    signs = may_second(call.person, signers(desk.settings().office.second_signature)) is None and not wrote
    last = file.acts[-1].at if file.acts else now
    rest = max(timedelta(), last + PAUSE_BEFORE_SIGNATURE - now)
    quiet = any(one.code == clarifications.AWAITING for one in file.faults)
    return Step(
        writes=state == DRAF and call.may("klarifikasi"),
        submits=state == DRAF and call.may("klarifikasi"),
        signs=state == MENUNGGU and signs,
        sends_back=(state == MENUNGGU and signs) or (state == DISETUJUI and call.may("persetujuan")),
        confirms=quiet and state != DITARIK and call.may("konfirmasi masa tenang"),
        publishes=state == DISETUJUI and call.may("terbitkan"),
        proposes=state in PUBLIC and not proposal and call.may("klarifikasi"),
        settles=bool(proposal) and signs,
        wait=-(-int(rest.total_seconds() * 1000) // 1000),
    )
