"""monitor/neutrality and the boards: who was spoken of and how it was judged; small counts hidden; who passed what."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest
from bs4 import BeautifulSoup

from monitor import desk as pages
from monitor import items, neutrality
from monitor.entries import Words
from monitor.items import ItemAct
from monitor.neutrality import CRITICS, GOVERNMENT, PARTAI, PASLON, PEMERINTAH, SUMBER, Line, Subject
from monitor.pipeline import Finding, acts
from monitor.pipeline import neutrality as made
from monitor.rumors import Carrier, Rumor
from monitor.sources import Settings
from monitor.store import Store, Tx
from monitor.verdicts import FINDINGS, Signature, Verdict
from tests import evenly, made_city
from tests.asgi import Client
from tests.evenly import Looked
from tests.made_city import NOW
from tests.people import ANI, KARTA

CANDIDATES = """
[[candidate]]
names = ["Bambang Sutrisno", "Mira Lestari"]
aliases = ["Mas Bambang"]
parties = ["Partai Contoh", "Partai Pulau"]
number = 1
[[candidate]]
names = ["Tono Wiguna"]
parties = ["Partai Contoh"]
number = 2
"""


def looked(n: int, source: str = "Kabar", **more: object) -> Looked:
    return replace(Looked(n, source, True, NOW), **more)  # type: ignore[arg-type]


def line(lines: tuple[Line, ...], group: str, name: str) -> Line:
    return next(one for one in lines if (one.group, one.name) == (group, name))


def test_shares_and_delays_by_subject() -> None:
    aside = NOW + timedelta(hours=2)
    rows = [looked(n, set_aside=aside if n % 2 else None, finding="" if n % 2 else "HOAKS",
                   signed=None if n % 2 else NOW + timedelta(hours=6)) for n in range(1, 21)]
    one = Subject(PASLON, "1 · A", ("A",))
    told = line(evenly.lines(rows, [(one, set(range(1, 21)))], set()), PASLON, "1 · A")
    assert (told.konten, told.flagged) == (20, 20)
    assert told.dismissed is not None
    assert told.stamped is not None
    assert told.delay is not None
    assert (told.dismissed.hits, told.dismissed.of, told.stamped.hits) == (10, 20, 10)
    assert (told.delay.count, told.delay.middle) == (20, 4.0)


@pytest.mark.parametrize("hits", range(5))
def test_counts_under_five_are_hidden(hits: int) -> None:
    rows = [looked(n, set_aside=NOW if n <= hits else None) for n in range(1, 31)]
    told = evenly.lines(rows, [(Subject(PASLON, "x", ()), {1, 2, 3, 4})], set())
    few, all_ = line(told, PASLON, "x"), line(told, SUMBER, "Kabar")
    assert (few.konten, few.flagged, few.dismissed, few.stamped, few.delay) == (None, None, None, None, None)
    assert (all_.konten, all_.dismissed, all_.delay) == (30, None, None)


def test_government_and_its_critics_are_told_apart_and_drawn_samples_are_no_flags() -> None:
    rows = [looked(n, targets=("pemerintah",), flagged=n % 2 == 0) for n in range(1, 31)]
    told = evenly.lines(rows, [], set(range(1, 11)))
    assert (line(told, PEMERINTAH, CRITICS).konten, line(told, PEMERINTAH, GOVERNMENT).konten) == (10, 20)
    assert line(told, PEMERINTAH, CRITICS).flagged == 5


def test_narrow_sources_stand_together() -> None:
    rows = [looked(n, "Lebar" if n < 9 else f"Sempit {n}") for n in range(1, 15)]
    assert [(one.name, one.konten) for one in evenly.lines(rows, [], set()) if one.group == SUMBER] == [
        ("Lebar", 8), ("", 6)]
    assert evenly.lines([], [], set())[-1].konten is None


def test_names_come_from_feeds_toml() -> None:
    found = neutrality.subjects(made_city.settings(CANDIDATES))
    assert [(one.group, one.name) for one in found] == [
        (PASLON, "1 · Bambang Sutrisno – Mira Lestari"), (PASLON, "2 · Tono Wiguna"), (PARTAI, "Partai Contoh"),
        (PARTAI, "Partai Pulau")]
    assert found[0].phrases == ("Bambang Sutrisno", "Mira Lestari", "Mas Bambang")
    assert neutrality.subjects(made_city.settings()) == ()


def spoken(store: Store, settings: Settings) -> list[int]:
    """Konten that speak of one pair, of the other, of a party, of government and of its critics; some dismissed."""
    numbers = []
    for n in range(24):
        title = ("Mas Bambang bagi bantuan", "Tono Wiguna menang", "Partai Pulau bubar", "Wali kota pergi",
                 "Warga mengkritik wali kota")[n % 5]
        more: dict[str, object] = {"targets": ("pemerintah",)} if n % 5 > 2 else {}
        numbers.append(made_city.add_konten(store, settings, n * 17, Words(f"{title} {n}", "Kabar beredar."), **more))
    for number in numbers[::5]:
        acts.on_item(store, number, 0, ANI, lambda one: items.dismiss(one, ANI, "opini/kritik", NOW), NOW)
    return numbers


def test_the_board_reads_the_store(store: Store) -> None:
    settings = made_city.settings(CANDIDATES)
    numbers = spoken(store, settings)
    isu = acts.attach(store, [(one, 0) for one in numbers[1::5]], ANI, "Tono Wiguna sudah menang", 0, NOW)
    assert isinstance(isu, Rumor)
    acts.lay_note(store, isu.id, ANI, "Hasil KPU belum ada.", NOW)
    finding = Finding("Tono Wiguna sudah menang", "HOAKS", "Belum dihitung.", "konten palsu")
    assert isinstance(acts.propose(store, settings, isu.id, isu.version, ANI, finding, NOW), Rumor)
    acts.sign(store, isu.id, isu.version + 1, KARTA, None, NOW + timedelta(hours=1))
    with store.read() as tx:
        board = made.board(tx, settings, NOW - timedelta(days=30), NOW + timedelta(minutes=1))
        empty = made.board(tx, settings, NOW - timedelta(days=900), NOW - timedelta(days=800))
    first, second = board.lines[0], board.lines[1]
    assert board.konten == 24
    assert first.dismissed is not None
    assert (first.konten, first.dismissed.hits, first.stamped) == (5, 5, None)
    assert second.stamped is not None
    assert (second.stamped.hits, second.stamped.of) == (5, 5)
    assert line(board.lines, PARTAI, "Partai Pulau").konten == 5
    assert line(board.lines, PEMERINTAH, GOVERNMENT).konten == 5
    assert line(board.lines, PEMERINTAH, CRITICS).konten is None, "four of them: hidden"
    assert (empty.konten, [one.konten for one in empty.lines if one.group == SUMBER]) == (0, [])


MICROSECOND = timedelta(microseconds=1)


def lived(store: Store, settings: Settings, random: Random) -> None:
    """Konten of a few weeks to which anything happened: dismissed, opened again, in an isu, moved to another, found."""
    numbers = []
    for n in random.sample(range(900), random.randint(0, 60)):
        title = f"{random.choice(('Mas Bambang', 'Tono Wiguna', 'Partai Pulau', 'Warga mengkritik', 'Wali kota'))} {n}"
        words = Words(title, random.choice(("Warga protes.", "Kabar beredar.", "Mira Lestari hadir.")))
        aims = random.choice(((), ("pemerintah",), ("pemerintah", "pemilih")))
        numbers.append(made_city.add_konten(store, settings, n, words, targets=aims))
    with store.write() as tx:
        for number in numbers:
            happened(tx, number, numbers, random)


def happened(tx: Tx, number: int, numbers: list[int], random: Random) -> None:
    item = tx.items_by_id([number])[number]
    moment = item.at + random.randint(1, 10**12) * MICROSECOND
    for _ in range(random.choice((0, 0, 1, 1, 2))):
        state = random.choice((items.DIKESAMPINGKAN, items.BARU))
        tx.add(ItemAct(number, moment, "ani", "x", item.state, state))
        held = tx.items_by_id([number])[number]
        tx.change(replace(held, state=random.choice((state, items.DIKESAMPINGKAN))), held.version)
        moment += random.randint(1, 10**12) * MICROSECOND
    if random.random() < 0.4:
        words = Words(f"Klaim {number}", "")
        tx.put_words([words])
        rumor = tx.add(Rumor(words.digest, moment, "ani"))
        tx.add_all([Carrier(rumor.id, one, moment, "ani") for one in random.sample(numbers, min(3, len(numbers)))])
        for _ in range(random.randint(0, 2)):
            verdict = tx.add(Verdict(rumor.id, random.choice(FINDINGS), words.digest, moment, "ani"))
            tx.add(Signature(verdict.id, random.choice(("setujui", "kembalikan")), moment, "rini"))


@pytest.mark.parametrize("seed", range(8))
def test_the_database_counts_as_one_counts_konten_by_konten(store: Store, seed: int) -> None:
    settings, random = made_city.settings(CANDIDATES), Random(seed)
    lived(store, settings, random)
    with store.read() as tx:
        for days in (1, 7, 400):
            start, end = NOW - timedelta(days=days), NOW - timedelta(hours=random.randint(0, 40))
            board = made.board(tx, settings, start, end)
            assert board.lines == evenly.board(tx, settings, start, end), (seed, days)
            assert board.konten == len(evenly.looked_at(tx, start, end))


# The pages


@pytest.fixture
def city(tmp_path: Path) -> Iterator[Store]:
    held = made_city.opened(tmp_path)
    yield held
    held.close()


def browser(store: Store, settings: Settings, name: str, *roles: str) -> Client:
    found = Client(pages.app(made_city.desk(store, settings)), "http://127.0.0.1:8765")
    found.cookies.set("sesi", made_city.logged_in(store, name, roles), domain="127.0.0.1")
    return found


def test_the_neutrality_page_hides_small_counts_and_names_who_passed_which_gate(city: Store) -> None:
    settings = made_city.settings(CANDIDATES + '[[conflict]]\nname = "Pak Wayan"\n')
    numbers = spoken(city, settings)
    claim = "Pak Wayan membuka gudang malam hari"
    isu = acts.attach(city, [(numbers[1], 0)], ANI, claim, 0, NOW)
    assert isinstance(isu, Rumor)
    acts.lay_note(city, isu.id, ANI, "Segel utuh.", NOW)
    finding = Finding(claim, "HOAKS", "Utuh.", "konten palsu", reasons={"konflik": "<b>Orang lain</b> sama nama."})
    moment = NOW - timedelta(minutes=1)
    assert isinstance(acts.propose(city, settings, isu.id, isu.version, ANI, finding, moment), Rumor)
    karta = browser(city, settings, "karta", "kepala")
    page = BeautifulSoup(karta.get("/netralitas").text, "html.parser")
    rows = {row.th.get_text(): [cell.get_text(" ", strip=True) for cell in row.select("td")]
            for row in page.select("tbody tr")}
    assert rows["1 · Bambang Sutrisno – Mira Lestari"][:3] == ["5", "5", "100 % 57–100 %"]
    assert rows[CRITICS] == ["< 5"] * 5
    told = page.select(".plain-rows li")[0].get_text(" ", strip=True)
    assert "konflik" in told
    assert claim in told
    assert "<b>Orang lain</b> sama nama." in told
    assert "ani" in told
    for odd in ("7", "x", "-1", "9" * 30):
        assert karta.get("/netralitas", params={"hari": odd}).status_code == 200
    assert browser(city, settings, "sari", "verifikator").get("/netralitas").status_code == 403


def test_the_kepala_sees_on_one_page_what_waits_what_is_late_and_whether_it_collects(city: Store) -> None:
    settings = made_city.settings()
    made_city.fill(city, settings, 45)
    karta = browser(city, settings, "karta", "kepala")
    page = BeautifulSoup(karta.get("/ringkasan").text, "html.parser")
    told = page.get_text(" ", strip=True)
    assert "Baru 1 akun yang dapat memberi tanda tangan kedua (redaktur atau kepala)" in told
    isu = acts.attach(city, [(1, 0)], ANI, "Surat suara sudah tercoblos semua", 0, NOW - timedelta(days=2))
    assert isinstance(isu, Rumor)
    acts.lay_note(city, isu.id, ANI, "Segel utuh.", NOW)
    finding = Finding("x", "FAKTA", "Benar.")
    acts.propose(city, settings, isu.id, isu.version, ANI, finding, NOW - timedelta(minutes=5))
    figures = {item.get_text(" ", strip=True) for item in
               BeautifulSoup(karta.get("/ringkasan").text, "html.parser").select(".tally li")}
    assert "1 hasil isu menunggu tanda tangan Anda" in figures
    assert any(one.endswith("konten terbuka melewati janji jawaban") and not one.startswith("0 ") for one in figures)
    assert any(one.endswith("sumber lancar") for one in figures)
    assert "berjalan" in told
    assert browser(city, settings, "tamu", "pembaca").get("/ringkasan").status_code == 403
