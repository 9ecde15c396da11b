"""Settings + a day -> the election stages that are on."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta

from monitor.sources.checks import offset
from monitor.sources.rows import Settings, Stage

WORDS = {
    "masa tenang": "masa tenang",
    "kampanye": "kampanye",
    "pemutakhiran": "pemutakhiran",
    "data pemilih": "pemutakhiran",
    "pencalonan": "pencalonan",
    "pemungutan": "pemungutan",
    "penghitungan": "penghitungan",
    "rekapitulasi": "rekapitulasi",
    "sengketa": "sengketa",
    "pendaftaran": "pencalonan",
    "pasangan calon": "pencalonan",
}


def stage(settings: Settings, day: date) -> tuple[Stage, ...]:
    """The stages of all elections that hold this day of the office's zone, in the order of feeds.toml."""
    return tuple(
        found for election in settings.elections for found in election.stages if found.start <= day <= found.end
    )


def today(settings: Settings, now: datetime) -> date:
    """The day in the office's zone at an aware moment."""
    return now.astimezone(offset(settings.office.zone)).date()


def meant(found: Stage) -> str:
    """The kind of a stage: what feeds.toml says, else the first kind that its name speaks of, else "lainnya"."""
    return found.kind or next((kind for word, kind in WORDS.items() if word in found.name.lower()), "lainnya")


def coming(settings: Settings, day: date) -> tuple[Stage, ...]:
    """The stages that begin after this day, the soonest first."""
    later = [found for election in settings.elections for found in election.stages if found.start > day]
    return tuple(sorted(later, key=lambda found: (found.start, found.end, found.name)))


Stretch = tuple[datetime, datetime]
ALWAYS: Stretch = (datetime(1900, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC))


def stretch(settings: Settings, found: Stage) -> Stretch:
    """From the first moment of a stage to the first one after it, in the office's zone."""
    zone = offset(settings.office.zone)
    first = datetime.combine(max(found.start, ALWAYS[0].date()), time(), zone)
    return first, datetime.combine(min(found.end, ALWAYS[1].date()) + timedelta(days=1), time(), zone)


def outside(stretches: Iterable[Stretch]) -> tuple[Stretch, ...]:
    """What no stretch holds, in order."""
    gaps, here = [], ALWAYS[0]
    for start, end in sorted(stretches):
        if start > here:
            gaps.append((here, start))
        here = max(here, end)
    return (*gaps, (here, ALWAYS[1])) if here < ALWAYS[1] else tuple(gaps)
