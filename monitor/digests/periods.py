"""A label -> Period and back: days, ISO weeks, months and any span, in the office's zone."""

from datetime import UTC, date, datetime, time, timedelta

from monitor.digests.rows import Period
from monitor.people import Refusal
from monitor.sources import offset

CUT_OFF = timedelta(hours=6)


def week(label: str, zone: str) -> Period | Refusal:
    """The ISO week `2024-W07` in the zone, from Monday 00:00 to the next Monday 00:00."""
    try:
        year, number = label.upper().split("-W")
        monday = date.fromisocalendar(int(year), int(number), 1)
        following = monday + timedelta(days=7)
    except (ValueError, OverflowError):
        return Refusal(f"not an ISO week: {label!r}", "Tulislah minggu sebagai tahun dan nomornya, misalnya 2024-W07.")
    return Period(f"{int(year):04d}-W{int(number):02d}", _midnight(monday, zone), _midnight(following, zone), zone)


def period(label: str, zone: str) -> Period | Refusal:
    """A week `2024-W07`, a day `2024-02-14`, a month `2024-02`, or a span `2024-02-01..2024-02-14` (both days in)."""
    if "-W" in label.upper():
        return week(label, zone)
    first, _, last = label.partition("..")
    try:
        start, end = _days(first, last)
    except (ValueError, OverflowError):
        return Refusal(
            f"not a period: {label!r}",
            "Tulislah 2024-W07 (minggu), 2024-02-14 (hari), 2024-02 (bulan), atau 2024-02-01..2024-02-14.",
        )
    return Period(label, _midnight(start, zone), _midnight(end, zone), zone)


def before(period: Period) -> Period:
    """The period of the same kind before: the week before, the month before, as many days before."""
    zone = period.zone
    first, until = (moment.astimezone(offset(zone)).date() for moment in (period.start, period.end))
    if "-W" in period.label:
        year, number, _ = (first - timedelta(days=7)).isocalendar()
        return Period(f"{year:04d}-W{number:02d}", _midnight(first - timedelta(days=7), zone), period.start, zone)
    if len(period.label) == 7:
        earlier = (first - timedelta(days=1)).replace(day=1)
        return Period(f"{earlier:%Y-%m}", _midnight(earlier, zone), period.start, zone)
    days = until - first
    start, last = first - days, first - timedelta(days=1)
    label = start.isoformat() if days.days == 1 else f"{start.isoformat()}..{last.isoformat()}"
    return Period(label, _midnight(start, zone), period.start, zone)


def label_of(now: datetime, zone: str) -> str:
    """The ISO week in which `now` lies, in the zone."""
    year, number, _ = now.astimezone(offset(zone)).date().isocalendar()
    return f"{year:04d}-W{number:02d}"


def finished(period: Period, now: datetime) -> bool:
    """Is the period over, with its cut-off (06:00 of the next day in the zone)? Only then its digest is stored."""
    return now >= period.end + CUT_OFF


def last_finished(now: datetime, zone: str) -> Period:
    """The last whole week whose cut-off has passed."""
    found = week(label_of(now - timedelta(days=7), zone), zone)
    assert isinstance(found, Period)
    return found if finished(found, now) else before(found)


def _days(first: str, last: str) -> tuple[date, date]:
    if len(first) == 7 and not last:
        start = date.fromisoformat(f"{first}-01")
        return start, (start + timedelta(days=31)).replace(day=1)
    start = date.fromisoformat(first)
    end = date.fromisoformat(last) if last else start
    if end < start or len(first) != 10 or (last and len(last) != 10):
        raise ValueError("ends before it starts")
    return start, end + timedelta(days=1)


def _midnight(day: date, zone: str) -> datetime:
    return datetime.combine(day, time(), offset(zone)).astimezone(UTC)
