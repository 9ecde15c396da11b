"""Source + Schedule + now -> due?, Request; Reply -> Visit: what a visit was, and when the next one is due.

A good visit waits for the source's rhythm, or as long as its answer stays fresh; a soft failure waits one rhythm more
each time, a hard one six hours more, neither less than Retry-After asks; nothing but a longer rhythm waits over 24 h.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256
from typing import TypeVar

from monitor.fetches.outcomes import OUTCOMES, OWN_NETWORK, TERMS, Outcome, failed, good
from monitor.fetches.pages import is_html, named
from monitor.fetches.rows import Fetch, Move, Place, Reply, Request, Schedule, Visit
from monitor.fetches.times import DAY, fresh_for, retry_after

PAUSE_AFTER = 30
MOVE_AFTER = 3
HARD_STEP = timedelta(hours=6)
PAGE_STEP = timedelta(hours=1)
PAGE_TRIES = 5
JITTER = 0.1
CLOCK_SLACK = timedelta(hours=1)
LONGEST_VALIDATOR = 1_000
LONGEST_CAUSE = 500
PAGES = frozenset(("html", "telegram"))
READABLE = ("text/html", "application/xhtml+xml", "text/plain", "application/xml", "text/xml", "")

_STATUS = {
    401: "login",
    403: "forbidden",
    404: "missing",
    407: "proxy",
    408: "timeout",
    410: "gone",
    425: "too_many",
    429: "too_many",
    451: "blocked",
    511: "portal",
}
P = TypeVar("P", bound=Place)
_CAGE = {"timeout": "heavy", "memory": "heavy", "crash": "heavy"}


def first(source: Place, now: datetime) -> Schedule:
    """The schedule of a source that was never visited, or whose address was edited: due at once."""
    return Schedule(source.name, due=now, origin=source.url)


def due(schedules: Mapping[str, Schedule], sources: Iterable[P], now: datetime) -> list[P]:
    """The enabled, unpaused sources that are due, longest overdue first.

    A due time that no rhythm explains (the clock was set back) counts as due.
    """
    wanted = [(_state(source, schedules.get(source.name), now), source) for source in sources if source.enabled]
    ready = [(state, source) for state, source in wanted if not state.paused and _is_due(state, source.rhythm, now)]
    return [source for _, source in sorted(ready, key=lambda pair: (pair[0].due, pair[1].name))]


def request(source: Place, schedule: Schedule | None) -> Request:
    """The next visit: to where the source moved, conditional on what it last sent."""
    state = schedule if schedule and schedule.origin in ("", source.url) else None
    return Request(
        key=source.name,
        url=(state.address if state else "") or source.url,
        source=source.name,
        etag=state.etag if state else "",
        last_modified=state.last_modified if state else "",
        robots_exception=bool(source.robots_exception),
    )


def judge(source: Place, schedule: Schedule | None, reply: Reply, now: datetime, spread: float = 0.5) -> Visit:
    """What came of a visit to a source; `spread` (0-1, random) adds up to a tenth to the wait."""
    before = _state(source, schedule, now)
    code, cause = _code(reply, page=source.kind in PAGES)
    visit = Visit(_fetch(reply, OUTCOMES[code], cause), before, None, False, before, source.rhythm, spread)
    if code in ("stopped", "held"):
        return _postponed(visit, reply, now)
    if failed(visit.fetch.outcome):
        return _failed(visit, reply.headers, now)
    return _succeeded(visit, reply, now)


def parsed(visit: Visit, seen: int = 0, new: int = 0, left: int = 0, problem: str = "", cause: str = "",
           sentence: str = "") -> Visit:  # fmt: skip
    """The visit after its body was read: how many entries it showed, or the room's `problem` code with its texts.

    A problem counts as a failure and keeps what was known before: validators, address, last success. Entries that
    are `left` for next time drop the validators, so that the next answer is whole.
    """
    if problem:
        code = _CAGE.get(problem, problem)
        outcome = OUTCOMES.get(code, OUTCOMES["format"])
        fetch = _told(visit.fetch, outcome, cause or problem, sentence)
        return _failed(replace(visit, fetch=fetch, move=None, parse=False), {}, _when(visit))
    fetch = replace(visit.fetch, seen=seen, new=new, left=left)
    schedule = visit.schedule
    if new:
        schedule = replace(schedule, renewed=schedule.succeeded)
    if left:
        schedule = replace(
            schedule, etag="", last_modified="", due=min(schedule.due, _when(visit) + timedelta(seconds=visit.rhythm))
        )
        fetch = replace(fetch, sentence=f"{left} entri lain diambil pada kunjungan berikutnya.")
    return replace(visit, fetch=fetch, schedule=schedule, parse=False)


def judge_page(reply: Reply, now: datetime, tries: int = 0) -> tuple[Fetch, datetime | None]:
    """What came of a visit to an entry's page, and when to try again after `tries` earlier ones (None: never)."""
    code, cause = _code(reply, page=True)
    kind = reply.headers.get("content-type", "").split(";")[0].strip().lower()
    if code == "ok" and kind not in READABLE:
        code, cause = "not_page", f"content type {kind[:100]}"
    outcome = OUTCOMES[code]
    fetch = _fetch(reply, outcome, cause)
    if code in ("stopped", "held"):
        return fetch, now + retry_after(reply.headers, now)
    if good(fetch.outcome) or outcome.hard or tries + 1 >= PAGE_TRIES:
        return replace(fetch, retry=False), None
    return fetch, now + max(PAGE_STEP * (tries + 1), retry_after(reply.headers, now))


