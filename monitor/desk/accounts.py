"""Call -> the pages of accounts: one's own, and (for an administrator) everybody's, with links and delegations."""

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

from starlette.responses import RedirectResponse, Response

from monitor.desk import secondfactor
from monitor.desk.adapter import SESSION, Call
from monitor.desk.frame import frame
from monitor.desk.office import Desk
from monitor.desk.render import html
from monitor.people import ROLES, Account, Delegation, Refusal
from monitor.people import accounts as rules
from monitor.pipeline import factors, people
from monitor.sources import offset


@dataclass(frozen=True, slots=True)
class Row:
    """One account as the administrator sees it."""

    account: Account
    state: str
    kind: str
    roles: tuple[tuple[str, bool], ...]
    missing: bool
    lost: bool


def own(desk: Desk, call: Call) -> Response:
    """GET /akun: one's own roles, password and second factor."""
    return _own(desk, call)


def change_password(desk: Desk, call: Call) -> Response:
    """POST /akun/sandi: a new password; every session of the account ends."""
    form, account = call.form, _account(call)
    if form.get("sandi", "") != form.get("ulang", ""):
        return _own(desk, call, call.tongue.say("Kedua sandi tidak sama. Ketik sandi yang sama dua kali."))
    refusal = people.change_password(desk.store, desk.hashing, account, form.get("lama", ""), form.get("sandi", ""),
                                     secondfactor.common(), desk.settings().office.name, desk.now())
    if refusal:
        return _own(desk, call, refusal.sentence)
    answer = RedirectResponse("/masuk", 303)
    answer.delete_cookie(SESSION)
    return answer


def enrol(desk: Desk, call: Call) -> Response:
    """POST /akun/faktor: sets up the second factor and shows the recovery codes once."""
    secret, codes = secondfactor.given(call.form.get("rahasia", "")), secondfactor.recovery_codes()
    assert call.visitor is not None
    refusal = factors.enrol(desk.store, _account(call), secret, call.form.get("kode", ""), codes, desk.now(),
                            call.visitor.session.key)
    if refusal:
        return _own(desk, call, refusal.sentence, secret)
    return _own(desk, call, codes=codes)


def everybody(desk: Desk, call: Call) -> Response:
    """GET /pengguna: every account and delegation."""
    return _everybody(desk, call)


def add(desk: Desk, call: Call) -> Response:
    """POST /pengguna/baru: an account with a one-time link."""
    form, link = call.form, secrets.token_urlsafe(32)
    outcome = people.add(desk.store, form.get("nama", ""), form.get("lengkap", ""), _roles(call), link,
                         call.person.name, desk.now())
    return _told(desk, call, outcome, link)


def reset(desk: Desk, call: Call) -> Response:
    """POST /pengguna/tautan: a new one-time link; the old password ends at once."""
    link = secrets.token_urlsafe(32)
    outcome = people.reset(desk.store, call.form.get("nama", ""), link, call.person.name, desk.now())
    return _told(desk, call, outcome, link)


def set_roles(desk: Desk, call: Call) -> Response:
    """POST /pengguna/peran: other roles for an account."""
    return _told(desk, call, people.set_roles(desk.store, call.form.get("nama", ""), _roles(call), call.person.name,
                                              desk.now()))


def set_disabled(desk: Desk, call: Call) -> Response:
    """POST /pengguna/nonaktif: shuts an account out, or (`aktif`) lets it in again."""
    disabled = call.form.get("menjadi", "") != "aktif"
    return _told(desk, call, people.set_disabled(desk.store, call.form.get("nama", ""), disabled, call.person.name,
                                                 desk.now()))


def delegate(desk: Desk, call: Call) -> Response:
    """POST /pengguna/pelimpahan: a deputy (Plh.) from one day to the end of another."""
    form = call.form
    start, until = _day(desk, form.get("mulai", "")), _day(desk, form.get("sampai", ""))
    if start is None or until is None:
        return _everybody(desk, call, call.tongue.say("Isi tanggal mulai dan tanggal akhir pelimpahan."))
    given = rules.delegate(form.get("nama", ""), form.get("peran", ""), start, until + timedelta(days=1),
                           form.get("surat", ""), call.person, desk.now())
    if isinstance(given, Refusal):
        return _everybody(desk, call, given.sentence)
    return _told(desk, call, people.delegate(desk.store, given, desk.now()))


