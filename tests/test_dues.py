"""monitor/dues and the calendar's stretches: what is late, what is soon, and in which stage a moment lies."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from monitor import sources
from monitor.dues import BIASA, DUES, SEGERA, TERLAMBAT, came, due, fitting
from monitor.sources import ConfigError, Deadline, read

NOW = datetime(2024, 11, 24, 3, 0, tzinfo=UTC)
USUAL = Deadline()
CALENDAR = """
[office]
zone = "WIT"
[[election]]
name = "Pilkada"
stage = [
  { name = "Kampanye", start = 2024-09-25, end = 2024-11-23 },
  { name = "Masa tenang", start = 2024-11-24, end = 2024-11-26 },
  { name = "Pemungutan suara", start = 2024-11-27, end = 2024-11-27 },
  { name = "Penghitungan", start = 2024-11-27, end = 2024-12-16 },
]
"""


@pytest.mark.parametrize("hours, kind, left", [
    (0, BIASA, 3), (2.5, BIASA, 0.5), (3, BIASA, 0), (3.5, SEGERA, 20.5), (24, SEGERA, 0), (29, TERLAMBAT, 5),
])
def test_due_by_target_then_by_promise(hours: float, kind: str, left: float) -> None:
    found = due(NOW - timedelta(hours=hours), NOW, USUAL)
    assert (found.kind, found.left) == (kind, timedelta(hours=left))


def test_deadlines_are_settings() -> None:
    held = read('[deadline]\ntarget = "30m"\npromise = "2h"').deadline
    assert held == Deadline(1800, 7200)
    assert due(NOW - timedelta(hours=3), NOW, held).kind == TERLAMBAT
    with pytest.raises(ConfigError) as told:
        read('[deadline]\ntarget = "2d"')
    assert "target" in told.value.sentences()[0]


@given(some.integers(-10**6, 10**6), some.sampled_from((USUAL, Deadline(60, 60), Deadline(1, 30 * 86400))))
def test_every_moment_has_one_due_and_the_filter_agrees(seconds: int, deadline: Deadline) -> None:
    since = NOW - timedelta(seconds=seconds / 3)
    fitting = []
    for kind in DUES:
        first, last = came(kind, NOW, deadline)
        if (first is None or since >= first) and (last is None or since < last):
            fitting.append(kind)
    assert fitting == [due(since, NOW, deadline).kind]


@given(some.datetimes(datetime(2024, 9, 1), datetime(2025, 1, 10), timezones=some.just(UTC)))
def test_stretches_hold_what_the_calendar_says_and_gaps_hold_the_rest(moment: datetime) -> None:
    settings = read(CALENDAR)
    stages = settings.elections[0].stages
    stretches = [sources.stretch(settings, stage) for stage in stages]
    on = [stage for stage, (start, end) in zip(stages, stretches, strict=True) if start <= moment < end]
    assert tuple(on) == sources.stage(settings, sources.today(settings, moment))
    gaps = [start <= moment < end for start, end in sources.outside(stretches)]
    assert sum(gaps) == (not on)


def test_a_sitting_holds_what_ones_own_pace_says() -> None:
    steady = [NOW + timedelta(seconds=30 * n) for n in range(30)]
    assert fitting(steady) == 180
    assert fitting([*steady, NOW + timedelta(hours=9), NOW + timedelta(hours=20)]) == 180
    assert fitting(steady[:20]) is None
    assert fitting([]) is None
    assert fitting([NOW] * 50) == 2700


def test_absurd_years_are_no_error() -> None:
    settings = read('[[election]]\nname = "x"\nstage = [{ name = "y", start = 0001-01-01, end = 9999-12-31 }]')
    start, end = sources.stretch(settings, settings.elections[0].stages[0])
    assert start < NOW < end
    assert all(not first <= NOW < last for first, last in sources.outside([(start, end)]))
    assert [first <= NOW < last for first, last in sources.outside([])] == [True]
