"""monitor/store/seals.py: secrets of second factors are sealed at rest; a lost key locks nobody out for good."""

import os
import re
import sys
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from subprocess import run

import pytest
from sqlalchemy import text

from monitor import desk as pages
from monitor import store as stores
from monitor.desk import secondfactor
from monitor.people import Account, Refusal, accounts, codes
from monitor.pipeline import factors, people
from monitor.store import Store, StoreError
from monitor.store.seals import KEY_BYTES, MARK, Seals
from tests import made_city
from tests.asgi import Client
from tests.made_city import NOW
from tests.test_people import HERE, PASSWORD, SECRET, Clock, client, first, log_in, soup

NEW = "lampu sungai kuda batu"
PROGRAM = [sys.executable, "-m", "monitor.cli"]


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "rumah"


@pytest.fixture
def office(home: Path) -> Iterator[Store]:
    held = made_city.opened(home)
    yield held
    held.close()


def code(clock: Clock, secret: str = SECRET) -> str:
    return codes.code_at(secret, codes.step_of(clock.at))


def rini(store: Store, sealed: bool = True) -> Account:
    secret = store.seals.seal(SECRET, "rini") if sealed else SECRET
    made = Account("rini", "Rini", ("redaktur",), NOW, made_city.HASHING.hash(PASSWORD), secret)
    with store.write() as tx:
        tx.put([made])
    return made


def held_secret(store: Store, name: str = "rini") -> str:
    with store.read() as tx:
        found = tx.get(Account, name)
    assert found is not None
    return found.secret


def bytes_of(home: Path) -> bytes:
    """Everything that lies in a home but the key itself."""
    files = [path for path in home.rglob("*") if path.is_file() and path.parent.name != "rahasia"]
    return b"".join(path.read_bytes() for path in files)


def test_sealed_secrets_open_for_their_owner_alone(home: Path) -> None:
    seals = Seals(home)
    one, other = seals.seal(SECRET, "rini"), seals.seal(SECRET, "rini")
    assert one != other
    assert SECRET not in one
    assert seals.open(one, "rini") == SECRET
    assert Seals(home).open(other, "rini") == SECRET
    assert seals.open(one, "budi") is None
    assert seals.path.stat().st_mode & 0o777 == 0o600
    assert seals.path.parent.stat().st_mode & 0o777 == 0o700
    assert [path.name for path in seals.path.parent.iterdir()] == [seals.path.name]


def test_every_changed_byte_is_noticed(home: Path) -> None:
    seals = Seals(home)
    head, _, body = seals.seal(SECRET, "rini").rpartition(":")
    raw = urlsafe_b64decode(body)
    changed = [raw[:at] + bytes([raw[at] ^ 1]) + raw[at + 1 :] for at in range(len(raw))] + [raw[:-1], raw[:5], b""]
    for one in changed:
        assert seals.open(f"{head}:{urlsafe_b64encode(one).decode()}", "rini") is None
    for odd in (MARK, f"{MARK}x", f"{MARK}x:y", f"{head}:é", f"{head}:***"):
        assert seals.open(odd, "rini") is None


