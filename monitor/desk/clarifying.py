"""Call -> one act on a klarifikasi: write, look at links, hand in, sign, send back, confirm, publish, correct, pull.

Every one is a plain form on the version that the person saw. What is refused shows the page as it is now, with the
sentence and everything that was typed.
"""

from collections.abc import Mapping

from starlette.responses import RedirectResponse, Response

from monitor import clarifications
from monitor.clarifications import PUBLIC
from monitor.desk import clarify, isu
from monitor.desk.acts import item_number, version
from monitor.desk.adapter import Call
from monitor.desk.clarifyform import drafted
from monitor.desk.office import Desk
from monitor.people import Person, Refusal
from monitor.pipeline import answers
from monitor.pipeline.acts import Stale
from monitor.pipeline.answers import File
from monitor.pipeline.house import Records

NOTE_LENGTH = 2000


def begin(desk: Desk, call: Call) -> Response:
    """POST /isu/<id>/klarifikasi: a first draft by template."""
    rumor = item_number(call)
    made = answers.draft(clarify.books(desk), rumor, call.person, desk.now())
    if isinstance(made, Refusal):
        return isu.shown(desk, call, rumor, 422, made.sentence)
    return RedirectResponse(f"/klarifikasi/{made.row.id}/ubah", 303)


def close(desk: Desk, call: Call) -> Response:
    """POST /isu/<id>/tanpa-terbit: the isu ends without a publication, with a reason."""
    rumor, reason = item_number(call), call.form.get("alasan", "")[:NOTE_LENGTH]
    made = answers.close(clarify.books(desk), rumor, call.person, reason, desk.now(), version(call))
    if isinstance(made, Refusal):
        return isu.shown(desk, call, rumor, 409 if isinstance(made, Stale) else 422, made.sentence)
    return RedirectResponse(f"/isu/{rumor}", 303)


def preview(desk: Desk, call: Call) -> Response:
    """POST /klarifikasi/<id>/pratinjau: the text as it would be read, without keeping it."""
    file = clarify.opened(desk, clarify.number(call))
    text = _typed(desk, call, file)
    return clarify.fragment(desk, call, file, text) if call.by_htmx else clarify.edited(desk, call, file, text)


def save(desk: Desk, call: Call) -> Response:
    """POST /klarifikasi/<id>/ubah: keeps the text of a draft, and looks at links that were never looked at."""
    file = clarify.opened(desk, clarify.number(call))
    text = _typed(desk, call, file)
    outcome = answers.edit(clarify.books(desk), file.row.id, call.person, text, desk.now(), version(call))
    if isinstance(outcome, Refusal):
        return _kept_typing(desk, call, outcome, text)
    known = {check.url for check in outcome.checks}
    visit(desk, outcome, [url for url in _links(outcome) if url not in known])
    return RedirectResponse(f"/klarifikasi/{file.row.id}", 303)


def correct(desk: Desk, call: Call) -> Response:
    """POST /klarifikasi/<id>/koreksi: another text for a published page, with a reason."""
    file = clarify.opened(desk, clarify.number(call))
    text, reason = _typed(desk, call, file), call.form.get("alasan", "")[:NOTE_LENGTH]
    visit(desk, file, answers.links(text))
    outcome = answers.propose_correction(clarify.books(desk), file.row.id, call.person, text, reason, desk.now(),
                                         version(call))
    if isinstance(outcome, Refusal):
        return _kept_typing(desk, call, outcome, text)
    return RedirectResponse(f"/klarifikasi/{file.row.id}", 303)


def look_at_links(desk: Desk, call: Call) -> Response:
    """POST /klarifikasi/<id>/tautan: visits every address now."""
    file = clarify.opened(desk, clarify.number(call))
    visit(desk, file, _links(file))
    return RedirectResponse(f"/klarifikasi/{file.row.id}#tautan", 303)


