"""Call -> the pages before the desk: logging in and out, one-time links, and what was typed before a session ended."""

import secrets
from math import ceil
from urllib.parse import urlencode, urlsplit

import structlog
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from monitor.desk import secondfactor
from monitor.desk.adapter import BEFORE, SESSION, Call, Doors, keep, sign
from monitor.desk.frame import bare
from monitor.desk.office import Desk
from monitor.desk.render import html
from monitor.desk.tongue import said
from monitor.people import ADMINISTRATOR, ROLES, VERIFIKATOR, Refusal
from monitor.people.accounts import DEVICE_LIFE
from monitor.pipeline import factors, keeping, people
from monitor.pipeline.people import Attempt, Wait, Welcome

log = structlog.get_logger()
DEVICE = "perangkat"
TYPED = "isi-"
ENDED = said("Sesi Anda sudah berakhir. Masuk lagi; yang sudah Anda ketik tetap tersimpan di halaman ini.")
KEPT = said("Sesi Anda sudah berakhir. Masuk lagi dengan akun yang sama; yang sudah Anda ketik tersimpan dan "
            "ditawarkan lagi.")
STARTS = (("lihat konten", "/"), ("lihat isu", "/isu"), ("lihat sumber", "/sumber"))


def masuk(desk: Desk, call: Call) -> Response:
    """GET /masuk: the form to log in."""
    return _form(desk, call, call.query.get("ke", ""))


def log_in(desk: Desk, call: Call) -> Response:
    """POST /masuk: name, password and, where there is one, the code of the second factor."""
    cookie, device = secrets.token_urlsafe(32), secrets.token_urlsafe(32)
    typed = Attempt(call.form.get("nama", ""), call.form.get("sandi", ""), call.form.get("kode", ""),
                    address(call.request), call.request.cookies.get(DEVICE, "")[:100])
    outcome = people.log_in(desk.store, desk.hashing, typed, cookie, device, desk.now())
    if isinstance(outcome, Wait):
        return _patience(desk, call, outcome)
    if isinstance(outcome, Refusal):
        log.info("login refused", cause=outcome.cause, address=typed.address)
        return _form(desk, call, call.form.get("ke", ""), 401, outcome.sentence)
    answer = _welcome(desk, call, cookie)
    keep(answer, call.request, DEVICE, device, int(DEVICE_LIFE.total_seconds()))
    return answer


def log_in_demo(desk: Desk, call: Call) -> Response:
    """POST /masuk/demo: in the demo alone, one of its made-up people."""
    cookie = secrets.token_urlsafe(32)
    outcome = people.log_in_demo(desk.store, call.form.get("nama", ""), cookie, desk.now()) if desk.demo else None
    if outcome is None or isinstance(outcome, Refusal):
        return _form(desk, call, "", 404, call.tongue.say("Masuk tanpa sandi hanya ada di demo (make demo)."))
    return _welcome(desk, call, cookie)


def log_out(desk: Desk, call: Call) -> Response:
    """POST /keluar: ends this session."""
    people.log_out(desk.store, call.request.cookies.get(SESSION, ""))
    answer = RedirectResponse("/masuk", 303)
    answer.delete_cookie(SESSION)
    return answer


def link(desk: Desk, call: Call) -> Response:
    """GET /undangan?kunci=…: what a one-time link opens."""
    return _link(desk, call, call.query.get("kunci", ""), secondfactor.fresh())


