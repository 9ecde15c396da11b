"""one value of feeds.toml -> the value we keep, or a fault with its sentence: the smallest checks, used by rows."""

import math
import re
import unicodedata
from datetime import date, datetime, time, timedelta, timezone
from ipaddress import ip_network

from monitor.sources.selectors import sound

ZONES = {"WIB": "Asia/Jakarta", "WITA": "Asia/Makassar", "WIT": "Asia/Jayapura"}
HOURS = {"WIB": 7, "WITA": 8, "WIT": 9}
UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
LONGEST = 500
DURATION = re.compile(r"(?:(\d{1,7})([smhd]))(?:(\d{1,7})([smhd]))?")
CODE = re.compile(r"\d\d(?:\.\d\d(?:\.\d\d(?:\.\d{4})?)?)?")
CLOCK = re.compile(r"([01]\d|2[0-3])[:.]([0-5]\d)")
MAIL = re.compile(r"[^\s@<>\",;:()\[\]\\]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63})+")
DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}")
ENVIRONMENT = re.compile(r"[A-Z][A-Z0-9_]{1,63}")


class Unfit(ValueError):
    """A value that cannot be kept: an Indonesian sentence, an English cause, and the key it is about if not its own."""

    def __init__(self, sentence: str, cause: str, key: str = "") -> None:
        super().__init__(cause)
        self.sentence, self.cause, self.key = sentence, cause, key


def plain(value: str) -> str:
    """One line of text: trimmed, at most LONGEST characters, no control characters, no lone surrogates."""
    value = value.strip()
    if len(value) > LONGEST:
        raise Unfit(f"terlalu panjang: paling banyak {LONGEST} huruf", "text too long")
    if any(unicodedata.category(letter) in ("Cc", "Cs") for letter in value):
        raise Unfit("memuat huruf kendali atau ganti baris; tulis dalam satu baris biasa", "control character in text")
    return value


def named(value: str) -> str:
    """Plain text that is not empty."""
    value = plain(value)
    if not value:
        raise Unfit("tidak boleh kosong", "empty text")
    return value


def zone(value: str) -> str:
    """WIB, WITA or WIT, from itself or from its IANA name; "" stays "" (the office's zone)."""
    known = {**{name.upper(): name for name in ZONES}, **{iana.upper(): name for name, iana in ZONES.items()}, "": ""}
    if value.strip().upper() not in known:
        raise Unfit("zona waktu tidak dikenal; tulis WIB, WITA, atau WIT", f"unknown zone {value[:40]!r}")
    return known[value.strip().upper()]


def offset(name: str) -> timezone:
    """The fixed offset of a zone's name (Indonesia has no summer time); WIB for ""."""
    return timezone(timedelta(hours=HOURS[name or "WIB"]), name or "WIB")


def duration(value: object) -> int:
    """Seconds from "45s", "30m", "1h", "1h30m", "1d"."""
    found = DURATION.fullmatch(value.strip().lower()) if isinstance(value, str) else None
    if found is None:
        raise Unfit('tulis lama waktu dengan satuan dalam tanda kutip, misalnya "15m", "1h", atau "1d"', "bad duration")
    seconds = sum(int(found[at]) * UNITS[found[at + 1]] for at in (1, 3) if found[at])
    if not 1 <= seconds <= 30 * 86400:
        raise Unfit('di luar batas; paling singkat "1s" dan paling lama "30d"', f"duration out of range: {seconds}")
    return seconds


def lasting(seconds: int) -> str:
    """The shortest spelling that `duration` reads back: 5400 -> "90m"."""
    unit = next(unit for unit in "dhms" if seconds % UNITS[unit] == 0)
    return f"{seconds // UNITS[unit]}{unit}"


def code(value: str) -> str:
    """The form of a kode wilayah: "81", "81.72" or "81.72.01"; "00" is the whole country, "" unknown."""
    value = value.strip()
    if value and not CODE.fullmatch(value):
        raise Unfit(
            'kode wilayah ditulis seperti "81.72" (provinsi.kabupaten/kota); "00" untuk nasional',
            "bad form of region code",
        )
    return value


def network(value: str) -> str:
    """An address or a network in CIDR form, normalised: "127.1.0.0/16", "10.1.2.3/32"."""
    try:
        return str(ip_network(value.strip()))
    except ValueError as why:
        raise Unfit('bukan jaringan yang sah; tulis seperti "10.20.0.0/16"', str(why)[:200]) from why


def day(value: object) -> date:
    """A date, from TOML's own 2024-11-27 or the same in quotes."""
    try:
        found = date.fromisoformat(value.strip()) if isinstance(value, str) else value
    except ValueError:
        found = None
    if not isinstance(found, date) or isinstance(found, datetime):
        raise Unfit("tulis tanggal sebagai tahun-bulan-hari, misalnya 2024-11-27", "not a date")
    return found


def clock(value: object) -> time:
    """A time of day, from "22:00" or TOML's own 22:00:00."""
    if isinstance(value, time) and value.tzinfo is None:
        return value
    found = CLOCK.fullmatch(value.strip()) if isinstance(value, str) else None
    if found is None:
        raise Unfit('tulis jam dalam tanda kutip, misalnya "22:00"', "not a time of day")
    return time(int(found[1]), int(found[2]))


def mail(value: str) -> str:
    """One bare mail address."""
    value = plain(value)
    if len(value) > 254 or not MAIL.fullmatch(value):
        raise Unfit('bukan alamat surel; tulis seperti "humas@kota.go.id"', "not a mail address")
    return value


def mail_if_any(value: str) -> str:
    """ "" or one bare mail address."""
    return mail(value) if value.strip() else ""


def domain(value: str) -> str:
    """A host name in lower case: "kpu.go.id"."""
    value = value.strip().lower().rstrip(".")
    if len(value) > 253 or not DOMAIN.fullmatch(value):
        raise Unfit('bukan nama domain; tulis tanpa http:// dan garis miring, misalnya "kpu.go.id"', "not a domain")
    return value


def selector(value: str) -> str:
    """A CSS selector whose grammar is sound, or ""."""
    value = plain(value)
    if value and not sound(value):
        raise Unfit('bukan selektor CSS yang sah; contoh: "h3.judul > a"', "bad CSS selector")
    return value


def weight(value: object) -> float:
    """A weight of the priority: a number from 0 to 100."""
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
        raise Unfit("harus angka, misalnya 1.0", "not a finite number")
    if not 0 <= value <= 100:
        raise Unfit("bobot harus antara 0 dan 100", f"weight out of range: {value}")
    return float(value)


def share(value: object) -> float:
    """A share: a number from 0 to 1."""
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
        raise Unfit("harus angka, misalnya 0.05", "not a finite number")
    if not 0 <= value <= 1:
        raise Unfit("bagian harus antara 0 dan 1; 0.05 berarti lima persen", f"share out of range: {value}")
    return float(value)


def yes_no(value: object) -> object:
    """TOML's true and false as "ya" and "tidak"; anything else as it is."""
    return {True: "ya", False: "tidak"}[value] if isinstance(value, bool) else value


def variable(value: str) -> str:
    """The name of an environment variable that holds a secret; the secret itself never stands in feeds.toml."""
    if value and not ENVIRONMENT.fullmatch(value):
        raise Unfit(
            'tulis nama variabel lingkungan, misalnya "JERNIH_SANDI_TELEGRAM", bukan sandinya',
            "not the name of an environment variable",
        )
    return value
