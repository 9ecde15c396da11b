"""a date as written -> the moment in UTC, right to the second, or None with the reason why it is not known.

Epoch numbers, ISO 8601 and RFC 822 go to the standard library; what Indonesian pages write ("Jum'at, 16/8/2024 - 14.12
WIB") is respelt as ISO 8601 and read by it too; the rest, relative dates among it, goes to dateparser, which invents
what is missing and is therefore asked only where day, month and year are written.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from email.utils import parsedate_to_datetime
from functools import lru_cache

from monitor.sources import ZONES, offset

AHEAD = timedelta(minutes=5)
OLDEST = datetime(1990, 1, 1, tzinfo=UTC)
LONGEST = 64
WIDEST = 160
DOUBTS = {
    "missing": "Sumber tidak menyebut tanggal.",
    "unreadable": "Tanggal dari sumber tidak dapat dibaca dengan pasti.",
    "future": "Tanggal dari sumber berada di masa depan, jadi tidak dipakai.",
    "implausible": "Tanggal dari sumber terlalu lama untuk masuk akal, jadi tidak dipakai.",
    "zone": "Zona waktu pada tanggal dari sumber tidak jelas.",
    "day": "Sumber hanya menyebut hari, tanpa jam.",
    "relative": "Sumber menyebut waktu secara nisbi (misalnya \"4 jam lalu\"); jamnya perkiraan.",
}


@dataclass(frozen=True, slots=True)
class When:
    """A moment (aware UTC) or None; `doubt` is "" or a code of DOUBTS (day and relative come with a moment)."""

    at: datetime | None
    doubt: str = ""


def read(text: str, zone: str, now: datetime) -> When:
    """The moment that `text` names; a date without a zone is of the source's `zone` (WIB, WITA, WIT)."""
    spelt = _spelt(text)
    if not spelt:
        return When(None, "missing")
    ago = None if _form(spelt) else _ago(spelt)
    if ago is None:
        found = _absolute(spelt, zone)
    else:
        found = _relative(ago, zone, now)
    if found.at is None:
        return found
    if found.at > now + AHEAD:
        return When(None, "future")
    return found if found.at >= OLDEST else When(None, "implausible")


def readable(text: str) -> bool:
    """Whether a piece of a page is a date, for telling it from other words near it; no clock, no dateparser."""
    spelt = _spelt(text)[:LONGEST]
    if spelt.startswith("1") and _EPOCH.fullmatch(spelt):
        return True
    if any(_AGO.fullmatch(part) for part in _PARTS.split(spelt)):
        return True
    return bool(_ISO.fullmatch(spelt) or _RFC.fullmatch(spelt) or _form(spelt))


def first(texts: tuple[str, ...], zone: str, now: datetime) -> When:
    """The first of several writings that can be read; else the reason of the first that says anything.

    A date in the future is not replaced by the next writing: the source is wrong about its time.
    """
    found = [read(text, zone, now) for text in texts if text.strip()]
    certain = (one for one in found if one.at or one.doubt not in ("missing", "unreadable"))
    return next(certain, found[0] if found else When(None, "missing"))


_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januari january jan", "februari pebruari february feb peb", "maret march mar mrt", "april apr",
            "mei may", "juni june jun", "juli july jul", "agustus august agu ags agt agst aug", "september sept sep",
            "oktober october okt oct", "november nopember nov nop", "desember december des dec",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip
