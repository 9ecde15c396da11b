"""What is known of where a konten spread (sebaran): channel, place, when, how many forwards a person spoke of."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from monitor.people import Refusal

CHANNELS = ("WhatsApp", "Telegram", "Facebook", "Instagram", "TikTok", "X", "YouTube", "SMS", "selebaran", "dari mulut "
            "ke mulut", "lainnya")
MOST_FORWARDS = 1_000_000_000
PLACE_LENGTH = 300
UNKNOWN = -1
AHEAD = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Sighting:
    """Where a konten was seen (sebaran). A row; a konten may be seen many times. `channel` is one of CHANNELS or "",
    `words` the digest of the payload (title: the place, as it was told), `seen` when, `forwards` how many times it was
    passed on as the picture or its sender says, UNKNOWN if nobody said."""

    item: int
    channel: str
    words: str
    at: datetime
    by: str
    seen: datetime | None = None
    forwards: int = UNKNOWN
    id: int = 0


def forwards(typed: str) -> int | Refusal:
    """How many forwards somebody typed; UNKNOWN for nothing."""
    text = typed.strip().replace(".", "")
    if not text:
        return UNKNOWN
    if text.isascii() and text.isdigit() and int(text[:12]) <= MOST_FORWARDS:
        return int(text)
    return Refusal(f"odd forwards {typed[:20]!r}", "Tulis jumlah diteruskan sebagai angka, misalnya 5, atau kosongkan.")


def judged(channel: str, seen: datetime | None, now: datetime) -> Refusal | None:
    """May a sighting say this?"""
    if channel and channel not in CHANNELS:
        return Refusal(f"unknown channel {channel[:30]!r}", f"Pilih satu saluran: {', '.join(CHANNELS)}.")
    if seen is not None and seen > now + AHEAD:
        return Refusal("seen in the future", "Waktu terlihat tidak mungkin di masa depan. Perbaiki, atau kosongkan.")
    return None
