"""Account, Session, Ticket, Delegation and what stands around them: state tables, every change of meaning audited."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from monitor.people.roles import KEPALA, REDAKTUR, ROLES, SECOND_FACTOR, Person, Refusal

IDLE, WHOLE = timedelta(minutes=30), timedelta(hours=12)
TOUCH = timedelta(minutes=1)
TICKET_LIFE = timedelta(hours=24)
DEVICE_LIFE = timedelta(days=180)
NAME = re.compile(r"[a-z][a-z0-9._-]{1,31}")
RESERVED = ("jernih", "meja", "saya", "semua", "tanpa")
DELEGABLE = (REDAKTUR, KEPALA)


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who may log in. State. `name` is what stands in rows; `password` an argon2id hash, "" until one is set;
    `secret` the secret of the second factor, sealed by the store, "" without one; `step` the last 30-second step whose
    code was used."""

    name: str
    shown: str
    roles: tuple[str, ...]
    made: datetime
    password: str = ""
    secret: str = ""
    step: int = 0
    disabled: bool = False


@dataclass(frozen=True, slots=True)
class Session:
    """One browser of one account. State; `key` is the digest of the cookie, which only the browser holds."""

    key: str
    account: str
    at: datetime
    seen: datetime


@dataclass(frozen=True, slots=True)
class Ticket:
    """A one-time link: sets the password (and second factor) of `account`; "" makes the first administrator. State."""

    key: str
    account: str
    at: datetime
    until: datetime
    used: datetime | None = None


@dataclass(frozen=True, slots=True)
class Recovery:
    """A code that stands in once for the second factor. State; `key` is its digest."""

    key: str
    account: str
    at: datetime
    used: datetime | None = None


@dataclass(frozen=True, slots=True)
class Device:
    """A browser from which an account has logged in before: others' guesses do not lock it out. State."""

    key: str
    account: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Tries:
    """How often a login failed since `since`, by `key` (akun:…, perangkat:…, alamat:…). State."""

    key: str
    count: int
    since: datetime


@dataclass(frozen=True, slots=True)
class Delegation:
    """`account` acts as `role` (Plh.) from `start` to before `until`, by letter `letter`. State: it can be revoked."""

    account: str
    role: str
    start: datetime
    until: datetime
    letter: str
    at: datetime
    by: str
    revoked: datetime | None = None
    id: int = 0


def digest(secret: str) -> str:
    """What the database knows of a cookie, link or code: its SHA-256 in hex."""
    return sha256(secret.encode()).hexdigest()


def alive(session: Session, now: datetime) -> bool:
    """Idle for less than 30 minutes, begun less than 12 hours ago, not in the future."""
    return now - session.seen < IDLE and now - session.at < WHOLE and session.at <= now + TOUCH


def open_ticket(ticket: Ticket | None, now: datetime) -> bool:
    """May this link still be used?"""
    return ticket is not None and ticket.used is None and now < ticket.until


def person(account: Account, delegations: Iterable[Delegation], now: datetime, proven: bool | None = None) -> Person:
    """The account with the roles it holds now: its own and those delegated to it. Roles that approve or administer
    count only with a second factor (`proven`; None: the account has one)."""
    held = [*account.roles, *(one.role for one in delegations if in_force(one, account.name, now))]
    second = bool(account.secret) if proven is None else proven
    return Person(account.name, tuple(role for role in ROLES if role in held and (second or role not in SECOND_FACTOR)))


def in_force(one: Delegation, account: str, now: datetime) -> bool:
    """Does this delegation give the account its role now?"""
    return one.account == account and one.revoked is None and one.start <= now < one.until


def account_name(text: str) -> str | Refusal:
    """The name of an account as it is kept: 2-32 letters, digits, . _ -, beginning with a letter."""
    name = text.strip().lower()
    if NAME.fullmatch(name) and name not in RESERVED:
        return name
    return Refusal(f"bad account name {name[:40]!r}", "Nama akun: 2 sampai 32 huruf kecil, angka, titik, garis bawah, "
                   "atau tanda hubung, diawali huruf. Contoh: rini.s")


def chosen_roles(roles: Iterable[str]) -> tuple[str, ...] | Refusal:
    """Roles in their usual order; at least one, none unknown."""
    asked = {role.strip().lower() for role in roles if role.strip()}
    if asked and asked <= set(ROLES):
        return tuple(role for role in ROLES if role in asked)
    return Refusal(f"roles {sorted(asked)}", f"Pilih paling sedikit satu peran: {', '.join(ROLES)}.")


def delegate(account: str, role: str, start: datetime, until: datetime, letter: str, by: Person,
             now: datetime) -> Delegation | Refusal:
    """A deputy (Plh.) for redaktur or kepala, with a beginning, an end and the number of the letter."""
    if role not in DELEGABLE:
        return Refusal(f"{role!r} is not delegated", f"Yang dapat didelegasikan hanya {' atau '.join(DELEGABLE)}.")
    if not start < until:
        return Refusal("ends before it begins", "Tanggal akhir harus sesudah tanggal mulai.")
    if until <= now or until - start > timedelta(days=366):
        return Refusal("delegation out of bounds", "Pelimpahan berlaku paling lama setahun dan belum boleh lewat.")
    if not letter.strip():
        return Refusal("no letter", "Tuliskan nomor surat pelimpahan.")
    return Delegation(account, role, start, until, " ".join(letter.split())[:120], now, by.name)