def revoke(desk: Desk, call: Call) -> Response:
    """POST /pengguna/cabut: ends a delegation at once."""
    number = call.form.get("pelimpahan", "")
    whole = int(number) if number.isascii() and number.isdigit() and len(number) < 18 else 0
    return _told(desk, call, people.revoke(desk.store, whole, call.person.name, desk.now()))


def _account(call: Call) -> Account:
    assert call.visitor is not None
    return call.visitor.account


def _roles(call: Call) -> list[str]:
    return [role for role in ROLES if call.form.get(f"peran-{role}")]


def _own(desk: Desk, call: Call, sentence: str = "", secret: str = "", codes: tuple[str, ...] = ()) -> Response:
    name = _account(call).name
    with desk.store.read() as tx:
        around, account = frame(desk, tx, call.tongue), tx.get(Account, name)
        left, given = tx.recoveries_left(name), tx.delegations(name)
    assert account is not None
    there = factors.readable(desk.store, account)
    factor = None if there else secondfactor.shown(secret or secondfactor.fresh(), name, desk.settings().office.name)
    return html(desk, call, "akun.html", around, 422 if sentence else 200, here="account", account=account,
                factor=factor, left=left, codes=codes, sentence=sentence,
                acting=[one for one in given if rules.in_force(one, name, desk.now())],
                lost=bool(account.secret) and not there,
                waiting=factors.needs_second(account) and not account.secret)


def _told(desk: Desk, call: Call, outcome: Account | Delegation | Refusal | None, link: str = "") -> Response:
    """The page of everybody after a change: what was refused, or the link to hand over, or simply as it is now."""
    if isinstance(outcome, Refusal):
        return _everybody(desk, call, outcome.sentence)
    if link and isinstance(outcome, Account):
        base = f"{call.request.url.scheme}://{call.request.headers.get('host', '')}"
        return _everybody(desk, call, link=f"{base}/undangan?" + urlencode({"kunci": link}), whom=outcome.name)
    return RedirectResponse("/pengguna", 303)


def _everybody(desk: Desk, call: Call, sentence: str = "", link: str = "", whom: str = "") -> Response:
    now, lost = desk.now(), factors.unreadable(desk.store)
    with desk.store.read() as tx:
        around, held, given = frame(desk, tx, call.tongue), tx.accounts(), tx.delegations()
    return html(desk, call, "pengguna.html", around, 422 if sentence else 200, here="accounts", sentence=sentence,
                link=link, whom=whom, rows=[_row(one, call, desk.demo, one.name in lost) for one in held], roles=ROLES,
                delegable=rules.DELEGABLE, form=call.form,
                delegations=[(one, rules.in_force(one, one.account, now) or (one.revoked is None and one.start > now))
                             for one in given])


def _row(account: Account, call: Call, demo: bool, lost: bool) -> Row:
    say, kind, state = call.tongue.say, "well", call.tongue.say("aktif")
    if account.disabled:
        kind, state = "plain", say("nonaktif")
    elif not account.password and not demo:
        kind, state = "look", say("menunggu tautan dipakai")
    return Row(account, state, kind, tuple((role, role in account.roles) for role in ROLES),
               bool(account.password) and factors.needs_second(account) and not account.secret, lost)


def _day(desk: Desk, text: str) -> datetime | None:
    """The beginning of a day (2026-11-21) in the office's zone."""
    try:
        day = datetime.strptime(text.strip(), "%Y-%m-%d")
    except ValueError:
        return None
    if not 2000 <= day.year <= 2200:
        return None
    return day.replace(tzinfo=offset(desk.settings().office.zone)).astimezone(UTC)
