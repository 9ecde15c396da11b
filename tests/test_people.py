"""monitor/people and the login: passwords, second factors, links, sessions, limits; who may ask for which page."""

import re
import secrets
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import httpx
import pytest
from bs4 import BeautifulSoup
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.routing import Mount, Route

from monitor import desk as pages
from monitor.desk import Hashing, secondfactor
from monitor.desk.adapter import ANYBODY, LOGGED_IN
from monitor.desk.routes import ROUTES
from monitor.people import RIGHTS, ROLES, SECOND_FACTOR, Account, Person, Refusal, Session, accounts, codes, passwords
from monitor.people.limits import MOST
from monitor.pipeline import people
from monitor.pipeline.people import Attempt, Wait
from monitor.store import Store
from tests import made_city
from tests.asgi import Client
from tests.made_city import NOW

HERE = "http://127.0.0.1:8765"
PASSWORD = "kapal biru hujan meja"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
COMMON = secondfactor.common()


class Clock:
    """A clock that a test sets forward."""

    def __init__(self) -> None:
        self.at = NOW

    def __call__(self) -> datetime:
        return self.at


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    held = made_city.opened(tmp_path)
    yield held
    held.close()


def account(store: Store, name: str = "sari", roles: tuple[str, ...] = ("verifikator",), secret: str = "") -> Account:
    made = Account(name, name.capitalize(), roles, NOW, made_city.HASHING.hash(PASSWORD), secret)
    with store.write() as tx:
        tx.put([made])
    return made


def client(store: Store, clock: Clock, **more: object) -> Client:
    return Client(pages.app(made_city.desk(store, now=clock, **more)), HERE)


def log_in(browser: Client, name: str = "sari", password: str = PASSWORD, code: str = "",
           **more: str) -> httpx.Response:
    return browser.send("/masuk", {"nama": name, "sandi": password, "kode": code, **more})


def soup(text: str) -> BeautifulSoup:
    return BeautifulSoup(text, "html.parser")


# Passwords


@pytest.mark.parametrize("password", [
    "kapal biru hujan meja", "xk8Jp2mWq9Lz", "bolavoliruanggelap", "ćevapi s kajmakom u podne",
    "lele goreng di pasar 7",
])
def test_good_passwords(password: str) -> None:
    assert passwords.judge(password, COMMON, ("sari", "Diskominfo Kota Contoh")) is None


@pytest.mark.parametrize("password", [
    "pendek", "password123456", "P@ssw0rd12345", "indonesia1945!", "qwertyuiop123", "123456789012", "aaaaaaaaaaaa",
    "Jakarta2024!!!", "bismillah12345", "diskominfo-2026", "IndonesiaMerdeka45", "abcd1234efgh5678", "x" * 201,
    "sarisarisari123", "1qaz2wsx3edc", "            ", "rahasiarahasia",
])
def test_guessable_passwords(password: str) -> None:
    refusal = passwords.judge(password, COMMON, ("sari", "Diskominfo Kota Contoh"))
    assert refusal is not None
    assert len(refusal.sentence) > 20


def test_thousands_of_common_patterns_are_refused() -> None:
    ends = ("123", "12345", "2024!", "1945", "!!!", "007", "@2026", "11111")
    made = {f"{word.capitalize()}{end}".ljust(12, "1") for word in COMMON for end in ends}
    assert len(made) > 2500
    assert [one for one in made if passwords.judge(one, COMMON) is None] == []


def test_no_rule_of_composition_and_no_truncation() -> None:
    hashed = made_city.HASHING.hash("a b" * 60)
    assert made_city.HASHING.fits("a b" * 60, hashed)
    assert not made_city.HASHING.fits("a b" * 59 + "a c", hashed)
    assert hashed.startswith("$argon2id$")
    assert not made_city.HASHING.fits("apa saja", "")


def test_a_third_hash_in_a_crowd_is_told_to_wait() -> None:
    slow = Hashing(kibibytes=8192, rounds=12, patience=0.0)
    with ThreadPoolExecutor(8) as pool:
        done = [pool.submit(slow.hash, PASSWORD) for _ in range(8)]
    told = [one.exception() for one in done]
    assert sum(one is None for one in told) >= 2
    refused = [one for one in told if one]
    assert refused
    assert all(isinstance(one, HTTPException) and one.status_code == 503 and one.headers == {"retry-after": "5"}
               for one in refused)


