"""A person's name, secrets and links -> Account, Session, Ticket: each step whole and audited, or not at all.

Secrets (cookies, links, codes) come in from the entrance that made them at random; the store sees only their digests.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol

from monitor.audit import Act
from monitor.people import (
    ADMINISTRATOR,
    SETTING_UP,
    Account,
    Delegation,
    Device,
    Person,
    Recovery,
    Refusal,
    Session,
    Ticket,
    accounts,
    codes,
    limits,
    passwords,
)
from monitor.pipeline import factors
from monitor.store import Store, Tx

SPENT = Refusal("one-time link is spent or unknown", "Tautan ini sudah dipakai, kedaluwarsa, atau tidak utuh. Mintalah "
                "tautan baru kepada administrator.")
NO_SUCH = Refusal("no such account", "Akun ini tidak ada.")
LAST = Refusal("the last administrator", "Ini administrator terakhir yang aktif. Tunjuk administrator lain dahulu.")


class Hasher(Protocol):
    """Passwords -> hashes; both may raise where too many ask at once."""

    def hash(self, password: str) -> str: ...
    def fits(self, password: str, hashed: str) -> bool: ...


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who a session belongs to: the account, the person with the roles held now."""

    account: Account
    person: Person
    session: Session


@dataclass(frozen=True, slots=True)
class Attempt:
    """What somebody typed to log in, from where, and the cookie of a browser that may be known ("" if none)."""

    name: str
    password: str
    code: str
    address: str
    device: str


@dataclass(frozen=True, slots=True)
class Wait:
    """Too many attempts: how long to wait."""

    rest: timedelta


@dataclass(frozen=True, slots=True)
class Welcome:
    """What somebody writes on a one-time link: a password, and the second factor with a code that proves it works
    ("" where none is set up); name, full name and roles for the first administrator alone."""

    password: str
    secret: str = ""
    code: str = ""
    name: str = ""
    shown: str = ""
    roles: tuple[str, ...] = ()


def first_link(store: Store, secret: str, now: datetime) -> bool:
    """Makes `secret` the one link by which the first administrator comes in; False once there are accounts."""
    with store.write() as tx:
        if tx.any_account():
            return False
        tx.void_tickets("", now)
        tx.put([Ticket(accounts.digest(secret), "", now, now + accounts.TICKET_LIFE)])
    return True


def visitor(store: Store, cookie: str, now: datetime) -> Visitor | None:
    """Whose session a cookie is, if it is alive; that it was seen is noted once a minute."""
    key = accounts.digest(cookie)
    with store.read() as tx:
        session = tx.get(Session, key)
        if session is None or not accounts.alive(session, now):
            return None
        account = tx.get(Account, session.account)
        if account is None or account.disabled:
            return None
        person = accounts.person(account, tx.delegations(account.name), now)
    if now - session.seen >= accounts.TOUCH:
        with store.write() as tx:
            tx.touch(key, now)
    return Visitor(account, person, session)


def setting_up(store: Store, now: datetime) -> Visitor | None:
    """Whoever sits at the server, as long as there is no account; None from the first one on."""
    with store.read() as tx:
        if tx.any_account():
            return None
    account = Account("belum-ada-akun", "Belum ada akun", (SETTING_UP,), now)
    return Visitor(account, Person(account.name, account.roles), Session("", account.name, now, now))


def log_in(store: Store, hasher: Hasher, attempt: Attempt, cookie: str, device: str,
           now: datetime) -> Account | Refusal | Wait:
    """Opens a session under `cookie` and makes the browser a known one under `device`, or says why not."""
    name = attempt.name.strip().lower()[:64]
    counted = _counted(store, name, attempt, now)
    if isinstance(counted, Wait):
        return counted
    with store.read() as tx:
        account = tx.get(Account, name)
    # A name that does not exist costs as much time as one that does.
    fits = hasher.fits(passwords.folded(attempt.password), account.password if account else "")
    if account is None or account.disabled or not fits:
        return factors.wrong(store)
    with store.write() as tx:
        # Hashing took its time: a link, a new password or an administrator may have ended what was just proven.
        still = _same(tx.get(Account, name), account)
        entered = still and (not account.secret or factors.proven(store, tx, account, attempt.code, now))
        if entered:
            tx.clear_tries([key for key in counted if not limits.shared(key)])
            # Whoever has one account here does not begin the count of their address anew by logging in to it.
            tx.uncount([key for key in counted if limits.shared(key)])
            # An ended session is remembered for a while: what comes with its cookie is kept for its account
            # (keeping.py).
            tx.sweep(now, accounts.WHOLE + timedelta(days=1), timedelta(days=2))
            _opened(tx, account.name, cookie, now)
            tx.put([Device(accounts.digest(device), account.name, now)])
    return account if entered else factors.wrong(store)


