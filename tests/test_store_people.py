"""What may happen once happens once, on both engines: codes, links, counts, findings."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from monitor.people import Account, Device, Person, Recovery, Refusal, Session, Ticket
from monitor.pipeline import Finding, acts
from monitor.rumors import Rumor
from monitor.store import Store, Tx
from tests import made_city, world
from tests.world import NOW

LATER = NOW + timedelta(hours=1)


@pytest.fixture
def people(store: Store) -> Store:
    with store.write() as tx:
        tx.put([Account("ani", "Ani", ("redaktur",), NOW), Account("budi", "Budi", ("verifikator",), NOW)])
        tx.put([Ticket("t" * 64, "ani", NOW, LATER)])
        tx.put([Session("s" * 64, "ani", NOW, NOW), Session("u" * 64, "budi", NOW, NOW)])
        tx.put([Device("d" * 64, "ani", NOW)])
        tx.set_recoveries("ani", [Recovery("r" * 64, "ani", NOW)])
    return store


def at_once(store: Store, act: Callable[[Tx, int], object], times: int = 8) -> list[object]:
    """The act in `times` transactions of their own, as much at once as it goes."""

    def one(n: int) -> object:
        with store.write() as tx:
            return act(tx, n)

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(one, range(times)))


@pytest.mark.parametrize("act", [
    lambda tx, n: tx.use_step("ani", 57_000_000),
    lambda tx, n: tx.use_ticket("t" * 64, NOW),
    lambda tx, n: tx.use_recovery("r" * 64, "ani", NOW),
], ids=["code", "link", "recovery code"])
def test_what_is_used_once_is_used_once(people: Store, act: Callable[[Tx, int], object]) -> None:
    assert sorted(at_once(people, act), key=bool) == [False] * 7 + [True]


def test_tries_are_counted_one_by_one_and_anew_after_the_window(people: Store) -> None:
    counts = at_once(people, lambda tx, n: tx.count_try("akun:ani", NOW, timedelta(minutes=15)).count, 12)
    assert sorted(counts) == list(range(1, 13))  # type: ignore[type-var]
    with people.write() as tx:
        assert tx.count_try("akun:ani", NOW + timedelta(minutes=15), timedelta(minutes=15)).count == 1
        tx.clear_tries(["akun:ani", "akun:tiada"])
        assert tx.count_try("akun:ani", NOW, timedelta(minutes=15)).count == 1


def test_links_and_codes_of_others_or_of_yesterday_do_nothing(people: Store) -> None:
    with people.write() as tx:
        assert not tx.use_ticket("t" * 64, LATER)
        assert not tx.use_recovery("r" * 64, "budi", NOW)
        assert not tx.use_step("tiada", 1)
        tx.void_tickets("ani", NOW)
        assert not tx.use_ticket("t" * 64, NOW)


def test_ending_sessions_ends_those_of_one_account(people: Store) -> None:
    with people.write() as tx:
        tx.touch("s" * 64, LATER)
        assert tx.get(Session, "s" * 64) == Session("s" * 64, "ani", NOW, LATER)
        tx.end_sessions("ani")
        tx.forget_devices("ani")
        assert tx.get(Session, "s" * 64) is None
        assert tx.get(Device, "d" * 64) is None
        assert tx.get(Session, "u" * 64) is not None
        tx.sweep(NOW + timedelta(days=3), timedelta(hours=12), timedelta(days=2))
        assert tx.get(Session, "u" * 64) is None
        assert tx.get(Ticket, "t" * 64) is None
        assert [one.name for one in tx.accounts()] == ["ani", "budi"]


def test_fifty_findings_at_once_one_lands_and_the_others_are_told_by_whom(store: Store) -> None:
    sari = Person("sari", ("verifikator",))
    with store.write() as tx:
        free = next(one.item for one in world.build(tx, 12) if one.item.state == "BARU")
    isu = acts.attach(store, [(free.id, free.version)], sari, "Klaim yang cukup panjang", 0, NOW)
    assert isinstance(isu, Rumor)
    acts.lay_note(store, isu.id, sari, "Segel utuh.", NOW)
    settings = made_city.settings()

    def one(n: int) -> object:
        finding = Finding("Klaim yang cukup panjang", "HOAKS", f"Penjelasan {n}", "konten palsu")
        return acts.propose(store, settings, isu.id, isu.version, sari, finding, NOW)

    with ThreadPoolExecutor(16) as pool:
        done = list(pool.map(one, range(50)))
    assert sum(isinstance(row, Rumor) for row in done) == 1
    assert sum(isinstance(row, Refusal) for row in done) == 49
    with store.read() as tx:
        assert len(tx.verdicts(isu.id)) == 1
        assert [act.act for act in tx.acts("isu")] == ["buka isu", "tambah bukti", "ajukan hasil"]
        assert tx.audit_faults() == []


def test_recent_acts_go_backwards_page_by_page(store: Store) -> None:
    with store.write() as tx:
        made = [tx.audit(world.act(number)) for number in range(1, 8)]
    with store.read() as tx:
        first = tx.recent_acts(limit=3)
        assert first == made[:3:-1]
        assert tx.recent_acts(before=first[-1].id, limit=10) == made[3::-1]
        assert tx.recent_acts("konten", "2") == [made[1]]
        assert tx.recent_acts("isu") == []
