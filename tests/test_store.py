"""Rows in, rows out, on both engines: what goes in comes back, nothing is lost, doubled or edited."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from types import NoneType
from typing import Any, get_args, get_origin, get_type_hints

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from monitor import store as stores
from monitor.articles import Article
from monitor.entries import Entry, Showing, Waiting, Words
from monitor.fetches import Cycle, Schedule
from monitor.items import BARU, DIPROSES, Item, ItemAct
from monitor.store import Held, Store, StoreError, Tx
from monitor.store.tables import APPENDED, KEYS, META, NAMES, PROJECTIONS, REFERENCES
from monitor.store.types import clean, cleaned, tuples
from tests import answered, world
from tests.world import NOW

ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=40)
ZONES = st.sampled_from((UTC, timezone(timedelta(hours=9)), timezone(timedelta(hours=-11, minutes=-30))))
LEAVES: dict[Any, st.SearchStrategy[Any]] = {
    str: ANY_TEXT,
    int: st.integers(-(2**63), 2**63 - 1),
    float: st.floats(allow_nan=False, allow_infinity=False),
    bool: st.booleans(),
    NoneType: st.none(),
    datetime: st.datetimes(datetime(1900, 1, 1), datetime(2200, 1, 1), timezones=ZONES),
}


class Undone(Exception):
    """Raised to take back a transaction."""


def write(store: Store, act: Callable[[Tx], Any]) -> None:
    with store.write() as tx:
        act(tx)


def strategy(hint: Any) -> st.SearchStrategy[Any]:
    """Values of a field's type."""
    if hint in LEAVES:
        return LEAVES[hint]
    parts = get_args(hint)
    if get_origin(hint) is dict:
        return st.dictionaries(strategy(parts[0]), strategy(parts[1]), max_size=4)
    if get_origin(hint) is tuple and parts[-1] is Ellipsis:
        return st.lists(strategy(parts[0]), max_size=3).map(tuple)
    if get_origin(hint) is tuple:
        return st.tuples(*map(strategy, parts))
    return st.one_of(*map(strategy, parts))


def rows_of(kind: type) -> st.SearchStrategy[Any]:
    hints = get_type_hints(kind)
    return st.builds(kind, **{field.name: strategy(hints[field.name]) for field in fields(kind)})


def normal(value: Any) -> Any:
    """What the store gives back for what it was given."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, datetime):
        return value.astimezone(UTC)
    return tuples(cleaned(value)) if isinstance(value, (tuple, dict)) else value


def parents(tx: Tx) -> dict[str, int]:
    """An id in every table that others refer to; the konten's article and entry have free places for one more."""
    made = world.build(tx, 1)[0]
    rumor, verdict = world.case(tx, made)
    spare = tx.add(replace(made.article, id=0, version=2))
    return {
        "fetches": made.entry.fetch, "entries": made.entry.id, "articles": spare.id, "scores": made.score.id,
        "items": made.item.id, "item_acts": tx.item_acts(made.item.id)[0].id, "rumors": rumor.id,
        "verdicts": verdict.id, **answered.parents(tx, rumor, verdict),
    }


def there_and_back(tx: Tx, kind: type, drawn: Any) -> None:
    key = KEYS.get(NAMES[kind], "id")
    held = parents(tx)
    links = {field: held[other] for field, other in REFERENCES.get(NAMES[kind], {}).items()}
    row = replace(drawn, **links, **({"id": 0} if key == "id" else {}))
    added = tx.add(row)
    found = tx.get(kind, normal(getattr(added, key)))
    assert found is not None
    for field in fields(kind):
        expected = added if field.name == "id" else row
        assert getattr(found, field.name) == normal(getattr(expected, field.name)), field.name
    raise Undone


@pytest.mark.parametrize("kind", NAMES, ids=lambda kind: kind.__name__)
@given(data=st.data())
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_row_comes_back_as_it_went_in(store: Store, kind: type, data: st.DataObject) -> None:
    drawn = data.draw(rows_of(kind))
    with pytest.raises(Undone):
        write(store, lambda tx: there_and_back(tx, kind, drawn))


def test_times_come_back_aware_and_in_utc(store: Store) -> None:
    wit = timezone(timedelta(hours=9))
    with store.write() as tx:
        tx.put_schedule(Schedule("a", datetime(2024, 11, 20, 12, 0, 0, 123456, tzinfo=wit)))
    with store.read() as tx:
        due = tx.schedules()["a"].due
    assert (due, due.utcoffset()) == (datetime(2024, 11, 20, 3, 0, 0, 123456, tzinfo=UTC), timedelta(0))


