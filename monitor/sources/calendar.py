"""Settings + a day -> the election stages that are on."""

from datetime import date, datetime

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