def log_in_demo(store: Store, name: str, cookie: str, now: datetime) -> Account | Refusal:
    """Opens a session without a password: for the made-up people of the demo alone."""
    with store.write() as tx:
        account = tx.get(Account, name)
        if account is None:
            return NO_SUCH
        _opened(tx, account.name, cookie, now)
    return account


def made_up(store: Store, people: Sequence[Account]) -> None:
    """The people of the demo, where there is nobody yet: without passwords, so that they come in there alone."""
    with store.write() as tx:
        if not tx.any_account():
            tx.put(people)


def log_out(store: Store, cookie: str) -> None:
    with store.write() as tx:
        tx.end_session(accounts.digest(cookie))


def ticket(store: Store, secret: str, now: datetime) -> tuple[Ticket, Account | None] | Refusal:
    """What a one-time link opens: a known account, or None for the first administrator."""
    with store.read() as tx:
        found = tx.get(Ticket, accounts.digest(secret))
        if found is None or not accounts.open_ticket(found, now):
            return SPENT
        account = tx.get(Account, found.account) if found.account else None
        if (account is None) == bool(found.account) or (account is None and tx.any_account()):
            return SPENT
    return found, account


def accept(store: Store, hasher: Hasher, secret: str, typed: Welcome, common: Sequence[str], office: str,
           recovery: Sequence[str], now: datetime, device: str = "") -> Account | Refusal:
    """Uses a one-time link: sets password and second factor, ends every session; all or nothing. The browser becomes a
    known one under `device`, so that others' guesses do not keep out whoever got the link because of them."""
    found = ticket(store, secret, now)
    if isinstance(found, Refusal):
        return found
    account = found[1] or _first(typed, now)
    if isinstance(account, Refusal):
        return account
    refusal = _judged(account, typed, common, office)
    if refusal:
        return refusal
    step = codes.matching_step(typed.secret, typed.code, 0, now) if typed.secret else 0
    if step is None:
        return factors.WRONG_CODE
    secret = store.seals.seal(typed.secret, account.name) if typed.secret else ""
    made = replace(account, password=hasher.hash(passwords.folded(typed.password)), secret=secret, step=step)
    with store.write() as tx:
        if not tx.use_ticket(found[0].key, now) or (found[1] is None and tx.any_account()):
            return SPENT
        present = tx.get(Account, made.name)
        made = replace(present, password=made.password, secret=secret, step=step) if present else made
        _renewed(tx, made, now)
        tx.set_recoveries(made.name, [Recovery(accounts.digest(code), made.name, now) for code in recovery])
        tx.forget_devices(made.name)
        tx.put([Device(accounts.digest(device), made.name, now)] if device else [])
        act = "ganti sandi lewat tautan" if found[1] else "akun pertama"
        _audit(tx, now, made.name, act, made.name, {"peran": ", ".join(made.roles), "faktor kedua": bool(made.secret)})
    return made


def change_password(store: Store, hasher: Hasher, account: Account, old: str, new: str, common: Sequence[str],
                    office: str, now: datetime) -> Refusal | None:
    """A new password for somebody who knows the old one; every session ends, this one too."""
    refusal = passwords.judge(new, common, (account.name, account.shown, office))
    if refusal:
        return refusal
    if not hasher.fits(passwords.folded(old), account.password):
        return Refusal("wrong old password", "Sandi lama tidak cocok.")
    hashed = hasher.hash(passwords.folded(new))
    with store.write() as tx:
        present = tx.get(Account, account.name)
        if present is None or present.password != account.password:
            return NO_SUCH
        _renewed(tx, replace(present, password=hashed), now)
        _audit(tx, now, account.name, "ganti sandi", account.name, {})
    return None


def add(store: Store, name: str, shown: str, roles: Sequence[str], secret: str, by: str,
        now: datetime) -> Account | Refusal:
    """A new account, and `secret` as the one-time link by which its owner sets a password."""
    known, held = accounts.account_name(name), accounts.chosen_roles(roles)
    if isinstance(known, Refusal):
        return known
    if isinstance(held, Refusal):
        return held
    with store.write() as tx:
        if tx.get(Account, known):
            return Refusal(f"account {known} exists", f"Akun {known} sudah ada. Pilih nama lain.")
        made = Account(known, " ".join(shown.split())[:120] or known, held, now)
        tx.put([made])
        tx.put([Ticket(accounts.digest(secret), known, now, now + accounts.TICKET_LIFE)])
        _audit(tx, now, by, "buat akun", known, {"peran": ", ".join(held)})
    return made


def reset(store: Store, name: str, secret: str, by: str, now: datetime) -> Account | Refusal:
    """Makes `secret` the one-time link of an account; password, second factor and sessions end at once."""
    with store.write() as tx:
        account = tx.get(Account, name)
        if account is None:
            return NO_SUCH
        _renewed(tx, replace(account, password="", secret=""), now)
        tx.set_recoveries(name, [])
        tx.forget_devices(name)
        tx.put([Ticket(accounts.digest(secret), name, now, now + accounts.TICKET_LIFE)])
        _audit(tx, now, by, "tautan baru", name, {})
    return account


