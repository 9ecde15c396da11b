"""Migrations give exactly the tables of the dataclasses, up and down, with rows in them, on both engines."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import inspect, text

from monitor import store as stores
from monitor.store import Store, StoreError, migrate
from monitor.store.engine import WRITE
from monitor.store.guards import guard
from monitor.store.tables import META, NAMES
from tests import world
from tests.conftest import POSTGRES, Server
from tests.schema import schema

PROGRAM = """
import sys
from pathlib import Path
from monitor import store
store.open(sys.argv[1], Path(sys.argv[2])).migrate()
"""
HOUSE = Path(__file__).parent.parent
PEOPLE = ("checks", "accounts", "sessions", "tickets", "recoveries", "devices", "tries", "delegations")
ANSWERS = ("clarifications", "clarification_acts", "link_checks", "posts", "objections", "answers", "editions",
           "referrals")
YOUNGER = (*PEOPLE, *ANSWERS, "showings", "referral_steps", "lessons", "labels", "saved_filters",
           "draws", "reviews", "statements", "overrides", "deliveries", "delivery_acts",
           "attachments", "sightings", "mergers", "press_letters", "unsent", "redactions")


@pytest.fixture(params=["sqlite", POSTGRES])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """A store whose database holds nothing at all."""
    if request.param == "sqlite":
        with closing(stores.open("", tmp_path)) as store:
            yield store
        return
    server: Server = request.getfixturevalue("server")
    name = server.create()
    with closing(stores.open(server.url(name), tmp_path)) as store:
        yield store
    server.drop(name)


def lines(store: Store) -> list[str]:
    with store.engine.connect() as connection:
        return schema(connection)


def rows(store: Store) -> dict[str, list[tuple[object, ...]]]:
    with store.read() as tx:
        there = inspect(tx.connection).get_table_names()
        return {
            table.name: sorted(tuple(map(str, row)) for row in tx.connection.execute(table.select()))
            for table in (META.tables[name] for name in NAMES.values())
            if table.name != "alerts" and (table.name in there or table.name not in YOUNGER)
        }


def test_migrated_database_is_the_one_that_the_tables_describe(empty: Store) -> None:
    with empty.engine.connect().execution_options(**{WRITE: True}) as connection, connection.begin():
        META.create_all(connection)
        guard(connection)
        fresh = schema(connection)
        connection.rollback()
    assert lines(empty) == []
    empty.migrate()
    assert lines(empty) == fresh
    assert len(fresh) > 90


def test_comparison_sees_what_autogenerate_ignores(empty: Store) -> None:
    empty.migrate()
    before = lines(empty)
    changes = (
        "DROP INDEX items_open",
        "CREATE INDEX items_open ON items (priority DESC, id DESC, state) WHERE state IN ('BARU')",
        "DROP TRIGGER audit_no_delete" + ("" if empty.sqlite else " ON audit"),
    )
    with empty.engine.connect().execution_options(**{WRITE: True}) as connection, connection.begin():
        for change in changes:
            connection.exec_driver_sql(change)
        after = schema(connection)
        assert len(set(before) - set(after)) == 2
        connection.exec_driver_sql("DROP INDEX items_open")
        next(index for index in META.tables["items"].indexes if index.name == "items_open").create(connection)
        guard(connection)
        assert schema(connection) == before


def test_down_and_up_with_rows_keeps_every_row(store: Store) -> None:
    with store.write() as tx:
        made = world.corridor(tx)
        found = tx.queue(stores.Filters(text=made[3].words.title, region="81", archive=True))
    before, described = rows(store), lines(store)
    migrate.downgrade(store.engine, "0001")
    assert rows(store) == {name: held for name, held in before.items() if name not in YOUNGER}
    assert not any("item_search" in line or "marks" in line for line in lines(store))
    store.migrate()
    assert rows(store) == before
    assert lines(store) == described
    with store.read() as tx:
        assert tx.queue(stores.Filters(text=made[3].words.title, region="81", archive=True)) == found
        assert tx.audit_faults() == []


def test_every_revision_goes_down_and_up_again(empty: Store) -> None:
    heights = []
    for revision in reversed(migrate.revisions()):
        migrate.upgrade(empty.engine, revision)
        heights.append(lines(empty))
    for revision, height in zip(migrate.revisions(), reversed(heights), strict=True):
        assert lines(empty) == height
        migrate.downgrade(empty.engine, "-1")
        assert lines(empty) != height, revision
    assert lines(empty) == []


def test_store_with_rows_is_not_taken_down(store: Store) -> None:
    with store.write() as tx:
        world.whole(tx)
    before, described = rows(store), lines(store)
    with pytest.raises(RuntimeError, match="holds rows"):
        migrate.downgrade(store.engine, "base")
    assert (rows(store), lines(store)) == (before, described)


@pytest.mark.parametrize("table", ["accounts", "checks"])
def test_people_are_never_dropped(store: Store, table: str) -> None:
    with store.write() as tx:
        world.corridor(tx)
        world.people(tx)
        if table == "checks":
            tx.connection.exec_driver_sql("DELETE FROM accounts")
    before = rows(store)
    with pytest.raises(RuntimeError, match=f"{table} holds rows"):
        migrate.downgrade(store.engine, "0002")
    assert rows(store) == before


def test_newer_database_is_refused_and_left_alone(store: Store) -> None:
    with store.write() as tx:
        world.whole(tx)
        tx.connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    before = rows(store)
    with pytest.raises(StoreError) as told:
        store.migrate()
    assert "lebih baru" in told.value.sentence
    assert "9999" in told.value.cause
    assert rows(store) == before


def test_foreign_database_is_refused(empty: Store) -> None:
    with empty.engine.connect().execution_options(**{WRITE: True}) as connection, connection.begin():
        connection.exec_driver_sql("CREATE TABLE entries (id integer)")
    with pytest.raises(StoreError) as told:
        empty.migrate()
    assert "JERNIH_DATABASE_URL" in told.value.sentence


def test_migrating_twice_changes_nothing(store: Store) -> None:
    with store.write() as tx:
        world.whole(tx)
    before, described = rows(store), lines(store)
    store.migrate()
    assert (rows(store), lines(store)) == (before, described)


def test_programs_that_start_at_once_migrate_once(empty: Store) -> None:
    url = empty.engine.url.render_as_string(hide_password=False)
    command = [sys.executable, "-c", PROGRAM, url, str(empty.home)]
    started = [subprocess.Popen(command, stderr=subprocess.PIPE, cwd=HOUSE, text=True) for _ in range(3)]
    said = [process.communicate()[1] for process in started]
    assert [process.returncode for process in started] == [0, 0, 0], said
    with empty.read() as tx:
        assert list(tx.connection.scalars(text("SELECT version_num FROM alembic_version"))) == [migrate.head()]
        assert tx.counts() == {}


def test_revisions_stand_in_one_line() -> None:
    assert migrate.revisions() == sorted(migrate.revisions(), reverse=True)


def test_no_migration_leaves_sqlite_without_references(tmp_path: Path) -> None:
    with closing(stores.open("", tmp_path)) as store:
        store.migrate()
        with store.read() as tx:
            assert tx.connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
