"""A flagged konten of Kota Contoh -> a published clarification: what the made-up office did before you came in."""

import tomllib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from threading import Event
from typing import Any

import structlog

from monitor import pipeline, shipped
from monitor.clarifications import Citation, Draft
from monitor.demo.city import SOURCES, Place, Text, address
from monitor.people import REDAKTUR, VERIFIKATOR, Person, Refusal
from monitor.pipeline import Finding, House, answers
from monitor.pipeline.answers import File
from monitor.store import Filters

log = structlog.get_logger()
SARI, RINI = Person("sari", (VERIFIKATOR,)), Person("rini", (REDAKTUR,))
READ_SECONDS, LOOK_SECONDS, TRIES = 11.0, 2.0, 90


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer of the made-up office: the title it is about, what was found, and the text that goes out."""

    about: str
    finding: str
    form: str
    claim: str
    draft: Draft


def planned(texts: dict[str, list[Text]], port: int) -> list[Answer]:
    """The shipped answers, each resting on a page of the city's own KPU or Bawaslu."""
    raw: list[dict[str, Any]] = tomllib.loads(shipped.text("demo-jawaban.toml"))["jawaban"]
    return [_planned(one, texts, port) for one in raw]


def publish_all(
    house: House, plans: list[Answer], now: Callable[[], datetime], stop: Event, read: float = READ_SECONDS
) -> int:
    """Waits until the konten are there, then answers each with two people who take their time; how many came out."""
    done = 0
    for plan in plans:
        if _known(house, plan):
            continue
        item = _found(house, plan, stop)
        outcome = _answered(house, item, plan, now, stop, read) if item else None
        if isinstance(outcome, Refusal):
            log.warning("demo answer refused", about=plan.about, cause=outcome.cause, sentence=outcome.sentence)
        done += outcome is not None and not isinstance(outcome, Refusal)
    return done


def _answered(
    house: House, item: int, plan: Answer, now: Callable[[], datetime], stop: Event, read: float
) -> object:
    finding = Finding(plan.claim, plan.finding, plan.draft.summary, plan.form)
    urls = [one.url for one in plan.draft.citations]
    proposed = pipeline.propose(house, item, SARI, finding, pipeline.visit_links(house, urls, now, stop), now())
    if isinstance(proposed, Refusal):
        return proposed
    stop.wait(read)
    signed = pipeline.sign(house, proposed[0].id, RINI, None, now())
    file = signed if isinstance(signed, Refusal) else answers.draft(house, signed.id, SARI, now())
    if isinstance(file, Refusal):
        return file
    number = file.row.id
    answers.edit(house, number, SARI, plan.draft, now())
    answers.check_links(house, number, now, stop)
    submitted = answers.submit(house, number, SARI, now())
    if isinstance(submitted, Refusal):
        return _told(house, number, submitted, now())
    stop.wait(read)
    approved = answers.approve(house, number, RINI, now())
    return approved if isinstance(approved, Refusal) else answers.publish(house, number, RINI, now())


def _told(house: House, number: int, refusal: Refusal, now: datetime) -> Refusal:
    """The refusal with the faults that it is about, for the log."""
    file = answers.opened(house, number, now)
    faults = file.faults if isinstance(file, File) else ()
    return replace(refusal, cause=f"{refusal.cause}: {', '.join(f'{one.code} {one.quote}' for one in faults)}")


def _known(house: House, plan: Answer) -> bool:
    """Whether the office has this isu already: the demo was started before."""
    with house.store.read() as tx:
        return bool(tx.rumors(sought=plan.claim, limit=1))


def _found(house: House, plan: Answer, stop: Event) -> int:
    """The konten with this title, once the cycle has brought it; 0 if it never came or somebody took it."""
    for _ in range(TRIES):
        with house.store.read() as tx:
            rows = tx.queue(Filters(text=plan.about, state="BARU"), limit=1)
        if rows:
            return rows[0].item.id
        if stop.wait(LOOK_SECONDS):
            return 0
    return 0


def _planned(one: dict[str, Any], texts: dict[str, list[Text]], port: int) -> Answer:
    body: Place = next(place for place in SOURCES if place.key == one["lembaga"])
    text = next(text for text in texts[body.key] if text.title == one["halaman"])
    cited = Citation(f"http://{address(body)}:{port}{text.path}", text.title, body.name)
    draft = Draft(citations=(cited,), **one["teks"])
    return Answer(one["tentang"], one["hasil"], one["jenis"], draft.claim, draft)