_DAYS = (
    "senin|selasa|rabu|kamis|jum[' ]?at|sabtu|minggu|ahad|sen|sel|rab|kam|jum|sab|min|monday|tuesday|wednesday|thursday"
    "|friday|saturday|sunday|mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun"
)
_WEEK = (
    "senin sen monday mon", "selasa sel tuesday tue tues", "rabu rab wednesday wed",
    "kamis kam thursday thu thur thurs", "jumat jum'at jum friday fri", "sabtu sab saturday sat",
    "minggu ahad min sunday sun",
)  # fmt: skip
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_HOURS = {"wib": 7, "wita": 8, "wit": 9, "utc": 0, "gmt": 0, "ut": 0, "z": 0, "-0000": 0}
_CLOCK = (
    r"(?:(?:pukul|pkl\.?|jam|at|@)\s?:?)?\s*(?P<h>\d{1,2})[:.](?P<m>\d\d)(?:[:.](?P<s>\d\d)(?:[.,]\d+)?)?"
    r"\s*(?P<half>[ap]\.?m\.?)?"
)
_PLACE = (
    r"\(?\s*(?P<zone>wib|wita|wit|utc|gmt|ut|z)?\.?\s*(?P<off>[+-]\d{1,2}(?::?\d\d)?)?"
    r"\s*(?:\((?P<zone2>wib|wita|wit|gmt ?\+? ?[789])\))?\s*\)?"
)
_GAP = r"[\s,;|/•·()@\u2013\u2014-]*"
_DAY = (
    rf"(?:(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?[\s./-]*(?P<w1>{_MONTH})\.?[\s,./-]*(?P<y1>\d{{4}})"
    rf"|(?P<w2>{_MONTH})\.?\s*(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?[\s,]+(?P<y2>\d{{4}})"
    r"|(?P<d3>\d{1,2})(?P<sep3>[/.-])(?P<n3>\d{1,2})(?P=sep3)(?P<y3>\d{4})"
    r"|(?P<y4>\d{4})(?P<sep4>[/.-])(?P<n4>\d{1,2})(?P=sep4)(?P<d4>\d{1,2}))"
)
_NAME = rf"(?:(?P<name>{_DAYS})\b\.?{_GAP})?"
_FORMS = (
    re.compile(rf"{_NAME}{_DAY}(?:(?:{_GAP}\b|t){_CLOCK}{_GAP}{_PLACE})?\W*"),
    re.compile(rf"{_CLOCK}\s*{_PLACE}{_GAP}{_NAME}{_DAY}\W*"),
    re.compile(rf"{_NAME}(?P<d5>\d{{1,2}})[\s-]+(?P<w5>{_MONTH})[\s,'-]+(?P<y5>\d\d)(?:{_GAP}\b{_CLOCK}{_GAP}{_PLACE})?"),
)
_ISO = re.compile(r"\d{4}-?\d\d-?\d\d[t ]\d\d:?\d\d(?::?\d\d(?:[.,]\d{1,9})?)?\s*(?:z|[+-]\d\d(?::?\d\d)?)?")
_ORNAMENT = re.compile(r"^[^\w(+-]+|[\s,;|\u2022\u00b7]+$")
_BEFORE_ZONE = re.compile(r"\s+(?=[Z+-])")
_RFC = re.compile(
    r"(?:[a-z]{3,9},?\s+)?\d{1,2}[\s-]+[a-z]{3}[\s-]+\d{2,4}\s+\d{1,2}:\d\d(?::\d\d)?\s*(?:[+-]\d{4}|ut|utc|gmt|z|[ecmp][sd]t)?"
)
_ASCTIME = re.compile(r"[a-z]{3} [a-z]{3} \d{1,2} \d\d:\d\d:\d\d (?:(?:utc|gmt|wib|wita|wit|[+-]\d{4}) )?\d{4}")
_OWN_ZONE = re.compile(r"\b(?:wib|wita|wit)\b|(?<=\s)-0000$")
_LABEL = re.compile(
    r"^(?:(?:di)?(?:publikasikan|publish|terbitkan|terbit|posting|post|unggah|buat|perbarui|tulis|rilis|tayangkan)"
    r"|tanggal|tgl\.?|tayang|diperbaharui|posted|published|last updated|updated?|date|waktu|on|pada)\b[\s:|,-]*"
)
_RELATIVE = re.compile(r"\b(?:lalu|kemarin|hari ini|baru saja)\b")
_ENGLISH = re.compile(
    r"\b(\d{1,3}|an?|one) (sec|min|hour|hr|day|week|month|year)[a-z]{0,4} ago\b|\b(today|yesterday|just now)\b"
)
_INDONESIAN = {
    "sec": "detik", "min": "menit", "hour": "jam", "hr": "jam", "day": "hari", "week": "minggu", "month": "bulan",
    "year": "tahun", "today": "hari ini", "yesterday": "kemarin", "just now": "baru saja",
}  # fmt: skip
_NAMED_ZONES = {"jakarta": "wib", "pontianak": "wib", "makassar": "wita", "ujung_pandang": "wita", "jayapura": "wit"}
_PLACES = re.compile(rf"\basia/({'|'.join(_NAMED_ZONES)})\b")
_EPOCH = re.compile(r"[1-9]\d{9}(?:\d{3}|\d{6}|\.\d{1,6})?")
_PARTS = re.compile(r"\s*[|•·/]\s*|\s+[-\u2013\u2014]\s+")
_EDITED = re.compile(r"\b(?:di)?(?:perbarui|perbaharui|update)\b|\b(?:last )?updated?\b")
_ISSUED = re.compile(r"\b(?:di)?(?:terbitkan|publikasikan|publish|tayangkan)\b|\b(?:terbit|tayang|published|posted)\b")
_RANGE = re.compile(r"(?<![\d:.])\d{1,2}\s?(?:-|\u2013|s/d|s\.?d\.?|sampai(?: dengan)?|hingga|dan|&)\s?$")
_FOREIGN = re.compile(
    r"\d\s*\(?(?:sgt|myt|jst|kst|hkt|ict|pht|phst|ist|cet|cest|eet|eest|msk|bst|west|est|edt|cst|cdt|mst|mdt|pst|pdt|akst"
    r"|hst|brt|art|gst|pkt|npt|mmt|aest|aedt|acst|acdt|awst|nzst|nzdt|sast|eat|wat|cat)\b"
)
_AMONG = (
    re.compile(rf"(?<![\d/.:-]){_NAME}{_DAY}(?:(?:{_GAP}\b|t){_CLOCK}{_GAP}{_PLACE})?(?![\d:-]|(?<=\d)/)"),
    re.compile(rf"(?<![\d/.:-]){_CLOCK}\s*{_PLACE}{_GAP}{_NAME}{_DAY}(?![\d:-]|(?<=\d)/)"),
)
_UNITS = "(detik|menit|jam|hari|minggu|bulan|tahun)"
_AGO = re.compile(rf"(?:\d{{1,3}} ?|se){_UNITS} (?:yang )?lalu|(?:hari ini|kemarin)\b.{{0,20}}|baru saja")
_ONE = re.compile(rf"\bse{_UNITS}\b")
_HOUR = re.compile(r"\b\d{1,2}[:.]\d\d\b")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b|\b\d{1,2}([/.-])\d{1,2}\1\d\d\b")