@pytest.mark.parametrize("wrong", [float("nan"), float("inf"), -float("inf")])
def test_nan_reaches_no_column(store: Store, wrong: float) -> None:
    with store.write() as tx:
        made = world.build(tx, 1)[0]
    rows = (
        lambda tx: tx.add(replace(made.score, id=0, hoax=wrong)),
        lambda tx: tx.add(replace(made.score, id=0, reasons=(("title", 0, 1, wrong),))),
        lambda tx: tx.change(replace(made.item, priority=wrong), 1),
        lambda tx: tx.reprioritise([(made.item.id, wrong)]),
    )
    for row in rows:
        with pytest.raises(ValueError, match=r"column of numbers|JSON"):
            write(store, row)


def test_naive_time_is_refused(store: Store) -> None:
    with pytest.raises(ValueError, match="naive"):
        write(store, lambda tx: tx.put_schedule(Schedule("a", datetime(2024, 1, 1))))


def test_hostile_text_does_not_stop_one_engine_alone(store: Store) -> None:
    hostile = Words("judul\0 \ud83d \ude00", "x" * 2_000_000 + "\0", "\udfff")
    with store.write() as tx:
        tx.put_words([hostile])
        found = tx.words_of([hostile.digest])[hostile.digest]
    assert (found.title, len(found.text), found.author) == ("judul\ufffd \ufffd \ufffd", 2_000_001, "\ufffd")


def test_rows_get_their_ids_in_order(store: Store) -> None:
    with store.write() as tx:
        visits = tx.add_all([world.fetch(at=NOW + timedelta(seconds=n)) for n in range(1200)])
        assert [row.id for row in visits] == sorted({row.id for row in visits})
        assert [tx.get(type(row), row.id) for row in visits[::300]] == visits[::300]
        mixed = tx.add_all([world.fetch(), Cycle(NOW, NOW, 1), world.fetch()])
    assert [type(row).__name__ for row in mixed] == ["Fetch", "Cycle", "Fetch"]
    assert visits[-1].id < mixed[0].id < mixed[2].id


def test_transaction_is_kept_whole_or_not_at_all(store: Store) -> None:
    def half(tx: Tx) -> None:
        world.build(tx, 3)
        tx.audit(world.act(1))
        raise Undone

    with pytest.raises(Undone):
        write(store, half)
    with store.read() as tx:
        assert (tx.counts(), tx.known(["identity-0"]), tx.anchor()[0]) == ({}, set(), 0)


def test_entries_are_appended_once(store: Store) -> None:
    with store.write() as tx:
        visit = tx.add(world.fetch()).id
        first = tx.add_entries([world.entry(1, visit), world.entry(2, visit), world.entry(1, visit)])
        again = tx.add_entries([world.entry(2, visit), world.entry(3, visit)])
        assert [row.identity for row in first] == ["identity-1", "identity-2"]
        assert [row.identity for row in again] == ["identity-3"]
        assert tx.known(["identity-1", "identity-3", "identity-9"]) == {"identity-1", "identity-3"}
        assert tx.get(Entry, again[0].id) == again[0]


def test_writers_at_once_append_each_entry_once(store: Store) -> None:
    def save(turn: int) -> list[Entry]:
        with store.write() as tx:
            visit = tx.add(world.fetch()).id
            numbers = range(40) if turn % 2 else reversed(range(40))
            return tx.add_entries([world.entry(number, visit) for number in numbers])

    with ThreadPoolExecutor(8) as pool:
        saved = [entry for some in pool.map(save, range(8)) for entry in some]
    assert sorted(row.identity for row in saved) == sorted(f"identity-{number}" for number in range(40))
    assert len({row.id for row in saved}) == 40


def test_of_fifty_changes_at_once_one_lands(store: Store) -> None:
    with store.write() as tx:
        item = world.build(tx, 1)[0].item

    def take(number: int) -> bool:
        with store.write() as tx:
            held = tx.get(Item, item.id)
            assert held is not None
            landed = tx.change(replace(item, state=DIPROSES, holder=f"orang {number}"), 1)
            if landed:
                tx.add(ItemAct(item.id, NOW, f"orang {number}", "ambil", held.state, DIPROSES))
            return landed

    with ThreadPoolExecutor(12) as pool:
        landed = list(pool.map(take, range(50)))
    with store.read() as tx:
        detail = tx.item(item.id)
    assert landed.count(True) == 1
    assert detail is not None
    assert (detail.row.item.version, detail.row.item.holder) == (2, f"orang {landed.index(True)}")
    assert [act.who for act in detail.acts] == [detail.row.item.holder]