def accept(desk: Desk, call: Call) -> Response:
    """POST /undangan: sets the password (and the second factor); the link is spent."""
    form, key = call.form, call.form.get("kunci", "")
    secret = secondfactor.given(form.get("rahasia", ""))
    if form.get("sandi", "") != form.get("ulang", ""):
        return _link(desk, call, key, secret, 422, call.tongue.say("Kedua sandi tidak sama. Ketik sandi yang sama dua "
                                                                    "kali."))
    wanted = secret if form.get("kode", "").strip() or form.get("wajib") else ""
    typed = Welcome(form.get("sandi", ""), wanted, form.get("kode", ""), form.get("nama", ""), form.get("lengkap", ""),
                    tuple(role for role in ROLES if form.get(f"peran-{role}")))
    spare, device = secondfactor.recovery_codes() if wanted else (), secrets.token_urlsafe(32)
    outcome = people.accept(desk.store, desk.hashing, key, typed, secondfactor.common(), desk.settings().office.name,
                            spare, desk.now(), device)
    if isinstance(outcome, Refusal):
        return _link(desk, call, key, secret, 422, outcome.sentence)
    answer = html(desk, call, "undangan_selesai.html", bare(desk), codes=spare, name=outcome.name)
    keep(answer, call.request, DEVICE, device, int(DEVICE_LIFE.total_seconds()))
    return answer


def again(desk: Desk, call: Call) -> Response:
    """In place of a page whose form was made in an earlier session: shows what was typed, to be sent again."""
    if call.visitor is None:
        return _form(desk, call, "", 403, call.tongue.say("Formulir ini sudah kedaluwarsa. Coba sekali lagi."))
    return _resume(desk, call, call.request.url.path, call.form, 403)


def first(desk: Desk, call: Call) -> Response:
    """In place of a page that needs a login: the form to log in, which keeps what was typed."""
    if call.request.method in ("GET", "HEAD"):
        return RedirectResponse("/masuk?" + urlencode({"ke": call.here}) if call.here != "/" else "/masuk", 303)
    path, cookie = call.request.url.path, call.request.cookies.get(SESSION, "")
    if keeping.keep(desk.store, cookie, secrets.token_hex(16), path, call.form, desk.now()):
        return _form(desk, call, "", 401, call.tongue.say(KEPT), {})
    return _form(desk, call, call.request.url.path, 401, call.tongue.say(ENDED), call.form)


def barred(desk: Desk, call: Call) -> Response:
    """In place of a page that this person may not see; who only went to the front door is led to where they belong."""
    start = home(call)
    if call.request.url.path == "/" and call.request.method in ("GET", "HEAD") and start != "/":
        return RedirectResponse(start, 303)
    roles = ", ".join(map(call.tongue.term, call.person.roles)) or call.tongue.say("belum ada")
    sentence = call.tongue.say("Halaman atau langkah ini bukan bagian peran Anda (peran sekarang: {roles}). Peran yang "
                               "menyetujui atau mengelola berlaku setelah faktor kedua terpasang, di halaman Akun.",
                               roles=roles)
    return html(desk, call, "error.html", bare(desk), 403, title=call.tongue.say("Tidak diizinkan"), sentence=sentence)


DOORS = Doors(first, barred, again)


def home(call: Call) -> str:
    """Where somebody with these roles begins."""
    return next((path for right, path in STARTS if call.may(right)), "/akun")


def address(request: Request) -> str:
    """The network address a request comes from; the gate has put the true one there if a proxy is trusted."""
    return request.client.host if request.client else ""


def _welcome(desk: Desk, call: Call, cookie: str) -> Response:
    """After a login: on to what was asked for, or to what was typed before the session ended."""
    typed = {name.removeprefix(TYPED): text for name, text in call.form.items() if name.startswith(TYPED)}
    to, visitor = _own_path(call.form.get("ke", "")), people.visitor(desk.store, cookie, desk.now())
    if typed:
        request = Request({**call.request.scope, "headers": [(b"cookie", f"{SESSION}={cookie}".encode())]})
        answer: Response = _resume(desk, Call(call.request, {}, call.tongue, visitor, sign(request)), to, typed, 200)
    else:
        waits = visitor is not None and keeping.kept(desk.store, visitor.account.name, desk.now())
        answer = RedirectResponse("/lanjut" if waits else to, 303)
    keep(answer, call.request, SESSION, cookie)
    answer.delete_cookie(BEFORE)
    return answer