def set_disabled(store: Store, name: str, disabled: bool, by: str, now: datetime) -> Account | Refusal:
    """Shuts an account out (its sessions end now), or lets it in again."""
    with store.write() as tx:
        account = tx.get(Account, name)
        if account is None:
            return NO_SUCH
        if disabled and _last(tx, account):
            return LAST
        changed = replace(account, disabled=disabled)
        _renewed(tx, changed, now)
        _audit(tx, now, by, "nonaktifkan akun" if disabled else "aktifkan akun", name, {})
    return changed


def set_roles(store: Store, name: str, roles: Sequence[str], by: str, now: datetime) -> Account | Refusal:
    """Other roles; in force at the next click of whoever is logged in."""
    held = accounts.chosen_roles(roles)
    if isinstance(held, Refusal):
        return held
    with store.write() as tx:
        account = tx.get(Account, name)
        if account is None:
            return NO_SUCH
        if ADMINISTRATOR not in held and _last(tx, account):
            return LAST
        changed = replace(account, roles=held)
        tx.put([changed])
        _audit(tx, now, by, "ubah peran", name, {"dari": ", ".join(account.roles), "menjadi": ", ".join(held)})
    return changed


def delegate(store: Store, given: Delegation, now: datetime) -> Delegation | Refusal:
    """Writes a delegation (Plh.) down."""
    with store.write() as tx:
        if tx.get(Account, given.account) is None:
            return NO_SUCH
        made = tx.add(given)
        detail = {"peran": given.role, "mulai": given.start.isoformat(), "sampai": given.until.isoformat(),
                  "surat": given.letter}
        _audit(tx, now, given.by, "limpahkan", given.account, {**detail})
    return made


def revoke(store: Store, number: int, by: str, now: datetime) -> Refusal | None:
    """Ends a delegation at once."""
    with store.write() as tx:
        found = tx.get(Delegation, number)
        if found is None or not tx.revoke(number, now):
            return Refusal(f"no delegation {number} in force", "Pelimpahan ini tidak ada atau sudah dicabut.")
        _audit(tx, now, by, "cabut pelimpahan", found.account, {"pelimpahan": number})
    return None


def _counted(store: Store, name: str, attempt: Attempt, now: datetime) -> tuple[str, ...] | Wait:
    """Counts the attempt before it is tried, so that many at once are no way around the bound."""
    with store.write() as tx:
        device = tx.get(Device, accounts.digest(attempt.device)) if attempt.device else None
        known = device if device and device.account == name and now - device.at < accounts.DEVICE_LIFE else None
        keys = limits.keys(name, known.key if known else "", attempt.address)
        rests = [limits.wait(tx.count_try(key, now, limits.WINDOW), now) for key in keys]
    longest = max(rests)
    return Wait(longest) if longest else keys


def _same(now: Account | None, then: Account) -> bool:
    """Does what was proven of an account still stand?"""
    return now is not None and (now.password, now.secret, now.disabled) == (then.password, then.secret, False)


def _opened(tx: Tx, name: str, cookie: str, now: datetime) -> None:
    tx.put([Session(accounts.digest(cookie), name, now, now)])


def _first(typed: Welcome, now: datetime) -> Account | Refusal:
    name = accounts.account_name(typed.name)
    roles = accounts.chosen_roles({*typed.roles, ADMINISTRATOR})
    if isinstance(name, Refusal):
        return name
    if isinstance(roles, Refusal):
        return roles
    return Account(name, " ".join(typed.shown.split())[:120] or name, roles, now)


def _judged(account: Account, typed: Welcome, common: Sequence[str], office: str) -> Refusal | None:
    if factors.needs_second(account) and not typed.secret:
        return Refusal("second factor required", "Peran ini memerlukan faktor kedua. Pasang kode di ponsel dahulu.")
    return passwords.judge(typed.password, common, (account.name, account.shown, office))


def _renewed(tx: Tx, account: Account, now: datetime) -> None:
    tx.put([account])
    tx.end_sessions(account.name)
    tx.void_tickets(account.name, now)


def _last(tx: Tx, account: Account) -> bool:
    """Would nobody be left who administers?"""
    others = [one for one in tx.accounts() if one.name != account.name and not one.disabled and one.password]
    return ADMINISTRATOR in account.roles and not any(ADMINISTRATOR in one.roles for one in others)


def _audit(tx: Tx, now: datetime, who: str, act: str, name: str,
           detail: dict[str, str | int | float | bool | None]) -> None:
    tx.audit(Act(now, who, act, "akun", name, detail))
