"""A konten or isu + now -> in words how far its answer is due, and in which stage of the calendar it came in."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from monitor import sources
from monitor.desk.tongue import Tongue, lasting
from monitor.dues import BIASA, SEGERA, TERLAMBAT, Due, due
from monitor.items import BARU, DIPROSES
from monitor.sources import Settings

# Past what is promised is told with a shape, past what is aimed at by a word; in time is quiet.
KINDS = {TERLAMBAT: "late", SEGERA: "soon", BIASA: "calm"}


@dataclass(frozen=True, slots=True)
class Told:
    """How far an answer is due, as it is shown: the kind of its look, the words, and the moments behind them."""

    kind: str
    words: str
    title: str
    until: datetime


def of_item(state: str, since: datetime, settings: Settings, now: datetime, tongue: Tongue) -> Told | None:
    """The due of a konten; None once it is dealt with or the isu answers for it."""
    return told(since, settings, now, tongue) if state in (BARU, DIPROSES) else None


def told(since: datetime, settings: Settings, now: datetime, tongue: Tongue) -> Told:
    """The due of what came in at `since`."""
    found = due(since, now, settings.deadline)
    target = tongue.clock(since + timedelta(seconds=settings.deadline.target), now)
    promise = tongue.clock(since + timedelta(seconds=settings.deadline.promise), now)
    title = tongue.say("target {target}, janji {promise}", target=target, promise=promise)
    return Told(KINDS[found.kind], _words(found, tongue), title, found.until)


def stages(since: datetime, settings: Settings) -> tuple[str, ...]:
    """Names of the calendar's stages that were on at a moment, each once."""
    on = sources.stage(settings, sources.today(settings, since))
    return tuple(dict.fromkeys(stage.name for stage in on))


def _words(found: Due, tongue: Tongue) -> str:
    age = lasting(max(1, int(found.left.total_seconds()) // 60), tongue.language)
    if found.kind == TERLAMBAT:
        return tongue.say("lewat {age}", age=age)
    return tongue.say("segera, sisa {age}", age=age) if found.kind == SEGERA else tongue.say("sisa {age}", age=age)