def submit(desk: Desk, call: Call) -> Response:
    """POST /klarifikasi/<id>/ajukan"""
    return _shown(desk, call, answers.submit(*_about(desk, call), desk.now(), version(call)))


def approve(desk: Desk, call: Call) -> Response:
    """POST /klarifikasi/<id>/setujui: the second signature."""
    return _shown(desk, call, answers.approve(*_about(desk, call), desk.now(), version(call)))


def send_back(desk: Desk, call: Call) -> Response:
    """POST /klarifikasi/<id>/kembalikan: with a note."""
    return _shown(desk, call, answers.send_back(*_about(desk, call), _note(call), desk.now(), version(call)))


def confirm(desk: Desk, call: Call) -> Response:
    """POST /klarifikasi/<id>/konfirmasi: the kepala's word in masa tenang."""
    return _shown(desk, call, answers.confirm(*_about(desk, call), _note(call), desk.now(), version(call)))


def publish(desk: Desk, call: Call) -> Response:
    """POST /klarifikasi/<id>/terbitkan: every link is visited first, then everything is judged again."""
    file = clarify.opened(desk, clarify.number(call))
    visit(desk, file, _links(file))
    return _shown(desk, call, answers.publish(*_about(desk, call), desk.now(), version(call), _note(call)))


def withdraw(desk: Desk, call: Call) -> Response:
    """POST /klarifikasi/<id>/tarik: asks for a withdrawal, with a reason."""
    return _shown(desk, call, answers.propose_withdrawal(*_about(desk, call), _note(call), desk.now(), version(call)))


def sign(desk: Desk, call: Call) -> Response:
    """POST /klarifikasi/<id>/sahkan: the second signature under a correction or a withdrawal."""
    file = clarify.opened(desk, clarify.number(call))
    if file.row.proposal == clarifications.KOREKSI:
        visit(desk, file, _links(file))
    return _shown(desk, call, answers.sign_proposal(*_about(desk, call), desk.now(), version(call), _note(call)))


def refuse(desk: Desk, call: Call) -> Response:
    """POST /klarifikasi/<id>/tolak: the page stays as it is."""
    return _shown(desk, call, answers.refuse_proposal(*_about(desk, call), _note(call), desk.now(), version(call)))


def _about(desk: Desk, call: Call) -> tuple[Records, int, Person]:
    return clarify.books(desk), clarify.number(call), call.person


def _note(call: Call) -> str:
    return call.form.get("alasan", "")[:NOTE_LENGTH]


def _typed(desk: Desk, call: Call, file: File) -> clarifications.Draft:
    form: Mapping[str, str] = call.form
    if file.row.state in PUBLIC:
        form = {name: text for name, text in form.items() if name != "alamat"}
    return clarifications.bounded(drafted(form, clarify.base(desk, file), desk.settings().officials))


def _links(file: File) -> list[str]:
    return answers.links(file.text) if file.text else []


def visit(desk: Desk, file: File, urls: list[str]) -> None:
    """Visits addresses and keeps whether they answered."""
    if urls:
        looked = {link.url: bool(link.page) for link in desk.visit(urls)}
        answers.keep_checks(clarify.books(desk), file.row.id, looked, desk.now())


def _kept_typing(desk: Desk, call: Call, refusal: Refusal, text: clarifications.Draft) -> Response:
    """The form again with what was typed; where somebody was first, with what they changed."""
    file = clarify.opened(desk, clarify.number(call))
    if not isinstance(refusal, Stale):
        return clarify.edited(desk, call, file, text, 422, refusal.sentence)
    since = clarifications.differences(file.text, text) if file.text else ()
    return clarify.edited(desk, call, file, text, 409, refusal.sentence, since)


def _shown(desk: Desk, call: Call, outcome: object) -> Response:
    number = clarify.number(call)
    if isinstance(outcome, Refusal):
        return clarify.shown(desk, call, number, 409 if isinstance(outcome, Stale) else 422, outcome.sentence)
    return RedirectResponse(f"/klarifikasi/{number}", 303)
