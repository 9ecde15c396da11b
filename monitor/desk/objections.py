"""Call -> hak jawab and koreksi: what people asked of published pages, by when it is due, what two people answer."""

from dataclasses import dataclass
from datetime import datetime

from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from monitor import posts
from monitor.desk.acts import item_number
from monitor.desk.adapter import Call
from monitor.desk.clarify import books
from monitor.desk.frame import frame
from monitor.desk.office import Desk
from monitor.desk.render import html
from monitor.people import Refusal
from monitor.pipeline import objections
from monitor.posts import DIKEMBALIKAN, Answer, Objection
from monitor.store import Tx

NOTE_LENGTH, MOST = 2000, 200


@dataclass(frozen=True, slots=True)
class Asked:
    """One request as it is worked on. `given` is everything that people of the office decided, `first` what waits for a
    second signature, `signs` whether whoever looks may give it, `settled` the decision of two."""

    row: Objection
    title: str
    who: str
    text: str
    given: tuple[Answer, ...]
    first: Answer | None
    settled: Answer | None
    signs: bool
    late: bool


def listed(desk: Desk, call: Call) -> Response:
    """GET /hak-jawab: what is open, the next due first; then what was answered."""
    return _page(desk, call)


def answer(desk: Desk, call: Call) -> Response:
    """POST /hak-jawab/<id>/jawab: a decision with a note, or the second person's word on it."""
    number, form = item_number(call), call.form
    note = form.get("catatan", "").strip()[:NOTE_LENGTH]
    with desk.store.read() as tx:
        if tx.get(Objection, number) is None:
            raise HTTPException(404, f"no objection {number}")
    made = objections.answer(books(desk), number, call.person, form.get("hasil", ""), note, desk.now())
    if isinstance(made, Refusal):
        return _page(desk, call, number, made.sentence, 422)
    return RedirectResponse(f"/hak-jawab#p{number}", 303)


def _page(desk: Desk, call: Call, number: int = 0, told: str = "", status: int = 200) -> Response:
    with desk.store.read() as tx:
        around, some = frame(desk, tx, call.tongue), _asked(tx, call, desk.now())
    waiting = sorted((one for one in some if one.settled is None), key=lambda one: one.row.due)
    done = [one for one in reversed(some) if one.settled is not None][:MOST]
    return html(desk, call, "keberatan.html", around, status, here="objections", waiting=waiting, done=done,
                number=number, told=told, outcomes=posts.OUTCOMES, back=DIKEMBALIKAN)


def _asked(tx: Tx, call: Call, now: datetime) -> list[Asked]:
    pairs = tx.objections()
    given = tx.answers_to([row.id for row, _ in pairs])
    pages = {row.clarification: tx.editions_of(row.clarification)[-1] for row, _ in pairs}
    words = tx.words_of([*(row.words for row, _ in pairs), *(post.words for post in pages.values())])
    found = []
    for row, settled in pairs:
        said, page, decided = words.get(row.words), words.get(pages[row.clarification].words), given.get(row.id, [])
        first = posts.waiting(decided)
        found.append(Asked(
            row, page.title if page else call.tongue.say("(teks sudah dihapus)"), said.author or "" if said else "",
            said.text if said else call.tongue.say("(teks sudah dihapus)"), tuple(decided), first, settled,
            first is not None and first.by != call.person.name, settled is None and row.due < now))
    return found