def _own_path(text: str) -> str:
    parts = urlsplit(text)
    own = text.startswith("/") and not text.startswith(("//", "/\\")) and not parts.netloc and not parts.scheme
    return text if own and len(text) < 2000 and text.isprintable() else "/"


def _form(desk: Desk, call: Call, to: str, status: int = 200, sentence: str = "",
          typed: dict[str, str] | None = None) -> Response:
    given = call.form if typed is None else typed
    kept = [(name if name.startswith(TYPED) else TYPED + name, text) for name, text in given.items()
            if typed is not None or name.startswith(TYPED)]
    people_here = _made_up(desk) if desk.demo else ()
    return _before(desk, call, "masuk.html", status, to=_own_path(to) if to else "", sentence=sentence, kept=kept,
                   name=call.form.get("nama", "") if typed is None else "", demo=people_here)


def _before(desk: Desk, call: Call, template: str, status: int, **values: object) -> Response:
    """A page with a form for somebody without a session: it gets a cookie from which its sign follows."""
    secret, request = "", call.request
    if not call.sign:
        secret = secrets.token_urlsafe(24)
        request = Request({**call.request.scope, "headers": [(b"cookie", f"{BEFORE}={secret}".encode())]})
    shown = Call(call.request, call.form, call.tongue, None, sign(request))
    answer = html(desk, shown, template, bare(desk), status, **values)
    if secret:
        keep(answer, call.request, BEFORE, secret)
    return answer


def unsent(desk: Desk, call: Call) -> Response:
    """GET /lanjut: what this account had not sent when its session ended."""
    kept = keeping.kept(desk.store, call.person.name, desk.now())
    if not kept:
        return RedirectResponse(home(call), 303)
    return html(desk, call, "lanjut_semua.html", bare(desk), kept=kept, home=home(call))


def throw_away(desk: Desk, call: Call) -> Response:
    """POST /lanjut/buang: one of them is not wanted any more."""
    keeping.drop(desk.store, call.person.name, call.form.get("mana", ""))
    return RedirectResponse("/lanjut", 303)


def _resume(desk: Desk, call: Call, to: str, typed: dict[str, str], status: int) -> Response:
    return html(desk, call, "lanjut.html", bare(desk), status, to=to, typed=list(typed.items()))


def _patience(desk: Desk, call: Call, wait: Wait) -> Response:
    minutes = ceil(wait.rest.total_seconds() / 60)
    sentence = call.tongue.say("Terlalu banyak percobaan dari peramban yang belum dikenal. Tunggu {n} menit, atau "
                               "masuk dari peramban yang biasa Anda pakai, atau mintalah tautan baru kepada "
                               "administrator.", n=minutes)
    answer = _form(desk, call, call.form.get("ke", ""), 429, sentence)
    answer.headers["retry-after"] = str(ceil(wait.rest.total_seconds()))
    return answer


def _link(desk: Desk, call: Call, key: str, secret: str, status: int = 200, sentence: str = "") -> Response:
    opened = people.ticket(desk.store, key, desk.now())
    if isinstance(opened, Refusal):
        return html(desk, call, "error.html", bare(desk), 410, title=call.tongue.say("Tautan tidak berlaku"),
                    sentence=opened.sentence)
    account = opened[1]
    shown = secondfactor.shown(secret, account.name if account else "administrator", desk.settings().office.name)
    kept = {"nama": call.form.get("nama", ""), "lengkap": call.form.get("lengkap", "")}
    roles = [(role, role == VERIFIKATOR) for role in ROLES if role != ADMINISTRATOR]
    return _before(desk, call, "undangan.html", status, key=key, account=account, factor=shown, sentence=sentence,
                   required=factors.needs_second(account), kept=kept, roles=roles)


def _made_up(desk: Desk) -> list[tuple[str, str]]:
    with desk.store.read() as tx:
        found = [one for one in tx.accounts() if not one.disabled and one.roles]
    found.sort(key=lambda one: ROLES.index(one.roles[0]))
    return [(one.name, f"{one.shown} ({', '.join(one.roles)})") for one in found]