def test_read_sees_one_moment_and_writes_nothing(store: Store) -> None:
    with store.write() as tx:
        world.build(tx, 2)
    with store.read() as reader:
        before = reader.counts()
        with store.write() as tx:
            world.build(tx, 5, start=100)
        assert reader.counts() == before
    with pytest.raises(StoreError), store.read() as reader:
        reader.add(world.fetch())
    with store.read() as tx:
        assert tx.counts() != before


def refused(store: Store, order: str) -> str:
    with pytest.raises(StoreError) as told:
        write(store, lambda tx: tx.connection.exec_driver_sql(order))
    return told.value.cause


def test_corridor_rows_are_appended_never_changed(store: Store) -> None:
    with store.write() as tx:
        world.whole(tx)
    for name in APPENDED:
        fixed = [c.name for c in META.tables[name].columns if c.name not in (*PROJECTIONS.get(name, ()), "id")]
        for column in fixed:
            assert "appended, never changed" in refused(store, f'UPDATE {name} SET "{column}" = "{column}"'), name
        assert "appended, never changed" in refused(store, f"DELETE FROM {name}"), name
        if not store.sqlite:
            assert "appended, never changed" in refused(store, f"TRUNCATE {name} CASCADE"), name
    if store.sqlite:
        replaced = "INSERT OR REPLACE INTO audit SELECT * FROM audit LIMIT 1"
        assert "appended, never changed" in refused(store, replaced)


def test_projection_may_follow(store: Store) -> None:
    with store.write() as tx:
        world.whole(tx)
        for name, names in PROJECTIONS.items():
            for column in names:
                tx.connection.exec_driver_sql(f'UPDATE {name} SET "{column}" = "{column}"')


def test_every_corridor_table_is_guarded_or_named_as_state() -> None:
    people = {"accounts", "sessions", "tickets", "recoveries", "devices", "tries", "delegations", "saved_filters",
              "unsent"}
    assert set(APPENDED) == set(NAMES.values()) - {"schedules", "waiting", "showings", "alerts"} - people


def test_entries_and_how_they_were_last_shown(store: Store) -> None:
    with store.write() as tx:
        visit = tx.add(world.fetch()).id
        first, second = tx.add_entries([world.entry(1, visit), world.entry(2, visit)])
        tx.put([Showing(first.id, "a" * 64, NOW)])
        tx.put([Showing(first.id, "b" * 64, NOW)])
        assert tx.entries_by(["identity-1", "identity-2", "identity-9"]) == {"identity-1": first, "identity-2": second}
        assert tx.showings([first.id, second.id]) == {first.id: Showing(first.id, "b" * 64, NOW)}


def test_waiting_entries(store: Store) -> None:
    with store.write() as tx:
        visit = tx.add(world.fetch()).id
        entries = tx.add_entries([world.entry(number, visit) for number in range(6)])
        tx.put_waiting([
            Waiting(row.id, "page", NOW + timedelta(minutes=5 - place), "a" if place < 4 else "b")
            for place, row in enumerate(entries)
        ])
        tx.put_waiting(Waiting(entries[0].id, "score", NOW, "a", tries=1))
        late = NOW + timedelta(hours=1)
        assert [row.identity for _, row in tx.waiting("page", late)] == [f"identity-{n}" for n in (5, 4, 3, 2, 1)]
        assert [row.identity for _, row in tx.waiting("page", late, each_host=1)] == ["identity-5", "identity-3"]
        soon = tx.waiting("page", NOW + timedelta(minutes=1))
        assert [row.entry for row, _ in soon] == [entries[5].id, entries[4].id]
        assert tx.waiting("score", late) == [(Waiting(entries[0].id, "score", NOW, "a", tries=1), entries[0])]
        assert (tx.waiting_counts(), tx.next_waiting("page")) == ({"page": 5, "score": 1}, NOW)
        tx.drop_waiting(row.id for row in entries[1:])
        assert (tx.waiting_counts(), tx.next_waiting("page")) == ({"score": 1}, None)


def test_latest_article_and_same_text(store: Store) -> None:
    with store.write() as tx:
        first, second = world.build(tx, 2)
        newer = tx.add(replace(first.article, id=0, version=2, words=second.article.words))
        assert tx.articles_of(first.entry.id) == [first.article, newer]
        assert tx.latest_article(first.entry.id) == newer
        assert tx.latest_articles([first.entry.id, second.entry.id]) == {
            first.entry.id: newer, second.entry.id: second.article
        }
        assert tx.same_text(second.article.words) == [second.article, newer]
        assert tx.same_text("") == []
    with pytest.raises(StoreError):
        write(store, lambda tx: tx.add(replace(first.article, id=0, version=2)))


