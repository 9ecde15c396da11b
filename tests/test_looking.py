"""Files among evidence are covered until somebody asks; asking is in the audit once a session, whatever is reloaded."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from monitor import desk as pages
from monitor.audit import Act
from monitor.cage import Cage
from monitor.people import Person, Refusal, Session, accounts
from monitor.pictures import PNG, WEBP, found
from monitor.pipeline import acts, handing, joining, looking
from monitor.pipeline.handing import Sealed
from monitor.rumors import Rumor
from monitor.store import Store
from tests import made_city
from tests.asgi import Client
from tests.made_city import NOW
from tests.people import ANI, RINI, TAMU
from tests.test_pictures import photo
from tests.test_uploads import CLAIM, PDF


@pytest.fixture(scope="module")
def sealed() -> Iterator[tuple[Cage, bytes]]:
    with Cage(1) as cage:
        yield cage, photo()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    held = made_city.opened(tmp_path)
    for n in range(3):
        made_city.add_konten(held, made_city.settings(), n)
    yield held
    held.close()


def isu(store: Store, item: int = 1, claim: str = CLAIM) -> int:
    made = acts.attach(store, [(item, 0)], ANI, claim, 0, NOW)
    assert isinstance(made, Rumor)
    return made.id


def hand_in(store: Store, sealed: tuple[Cage, bytes], number: int, content: bytes = b"", name: str = "foto.jpg") -> int:
    file = handing.seal(store, sealed[0], name, content or sealed[1])
    assert isinstance(file, Sealed), file
    kept = handing.lay_file(store, number, ANI, file, "", NOW)
    assert not isinstance(kept, Refusal)
    return kept.id


def browser(store: Store, name: str = "ani", *roles: str, at: datetime = NOW) -> Client:
    made = Client(pages.app(made_city.desk(store, now=lambda: at)))
    made.cookies.set("sesi", made_city.logged_in(store, name, roles or ("verifikator",), at), domain="127.0.0.1")
    return made


def looks(store: Store) -> list[Act]:
    with store.read() as tx:
        return [act for act in tx.acts() if act.act == looking.LOOK]


def test_covered_until_asked_and_noted_once(store: Store, sealed: tuple[Cage, bytes]) -> None:
    number = isu(store)
    one, other = hand_in(store, sealed, number), hand_in(store, sealed, number, PDF, "surat.pdf")
    ani = browser(store)
    page = BeautifulSoup(ani.get(f"/isu/{number}").text, "html.parser")
    assert "ditutup" in page.select_one(f"form[action='/isu/{number}/lihat']").get_text()
    assert not page.select("#bukti a[href$='/berkas']")
    for _ in range(3):
        assert found(ani.get(f"/bukti/{one}/gambar").content) == PNG, "coarse blocks"
        for path in (f"/bukti/{one}/berkas", f"/bukti/{other}/berkas"):
            answer = ani.get(path)
            assert (answer.status_code, answer.headers["location"]) == (303, f"/isu/{number}#bukti")
    assert looks(store) == []
    assert ani.send(f"/isu/{number}/lihat").headers["location"] == f"/isu/{number}#bukti"
    told = looks(store)
    assert [(act.who, act.noun, act.key, act.detail) for act in told] == [
        ("ani", "isu", str(number), {"bukti": f"{one}, {other}"})]
    for _ in range(5):
        assert not BeautifulSoup(ani.get(f"/isu/{number}").text, "html.parser").select("form[action$='/lihat']")
        assert found(ani.get(f"/bukti/{one}/gambar").content) == WEBP
        assert ani.get(f"/bukti/{other}/berkas").content == PDF
        ani.send(f"/isu/{number}/lihat")
    assert looks(store) == told, "neither pages nor a second click add a row"
    with store.read() as tx:
        assert tx.audit_faults() == []


def test_what_came_later_is_covered_again(store: Store, sealed: tuple[Cage, bytes]) -> None:
    number, ani = isu(store), browser(store)
    first = hand_in(store, sealed, number)
    ani.send(f"/isu/{number}/lihat")
    later = hand_in(store, sealed, number)
    assert found(ani.get(f"/bukti/{first}/gambar").content) == WEBP
    assert found(ani.get(f"/bukti/{later}/gambar").content) == PNG
    ani.send(f"/isu/{number}/lihat")
    assert [act.detail["bukti"] for act in looks(store)] == [str(first), str(later)]


def test_each_person_and_each_session_asks_for_itself(store: Store, sealed: tuple[Cage, bytes]) -> None:
    number = isu(store)
    one = hand_in(store, sealed, number)
    browser(store).send(f"/isu/{number}/lihat")
    assert found(browser(store, "rini", "redaktur").get(f"/bukti/{one}/gambar").content) == PNG
    tomorrow = browser(store, at=NOW + timedelta(hours=13))
    assert found(tomorrow.get(f"/bukti/{one}/gambar").content) == PNG
    tomorrow.send(f"/isu/{number}/lihat")
    assert found(tomorrow.get(f"/bukti/{one}/gambar").content) == WEBP
    assert [act.who for act in looks(store)] == ["ani", "ani"]


def test_an_isu_that_was_merged_here_is_looked_at_from_here(store: Store, sealed: tuple[Cage, bytes]) -> None:
    number, other = isu(store), isu(store, 2, "Klaim yang lain sama sekali di sini")
    one = hand_in(store, sealed, number)
    assert isinstance(joining.merge(store, number, 0, other, ANI, "Sama.", NOW), Rumor)
    ani = browser(store)
    ani.send(f"/isu/{other}/lihat")
    assert found(ani.get(f"/bukti/{one}/gambar").content) == WEBP


def test_another_isu_shows_nothing_of_this_one(store: Store, sealed: tuple[Cage, bytes]) -> None:
    number, other = isu(store), isu(store, 2, "Klaim yang lain sama sekali di sini")
    one = hand_in(store, sealed, number)
    ani = browser(store)
    ani.send(f"/isu/{other}/lihat")
    assert looks(store) == []
    assert found(ani.get(f"/bukti/{one}/gambar").content) == PNG
    assert ani.send("/isu/99/lihat").status_code == 404


def test_nothing_without_the_right_or_the_sign(store: Store, sealed: tuple[Cage, bytes]) -> None:
    number = isu(store)
    hand_in(store, sealed, number)
    assert isinstance(looking.look(store, number, TAMU, NOW, NOW), Refusal)
    assert looking.look(store, number, RINI, NOW, NOW) is None
    ani = browser(store)
    unsigned = ani.post(f"/isu/{number}/lihat", data={"x": "y"}, headers={"origin": "http://127.0.0.1:8765"})
    assert unsigned.status_code == 403
    assert ani.get(f"/isu/{number}/lihat").status_code == 405
    assert [act.who for act in looks(store)] == ["rini"]


def test_a_name_that_is_like_another_sees_nothing_of_it(store: Store) -> None:
    with store.write() as tx:
        tx.audit(Act(NOW, "ani", looking.LOOK, "isu", "1", {"bukti": "3, 14"}))
        tx.audit(Act(NOW, "ani", looking.LOOK, "isu", "1", {"bukti": "x, "}))
    with store.read() as tx:
        assert looking.looked(tx, Person("ani", ()), NOW) == {3, 14}
        assert looking.looked(tx, Person("an", ()), NOW) == frozenset()
        assert looking.looked(tx, Person("ani", ()), NOW + timedelta(seconds=1)) == frozenset()
        assert tx.get(Session, accounts.digest("x")) is None
