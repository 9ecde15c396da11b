"""Headers + now -> timedelta: how long a server asks us to wait, or says that its answer stays fresh."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

DAY = timedelta(hours=24)
ZERO = timedelta(0)
_MAX_AGE = re.compile(r"(?:^|,)\s*max-age\s*=\s*\"?(\d{1,10})\"?\s*(?=,|$)", re.IGNORECASE)
_STALE = re.compile(r"(?:^|,)\s*no-(?:store|cache)\s*(?=,|=|$)", re.IGNORECASE)


def http_date(text: str) -> datetime | None:
    """An HTTP date in any of the three forms of RFC 9110 5.6.7, aware UTC; None where it is none."""
    try:
        found = parsedate_to_datetime(text.strip()[:64])
        return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def retry_after(headers: Mapping[str, str], now: datetime) -> timedelta:
    """What Retry-After asks for (seconds or a date, RFC 9110 10.2.3), 0 to 24 hours."""
    text = headers.get("retry-after", "").strip()
    if text.isascii() and text.isdigit():
        return min(timedelta(seconds=int(text[:9])), DAY) if len(text) < 10 else DAY
    date = http_date(text) if text else None
    return ZERO if date is None else max(ZERO, min(date - now, DAY))


def fresh_for(headers: Mapping[str, str], now: datetime) -> timedelta:
    """How long the answer stays fresh, 0 to 24 hours (RFC 9111 4.2.1): max-age less Age, else Expires less Date."""
    control = headers.get("cache-control", "")
    if _STALE.search(control):
        return ZERO
    if found := _MAX_AGE.search(control):
        return max(ZERO, min(timedelta(seconds=int(found[1])) - _age(headers), DAY))
    expires = http_date(headers.get("expires", ""))
    if expires is None:
        return ZERO
    return max(ZERO, min(expires - (http_date(headers.get("date", "")) or now), DAY))


def _age(headers: Mapping[str, str]) -> timedelta:
    text = headers.get("age", "").strip()
    return timedelta(seconds=int(text)) if text.isascii() and text.isdigit() and len(text) < 10 else ZERO
