"""Call -> "Pekerjaan saya": what waits for me, what I hold, and what of the office is late; the latest due first."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from starlette.responses import Response

from monitor import sources
from monitor.clarifications import DRAF
from monitor.desk import clarify, dues
from monitor.desk.adapter import Call
from monitor.desk.dues import Told
from monitor.desk.frame import frame
from monitor.desk.isu import WORDS
from monitor.desk.office import Desk
from monitor.desk.render import html
from monitor.desk.steps import claims
from monitor.desk.tongue import Tongue
from monitor.desk.views import covered_row, heading, state
from monitor.dues import SEGERA, TERLAMBAT, came, fitting
from monitor.people import Person, signers
from monitor.rumors import MENUNGGU, Rumor
from monitor.sources import Settings
from monitor.store import Filters, Tx
from monitor.verdicts import may_sign

MOST = 200
LATELY = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Job:
    """One konten, isu or klarifikasi that somebody has to do with. `since` is when its clock began."""

    address: str
    title: str
    what: str
    word: str
    source: str
    since: datetime
    due: Told


@dataclass(frozen=True, slots=True)
class Work:
    """The page; `late` and `soon` are open konten of the whole office, `sitting` says how many fit into 90 minutes."""

    sentence: str
    waiting: tuple[Job, ...]
    held: tuple[Job, ...]
    late: int
    soon: int
    sitting: str


def mine(desk: Desk, call: Call) -> Response:
    """GET /kerja"""
    settings, now, person = desk.settings(), desk.now(), call.person
    with desk.store.read() as tx:
        around = frame(desk, tx, call.tongue)
        signs = _signs(tx, call, settings)
        waiting = [*_of_isu(tx, signs, settings, now, call.tongue),
                   *_of_answers(tx, _unsigned(tx, call), settings, now, call.tongue)]
        held = [*_of_konten(tx, person, settings, now, call.tongue),
                *_of_isu(tx, tx.rumors_held(person.name, MOST), settings, now, call.tongue),
                *_of_answers(tx, _drafts(tx, person, call.tongue), settings, now, call.tongue)]
        late, soon = (_count(tx, kind, settings, now) for kind in (TERLAMBAT, SEGERA))
        steps = tx.steps_of(person.name, now - LATELY)
    view = Work(_sentence(waiting, held, call.tongue), _sorted(waiting), _sorted(held), late, soon,
                _sitting(steps, settings, now, call.tongue))
    return html(desk, call, "kerja.html", around, here="work", view=view)


def _signs(tx: Tx, call: Call, settings: Settings) -> list[Rumor]:
    """The isu, oldest first, whose finding waits for this person's signature."""
    rows, roles = tx.rumors(MENUNGGU, MOST), signers(settings.office.second_signature)
    found = tx.last_verdicts([row.id for row in rows])
    return [row for row in reversed(rows) if row.id in found and may_sign(found[row.id], call.person, roles) is None]


def _unsigned(tx: Tx, call: Call) -> list[clarify.Line]:
    """Klarifikasi, corrections and withdrawals that others put up for a second signature."""
    if not call.may("persetujuan"):
        return []
    return [line for line in clarify.waiting(tx, call.tongue) if line.by != call.person.name]


def _drafts(tx: Tx, person: Person, tongue: Tongue) -> list[clarify.Line]:
    """Klarifikasi that this person last wrote at."""
    lines = clarify.lines_of(tx, tx.clarifications(DRAF, limit=MOST), tongue)
    return [line for line in lines if line.by == person.name]


def _of_answers(tx: Tx, lines: list[clarify.Line], settings: Settings, now: datetime, tongue: Tongue) -> list[Job]:
    since = tx.since([line.rumor for line in lines])
    return [
        Job(f"/klarifikasi/{line.id}", line.title, tongue.say("klarifikasi"), line.waits or line.state.word, "", began,
            dues.told(began, settings, now, tongue))
        for line in lines for began in [since.get(line.rumor, line.at)]
    ]


def _of_konten(tx: Tx, person: Person, settings: Settings, now: datetime, tongue: Tongue) -> list[Job]:
    return [
        Job(f"/konten/{row.item.id}", heading(covered_row(row).words, tongue), tongue.say("konten"),
            state(row.item.state, tongue).word, row.entry.publisher or row.entry.source, row.item.at,
            dues.told(row.item.at, settings, now, tongue))
        for row in tx.queue(Filters(holder=person.name), limit=MOST)
    ]


def _of_isu(tx: Tx, rumors: list[Rumor], settings: Settings, now: datetime, tongue: Tongue) -> list[Job]:
    said, since = claims(tx, rumors), tx.since([row.id for row in rumors])
    return [
        Job(f"/isu/{row.id}", said[row.id], tongue.say("isu"), tongue.say(WORDS[row.state]), "", began,
            dues.told(began, settings, now, tongue))
        for row in rumors for began in [since.get(row.id, row.at)]
    ]


def _count(tx: Tx, kind: str, settings: Settings, now: datetime) -> int:
    since, until = came(kind, now, settings.deadline)
    return tx.count(Filters(since=since, until=until))


def _sitting(steps: list[datetime], settings: Settings, now: datetime, tongue: Tongue) -> str:
    """What was done today, and how much fits into one sitting at one's own pace."""
    day = sources.today(settings, now)
    done = sum(sources.today(settings, step) == day for step in steps)
    fits = fitting(steps)
    if fits is None:
        return tongue.say("{n} langkah hari ini. Laju Anda belum dapat dihitung; sesudah lebih banyak langkah, di sini "
                          "tertulis berapa konten yang cukup untuk 90 menit.", n=tongue.number(done))
    return tongue.say("{n} langkah hari ini. Dengan laju Anda belakangan ini, 90 menit cukup untuk sekitar {fits} "
                      "konten.", n=tongue.number(done), fits=tongue.number(fits))


def _sorted(jobs: list[Job]) -> tuple[Job, ...]:
    """What came in first is due first."""
    return tuple(sorted(jobs, key=lambda job: job.since))


def _sentence(waiting: list[Job], held: list[Job], tongue: Tongue) -> str:
    late = sum(job.due.kind == "late" for job in (*waiting, *held))
    return tongue.say("{n} menunggu Anda, {held} Anda pegang, {late} di antaranya terlambat.", n=len(waiting),
                      held=len(held), late=late)
