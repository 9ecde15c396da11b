"""Call -> one act on an isu: take, release, hand over, checklist, evidence, finding, second signature, reopen."""

from starlette.responses import RedirectResponse, Response

from monitor import rumors
from monitor.desk import files, isu, signing
from monitor.desk.acts import item_number, version
from monitor.desk.adapter import Call
from monitor.desk.office import Desk
from monitor.people import Refusal, signers
from monitor.pipeline import Finding, acts, handing
from monitor.pipeline.acts import RumorChange, Stale
from monitor.rumors import PARTS, Rumor

MOST_LINKS = 5
TEXT_LENGTH = 20_000


def take(desk: Desk, call: Call) -> Response:
    """POST /isu/<id>/ambil"""
    return _change(desk, call, lambda rumor: rumors.take(rumor, call.person, desk.now()))


def release(desk: Desk, call: Call) -> Response:
    """POST /isu/<id>/lepas"""
    return _change(desk, call, lambda rumor: rumors.release(rumor, call.person, desk.now()))


def reopen(desk: Desk, call: Call) -> Response:
    """POST /isu/<id>/buka-lagi: with a reason; the old finding stays in the history."""
    reason = call.form.get("alasan", "")[:1000]
    return _change(desk, call, lambda rumor: rumors.reopen(rumor, call.person, reason, desk.now()))


def hand_over(desk: Desk, call: Call) -> Response:
    """POST /isu/<id>/serahkan"""
    number = item_number(call)
    return _shown(desk, call, number, acts.hand_over_rumor(desk.store, number, version(call), call.person,
                                                           call.form.get("kepada", ""), desk.now()))


def check(desk: Desk, call: Call) -> Response:
    """POST /isu/<id>/periksa: one part of the checklist."""
    number, part = item_number(call), call.form.get("bagian", "")
    outcome = acts.check(desk.store, number, call.person, part, call.form.get("temuan", ""), desk.now())
    at = f"#bagian-{PARTS.index(part)}" if part in PARTS else ""
    return _shown(desk, call, number, outcome, at)


def add_evidence(desk: Desk, call: Call) -> Response:
    """POST /isu/<id>/bukti: addresses (visited now, their pages kept), a file, or a note."""
    number, person = item_number(call), call.person
    if "berkas" in call.files:
        return _add_file(desk, call, number)
    if call.form.get("lampiran"):
        return isu.shown(desk, call, number, 422, call.tongue.say("Pilih dahulu berkasnya."))
    urls = [url for url in call.form.get("alamat", "").split() if url][:MOST_LINKS]
    if not urls:
        return _shown(desk, call, number, acts.lay_note(desk.store, number, person, call.form.get("catatan", ""),
                                                        desk.now()), "#bukti")
    if not all(url.startswith(("http://", "https://")) and len(url) <= 2000 for url in urls):
        said = call.tongue.say("Tulis alamat lengkap, diawali https://, satu per baris.")
        return isu.shown(desk, call, number, 422, said)
    with desk.store.read() as tx:
        rumor = tx.get(Rumor, number)
    refusal = rumors.works_on(rumor, person, "diberi bukti") if rumor else None
    outcome = refusal or acts.lay_evidence(desk.store, desk.settings(), number, person, desk.visit(urls), desk.now())
    return _shown(desk, call, number, outcome, "#bukti")


def _add_file(desk: Desk, call: Call, number: int) -> Response:
    with desk.store.read() as tx:
        rumor = tx.get(Rumor, number)
    refusal = rumors.works_on(rumor, call.person, "diberi bukti") if rumor else None
    if refusal:
        return isu.shown(desk, call, number, 422, refusal.sentence)
    file = files.sealed(desk, call.files["berkas"])
    if isinstance(file, tuple):
        again = call.tongue.say("Yang Anda ketik tetap ada; berkasnya perlu dipilih lagi.")
        return isu.shown(desk, call, number, file[0], f"{file[1].sentence} {again}")
    note = call.form.get("keterangan", "")
    return _shown(desk, call, number, handing.lay_file(desk.store, number, call.person, file, note, desk.now()),
                  "#bukti")


def propose(desk: Desk, call: Call) -> Response:
    """POST /isu/<id>/hasil: submits the finding for a second signature."""
    number, form = item_number(call), call.form
    with desk.store.read() as tx:
        rumor = tx.get(Rumor, number)
        words = tx.words_of([rumor.words]) if rumor else {}
    claim = words[rumor.words].title if rumor and words.get(rumor.words) else ""
    finding = Finding(claim, form.get("hasil", ""), form.get("penjelasan", "").strip()[:TEXT_LENGTH],
                      form.get("jenis", ""), form.get("sebab", ""), "kritik" in form, "pelanggaran" in form,
                      "konflik" in form, signing.reasons(form))
    if not finding.explanation:
        told = call.tongue.say("Tuliskan penjelasannya: apa yang benar, dan dari mana diketahui.")
        return isu.shown(desk, call, number, 422, told)
    return _shown(desk, call, number, acts.propose(desk.store, desk.settings(), number, version(call), call.person,
                                                   finding, desk.now()))


def approve(desk: Desk, call: Call) -> Response:
    """POST /isu/<id>/setujui: the second signature."""
    return _sign(desk, call, None)


def send_back(desk: Desk, call: Call) -> Response:
    """POST /isu/<id>/kembalikan: with a note."""
    return _sign(desk, call, call.form.get("catatan", "")[:TEXT_LENGTH])


def _sign(desk: Desk, call: Call, note: str | None) -> Response:
    number = item_number(call)
    return _shown(desk, call, number, acts.sign(desk.store, number, version(call), call.person, note, desk.now(),
                                                     signers(desk.settings().office.second_signature)),
                  "?selesai=tanda-tangan")


def _change(desk: Desk, call: Call, change: RumorChange) -> Response:
    number = item_number(call)
    return _shown(desk, call, number, acts.on_rumor(desk.store, number, version(call), call.person, change,
                                                    desk.now()))


def _shown(desk: Desk, call: Call, number: int, outcome: object, at: str = "") -> Response:
    if isinstance(outcome, Refusal):
        return isu.shown(desk, call, number, 409 if isinstance(outcome, Stale) else 422, outcome.sentence)
    return RedirectResponse(f"/isu/{number}{at}", 303)