def _spelt(text: str) -> str:
    """Lower-case, one kind of apostrophe and space, labels such as "Diterbitkan pada" gone, 160 characters."""
    plain = unicodedata.normalize("NFKC", text[:400]).lower()
    plain = re.sub("[\u2018\u2019\u02bc\u02b9`\u00b4]", "'", plain).replace("\u2212", "-")
    plain = _ORNAMENT.sub("", " ".join(plain.split()))
    if "asia/" in plain:
        plain = _PLACES.sub(lambda place: _NAMED_ZONES[place[1]], plain)
    if "ago" in plain or "day" in plain or "now" in plain:
        plain = _ENGLISH.sub(_translated, plain)
    plain = _issued(plain)
    while (label := _LABEL.match(plain)) and label.end():
        plain = plain[label.end() :]
    return plain[:WIDEST].strip()


def _translated(found: re.Match[str]) -> str:
    if found[3]:
        return _INDONESIAN[found[3]]
    return f"{found[1] if found[1].isdigit() else 1} {_INDONESIAN[found[2]]} lalu"


def _issued(text: str) -> str:
    """Of "Diperbarui 12 Feb … Diterbitkan 11 Feb …" what stands for the publication."""
    edited = _EDITED.search(text)
    if edited is None:
        return text
    if issued := _ISSUED.search(text, edited.end()):
        return text[issued.start() :]
    return text[: edited.start()] if _form(text[: edited.start()]) else text


def _ago(text: str) -> str | None:
    """The piece of the text that says how long ago it was, None where nothing does."""
    if not _RELATIVE.search(text):
        return None
    return next((part for part in (text, *_PARTS.split(text)) if _AGO.fullmatch(part)), text)


@lru_cache(maxsize=4096)
def _absolute(text: str, zone: str) -> When:
    if _EPOCH.fullmatch(text):
        return _epoch(text)
    if text.isdigit():
        return _compact(text, zone)
    for reader in (_iso, _rfc, _foreign, _respelt, _guessed):
        found = reader(text, zone)
        if found:
            return found
    return When(None, "unreadable")


def _utc(at: datetime, zone: str) -> datetime:
    place: tzinfo = at.tzinfo or offset(zone)
    return at.replace(tzinfo=place).astimezone(UTC)


def _epoch(text: str) -> When:
    """Seconds since 1970 (10 digits, with or without a fraction), milliseconds (13) or microseconds (16)."""
    whole, _, fraction = text.partition(".")
    digits = whole + fraction
    return When(datetime.fromtimestamp(int(digits) / 10 ** (len(digits) - 10), UTC))


def _compact(text: str, zone: str) -> When:
    """20240816 or 20240816141200."""
    try:
        if len(text) == 8:
            return When(_utc(datetime.strptime(text, "%Y%m%d"), zone), "day")
        if len(text) == 14:
            return When(_utc(datetime.strptime(text, "%Y%m%d%H%M%S"), zone))
    except (ValueError, OverflowError):
        pass
    return When(None, "unreadable")


def _iso(text: str, zone: str) -> When | None:
    if not _ISO.fullmatch(text):
        return None
    try:
        return When(_utc(datetime.fromisoformat(_BEFORE_ZONE.sub("", text.upper())), zone))
    except (ValueError, OverflowError):
        return When(None, "unreadable")


def _rfc(text: str, zone: str) -> When | None:
    if not (_RFC.fullmatch(text) or _ASCTIME.fullmatch(text)):
        return None
    try:
        at = parsedate_to_datetime(_OWN_ZONE.sub(lambda own: f"+{_HOURS[own.group()]:02d}00", text))
        return When(_utc(at, zone))
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _foreign(text: str, _: str) -> When | None:
    return When(None, "zone") if _FOREIGN.search(text) else None