def stopped(request: Request, now: datetime) -> Fetch:
    """The row of a visit that was to be made or finished when we were told to end."""
    return _fetch(Reply(request, now, now, error="stopped", cause="told to stop"), OUTCOMES["stopped"], "told to stop")


def offline(fetches: Sequence[Fetch]) -> bool:
    """Whether a round's failures are our own network's: three or more visits, and not one reached its site."""
    told = [fetch for fetch in fetches if fetch.outcome not in ("dihentikan", "ditunda")]
    return len(told) >= 3 and all(fetch.outcome in OWN_NETWORK and not fetch.status for fetch in told)


def forgiven(before: Schedule, after: Schedule) -> Schedule:
    """The schedule after a failure that was our own network's: it waits, but counts and pauses nothing."""
    return replace(after, failures=before.failures, paused=before.paused)


def _state(source: Place, schedule: Schedule | None, now: datetime) -> Schedule:
    known = schedule is not None and schedule.origin in ("", source.url)
    return replace(schedule, origin=source.url) if schedule and known else first(source, now)


def _is_due(state: Schedule, rhythm: int, now: datetime) -> bool:
    furthest = max(DAY, timedelta(seconds=rhythm)) * (1 + JITTER) + CLOCK_SLACK
    behind = state.tried is not None and state.tried > now + CLOCK_SLACK
    return state.due <= now or state.due > now + furthest or behind


def _code(reply: Reply, page: bool) -> tuple[str, str]:
    """The outcome's code and its English cause; `page` where an HTML page is what we came for."""
    if reply.error:
        return reply.error, reply.cause or reply.error
    if reply.status == 304:
        asked = bool(reply.request.etag or reply.request.last_modified)
        return ("unchanged", "") if asked else ("odd", "304 although nothing conditional was asked")
    kind = reply.headers.get("content-type", "")
    if name := named(reply.body, kind, reply.final_url, reply.headers):
        return name, f"HTTP {reply.status} with a page of the kind {name}"
    if reply.status not in (200, 203, 204, 205):
        return _status(reply.status), f"HTTP {reply.status}"
    if not reply.body.strip():
        return "empty", f"HTTP {reply.status} with an empty body"
    if not page and is_html(reply.body):
        return "not_feed", f"HTTP {reply.status} with an HTML page ({kind[:100] or 'no content type'})"
    return "ok", ""


def _status(status: int) -> str:
    if status in _STATUS:
        return _STATUS[status]
    if 400 <= status < 500:
        return "forbidden"
    return "server" if 500 <= status < 600 else "odd"


