"""The audit's chain in the database: every tampering and a cut tail are found, erasures leave it whole."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta, timezone

import pytest

from monitor import audit
from monitor.entries import Words
from monitor.items import DIPROSES
from monitor.store import Filters, Store
from tests import world
from tests.world import NOW


@pytest.fixture
def chain(store: Store) -> Store:
    """A store with ten acts."""
    for number in range(1, 11):
        with store.write() as tx:
            tx.audit(world.act(number))
    return store


def tamper(store: Store, *orders: str) -> None:
    """Somebody with the database's own tools: guards away, change, guards back."""
    with store.write() as tx:
        if store.sqlite:
            tx.connection.exec_driver_sql("DROP TRIGGER audit_no_update")
            tx.connection.exec_driver_sql("DROP TRIGGER audit_no_delete")
        else:
            tx.connection.exec_driver_sql("ALTER TABLE audit DISABLE TRIGGER USER")
        for order in orders:
            tx.connection.exec_driver_sql(order)


def test_whole_chain_has_no_fault(chain: Store) -> None:
    assert chain.audit_faults() == []
    with chain.read() as tx:
        acts = tx.acts()
        assert tx.anchor() == (10, acts[-1].digest)
        assert [act.key for act in tx.acts("konten", "7")] == ["7"]
        assert tx.acts(after=acts[4].id, limit=2) == acts[5:7]
    assert (acts[0].previous, acts[1].previous) == (audit.START, acts[0].digest)


@pytest.mark.parametrize("change", [
    "at = (SELECT at FROM audit WHERE key = '1')", "who = 'Budi'", "act = 'lepas'", "noun = 'isu'", "key = '77'",
    "detail = '{}'", "previous = digest", "digest = previous",
])
def test_change_of_any_field_is_found(chain: Store, change: str) -> None:
    tamper(chain, f"UPDATE audit SET {change} WHERE key = '5'")
    assert chain.audit_faults() != []


def test_act_taken_from_the_middle_is_found(chain: Store) -> None:
    tamper(chain, "DELETE FROM audit WHERE key = '5'")
    assert any("does not follow" in fault for fault in chain.audit_faults())


def test_cut_tail_is_found(chain: Store) -> None:
    tamper(chain, "DELETE FROM audit WHERE key IN ('8', '9', '10')")
    with chain.read() as tx:
        assert any("tail was cut" in fault for fault in tx.audit_faults())


def test_tail_cut_together_with_its_anchor_is_found_from_outside(chain: Store) -> None:
    tamper(
        chain,
        "DELETE FROM audit WHERE key IN ('8', '9', '10')",
        "UPDATE heads SET acts = 7, digest = (SELECT digest FROM audit WHERE key = '7')",
    )
    with chain.read() as tx:
        assert tx.audit_faults() == []
    assert chain.audit_faults() == ["act number 10 is not the one that was anchored: the chain was cut or rewritten"]


def test_rewritten_chain_is_found_from_outside(chain: Store) -> None:
    with chain.read() as tx:
        acts, previous = tx.acts(), audit.START
    orders = []
    for act in acts:
        false = audit.chained(replace(act, who="Budi"), previous)
        previous = false.digest
        orders.append(f"UPDATE audit SET who = 'Budi', previous = '{false.previous}', digest = '{false.digest}'"
                      f" WHERE id = {act.id}")
    tamper(chain, *orders, f"UPDATE heads SET digest = '{previous}'")
    with chain.read() as tx:
        assert tx.audit_faults() == []
    assert len(chain.audit_faults()) == 1


def test_unreadable_anchor_is_a_fault_and_an_older_one_is_none(chain: Store) -> None:
    anchor = chain.home / "audit.anchor"
    older = anchor.read_text()
    with chain.write() as tx:
        tx.audit(world.act(11))
    anchor.write_text(older)
    assert chain.audit_faults() == []
    anchor.write_text("{")
    assert len(chain.audit_faults()) == 1