def _form(text: str) -> re.Match[str] | None:
    """The whole text as a date, or the only date in it ("Admin | 15 Januari 2024 | dibaca 12 kali")."""
    whole = next((found for pattern in _FORMS if (found := pattern.fullmatch(text))), None)
    if whole:
        return whole
    days, clocks = (list(pattern.finditer(text)) for pattern in _AMONG)
    if len(days) != 1:
        return None
    found = clocks[0] if len(clocks) == 1 and days[0]["h"] is None else days[0]
    if _RANGE.search(text[: found.start()]):
        return None
    return None if found["h"] is None and _HOUR.search(text) else found


def _respelt(text: str, zone: str) -> When | None:
    form = _form(text)
    if form is None:
        return None
    part = form.groupdict()
    try:
        place = _place(part)
        day = _date(part)
        if part["h"] is None:
            return When(_utc(datetime.fromisoformat(day), zone), "day")
        return When(_utc(datetime.fromisoformat(f"{day}T{_clock(part)}{place}"), zone))
    except LookupError:
        return When(None, "zone")
    except (ValueError, OverflowError):
        return When(None, "unreadable")


def _date(part: dict[str, str | None]) -> str:
    if part.get("y5"):
        return f"20{part['y5']}-{_MONTHS[part['w5'] or '']:02d}-{int(part['d5'] or 0):02d}"
    day = part["d1"] or part["d2"] or part["d3"] or part["d4"] or ""
    word = part["w1"] or part["w2"]
    month = _MONTHS[word] if word else int(part["n3"] or part["n4"] or 0)
    year = part["y1"] or part["y2"] or part["y3"] or part["y4"] or ""
    if part["d3"] and _american(int(year), month, int(day), part["name"] or ""):
        month, day = int(day), str(month)
    return f"{year}-{month:02d}-{int(day):02d}"


def _american(year: int, month: int, day: int, name: str) -> bool:
    """Whether the first number is the month: the second cannot be one, or the name of the day fits only that way."""
    if month > 12 or day > 12:
        return month > 12 and day <= 12
    days = [index for index, names in enumerate(_WEEK) if name.replace(" ", "'") in names.split()]
    fits = [date(year, *pair).weekday() in days for pair in ((month, day), (day, month))]
    return fits == [False, True]


def _clock(part: dict[str, str | None]) -> str:
    hour, half = int(part["h"] or 0), (part["half"] or "").replace(".", "")
    if half:
        if not 1 <= hour <= 12:
            raise ValueError("no such hour")
        hour = hour % 12 + (12 if half == "pm" else 0)
    return f"{hour:02d}:{part['m']}:{part['s'] or '00'}"


def _place(part: dict[str, str | None]) -> str:
    """The offset as ISO 8601 writes it, "" where none is written; LookupError where two contradict each other."""
    said = {_HOURS[name] for name in (part["zone"], (part["zone2"] or "")[:4].strip()) if name in _HOURS}
    if part["off"]:
        sign, digits = part["off"][0], part["off"][1:].replace(":", "")
        hours, minutes = (digits, "00") if len(digits) < 3 else (digits[:-2], digits[-2:])
        whole = int(sign + hours)
        if abs(whole) > 14 or int(minutes) > 59 or (said - {0, whole}):
            raise LookupError("no such zone")
        return f"{sign}{int(hours):02d}:{minutes}"
    if len(said) > 1:
        raise LookupError("two zones")
    return f"+{said.pop():02d}:00" if said else ""


def _guessed(text: str, zone: str) -> When | None:
    if not _YEAR.search(text):
        return None
    at = _dateparser(text, zone, None)
    return When(at.astimezone(UTC), "" if _HOUR.search(text) else "day") if at else None


def _relative(text: str, zone: str, now: datetime) -> When:
    at = _dateparser(_ONE.sub(r"1 \1", text), zone, now.astimezone(offset(zone)).replace(tzinfo=None))
    return When(at.astimezone(UTC), "relative") if at else When(None, "unreadable")


def _dateparser(text: str, zone: str, base: datetime | None) -> datetime | None:
    import dateparser

    settings = {
        "TIMEZONE": ZONES[zone or "WIB"],
        "RETURN_AS_TIMEZONE_AWARE": True,
        "DATE_ORDER": "DMY",
        "REQUIRE_PARTS": [] if base else ["day", "month", "year"],
        "PARSERS": ["relative-time"] if base else ["absolute-time"],
    }
    if base:
        settings["RELATIVE_BASE"] = base
    try:
        found = dateparser.parse(text[:LONGEST], languages=["id"], settings=settings)
    except (ValueError, OverflowError, TypeError, IndexError, AttributeError, RecursionError):
        return None
    return found if isinstance(found, datetime) else None
