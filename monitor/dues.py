"""When a konten came in + what the office promises -> Due: how long there is left for an answer; and how much fits."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from monitor.sources import Deadline

# In time, past what is aimed at, past what is promised.
BIASA, SEGERA, TERLAMBAT = "biasa", "segera", "terlambat"
DUES = (TERLAMBAT, SEGERA, BIASA)
SITTING = timedelta(minutes=90)
# A longer stop between two steps is no work on a konten; of fewer steps no pace is told.
STOP, STEPS, FASTEST = timedelta(minutes=10), 20, timedelta(seconds=2)


@dataclass(frozen=True, slots=True)
class Due:
    """How far an answer is due. `left` is the time until the target while BIASA and until the promise while SEGERA;
    TERLAMBAT it is the time since the promise. `until` is the moment that `left` is counted to or from."""

    kind: str
    left: timedelta
    until: datetime


def due(since: datetime, now: datetime, deadline: Deadline) -> Due:
    """The due of what came in at `since`."""
    target, promise = (since + timedelta(seconds=seconds) for seconds in (deadline.target, deadline.promise))
    if now > promise:
        return Due(TERLAMBAT, now - promise, promise)
    return Due(SEGERA, promise - now, promise) if now > target else Due(BIASA, target - now, target)


def came(kind: str, now: datetime, deadline: Deadline) -> tuple[datetime | None, datetime | None]:
    """When what has a due of this kind now came in: from the first moment on, before the second (None: no bound)."""
    late, soon = now - timedelta(seconds=deadline.promise), now - timedelta(seconds=deadline.target)
    return {TERLAMBAT: (None, late), SEGERA: (late, soon), BIASA: (soon, None)}[kind]


def fitting(steps: Iterable[datetime]) -> int | None:
    """How many konten fit into one SITTING at the pace of somebody's steps (any order); None of too few steps."""
    gaps = [gap for before, after in pairwise(sorted(steps)) if (gap := after - before) <= STOP]
    if len(gaps) < STEPS:
        return None
    return int(SITTING / max(sum(gaps, timedelta()) / len(gaps), FASTEST))
