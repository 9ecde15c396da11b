"""Hostile names of sources, lessons, grounds, notes and statements: the desk's other pages stay as they are."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from monitor import desk as pages
from monitor.entries import Words
from monitor.people import Refusal
from monitor.pipeline import answers, referring, reports
from monitor.referrals import Ground
from monitor.statements import Statement
from monitor.store import Store
from tests import made_city, strings
from tests.asgi import Client
from tests.made_city import NOW
from tests.office import Office
from tests.people import ANI, KARTA
from tests.published import TEXT
from tests.test_xss import Skeleton, judge

EVERY = strings.every()
SAMPLE = EVERY[::12]
NAMED = ("/sumber", "/?keadaan=semua", "/netralitas", "/ringkasan", "/kerja")


def client(store: Store, settings: object) -> Client:
    made = Client(pages.app(made_city.desk(store, settings, now=lambda: NOW)))  # type: ignore[arg-type]
    made.cookies.set("sesi", made_city.logged_in(store), domain="127.0.0.1")
    return made


def named(home: Path, names: list[str]) -> dict[str, str]:
    """The pages that name sources, of an office whose sources have these names."""
    known = made_city.settings(sources=len(names))
    pairs = zip(known.sources, names, strict=True)
    held = replace(known, sources=tuple(replace(one, name=name) for one, name in pairs))
    store = made_city.opened(home)
    try:
        with store.write() as tx:
            for n, source in enumerate(held.sources):
                tx.put_schedule(made_city.schedule(source.name, source.url, n))
        items = [made_city.add_konten(store, held, n) for n in range(len(names))]
        asks = client(store, held)
        return {path: asks.get(path).text for path in (*NAMED, *(f"/konten/{one}" for one in items[:20]))}
    finally:
        store.close()


def test_names_of_sources(tmp_path: Path) -> None:
    plain = named(tmp_path / "biasa", [f"Sumber {n:04d}" for n in range(60)])
    konten = Skeleton("".join(page for path, page in plain.items() if path.startswith("/konten")))
    for start in range(0, len(SAMPLE) - 60, 60):
        found = named(tmp_path / str(start), [f"{one} {n}" for n, one in enumerate(SAMPLE[start : start + 60])])
        for path, page in found.items():
            judge(page, konten if path.startswith("/konten") else Skeleton(plain[path]), path)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    held = Office(tmp_path_factory.mktemp("home"))
    yield held
    held.close()


def judged(office: Office, path: str, put: Callable[[str], None], every: int = 1) -> None:
    """Puts harmless words, then each hostile one, and asks for the page."""
    asks = client(office.store, office.settings)
    put("Kata yang biasa saja")
    plain = Skeleton(asks.get(path).text)
    for one in SAMPLE[::every]:
        put(one)
        judge(asks.get(path).text, plain, f"{path} {one}")


def test_lessons_of_a_period(office: Office) -> None:
    judged(office, "/laporan/masa?masa=2024-11",
           lambda text: _kept(reports.write_lessons(office.store, "2024-11", text, "rini", NOW)))


def test_grounds_and_letters_of_referrals(office: Office) -> None:
    rumor = office.isu("PENIPUAN")
    def put(text: str) -> None:
        _kept(referring.refer(office.store, office.settings, rumor, "Polri", Ground(text, text), KARTA, NOW))

    judged(office, "/rujukan", put, 4)
    asks = client(office.store, office.settings)
    with office.store.read() as tx:
        numbers = [row.id for row in tx.referrals(rumor)]
    plain = Skeleton(asks.get(f"/rujukan/{numbers[0]}").text)
    for number in numbers[1::10]:
        judge(asks.get(f"/rujukan/{number}").text, plain, f"/rujukan/{number}")


def _kept(outcome: object) -> None:
    assert not isinstance(outcome, Refusal), outcome


def test_drafts_of_clarifications(office: Office) -> None:
    number = office.drafted(number=3)

    def put(text: str) -> None:
        _kept(answers.edit(office.house, number, ANI, replace(TEXT, headline=text, summary=text, advice=text,
                                                              circulating=text, explanation=text), office.later()))

    judged(office, f"/klarifikasi/{number}", put)
    judged(office, "/klarifikasi", put, 4)


def test_words_of_the_second_lane(tmp_path: Path) -> None:
    store, known = made_city.opened(tmp_path), made_city.settings()
    asks = client(store, known)

    def stated(texts: list[str], start: int) -> str:
        items = [made_city.add_konten(store, known, start + n, Words(one, one, one)) for n, one in enumerate(texts)]
        with store.write() as tx:
            rows = tx.queue_rows(items)
            held = tx.state([Statement(row.article.id, NOW, "bantahan", True, row.article.words) for row in rows])
        listed = asks.get("/bantahan").text
        return listed + "".join(asks.get(f"/bantahan/{one.id}").text for one in held[::10])

    plain = Skeleton(stated([f"Kata biasa {n}" for n in range(50)], 0))
    for start in range(0, len(SAMPLE), 50):
        judge(stated(SAMPLE[start : start + 50], 1000 + start), plain, f"bantahan {start}")
    store.close()
