"""Merging and splitting isu: konten go along, rows stay, nobody's finding is mixed up, two people at once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest

from monitor import items, rumors
from monitor.items import Item
from monitor.people import Refusal
from monitor.pipeline import Finding, acts, joining
from monitor.pipeline.acts import Stale
from monitor.rumors import DIGABUNG, MENUNGGU, SELESAI, TERBUKA, TERVERIFIKASI, Rumor
from monitor.store import Store
from tests import made_city, world
from tests.people import ANI, BUDI, KARTA, RINI, TAMU

NOW = datetime(2024, 11, 22, 3, 0, tzinfo=world.NOW.tzinfo)
LATER = NOW + timedelta(minutes=1)
CLAIM, OTHER = "Surat suara sudah tercoblos di gudang KPU", "Pendaftaran bantuan bagi pemilih lewat tautan"
WHY = "Klaim yang sama dengan kata lain."


@pytest.fixture
def konten(store: Store) -> list[int]:
    """Eight free konten."""
    known = made_city.settings()
    return [made_city.add_konten(store, known, n) for n in (0, 1, 2, 4, 5, 6, 7, 8)]


def isu(store: Store, konten: list[int], claim: str = CLAIM) -> int:
    made = acts.attach(store, [(one, 0) for one in konten], ANI, claim, 0, NOW)
    assert isinstance(made, Rumor), made
    return made.id


def rumor(store: Store, number: int) -> Rumor:
    with store.read() as tx:
        found = tx.get(Rumor, number)
    assert found is not None
    return found


def carried(store: Store, number: int) -> list[int]:
    with store.read() as tx:
        return [one.id for one in tx.carriers(number)]


def versions(store: Store, konten: list[int]) -> list[tuple[int, int]]:
    with store.read() as tx:
        return [(one, found.version) for one in konten if (found := tx.get(Item, one))]


def merged(store: Store, first: int, second: int, **more: object) -> Rumor | Refusal:
    given: dict[str, object] = {"person": ANI, "reason": WHY, "version": rumor(store, first).version} | more
    return joining.merge(store, first, given["version"], second, given["person"], given["reason"],  # type: ignore[arg-type]
                         LATER)


def parted(store: Store, number: int, konten: list[int], claim: str = OTHER, target: int = 0, **more: object
           ) -> Rumor | Refusal:
    given: dict[str, object] = {"person": ANI, "reason": WHY, "version": rumor(store, number).version} | more
    return joining.split(store, number, given["version"], versions(store, konten), claim, target,  # type: ignore[arg-type]
                         given["person"], given["reason"], LATER)  # type: ignore[arg-type]


def found(store: Store, number: int, finding: str = "HOAKS") -> None:
    """A finding about an isu, with evidence; it waits to be signed."""
    acts.lay_note(store, number, ANI, "Segel utuh.", NOW)
    told = Finding(CLAIM, finding, "KPU menunjukkan segel yang utuh.", "konten palsu")
    outcome = acts.propose(store, made_city.settings(), number, rumor(store, number).version, ANI, told, NOW)
    assert isinstance(outcome, Rumor), outcome


def signed(store: Store, number: int) -> None:
    outcome = acts.sign(store, number, rumor(store, number).version, RINI, None, LATER)
    assert isinstance(outcome, Rumor), outcome


def test_merged_the_konten_go_along_and_every_row_stays(store: Store, konten: list[int]) -> None:
    first, second = isu(store, konten[:2]), isu(store, konten[2:3], OTHER)
    acts.lay_note(store, first, ANI, "Catatan isu pertama.", NOW)
    assert isinstance(merged(store, first, second), Rumor)
    assert (rumor(store, first).state, rumor(store, first).holder) == (DIGABUNG, "")
    assert rumor(store, second).state == TERBUKA
    assert carried(store, first) == []
    assert carried(store, second) == [konten[2], *konten[:2]]
    with store.read() as tx:
        assert tx.merged_to(first) == second
        assert [one.rumor for one in tx.evidence(second)] == [first]
        assert [(act.act, act.reason) for act in tx.rumor_acts(first)] == [("gabung", f"ke isu {second}: {WHY}")]
        assert [act.act for act in tx.rumor_acts(second)] == ["terima gabungan"]
        assert [act.act for act in tx.item_acts(konten[0])] == ["ambil", "lekatkan ke isu", "pindah isu"]
        assert [one.id for one in tx.rumors_of(konten[0])] == [first, second]
        assert tx.carrier_counts([first, second]) == {second: 3}
        assert [act.act for act in tx.acts()][-4:] == ["gabung", "terima gabungan", "pindah isu", "pindah isu"]
        assert tx.audit_faults() == []


def test_a_chain_of_mergers_leads_to_the_last(store: Store, konten: list[int]) -> None:
    one, two, three = isu(store, konten[:1]), isu(store, konten[1:2]), isu(store, konten[2:3])
    merged(store, one, two)
    merged(store, two, three)
    with store.read() as tx:
        assert [tx.merged_to(number) for number in (one, two, three)] == [three, three, three]
        assert sorted(tx.merged_into(three)) == [one, two]
        assert len(tx.carriers(three)) == 3
    assert isinstance(merged(store, three, one), Refusal)
    assert isinstance(acts.attach(store, [(konten[5], 0)], ANI, "", one, LATER), Refusal)


def test_one_finding_answers_all_konten_that_its_isu_carries_now(store: Store, konten: list[int]) -> None:
    first, second = isu(store, konten[:2]), isu(store, konten[2:4], OTHER)
    found(store, second)
    signed(store, second)
    assert isinstance(merged(store, first, second), Rumor)
    assert isinstance(parted(store, second, [konten[3]], person=RINI), Rumor)
    with store.read() as tx:
        told = {one.item: one.finding for one in tx.flagged(NOW - timedelta(days=900), NOW + timedelta(days=900))}
    assert [told[one] for one in konten[:4]] == ["HOAKS", "HOAKS", "HOAKS", ""]


def test_split_to_a_new_isu_and_to_one_that_is_there(store: Store, konten: list[int]) -> None:
    first = isu(store, konten[:4])
    new = parted(store, first, konten[:1])
    assert isinstance(new, Rumor)
    assert (carried(store, first), carried(store, new.id)) == (konten[1:4], konten[:1])
    there = parted(store, first, konten[1:3], "", new.id)
    assert isinstance(there, Rumor)
    assert (there.id, carried(store, new.id)) == (new.id, konten[:3])
    with store.read() as tx:
        assert [act.act for act in tx.rumor_acts(first)] == ["pisahkan", "pisahkan"]
        claim = tx.words_of([rumor(store, new.id).words])
    assert [one.title for one in claim.values()] == [OTHER]


def test_never_while_a_finding_waits(store: Store, konten: list[int]) -> None:
    first, second = isu(store, konten[:2]), isu(store, konten[2:3], OTHER)
    found(store, first)
    assert rumor(store, first).state == MENUNGGU
    for outcome in (merged(store, first, second), merged(store, second, first), parted(store, first, konten[:1]),
                    parted(store, first, konten[:1], "", second)):  # fmt: skip
        assert isinstance(outcome, Refusal), outcome
    assert carried(store, first) == konten[:2]


@pytest.mark.parametrize(("more", "says"), [
    ({"reason": "  "}, "alasan"), ({"person": TAMU}, "dipegang oleh ani"), ({"person": BUDI}, "dipegang oleh ani"),
    ({"version": 99}, "Halaman ini"),
])  # fmt: skip
def test_a_merger_that_is_refused_changes_nothing(
    store: Store, konten: list[int], more: dict[str, object], says: str
) -> None:
    first, second = isu(store, konten[:2]), isu(store, konten[2:3], OTHER)
    before = (rumor(store, first), rumor(store, second))
    outcome = merged(store, first, second, **more)
    assert isinstance(outcome, Refusal)
    assert says in outcome.sentence
    assert (rumor(store, first), rumor(store, second)) == before
    assert carried(store, first) == konten[:2]
    for bad in (merged(store, first, first), merged(store, first, 9999)):
        assert isinstance(bad, Refusal)


def test_a_split_that_is_refused_changes_nothing(store: Store, konten: list[int]) -> None:
    first = isu(store, konten[:2])
    other = isu(store, konten[2:3], OTHER)
    refused = [
        parted(store, first, konten[:2]), parted(store, first, []), parted(store, first, konten[:1], "pendek"),
        parted(store, first, konten[:1], "", first), parted(store, first, konten[:1], "", 9999),
        parted(store, first, konten[2:3]), parted(store, first, konten[:1], reason=""),
        parted(store, first, konten[:1], person=BUDI), parted(store, first, konten[:1], version=99),
    ]  # fmt: skip
    assert all(isinstance(one, Refusal) for one in refused), refused
    with store.read() as tx:
        assert len(tx.rumors()) == 2
        assert tx.rumor_acts(first) == []
    assert (carried(store, first), carried(store, other)) == (konten[:2], konten[2:3])


def test_where_the_finding_holds_a_redaktur_splits(store: Store, konten: list[int]) -> None:
    first = isu(store, konten[:3])
    found(store, first)
    signed(store, first)
    assert isinstance(parted(store, first, konten[:1]), Refusal)
    assert isinstance(parted(store, first, konten[:1], person=KARTA), Refusal)
    assert isinstance(parted(store, first, konten[:1], person=RINI), Rumor)
    assert rumor(store, first).state == TERVERIFIKASI


def test_the_room_knows_what_may_be_merged() -> None:
    open_isu, there = Rumor("a", NOW, "ani", holder="ani", id=1), Rumor("b", NOW, "ani", id=2)
    for state in (MENUNGGU, TERVERIFIKASI, SELESAI, DIGABUNG):
        closed = Rumor("a", NOW, "ani", state, id=1)
        assert isinstance(rumors.merge(closed, there, ANI, WHY, NOW), Refusal)
        received = rumors.merge(open_isu, Rumor("b", NOW, "ani", state, id=2), ANI, WHY, NOW)
        assert isinstance(received, Refusal) is (state in (MENUNGGU, DIGABUNG))
    assert isinstance(items.move(Item(1, 1, NOW, 1.0), ANI, 2, NOW), Refusal)


def test_two_people_merge_the_same_isu_at_once(store: Store, konten: list[int]) -> None:
    first, second, third = isu(store, konten[:3]), isu(store, konten[3:4]), isu(store, konten[4:5], OTHER)
    acts.on_rumor(store, first, 1, ANI, lambda one: rumors.release(one, ANI, NOW), NOW)
    version = rumor(store, first).version
    tries = [(second, ANI), (third, BUDI)] * 8

    def one(given: tuple[int, object]) -> object:
        return merged(store, first, given[0], person=given[1], version=version)

    with ThreadPoolExecutor(8) as pool:
        done = list(pool.map(one, tries))
    assert sum(isinstance(row, Rumor) for row in done) == 1
    assert all("lebih dahulu: “gabung”" in row.sentence for row in done if isinstance(row, Refusal))
    with store.read() as tx:
        held = {number: len(tx.carriers(number)) for number in (first, second, third)}
        assert tx.audit_faults() == []
    assert sorted(held.values()) == [0, 1, 4]


def test_two_isu_merged_into_one_another_at_once(store: Store, konten: list[int]) -> None:
    for start in range(0, 6, 2):
        first, second = isu(store, konten[start : start + 1]), isu(store, konten[start + 1 : start + 2])
        with ThreadPoolExecutor(2) as pool:
            done = list(pool.map(lambda pair: merged(store, *pair, version=1), [(first, second), (second, first)]))
        assert sum(isinstance(row, Rumor) for row in done) == 1, done
        assert sorted([len(carried(store, first)), len(carried(store, second))]) == [0, 2]


def test_attached_while_it_is_merged_no_konten_stays_behind(store: Store, konten: list[int]) -> None:
    first, second = isu(store, konten[:1]), isu(store, konten[1:2])
    with ThreadPoolExecutor(8) as pool:
        joined = pool.submit(merged, store, first, second)
        added = [pool.submit(acts.attach, store, [(one, 0)], ANI, "", first, LATER) for one in konten[2:]]
    assert isinstance(joined.result(), Rumor)
    landed = [one for one, job in zip(konten[2:], added, strict=True) if isinstance(job.result(), Rumor)]
    assert carried(store, first) == []
    assert sorted(carried(store, second)) == sorted([*konten[:2], *landed])
    assert not any(isinstance(job.result(), Stale) for job in added)