def test_the_first_seal_makes_one_key_however_many_ask(home: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        sealed = list(pool.map(lambda _: Seals(home).seal(SECRET, "rini"), range(40)))
    assert {Seals(home).open(one, "rini") for one in sealed} == {SECRET}


def test_a_key_that_others_may_read_or_that_is_none_is_refused_with_its_repair(home: Path) -> None:
    seals = Seals(home)
    sealed, whole = seals.seal(SECRET, "rini"), seals.path.read_bytes()
    seals.path.chmod(0o640)
    with pytest.raises(StoreError, match="mode") as told:
        seals.open(sealed, "rini")
    assert "chmod 600" in told.value.sentence
    seals.path.chmod(0o600)
    for wrong in (b"", b"# kosong\n", b"bukan kunci\n", whole[:-10], whole + b"lagi\n"):
        seals.path.write_bytes(wrong)
        with pytest.raises(StoreError) as told:
            seals.seal(SECRET, "rini")
        assert "jernih user reset" in told.value.sentence
    assert seals.path.read_bytes() == whole + b"lagi\n", "a damaged key is never overwritten"
    elsewhere = home / "lain"
    elsewhere.write_bytes(whole)
    elsewhere.chmod(0o600)
    seals.path.unlink()
    seals.path.symlink_to(elsewhere)
    with pytest.raises(StoreError):
        seals.open(sealed, "rini")


def test_an_old_key_under_the_new_one_opens_what_it_sealed(home: Path) -> None:
    seals = Seals(home)
    old, line = seals.seal(SECRET, "rini"), seals.path.read_text().splitlines()[-1]
    seals.path.unlink()
    new = seals.seal(SECRET, "budi")
    assert seals.open(old, "rini") is None
    with seals.path.open("a") as file:
        file.write(f"\n{line}\n")
    assert (seals.open(old, "rini"), seals.open(new, "budi")) == (SECRET, SECRET)
    assert seals.seal("x", "y").split(":")[1] == new.split(":")[1]
    assert len(urlsafe_b64decode(line)) == KEY_BYTES


def test_a_home_that_cannot_be_written_says_so(home: Path) -> None:
    home.mkdir()
    (home / "rahasia").write_text("sebuah berkas")
    with pytest.raises(StoreError):
        Seals(home).seal(SECRET, "rini")


def test_no_row_file_or_backup_holds_an_open_secret(office: Store, home: Path, clock: Clock) -> None:
    people.first_link(office, "kunci-pertama", NOW)
    page = soup(client(office, clock).get("/undangan?kunci=kunci-pertama").text)
    secret = str(page.select_one("input[name=rahasia]")["value"])
    assert first(office, clock, rahasia=secret, kode=code(clock, secret)).status_code == 200
    with office.write() as tx:
        tx.put([Account("sari", "Sari", ("verifikator",), NOW, made_city.HASHING.hash(PASSWORD))])
    sari = client(office, clock)
    log_in(sari)
    own = str(soup(sari.get("/akun").text).select_one("input[name=rahasia]")["value"])
    assert sari.send("/akun/faktor", {"rahasia": own, "kode": code(clock, own)}).status_code == 200
    office.backup(home / "cadangan.zip", NOW)
    for name, plain in (("ayu", secret), ("sari", own)):
        assert held_secret(office, name).startswith(MARK)
        assert office.seals.open(held_secret(office, name), name) == plain
        assert plain.encode() not in bytes_of(home)
    clock.at += accounts.TOUCH
    assert log_in(client(office, clock), "ayu", code=code(clock, secret)).status_code == 303


def test_open_secrets_of_an_older_program_are_sealed_at_the_next_start(store: Store, tmp_path: Path,
                                                                      clock: Clock) -> None:
    rini(store, sealed=False)
    assert not store.seals.path.exists()
    store.migrate()
    sealed = held_secret(store)
    assert sealed.startswith(MARK)
    store.migrate()
    assert held_secret(store) == sealed, "a second start seals nothing twice"
    assert SECRET.encode() not in bytes_of(tmp_path / "home")
    if not store.sqlite:
        with store.read() as tx:
            assert tx.connection.scalar(text("SELECT count(*) FROM accounts WHERE secret = :s"), {"s": SECRET}) == 0
    opened = people.log_in(store, made_city.HASHING, people.Attempt("rini", PASSWORD, code(clock), "10.0.0.1", ""),
                           "kue", "gawai", NOW)
    assert isinstance(opened, Account)


def test_a_secret_that_changes_meanwhile_is_not_put_back(store: Store) -> None:
    rini(store, sealed=False)
    with store.write() as tx:
        assert tx.unsealed(MARK) == [("rini", SECRET)]
        tx.reseal("rini", "YANG LAIN", "aesgcm1:x:y")
    assert held_secret(store) == SECRET


def test_a_backup_of_an_older_program_is_sealed_when_it_is_put_back(store: Store, other_store: Store,
                                                                   tmp_path: Path) -> None:
    rini(store, sealed=False)
    store.backup(tmp_path / "cadangan.zip", NOW)
    other_store.restore(tmp_path / "cadangan.zip", NOW)
    assert other_store.seals.open(held_secret(other_store), "rini") == SECRET
    assert held_secret(other_store).startswith(MARK)


def moved(office: Store, tmp_path: Path) -> Store:
    """The office put back on a new server, without the key."""
    office.backup(tmp_path / "cadangan.zip", NOW)
    there = stores.open("", tmp_path / "baru")
    there.restore(tmp_path / "cadangan.zip", NOW)
    return there


def test_without_its_key_a_restored_office_says_so_and_everybody_enrols_again(office: Store, tmp_path: Path,
                                                                              clock: Clock) -> None:
    made, spare = rini(office), secondfactor.recovery_codes()
    with office.write() as tx:
        tx.set_recoveries("rini", [accounts.Recovery(accounts.digest(one), "rini", NOW) for one in spare])
        tx.put([Account("ayu", "Ayu", ("administrator",), NOW, made.password, office.seals.seal(SECRET, "ayu"))])
    there = moved(office, tmp_path)
    assert factors.unreadable(there) == {"rini", "ayu"}
    for name, password in (("rini", PASSWORD), ("rini", "salah sama sekali"), ("siapa", PASSWORD)):
        answer = log_in(client(there, clock), name, password, code(clock))
        assert answer.status_code == 401
        assert "kunci faktor kedua" in soup(answer.text).select_one(".told").get_text(), "the same for every name"
    # Rini still has her recovery codes: she comes in and sets the factor up again, though she has one.
    browser = client(there, clock)
    assert log_in(browser, "rini", code=spare[0]).status_code == 303
    page = soup(browser.get("/akun").text)
    assert "kuncinya tidak ikut dipulihkan" in page.get_text()
    own = str(page.select_one("input[name=rahasia]")["value"])
    assert browser.send("/akun/faktor", {"rahasia": own, "kode": code(clock, own)}).status_code == 200
    assert there.seals.open(held_secret(there), "rini") == own
    assert browser.send("/akun/faktor", {"rahasia": own, "kode": code(clock, own)}).status_code == 422
    # Ayu has none: a one-time link.
    people.reset(there, "ayu", "kunci-ayu", "root di server", NOW)
    page = soup(client(there, clock).get("/undangan?kunci=kunci-ayu").text)
    fresh = str(page.select_one("input[name=rahasia]")["value"])
    fields = {"kunci": "kunci-ayu", "sandi": NEW, "ulang": NEW, "wajib": "1", "rahasia": fresh,
              "kode": code(clock, fresh)}
    assert client(there, clock).send("/undangan", fields).status_code == 200
    clock.at += accounts.TOUCH
    ayu = client(there, clock)
    assert log_in(ayu, "ayu", NEW, code(clock, fresh)).status_code == 303
    assert "kunci faktor kedua hilang" not in ayu.get("/pengguna").text
    assert factors.unreadable(there) == frozenset()
    assert "kunci faktor kedua" not in log_in(client(there, clock), "ayu", "salah sekali").text
    there.close()


def test_with_its_key_a_restored_office_goes_on(office: Store, tmp_path: Path, clock: Clock) -> None:
    rini(office)
    there = moved(office, tmp_path)
    there.seals.path.parent.mkdir(mode=0o700)
    there.seals.path.write_bytes(office.seals.path.read_bytes())
    there.seals.path.chmod(0o600)
    assert factors.unreadable(there) == frozenset()
    assert log_in(client(there, clock), "rini", code=code(clock)).status_code == 303
    there.close()


def test_a_key_with_the_wrong_mode_is_told_at_the_login(office: Store, clock: Clock) -> None:
    rini(office)
    office.seals.path.chmod(0o644)
    answer = log_in(client(office, clock), "rini", code=code(clock))
    assert answer.status_code == 503
    assert "chmod 600" in answer.text


def test_the_administrator_sees_whose_factor_is_lost(office: Store, tmp_path: Path, clock: Clock) -> None:
    rini(office)
    there = moved(office, tmp_path)
    browser = Client(pages.app(made_city.desk(there, now=clock)), HERE)
    browser.cookies.set("sesi", made_city.logged_in(there, "ayu", ("administrator",), NOW), domain="127.0.0.1")
    rows = soup(browser.get("/pengguna").text).select("#akun-rini")
    assert "kunci faktor kedua hilang" in rows[0].get_text()
    there.close()


def test_enrolling_over_a_factor_that_can_be_read_is_refused(office: Store, clock: Clock) -> None:
    made = rini(office)
    refusal = factors.enrol(office, made, "A" * 32, code(clock, "A" * 32), (), NOW)
    assert isinstance(refusal, Refusal)
    assert office.seals.open(held_secret(office), "rini") == SECRET


@pytest.mark.slow
def test_the_command_line_names_the_key_and_the_way_back(office: Store, home: Path, tmp_path: Path) -> None:
    rini(office)
    office.close()
    there = tmp_path / "baru"
    feeds = str(Path(__file__).parent.parent / "feeds.toml")

    def jernih(where: Path, *words: str) -> str:
        environment = {**os.environ, "JERNIH_HOME": str(where), "JERNIH_FEEDS": feeds, "JERNIH_DATABASE_URL": ""}
        done = run([*PROGRAM, *words], env=environment, capture_output=True, text=True, timeout=240, check=True)
        return " ".join(done.stdout.split())

    saved = jernih(home, "backup", str(tmp_path / "cadangan.zip"))
    assert f"tidak ikut di dalamnya. Simpan salinan {home}/rahasia/faktor-kedua.kunci" in saved
    told = jernih(there, "restore", str(tmp_path / "cadangan.zip"))
    assert "1 akun tidak berlaku: rini" in told
    assert "jernih user reset NAMA" in told
    assert "jernih user reset rini" in jernih(there, "user", "list")
    assert re.search(r"/undangan\?kunci=\S{40,}", jernih(there, "user", "reset", "rini"))
    assert "tautan dipakai" in jernih(there, "user", "list")