# The second factor


def test_codes_are_those_of_rfc_6238() -> None:
    secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
    assert codes.code_at(secret, 59 // 30) == "287082"
    assert codes.code_at(secret, 1111111109 // 30) == "081804"
    assert codes.code_at(secret, 20000000000 // 30) == "353130"


def test_a_code_counts_a_step_early_or_late_and_never_twice() -> None:
    here = codes.step_of(NOW)
    for away, good in ((-2, False), (-1, True), (0, True), (1, True), (2, False)):
        assert (codes.matching_step(SECRET, codes.code_at(SECRET, here + away), 0, NOW) == here + away) is good
    assert codes.matching_step(SECRET, codes.code_at(SECRET, here), here, NOW) is None
    for odd in ("", "12345", "abcdef", "１２３４５６", "1" * 500):
        assert codes.matching_step(SECRET, odd, 0, NOW) is None


def test_one_code_opens_one_of_many_logins_at_once(store: Store) -> None:
    account(store, "rini", ("redaktur",), SECRET)
    code = codes.code_at(SECRET, codes.step_of(NOW))

    def one(n: int) -> object:
        attempt = Attempt("rini", PASSWORD, code, f"10.0.0.{n}", "")
        return people.log_in(store, Hashing(64, 1, 60.0), attempt, f"c{n}", f"d{n}", NOW)

    with ThreadPoolExecutor(8) as pool:
        done = list(pool.map(one, range(8)))
    assert sum(isinstance(row, Account) for row in done) == 1


def test_a_recovery_code_stands_in_once(store: Store, clock: Clock) -> None:
    rini = account(store, "rini", ("redaktur",), SECRET)
    spare = secondfactor.recovery_codes()
    with store.write() as tx:
        tx.set_recoveries(rini.name, [accounts.Recovery(accounts.digest(one), rini.name, NOW) for one in spare])
    typed = spare[0].lower().replace("-", " ")
    assert log_in(client(store, clock), "rini", code=typed).status_code == 303
    assert log_in(client(store, clock), "rini", code=typed).status_code == 401
    assert log_in(client(store, clock), "rini").status_code == 401
    with store.read() as tx:
        assert tx.recoveries_left("rini") == len(spare) - 1


def test_roles_that_approve_wait_for_the_second_factor(store: Store) -> None:
    rini = account(store, "rini", ROLES)
    without = accounts.person(rini, (), NOW)
    assert not set(without.roles) & set(SECOND_FACTOR)
    assert accounts.person(replace(rini, secret=SECRET), (), NOW).roles == ROLES


# Links


def first(store: Store, clock: Clock, **typed: str) -> httpx.Response:
    browser = client(store, clock)
    page = soup(browser.get("/undangan?kunci=kunci-pertama").text)
    secret = str(page.select_one("input[name=rahasia]")["value"])
    fields = {"kunci": "kunci-pertama", "rahasia": secret, "wajib": "1", "nama": "ayu", "sandi": PASSWORD,
              "ulang": PASSWORD, "kode": codes.code_at(secret, codes.step_of(clock.at)), **typed}
    return browser.send("/undangan", fields)


def test_the_first_administrator_comes_in_by_one_link_once(store: Store, clock: Clock) -> None:
    assert people.first_link(store, "kunci-lama", NOW)
    assert people.first_link(store, "kunci-pertama", NOW)
    browser = client(store, clock)
    assert browser.get("/undangan?kunci=kunci-lama").status_code == 410
    page = soup(browser.get("/undangan?kunci=kunci-pertama").text)
    assert str(page.select_one(".qr img")["src"]).startswith("data:image/svg+xml")
    answer = first(store, clock, **{"peran-verifikator": "1"})
    assert answer.status_code == 200
    assert len(re.findall(r"[A-Z2-7]{6}(?:-[A-Z2-7]{6}){3}", answer.text)) == 8
    with store.read() as tx:
        assert [(one.name, one.roles) for one in tx.accounts()] == [("ayu", ("verifikator", "administrator"))]
        assert [act.act for act in tx.acts()] == ["akun pertama"]
    assert browser.get("/undangan?kunci=kunci-pertama").status_code == 410
    assert not people.first_link(store, "lagi", NOW)


@pytest.mark.parametrize("typed, said", [
    ({"sandi": "pendek", "ulang": "pendek"}, "paling sedikit 12"), ({"ulang": "lain"}, "tidak sama"),
    ({"kode": "000000"}, "tidak cocok"), ({"nama": "A!"}, "Nama akun"), ({"kode": "", "wajib": ""}, "faktor kedua"),
])
def test_a_link_that_was_filled_in_wrongly_stays_open(store: Store, clock: Clock, typed: dict[str, str],
                                                      said: str) -> None:
    people.first_link(store, "kunci-pertama", NOW)
    wrong = first(store, clock, **typed)
    assert wrong.status_code == 422
    assert said in soup(wrong.text).select_one(".told").get_text()
    assert first(store, clock).status_code == 200


def test_a_link_ends_after_a_day(store: Store, clock: Clock) -> None:
    people.first_link(store, "kunci-pertama", NOW)
    clock.at += timedelta(hours=24)
    assert client(store, clock).get("/undangan?kunci=kunci-pertama").status_code == 410


def test_a_reset_ends_password_sessions_and_second_factor(store: Store, clock: Clock) -> None:
    account(store)
    sari = client(store, clock)
    assert log_in(sari).status_code == 303
    people.reset(store, "sari", "kunci", "ayu", NOW)
    assert sari.get("/akun").status_code == 303
    assert log_in(client(store, clock)).status_code == 401
    browser = client(store, clock)
    fields = {"kunci": "kunci", "sandi": "meja hujan biru kapal", "ulang": "meja hujan biru kapal", "nama": "sari"}
    assert browser.send("/undangan", fields).status_code == 200
    assert log_in(client(store, clock), password="meja hujan biru kapal").status_code == 303


# Sessions


def test_login_opens_a_session_that_the_database_knows_only_by_digest(store: Store, clock: Clock) -> None:
    account(store)
    browser = client(store, clock)
    answer = log_in(browser, ke="/isu?keadaan=terbuka")
    assert answer.headers["location"] == "/isu?keadaan=terbuka"
    cookies = answer.headers.get_list("set-cookie")
    opened = next(one for one in cookies if one.startswith("sesi="))
    assert "HttpOnly" in opened
    assert "SameSite=lax" in opened
    value = opened.split(";")[0].split("=")[1]
    with store.read() as tx:
        assert tx.get(Session, value) is None
        assert tx.get(Session, accounts.digest(value)) is not None
    assert browser.get("/").status_code == 200


@pytest.mark.parametrize("to", ["//jahat.example/", "https://jahat.example/", "/\\jahat.example", "javascript:alert(1)",
                                "/\r\nX: y"])
def test_login_leads_nowhere_else(store: Store, clock: Clock, to: str) -> None:
    account(store)
    assert log_in(client(store, clock), ke=to).headers["location"] == "/"


@pytest.mark.parametrize("steps, alive", [
    ((29, 29, 29), True), ((31,), False), ((29,) * 24, True), ((29,) * 25, False),
])
def test_a_session_ends_after_half_an_hour_of_rest_or_twelve_hours(store: Store, clock: Clock, steps: tuple[int, ...],
                                                                   alive: bool) -> None:
    account(store)
    browser = client(store, clock)
    log_in(browser)
    for minutes in steps:
        clock.at += timedelta(minutes=minutes)
        answer = browser.get("/akun")
    assert (answer.status_code == 200) is alive


def test_logging_out_disabling_and_a_new_password_end_sessions(store: Store, clock: Clock) -> None:
    account(store)
    one, two = client(store, clock), client(store, clock)
    log_in(one), log_in(two)
    assert one.send("/keluar").status_code == 303
    assert (one.get("/akun").status_code, two.get("/akun").status_code) == (303, 200)
    log_in(one)
    new = "lampu sungai kuda batu"
    assert two.send("/akun/sandi", {"lama": "salah", "sandi": new, "ulang": new}).status_code == 422
    assert two.send("/akun/sandi", {"lama": PASSWORD, "sandi": new, "ulang": new}).status_code == 303
    assert one.get("/akun").status_code == 303
    log_in(one, password=new)
    people.set_disabled(store, "sari", True, "ayu", NOW)
    assert one.get("/akun").status_code == 303
    assert log_in(one, password=new).status_code == 401


def test_the_last_administrator_stays(store: Store) -> None:
    account(store, "ayu", ("administrator",), SECRET)
    assert isinstance(people.set_disabled(store, "ayu", True, "ayu", NOW), Refusal)
    assert isinstance(people.set_roles(store, "ayu", ("verifikator",), "ayu", NOW), Refusal)
    account(store, "beni", ("administrator",), SECRET)
    assert isinstance(people.set_roles(store, "ayu", ("verifikator",), "beni", NOW), Account)


def test_what_was_typed_survives_a_session_that_ended(store: Store, clock: Clock) -> None:
    account(store)
    made_city.add_konten(store, made_city.settings(), 1)
    browser = client(store, clock)
    log_in(browser)
    text = "Klaim panjang yang ditulis selama empat puluh menit tentang surat suara."
    sign = browser.sign()
    clock.at += timedelta(minutes=40)
    fields = {"tanda": sign, "klaim": text, "versi": "1"}
    ended = browser.post("/konten/1/lekatkan", data=fields, headers={"origin": HERE})
    page = soup(ended.text)
    assert ended.status_code == 401
    assert "akun yang sama" in page.select_one(".told").get_text()
    assert text not in ended.text
    sent = {str(box["name"]): str(box["value"]) for box in page.select("form input[type=hidden]")}
    again = browser.post("/masuk", data={**sent, "nama": "sari", "sandi": PASSWORD}, headers={"origin": HERE})
    assert again.headers["location"] == "/lanjut"
    offered = soup(browser.get("/lanjut").text).select_one("form[action='/konten/1/lekatkan']")
    assert offered.select_one("textarea[name=klaim]").get_text() == text
    last = {str(box["name"]): str(box["value"]) for box in offered.select("input[type=hidden]")}
    done = browser.post("/konten/1/lekatkan", data={**last, "klaim": text}, headers={"origin": HERE})
    assert done.status_code == 303
    assert done.headers["location"] == "/isu/1"


@pytest.mark.parametrize("sign", ["", "0" * 40, "x", "é" * 40])
def test_a_form_without_its_sign_changes_nothing_and_is_offered_again(store: Store, clock: Clock, sign: str) -> None:
    account(store)
    made_city.add_konten(store, made_city.settings(), 1)
    browser = client(store, clock)
    log_in(browser)
    answer = browser.post("/konten/1/ambil", data={"versi": "1", "tanda": sign}, headers={"origin": HERE})
    assert answer.status_code == 403
    assert soup(answer.text).select_one("form[action='/konten/1/ambil'] input[name=versi]")["value"] == "1"
    with store.read() as tx:
        assert tx.item_acts(1) == []


# Limits


def test_guesses_are_slowed_and_a_known_browser_still_comes_in(store: Store, clock: Clock) -> None:
    account(store)
    known = client(store, clock)
    assert log_in(known).status_code == 303
    known.send("/keluar")
    guesser = client(store, clock)
    told = [log_in(guesser, password=f"tebakan nomor {n}").status_code for n in range(MOST["akun"] + 2)]
    assert told == [401] * MOST["akun"] + [429] * 2
    right = log_in(client(store, clock))
    assert right.status_code == 429
    assert int(right.headers["retry-after"]) > 0
    assert log_in(known).status_code == 303
    clock.at += timedelta(minutes=15)
    assert log_in(client(store, clock)).status_code == 303


def test_many_guesses_at_once_are_no_way_around(store: Store) -> None:
    account(store)

    def one(n: int) -> object:
        attempt = Attempt("sari", f"tebakan {n}", "", "10.0.0.1", "")
        return people.log_in(store, Hashing(64, 1, 60.0), attempt, f"c{n}", f"d{n}", NOW)

    with ThreadPoolExecutor(16) as pool:
        done = list(pool.map(one, range(40)))
    assert sum(isinstance(row, Refusal) for row in done) == MOST["akun"]
    assert sum(isinstance(row, Wait) for row in done) == 40 - MOST["akun"]


def test_many_names_from_one_address_are_slowed(store: Store) -> None:
    account(store)
    hashing = Hashing(64, 1, 60.0)
    told = [people.log_in(store, hashing, Attempt(f"nama{n}", "tebakan", "", "10.9.9.9", ""), f"c{n}", f"d{n}", NOW)
            for n in range(MOST["alamat"] + 1)]
    assert isinstance(told[-1], Wait)
    assert not any(isinstance(one, Wait) for one in told[:-1])
    other = Attempt("sari", PASSWORD, "", "10.8.8.8", "")
    assert isinstance(people.log_in(store, hashing, other, "c", "d", NOW), Account)


def test_unknown_wrong_and_disabled_say_the_same(store: Store, clock: Clock) -> None:
    account(store)
    people.set_disabled(store, "sari", True, "x", NOW)
    texts = {soup(log_in(client(store, clock), name).text).select_one(".told").get_text() for name in ("sari", "tiada")}
    assert len(texts) == 1


# Delegations


def test_a_deputy_acts_from_the_first_day_to_the_last(store: Store) -> None:
    sari = account(store, "sari", ("verifikator",), SECRET)
    until = NOW + timedelta(days=2)
    given = accounts.delegate("sari", "kepala", NOW, until, "800/17/2026", Person("ayu", ("administrator",)), NOW)
    assert isinstance(given, accounts.Delegation)
    made = people.delegate(store, given, NOW)
    assert isinstance(made, accounts.Delegation)

    def roles(now: datetime) -> tuple[str, ...]:
        with store.read() as tx:
            return accounts.person(sari, tx.delegations("sari"), now).roles

    assert roles(NOW - timedelta(seconds=1)) == ("verifikator",)
    assert roles(NOW) == roles(until - timedelta(seconds=1)) == ("verifikator", "kepala")
    assert roles(until) == ("verifikator",)
    assert people.revoke(store, made.id, "ayu", NOW) is None
    assert roles(NOW) == ("verifikator",)
    assert isinstance(people.revoke(store, made.id, "ayu", NOW), Refusal)


@pytest.mark.parametrize("role, days, letter", [("administrator", 2, "1"), ("kepala", 0, "1"), ("kepala", 400, "1"),
                                                ("kepala", 2, " ")])
def test_a_delegation_needs_role_days_and_letter(role: str, days: int, letter: str) -> None:
    by = Person("ayu", ("administrator",))
    assert isinstance(accounts.delegate("sari", role, NOW, NOW + timedelta(days=days), letter, by, NOW), Refusal)


def test_an_administrator_makes_accounts_and_delegations(store: Store, clock: Clock) -> None:
    browser = client(store, clock)
    browser.cookies.set("sesi", made_city.logged_in(store, "ayu", ("administrator",)), domain="127.0.0.1")
    made = browser.send("/pengguna/baru", {"nama": "Rini.S", "lengkap": "Rini", "peran-redaktur": "1"})
    link = re.search(r"http://127\.0\.0\.1:8765(/undangan\?kunci=[\w-]+)", made.text)
    assert link
    assert client(store, clock).get(link[1]).status_code == 200
    assert browser.send("/pengguna/baru", {"nama": "rini.s", "peran-redaktur": "1"}).status_code == 422
    assert browser.send("/pengguna/baru", {"nama": "beni"}).status_code == 422
    days = {"mulai": "2026-11-21", "sampai": "2026-11-23", "surat": "800/17"}
    assert browser.send("/pengguna/pelimpahan", {"nama": "rini.s", "peran": "kepala", **days}).status_code == 303
    with store.read() as tx:
        given = tx.delegations("rini.s")[0]
        assert (given.until - given.start).days == 3
        assert [act.act for act in tx.acts()] == ["buat akun", "limpahkan"]


# Who may ask for which page: a new route without a row here fails

MATRIX: dict[tuple[str, str], tuple[str, ...] | str] = {}
WORKS, SEES = ("verifikator", "redaktur", "verifikator luar"), ("verifikator", "redaktur", "kepala", "verifikator luar")
for act in ("ambil", "lepas", "serahkan", "kesampingkan", "buka-lagi", "lekatkan", "label"):
    MATRIX["POST", "/konten/{id:int}/" + act] = WORKS
for act in ("ambil", "kesampingkan", "lekatkan", "urungkan", "serahkan", "label", "isu"):
    MATRIX["POST", "/konten/" + act] = WORKS
MATRIX["GET", "/konten/baru"] = MATRIX["POST", "/konten/baru"] = MATRIX["POST", "/konten/{id:int}/lihat"] = WORKS
for act in ("ambil", "lepas", "serahkan", "periksa", "bukti", "gabung", "pisah", "batal-gabung", "hasil"):
    MATRIX["POST", "/isu/{id:int}/" + act] = WORKS
for act in ("baru", "peran", "tautan", "nonaktif", "pelimpahan", "cabut"):
    MATRIX["POST", "/pengguna/" + act] = ("administrator",)
MATRIX |= {
    ("GET", "/"): SEES,
    ("GET", "/kerja"): SEES,
    ("GET", "/ringkasan"): ("redaktur", "kepala"),
    ("GET", "/netralitas"): ("redaktur", "kepala", "administrator"),
    ("GET", "/bantahan"): SEES,
    ("GET", "/bantahan/{id:int}"): SEES,
    ("POST", "/bantahan/{id:int}/isu"): WORKS,
    ("GET", "/sampel"): SEES,
    ("POST", "/sampel/{id:int}"): WORKS,
    ("GET", "/tinjauan"): ("redaktur",),
    ("POST", "/tinjauan/{id:int}"): ("redaktur",),
    ("POST", "/saringan"): SEES,
    ("POST", "/saringan/hapus"): SEES,
    ("GET", "/konten/{id:int}"): SEES,
    ("GET", "/konten/{id:int}/gambar"): SEES,
    ("GET", "/konten/{id:int}/hak-jawab"): SEES,
    ("POST", "/konten/{id:int}/hak-jawab"): WORKS,
    ("GET", "/bukti/{id:int}/berkas"): SEES,
    ("GET", "/bukti/{id:int}/gambar"): SEES,
    ("POST", "/isu/{id:int}/lihat"): SEES,
    ("GET", "/isu"): (*SEES, "pembaca"),
    ("GET", "/isu/{id:int}"): (*SEES, "pembaca"),
    ("POST", "/isu/{id:int}/setujui"): ("redaktur", "kepala", "verifikator luar"),
    ("POST", "/isu/{id:int}/kembalikan"): ("redaktur", "kepala", "verifikator luar"),
    ("POST", "/isu/{id:int}/buka-lagi"): ("redaktur",),
    ("GET", "/isu/{id:int}/berkas"): ("verifikator", "redaktur", "kepala"),
    ("POST", "/isu/{id:int}/berkas"): ("redaktur", "kepala"),
    ("POST", "/isu/{id:int}/klarifikasi"): WORKS,
    ("POST", "/isu/{id:int}/tanpa-terbit"): ("redaktur", "kepala"),
    ("GET", "/klarifikasi"): SEES,
    ("GET", "/klarifikasi/{id:int}"): SEES,
    ("GET", "/klarifikasi/{id:int}/ubah"): WORKS,
    **{("POST", "/klarifikasi/{id:int}/" + act): WORKS
       for act in ("ubah", "pratinjau", "koreksi", "tautan", "ajukan", "tarik")},
    **{("POST", "/klarifikasi/{id:int}/" + act): ("redaktur", "kepala")
       for act in ("setujui", "kembalikan", "sahkan", "tolak")},
    ("POST", "/klarifikasi/{id:int}/konfirmasi"): ("kepala",),
    ("POST", "/klarifikasi/{id:int}/terbitkan"): ("redaktur",),
    ("GET", "/klarifikasi/{id:int}/gambar"): SEES,
    ("GET", "/klarifikasi/{id:int}/samarkan"): WORKS,
    ("POST", "/klarifikasi/{id:int}/samarkan"): WORKS,
    ("GET", "/klarifikasi/{id:int}/samarkan/gambar"): WORKS,
    ("GET", "/hak-jawab"): ("redaktur", "kepala"),
    ("POST", "/hak-jawab/{id:int}/jawab"): ("redaktur", "kepala"),
    ("GET", "/persetujuan"): ("redaktur", "kepala", "verifikator luar"),
    **dict.fromkeys((("GET", "/laporan/masa"), ("POST", "/laporan/masa"), ("GET", "/laporan/masa/berkas")),
                    ("redaktur", "kepala")),
    **dict.fromkeys((("GET", "/rujukan"), ("GET", "/rujukan/{id:int}"), ("GET", "/rujukan/{id:int}/surat")),
                    ("verifikator", "redaktur", "kepala")),
    ("POST", "/rujukan/{id:int}/langkah"): ("redaktur", "kepala"),
    ("GET", "/isu/{id:int}/rujuk"): ("kepala",),
    ("POST", "/isu/{id:int}/rujuk"): ("kepala",),
    ("GET", "/sumber"): ("verifikator", "redaktur", "kepala", "administrator"),
    ("GET", "/sumber/baris"): ("verifikator", "redaktur", "kepala", "administrator"),
    ("POST", "/sumber/coba"): ("verifikator", "redaktur", "administrator"),
    ("GET", "/laporan"): ("redaktur", "kepala", "pembaca"),
    ("GET", "/laporan/{id:int}"): ("redaktur", "kepala", "pembaca"),
    ("POST", "/laporan/{id:int}/kirim"): ("redaktur", "kepala"),
    ("GET", "/pengiriman"): ("verifikator", "redaktur", "kepala", "administrator"),
    ("POST", "/pengiriman/{id:int}/putuskan"): ("redaktur", "kepala"),
    ("GET", "/audit"): ("redaktur", "kepala", "administrator"),
    ("GET", "/pengguna"): ("administrator",),
    ("GET", "/akun"): LOGGED_IN,
    ("POST", "/akun/sandi"): LOGGED_IN,
    ("POST", "/akun/faktor"): LOGGED_IN,
    ("GET", "/lanjut"): LOGGED_IN,
    ("POST", "/lanjut/buang"): LOGGED_IN,
    ("POST", "/keluar"): LOGGED_IN,
    ("GET", "/masuk"): ANYBODY,
    ("POST", "/masuk"): ANYBODY,
    ("POST", "/masuk/demo"): ANYBODY,
    ("GET", "/undangan"): ANYBODY,
    ("POST", "/undangan"): ANYBODY,
    ("GET", "/health"): ANYBODY,
    ("GET", "/publik"): ANYBODY,
}


def routed(store: Store) -> list[tuple[str, str]]:
    """Every method and path that the router itself knows, but for static files."""
    found = []
    app = pages.app(made_city.desk(store))
    while not isinstance(app, Starlette):
        app = app.app  # type: ignore[attr-defined]
    for route in app.routes:
        if isinstance(route, Mount):
            assert route.path in ("/static", "/publik"), "a new mount: is it for everybody?"
            continue
        assert isinstance(route, Route)
        found += [(method, route.path) for method in route.methods or () if method != "HEAD"]
    return found


def test_every_route_has_its_row(store: Store) -> None:
    assert sorted(routed(store)) == sorted(MATRIX)
    assert {(method, path) for path, _, method, _ in ROUTES} == set(MATRIX) - {("GET", "/publik")}
    assert {right for *_, right in ROUTES} <= {*RIGHTS, ANYBODY, LOGGED_IN}


def test_each_role_reaches_its_own_pages_and_no_others(store: Store, clock: Clock) -> None:
    wrong = []
    for role in ROLES:
        browser = client(store, clock)
        browser.cookies.set("sesi", made_city.logged_in(store, role.split()[-1], (role,)), domain="127.0.0.1")
        sign = browser.sign()
        # The pages that end the session of whoever asks come last.
        for method, path in sorted(MATRIX, key=lambda row: "keluar" in row[1]):
            holders = MATRIX[method, path]
            answer = browser.request(method, path.replace("{id:int}", "7"), headers={"origin": HERE},
                                     **({"data": {"tanda": sign}} if method == "POST" else {}))
            led_home = path == "/" and answer.status_code == 303
            reached = answer.status_code != 403 and not led_home
            if reached is not (isinstance(holders, str) or role in holders):
                wrong.append((role, method, path, answer.status_code))
    assert wrong == []


def test_nobody_reaches_anything_without_a_session(store: Store, clock: Clock) -> None:
    made_city.logged_in(store, "rini", ("redaktur",))
    for (method, path), holders in MATRIX.items():
        if holders == ANYBODY:
            continue
        for cookie in ("", secrets.token_urlsafe(32)):
            browser = client(store, clock)
            if cookie:
                browser.cookies.set("sesi", cookie, domain="127.0.0.1")
            answer = browser.request(method, path.replace("{id:int}", "7"), headers={"origin": HERE},
                                     **({"data": {"x": "y"}} if method == "POST" else {}))
            if method == "GET":
                assert answer.status_code == 303, path
                assert answer.headers["location"].startswith("/masuk")
            else:
                assert answer.status_code == 401, path


def test_before_the_first_account_queue_and_sources_are_seen_at_the_server_and_nothing_else(
    store: Store, clock: Clock
) -> None:
    browser = client(store, clock)
    for (method, path), holders in MATRIX.items():
        if method != "GET" or holders == ANYBODY:
            continue
        answer = browser.request(method, path.replace("{id:int}", "999"))
        seen = path in ("/", "/konten/{id:int}", "/sumber", "/sumber/baris")
        assert (answer.status_code != 303) is seen, path
    page = browser.get("/").text
    assert "Belum ada akun" in page
    assert "/kesampingkan" not in page
    made_city.logged_in(store, "rini", ("redaktur",))
    assert client(store, clock).get("/").status_code == 303


def test_demo_login_is_for_the_demo_alone(store: Store, clock: Clock) -> None:
    account(store)
    assert client(store, clock).send("/masuk/demo", {"nama": "sari"}).status_code == 404
    demo = client(store, clock, demo=True)
    assert demo.send("/masuk/demo", {"nama": "tiada"}).status_code == 404
    assert demo.send("/masuk/demo", {"nama": "sari"}).status_code == 303
    assert demo.get("/").status_code == 200


# Behind a proxy


def test_a_trusted_proxy_says_who_asks_and_how(store: Store, clock: Clock) -> None:
    account(store)
    known = made_city.settings('[desk]\ntrusted_proxies = ["127.0.0.1/32"]\nhosts = ["jernih.kota.example"]\n')
    app = pages.app(made_city.desk(store, known, now=clock))
    browser = Client(app, "http://jernih.kota.example")
    through = {"x-forwarded-for": "203.0.113.9, 10.0.0.7", "x-forwarded-proto": "https"}
    page = browser.get("/masuk", headers=through)
    assert "Secure" in page.headers["set-cookie"]
    sign = re.search(r'name="tanda" value="(\w+)"', page.text)
    assert sign
    origin = {"origin": "https://jernih.kota.example", "cookie": page.headers["set-cookie"].split(";")[0]}
    answer = browser.post("/masuk", data={"tanda": sign[1], "nama": "sari", "sandi": "salah"},
                          headers={**through, **origin})
    assert answer.status_code == 401
    assert "strict-transport-security" in answer.headers
    with store.read() as tx:
        assert tx.get(accounts.Tries, "alamat:10.0.0.7") is not None
    answer = browser.post("/masuk", data={"tanda": sign[1], "nama": "sari", "sandi": PASSWORD},
                          headers={**through, **origin})
    assert all("Secure" in one for one in answer.headers.get_list("set-cookie") if one.startswith("sesi="))