def _fetch(reply: Reply, outcome: Outcome, cause: str) -> Fetch:
    blank = Fetch(
        source=reply.request.source,
        url=reply.request.url,
        started=reply.started,
        ended=reply.ended,
        outcome=outcome.term,
        status=reply.status,
        final_url=reply.final_url,
        size=len(reply.body),
        digest=sha256(reply.body).hexdigest() if reply.body else "",
        entry=reply.request.entry,
    )
    return _told(blank, outcome, cause, "")


def _told(fetch: Fetch, outcome: Outcome, cause: str, sentence: str) -> Fetch:
    retry = not outcome.hard and not good(outcome.term)
    return replace(
        fetch, outcome=outcome.term, cause=cause[:LONGEST_CAUSE], sentence=sentence or outcome.sentence, retry=retry
    )


def _postponed(visit: Visit, reply: Reply, now: datetime) -> Visit:
    """Neither good nor bad: nothing is counted; a host that asked us to wait is left alone for that long."""
    wait = retry_after(reply.headers, now)
    due_at = now + wait if wait else visit.schedule.due
    fetch = visit.fetch
    told = replace(visit.schedule, outcome=fetch.outcome, cause=fetch.cause, sentence=fetch.sentence, due=due_at)
    return replace(visit, schedule=told)


def _failed(visit: Visit, headers: Mapping[str, str], now: datetime) -> Visit:
    before = visit.before or visit.schedule
    outcome = TERMS[visit.fetch.outcome]
    count = before.failures + 1
    step = HARD_STEP if outcome.hard else min(timedelta(seconds=visit.rhythm), DAY)
    wait = min(max(step * min(count, PAUSE_AFTER) * (1 + JITTER * visit.spread), retry_after(headers, now)), DAY)
    pausing = outcome.code == "gone" or count >= PAUSE_AFTER
    schedule = replace(
        before,
        due=now + wait,
        failures=count,
        paused=outcome.term if pausing else before.paused,
        tried=now,
        outcome=outcome.term,
        cause=visit.fetch.cause,
        sentence=visit.fetch.sentence + (_pause(outcome, count) if pausing else ""),
    )
    return replace(visit, schedule=schedule, parse=False)


def _pause(outcome: Outcome, count: int) -> str:
    why = "alamatnya dihapus" if outcome.code == "gone" else f"gagal {count} kali berturut-turut"
    return f" Sumber ini dijeda karena {why}; setelah diperbaiki, tekan “coba sekarang”."


def _succeeded(visit: Visit, reply: Reply, now: datetime) -> Visit:
    before = visit.before or visit.schedule
    schedule = replace(
        before,
        due=now + _wait(visit, reply.headers, now),
        failures=0,
        paused="",
        tried=now,
        succeeded=now,
        outcome=visit.fetch.outcome,
        cause="",
        sentence="",
    )
    if reply.status != 304:
        schedule = replace(schedule, etag=_kept(reply, "etag"), last_modified=_kept(reply, "last-modified"))
    schedule, move = _moved(schedule, reply, now)
    return replace(visit, schedule=schedule, move=move, parse=reply.status != 304)


def _wait(visit: Visit, headers: Mapping[str, str], now: datetime) -> timedelta:
    rhythm = timedelta(seconds=visit.rhythm)
    return min(max(rhythm * (1 + JITTER * visit.spread), fresh_for(headers, now)), max(rhythm, DAY))


def _when(visit: Visit) -> datetime:
    """The `now` that the visit was judged at."""
    return visit.schedule.tried or visit.fetch.ended


def _kept(reply: Reply, name: str) -> str:
    value = reply.headers.get(name, "").strip()
    return value if len(value) <= LONGEST_VALIDATOR else ""


def _moved(schedule: Schedule, reply: Reply, now: datetime) -> tuple[Schedule, Move | None]:
    """Count equal permanent answers; the third moves the address."""
    old, new = reply.request.url, reply.permanent
    if not new or new == old:
        return replace(schedule, moving_to="", moving_count=0), None
    count = schedule.moving_count + 1 if new == schedule.moving_to else 1
    if count < MOVE_AFTER:
        return replace(schedule, moving_to=new, moving_count=count), None
    return replace(schedule, address=new, moving_to="", moving_count=0), Move(schedule.source, old, new, now)