def test_acts_of_many_writers_make_one_chain(store: Store) -> None:
    def act(number: int) -> None:
        with store.write() as tx:
            tx.add(world.fetch())
            tx.audit(world.act(number))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(act, range(60)))
    assert store.audit_faults() == []
    with store.read() as tx:
        assert sorted(int(one.key) for one in tx.acts()) == list(range(60))


def test_act_is_kept_or_lost_with_the_change_that_it_tells_of(store: Store) -> None:
    with store.write() as tx:
        item = world.build(tx, 1)[0].item
    with pytest.raises(ZeroDivisionError):
        half(store, item)
    with store.read() as tx:
        detail = tx.item(item.id)
        assert (detail and detail.row.item, tx.acts()) == (item, [])
    assert store.audit_faults() == []


def half(store: Store, item: object) -> None:
    with store.write() as tx:
        assert tx.change(replace(item, state=DIPROSES, holder="Ani"), 1)  # type: ignore[type-var]
        tx.audit(world.act(1))
        raise ZeroDivisionError


def test_hostile_act_still_verifies(store: Store) -> None:
    wit = timezone(timedelta(hours=9))
    with store.write() as tx:
        tx.audit(world.act(1, at=NOW.astimezone(wit), who="A\0ni \ud83d", key="\udfff",
                           detail={"b": 0.1 + 0.2, "a": "\ud83d\0", "c": None, "d": True, "e": 2**62}))
        tx.audit(world.act(2))
    assert store.audit_faults() == []


def test_erasure_leaves_rows_and_chain_whole(store: Store) -> None:
    with store.write() as tx:
        made = world.build(tx, 6)
        gone = made[2]
        page = store.keep(b"<html>halaman</html>")
        tx.add(replace(gone.article, id=0, version=2, page=page))
        words = tx.payloads_of(gone.item.id)
    found = Filters(text=gone.words.title, archive=True)
    with store.read() as tx:
        assert [row.item.id for row in tx.queue(found)] == [gone.item.id]
    store.erase(words, "Admin", "permintaan pemilik data", "UU 27/2022", NOW)
    with store.read() as tx:
        detail = tx.item(gone.item.id)
        assert detail is not None
        assert (detail.row.words, detail.row.article, detail.row.item) == (None, gone.article, gone.item)
        assert (tx.words_of(words), tx.queue(found)) == ({}, [])
        assert [row.item.id for row in tx.queue(Filters(text=made[3].words.title, archive=True))] == [made[3].item.id]
        assert [(row.words, row.who) for row in tx.erasures()] == [
            (digest, "Admin") for digest in (gone.words.digest, *sorted((gone.article.page, page)))]
    assert store.kept(page) is None
    assert store.audit_faults() == []


def test_erased_words_do_not_come_back(store: Store) -> None:
    words = Words("Nama pribadi", "08123456789")
    with store.write() as tx:
        tx.put_words([words])
    store.erase([words.digest], "Admin", "permintaan", "UU 27/2022", NOW)
    with store.write() as tx:
        tx.put_words([words, Words("lain", "")])
        assert tx.words_of([words.digest]) == {}


# On PostgreSQL VACUUM frees the pages and its log is the server's to rotate: there is no file of ours to look into.
@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_erased_words_are_gone_from_the_disk(store: Store) -> None:
    secret = Words("rahasiabesar", "nomor 081234567890 " * 400)
    with store.write() as tx:
        made = world.build(tx, 3)
        tx.put_words([secret])
        article = tx.add(replace(made[0].article, id=0, version=2, words=secret.digest))
        tx.add(replace(made[0].item, id=0, article=article.id))
    store.erase([secret.digest], "Admin", "permintaan", "UU 27/2022", NOW)
    left = b"".join(path.read_bytes() for path in store.home.glob("jernih.db*"))
    assert b"081234567890" not in left
    assert b"rahasiabesar" not in left