def test_reference_to_nothing_is_refused(store: Store) -> None:
    with pytest.raises(StoreError):
        write(store, lambda tx: tx.add(Article(999, 0, 1, NOW, "", "", "feed")))
    with store.write() as tx:
        typed_in = tx.add_entries([world.entry(1, 0)])[0]
        assert tx.get(Entry, typed_in.id) == typed_in
        assert typed_in.fetch == 0


def test_source_health(store: Store) -> None:
    with store.write() as tx:
        tx.put_schedules([Schedule("a", NOW, failures=2, sentence="Situs tidak menjawab."), Schedule("b", NOW)])
        tx.put_schedule(Schedule("a", NOW, failures=3, sentence="Situs tidak menjawab."))
        tx.add_all([
            world.fetch("a", NOW - timedelta(days=9)),
            world.fetch("a", NOW - timedelta(days=1), new=4),
            world.fetch("a", NOW, outcome="timeout", sentence="Situs tidak menjawab."),
        ])
        found = tx.source_health(NOW - timedelta(days=7))
        assert (found["a"].fetches, found["a"].failures, found["a"].new) == (2, 1, 4)
        assert (found["b"].fetches, found["b"].failures, found["b"].new) == (0, 0, 0)
        assert found["a"].schedule.failures == 3
        assert tx.source_health(NOW - timedelta(days=7), NOW)["a"].fetches == 1
        assert [row.outcome for row in tx.fetches_of("a", limit=2)] == ["timeout", "ok"]


def test_week_of_events(store: Store) -> None:
    with store.write() as tx:
        made = world.build(tx, 30)
        world.case(tx, made[10])
        tx.add(ItemAct(made[11].item.id, made[11].item.at, "Ani", "kesampingkan", BARU, "DIKESAMPINGKAN", "ganda"))
        start, end = made[10].item.at, made[20].item.at
        found = tx.events(start, made[10].item.at + timedelta(hours=3))
        assert [row.item for row in tx.flagged(start, end)] == [konten.item.id for konten in made[10:20]]
        assert tx.flagged_count(start, end) == 10
        first = tx.flagged(start, end)[0]
        assert (first.finding, first.title, first.hoax) == ("HOAKS", made[10].words.title, made[10].score.hoax)
        assert (found.entries, found.articles, found.dismissed) == (20, 20, 1)
        assert (found.findings, found.answers) == ({"HOAKS": 1}, (2.0,))
        assert found.open_now == sum(konten.item.state in (BARU, DIPROSES) for konten in made)


def test_last_completed_cycle(store: Store) -> None:
    with store.write() as tx:
        assert tx.figures().cycle is None
        done = tx.add(Cycle(NOW, NOW + timedelta(minutes=1), 5, fetched=5))
        tx.add(Cycle(NOW, NOW + timedelta(minutes=9), 5, stopped=True))
        assert tx.figures().cycle == done


def test_embedded_database_in_memory_is_shared_between_threads(tmp_path: Path) -> None:
    with closing(stores.open("sqlite://", tmp_path)) as store:
        store.migrate()

        def save(number: int) -> None:
            with store.write() as tx:
                tx.add_entries([world.entry(number, tx.add(world.fetch()).id)])

        with ThreadPoolExecutor(6) as pool:
            list(pool.map(save, range(12)))
        with store.read() as tx:
            assert len(tx.known(f"identity-{number}" for number in range(12))) == 12


def test_archive_of_bytes(store: Store) -> None:
    digest = store.keep(b"<html>halaman</html>" * 1000)
    assert store.kept(digest) == b"<html>halaman</html>" * 1000
    assert store.keep(b"<html>halaman</html>" * 1000) == digest
    assert [path.name for path in store.arsip.folder.iterdir()] == [digest]
    assert store.arsip.folder.joinpath(digest).stat().st_size < 1000
    assert store.kept("0" * 64) is None
    store.arsip.folder.joinpath(digest).write_bytes(b"rusak")
    with pytest.raises(StoreError, match="does not hold"):
        store.kept(digest)


