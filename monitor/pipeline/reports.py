"""A period of rows -> Digest; a finished one is stored and given again as it was."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from monitor import digests, sources
from monitor.audit import Act
from monitor.digests import AUDIENCES, EXTERNAL, Digest, Edition, Events, Flagged, Lesson, Period, StageLine
from monitor.entries import Words
from monitor.people import Refusal
from monitor.pipeline import editions, outbox
from monitor.pipeline.house import House
from monitor.pipeline.manual import ORIGIN
from monitor.sources import Settings, offset
from monitor.store import Store

BY = "jernih"
LESSONS_LENGTH = 20_000
PLATFORMS = {"telegram": "Telegram", "youtube": "YouTube"}
UNFINISHED = "Masa ini belum selesai (batasnya pukul 06.00 hari berikutnya), jadi laporannya belum dapat disimpan."


def digest(house: House, period: Period, audience: str = digests.INTERNAL) -> Digest:
    """The report of a period, from the rows as they are now."""
    return gathered(house.store, house.settings, period, audience)


def gathered(store: Store, settings: Settings, period: Period, audience: str = digests.INTERNAL) -> Digest:
    """The report of a period, from the rows as they are now."""
    earlier = digests.before(period)
    press = [source.name for source in settings.sources if source.pers == "ya"]
    with store.read() as tx:
        events = placed(digests.unstamped(tx.events(period.start, period.end), press), settings)
        before = placed(tx.events(earlier.start, earlier.end), settings)
    made = Digest(
        office=settings.office.name or "Kantor tanpa nama",
        period=period,
        events=events,
        flagged_before=len(before.flagged),
        before=digests.earlier(earlier.label, before),
        stages=stages(settings, period),
        promise=round(settings.deadline.promise / 3600),
        public=settings.public.url,
    )
    return digests.external(made) if audience == EXTERNAL else made


def stored(house: House, period: Period, audience: str, number: int = 0) -> Digest | None:
    """The edition of a finished period as it was stored (the last one, or one of a number); None if there is none, or
    its words were erased."""
    with house.store.read() as tx:
        edition = tx.edition(period.label, audience, number)
        held = tx.words_of([edition.words]).get(edition.words) if edition else None
        return editions.opened(tx, held) if held else None


def finish(
    house: House, period: Period, audience: str, now: datetime, by: str = BY, reason: str = ""
) -> Digest | Refusal:
    """Stores the digest of a finished period, once; with a `reason` a further edition is made."""
    if not digests.finished(period, now):
        return Refusal(f"{period.label} is not finished", UNFINISHED)
    known = stored(house, period, audience)
    if known and not reason.strip():
        return known
    made = digest(house, period, audience)
    with house.store.write() as tx:
        last = tx.edition(period.label, audience)
        if last and not reason.strip():
            held = tx.words_of([last.words]).get(last.words)
            if held:
                return editions.opened(tx, held)
        number = last.number + 1 if last else 1
        made = replace(made, number=number, reason=reason.strip())
        words = editions.payload(made)
        tx.put_words([words])
        edition = tx.add(Edition(period.label, audience, number, period.start, period.end, now, by, words.digest,
                                 reason.strip()))
        detail: dict[str, str | int | float | bool | None] = {"number": number, "words": words.digest}
        tx.audit(Act(now, by, "simpan", "laporan", f"{period.label} {audience}", detail))
        outbox.plan_report(tx, house.settings, edition, now)
        return editions.opened(tx, words)


def finish_due(house: House, now: datetime) -> list[Digest]:
    """The weekly digest that is due, in both editions, made up once however late; [] where nothing is due."""
    period = digests.last_finished(now, house.settings.office.zone)
    with house.store.read() as tx:
        missing = [audience for audience in AUDIENCES if tx.edition(period.label, audience) is None]
    made = [finish(house, period, audience, now) for audience in missing]
    return [one for one in made if isinstance(one, Digest)]


def lessons(store: Store, label: str) -> str:
    """What the office wrote as the lessons of a period, "" if nothing."""
    with store.read() as tx:
        known = tx.lesson(label)
        held = tx.words_of([known.words]).get(known.words) if known else None
    return held.text if held else ""


def write_lessons(store: Store, label: str, text: str, by: str, now: datetime) -> Lesson | Refusal:
    """Keeps the lessons of a period; what was written before stays as a row."""
    said = text.replace("\r\n", "\n").strip()
    if not said or len(said) > LESSONS_LENGTH:
        return Refusal(f"lessons of {len(said)} characters",
                       f"Tulis pelajarannya, paling banyak {LESSONS_LENGTH} huruf (sekarang {len(said)}).")
    words = Words(f"Pelajaran {label}", said)
    with store.write() as tx:
        tx.put_words([words])
        kept = tx.add(Lesson(label, now, by, words.digest))
        tx.audit(Act(now, by, "tulis pelajaran", "laporan", label, {"words": words.digest}))
    return kept


def placed(events: Events, settings: Settings) -> Events:
    """The flagged konten with the stages of the calendar that were on, and the channel on which they were seen."""
    kinds = {source.name: source.kind for source in settings.sources}
    return replace(events, flagged=tuple(
        replace(row, stages=tuple(one.name for one in sources.stage(settings, sources.today(settings, row.at))),
                channel=channel(row, kinds))
        for row in events.flagged
    ))  # fmt: skip


def channel(row: Flagged, kinds: Mapping[str, str]) -> str:
    """Where a konten was seen: what people brought in, a platform, or a site."""
    return "kiriman orang" if row.origin == ORIGIN else PLATFORMS.get(kinds.get(row.source, ""), "situs web")


def stages(settings: Settings, period: Period) -> tuple[StageLine, ...]:
    """The stages that are on when the period ends, and the next one to come."""
    day = (period.end - timedelta(seconds=1)).astimezone(offset(period.zone)).date()
    on = sources.stage(settings, day)
    coming = sources.coming(settings, day)[:1]
    return tuple(_line(one, one in on) for one in (*on, *coming))


def _line(one: sources.Stage, on: bool) -> StageLine:
    return StageLine(one.name, sources.meant(one), one.start.isoformat(), one.end.isoformat(), on)
