"""A flagged konten of Kota Contoh -> a published clarification: what the made-up office did before you came in."""

import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from threading import Event
from typing import Any

import structlog

from monitor import pipeline, redactions, shipped
from monitor.clarifications import Citation, Draft
from monitor.demo.city import SOURCES, Place, Text, address
from monitor.people import REDAKTUR, VERIFIKATOR, Person, Refusal
from monitor.pipeline import Finding, House, acts, answers, handing, picturing
from monitor.pipeline.answers import File
from monitor.pipeline.picturing import Wish
from monitor.posts import Post
from monitor.rumors import Rumor
from monitor.store import Filters

log = structlog.get_logger()
SARI, RINI = Person("sari", (VERIFIKATOR,)), Person("rini", (REDAKTUR,))
READ_SECONDS, LOOK_SECONDS, TRIES = 11.0, 2.0, 90


@dataclass(frozen=True, slots=True)
class Shot:
    """A screenshot that ships, the boxes that black out who is on it, and its alt text."""

    file: str
    boxes: str
    alt: str


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer of the made-up office: the title it is about, what was found, and the text that goes out; `past` that
    it did so in the week before."""

    about: str
    finding: str
    form: str
    claim: str
    draft: Draft
    shot: Shot | None = None
    past: bool = False


@dataclass(frozen=True, slots=True)
class Office:
    """The house as the made-up people use it: its clock, what ends them early, and how they take their time."""

    house: House
    now: Callable[[], datetime]
    stop: Event
    rest: Callable[[float], object]


Step = Callable[[Office, Answer, int], int | Refusal]


def planned(texts: dict[str, list[Text]], port: int) -> list[Answer]:
    """The shipped answers, each resting on a page of the city's own KPU or Bawaslu."""
    raw: list[dict[str, Any]] = tomllib.loads(shipped.text("demo-jawaban.toml"))["jawaban"]
    return [_planned(one, texts, port) for one in raw]


def publish_all(office: Office, plans: Sequence[Answer], read: float = READ_SECONDS) -> int:
    """Waits until the konten are there, then answers all with two people who take their time; how many came out."""
    going = [(plan, item) for plan in plans if not _known(office.house, plan) and (item := _found(office, plan))]
    for step in (_proposed, _written, _published):
        if step is not _proposed and going:
            office.rest(read)
        going = [(plan, kept) for plan, number in going if (kept := _kept(office, step, plan, number))]
    return len(going)


def _kept(office: Office, step: Step, plan: Answer, number: int) -> int:
    outcome = step(office, plan, number)
    if isinstance(outcome, Refusal):
        log.warning("demo answer refused", about=plan.about, cause=outcome.cause, sentence=outcome.sentence)
        return 0
    return outcome


def _proposed(office: Office, plan: Answer, item: int) -> int | Refusal:
    """The isu with its evidence and finding."""
    house, now = office.house, office.now
    opened = acts.attach(house.store, [(item, 0)], SARI, plan.claim, 0, now())
    if isinstance(opened, Refusal):
        return opened
    links = pipeline.visit_links(house, [one.url for one in plan.draft.citations], now, office.stop)
    acts.lay_evidence(house.store, house.settings, opened.id, SARI, links, now())
    if plan.shot:
        laid = _laid(office, plan.shot, opened.id)
        if isinstance(laid, Refusal):
            return laid
    finding = Finding(plan.claim, plan.finding, plan.draft.summary, plan.form)
    made = acts.propose(house.store, house.settings, opened.id, _version(house, opened.id), SARI, finding, now())
    return made if isinstance(made, Refusal) else made.id


def _laid(office: Office, shot: Shot, rumor: int) -> object:
    """The screenshot as evidence, sealed and drawn anew as any other."""
    store = office.house.store
    sealed = handing.seal(store, office.house.cage, shot.file, shipped.content(shot.file))
    return sealed if isinstance(sealed, Refusal) else handing.lay_file(
        store, rumor, SARI, sealed, "Diteruskan warga ke nomor pengaduan.", office.now())


def _written(office: Office, plan: Answer, rumor: int) -> int | Refusal:
    """The second signature under the finding, then the text, handed in."""
    house, now = office.house, office.now
    signed = pipeline.sign(house, rumor, RINI, None, now())
    file = signed if isinstance(signed, Refusal) else answers.draft(house, rumor, SARI, now())
    if isinstance(file, Refusal):
        return file
    number = file.row.id
    edited = answers.edit(house, number, SARI, plan.draft, now())
    if plan.shot and not isinstance(edited, Refusal):
        edited = _pictured(office, plan.shot, number, rumor)
    if isinstance(edited, Refusal):
        return edited
    answers.check_links(house, number, now, office.stop)
    submitted = answers.submit(house, number, SARI, now())
    return _told(house, number, submitted, now()) if isinstance(submitted, Refusal) else number


def _pictured(office: Office, shot: Shot, number: int, rumor: int) -> File | Refusal:
    """The screenshot with whoever is on it blacked out, in the text."""
    house = office.house
    with house.store.read() as tx:
        evidence = next(one.id for one in tx.evidence(rumor) if one.kind == "file")
    wish = Wish(evidence, redactions.read(shot.boxes), False, shot.alt)
    draw = partial(picturing.blacked, house.cage)
    return picturing.burn(house, draw, number, wish, SARI, office.now(), 0)


def _published(office: Office, plan: Answer, number: int) -> int | Refusal:
    """The second signature under the text, and out it goes."""
    approved = answers.approve(office.house, number, RINI, office.now())
    if isinstance(approved, Refusal):
        return approved
    made = answers.publish(office.house, number, RINI, office.now())
    return made.clarification if isinstance(made, Post) else made


def _told(house: House, number: int, refusal: Refusal, now: datetime) -> Refusal:
    """The refusal with the faults that it is about, for the log."""
    file = answers.opened(house, number, now)
    faults = file.faults if isinstance(file, File) else ()
    return replace(refusal, cause=f"{refusal.cause}: {', '.join(f'{one.code} {one.quote}' for one in faults)}")


def _version(house: House, rumor: int) -> int:
    with house.store.read() as tx:
        row = tx.get(Rumor, rumor)
    return row.version if row else 0


def _known(house: House, plan: Answer) -> bool:
    """Whether the office has this isu already: the demo was started before."""
    with house.store.read() as tx:
        return bool(tx.rumors(sought=plan.claim, limit=1))


def _found(office: Office, plan: Answer) -> int:
    """The konten with this title, once the cycle has brought it; 0 if it never came or somebody took it."""
    for _ in range(1 if plan.past else TRIES):
        with office.house.store.read() as tx:
            rows = tx.queue(Filters(text=plan.about, state="BARU"), limit=1)
        if rows:
            return rows[0].item.id
        if not plan.past and office.stop.wait(LOOK_SECONDS):
            return 0
    return 0


def _planned(one: dict[str, Any], texts: dict[str, list[Text]], port: int) -> Answer:
    body: Place = next(place for place in SOURCES if place.key == one["lembaga"])
    text = next(text for text in texts[body.key] if text.title == one["halaman"])
    cited = Citation(f"http://{address(body)}:{port}{text.path}", text.title, body.name)
    draft = Draft(citations=(cited,), **one["teks"])
    shot = one.get("gambar")
    return Answer(one["tentang"], one["hasil"], one["jenis"], draft.claim, draft,
                  Shot(shot["berkas"], shot["kotak"], shot["alt"]) if shot else None, bool(one.get("past")))