def test_retention_leaves_pages_of_items_and_evidence(store: Store) -> None:
    pages = [store.keep(f"halaman {number}".encode()) for number in range(4)]
    with store.write() as tx:
        made = world.build(tx, 1)[0]
        kept = tx.add(replace(made.article, id=0, version=2, page=pages[0]))
        tx.add(Item(kept.id, made.score.id, NOW, 0.5))
        rumor, _ = world.case(tx, made)
        tx.add(replace(tx.evidence(rumor.id)[0], id=0, page=pages[1]))
        tx.add(replace(made.article, id=0, version=3, page=pages[2]))
    for page in pages[:3]:
        os.utime(store.arsip.folder / page, (0, 0))
    half, young = store.arsip.folder / ".setengah", store.arsip.folder / ".muda"
    half.write_bytes(b"x")
    young.write_bytes(b"x")
    os.utime(half, (0, 0))
    before = datetime(2020, 1, 1, tzinfo=UTC)
    assert store.prune(before, dry=True) == [pages[2]]
    assert store.kept(pages[2]) is not None
    assert half.exists()
    assert store.prune(before) == [pages[2]]
    assert (half.exists(), young.exists()) == (False, True)
    assert [page for page in pages if store.kept(page)] == [pages[0], pages[1], pages[3]]


# Killed at any moment.

WRITER = """
import sys
from pathlib import Path
from monitor import store as stores
from tests import world
store = stores.open(sys.argv[1], Path(sys.argv[2]))
number = int(sys.argv[3])
while True:
    with store.write() as tx:
        visit = tx.add(world.fetch()).id
        tx.add_entries([world.entry(number, visit), world.entry(number + 1, visit)])
        tx.audit(world.act(number))
    print(number, flush=True)
    number += 2
"""


def killed_writer(url: str, home: Path, start: int, rows: int) -> list[int]:
    """Runs a writer until it acknowledged some rows, kills it in the middle of its work; what it acknowledged."""
    command = [sys.executable, "-c", WRITER, url, str(home), str(start)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=Path(__file__).parent.parent, text=True) as process:
        assert process.stdout
        said = [process.stdout.readline() for _ in range(rows)]
        process.send_signal(signal.SIGKILL)
        said += process.stdout.read().splitlines()
    return [int(line) for line in said if line.strip()]


@pytest.mark.slow
def test_kill_loses_no_acknowledged_row_and_doubles_none(store: Store, url: str) -> None:
    for turn, rows in enumerate((1, 7, 23, 60)):
        start = turn * 100_000
        acknowledged = killed_writer(url, store.home, start, rows)
        with store.read() as tx:
            query = text("SELECT identity FROM entries WHERE id > :last")
            held = [int(row.removeprefix("identity-")) for row in tx.connection.scalars(query, {"last": 0})]
            held = sorted(number for number in held if number >= start)
            assert set(acknowledged) <= set(held), "an acknowledged row is gone"
            assert held == list(range(start, start + len(held))), "a row is doubled, or half of a transaction is there"
            assert len(held) // 2 - len(acknowledged) in (0, 1)
            assert tx.anchor()[0] == tx.connection.scalar(text("SELECT count(*) FROM audit"))
    assert store.audit_faults() == []


# The leader's lock.

LEADER = """
import sys, subprocess, time
from pathlib import Path
from monitor import store as stores
leader = stores.open(sys.argv[1], Path(sys.argv[2])).leader()
child = subprocess.Popen(["sleep", "20"], close_fds=False)
print(child.pid, flush=True)
time.sleep(20)
"""


def test_one_leader_at_a_time(store: Store, url: str, tmp_path: Path) -> None:
    with store.leader() as leader:
        assert not leader.lost()
        with pytest.raises(Held) as told:
            store.leader()
        assert str(os.getpid()) in told.value.holder
    with store.leader():
        pass


@pytest.mark.postgres
def test_one_leader_a_database_whatever_the_home(server: Any, tmp_path: Path) -> None:
    name = server.create(server.template)
    homes = [stores.open(server.url(name), tmp_path / folder) for folder in "ab"]
    with homes[0].leader() as leader:
        with pytest.raises(Held) as told:
            homes[1].leader()
        assert f"pid {os.getpid()}" in told.value.holder
        server.do(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")
        assert leader.lost()
    for home in homes:
        home.close()
    server.drop(name)


def test_killed_leader_leaves_no_lock_to_its_children(store: Store, url: str) -> None:
    command = [sys.executable, "-c", LEADER, url, str(store.home)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        child = int(process.stdout.readline())
        with pytest.raises(Held, match=str(process.pid)):
            store.leader()
        process.kill()
        process.wait()
        try:
            assert Path(f"/proc/{child}").exists()
            with store.leader():
                pass
        finally:
            os.kill(child, signal.SIGKILL)
