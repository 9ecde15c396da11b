"""What the store says when it cannot: locked, read-only, corrupt, full, refused, unknown; two texts each."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from errno import EDQUOT, ENOSPC, EROFS
from pathlib import Path
from typing import Any

import pytest

from monitor import store as stores
from monitor.entries import Words
from monitor.store import Store, StoreError, Tx
from monitor.store.errors import disk
from tests import world


def failure(store: Store, act: Callable[[Tx], Any]) -> StoreError:
    with pytest.raises(StoreError) as told, store.write() as tx:
        act(tx)
    return told.value


def test_locked_database_says_so(tmp_path: Path, template: Path) -> None:
    path = tmp_path / "jernih.db"
    path.write_bytes(template.read_bytes())
    other = sqlite3.connect(path, isolation_level=None)
    with closing(other), closing(stores.open(f"sqlite:///{path}?timeout=0.1", tmp_path)) as store:
        other.execute("BEGIN IMMEDIATE")
        told = failure(store, world.whole)
        assert (told.retry, "sedang dipakai" in told.sentence) == (True, True)
        with store.read() as tx:
            assert tx.counts() == {}


@pytest.mark.postgres
def test_locked_rows_on_postgres_say_so(server: Any, tmp_path: Path) -> None:
    name = server.create(server.template)
    url = server.url(name) + "?options=-c%20lock_timeout%3D100"
    with closing(stores.open(url, tmp_path)) as store, store.write() as tx:
        tx.audit(world.act(1))
        assert failure(store, lambda other: other.audit(world.act(2))).retry
    server.drop(name)


def test_read_only_database_says_so(tmp_path: Path, template: Path) -> None:
    path = tmp_path / "jernih.db"
    path.write_bytes(template.read_bytes())
    with closing(stores.open(f"sqlite:///file:{path}?mode=ro&uri=true", tmp_path)) as store:
        assert "hanya dapat dibaca" in failure(store, lambda tx: tx.add(world.fetch())).sentence


@pytest.mark.parametrize("damage", ["garbage", "page"])
def test_corrupt_database_says_so(tmp_path: Path, template: Path, damage: str) -> None:
    path = tmp_path / "jernih.db"
    content = bytearray(template.read_bytes())
    content[0 if damage == "garbage" else 4096 * 2 : None if damage == "garbage" else 4096 * 40] = b"\x5a" * 4096 * 38
    path.write_bytes(content)
    with closing(stores.open("", tmp_path)) as store:
        assert "rusak" in failure(store, world.whole).sentence


def fill(tx: Tx) -> None:
    tx.connection.exec_driver_sql("PRAGMA max_page_count = 1")
    tx.put_words([Words(str(number), "x" * 10_000) for number in range(100)])


def test_full_disk_keeps_what_was_there(tmp_path: Path, template: Path) -> None:
    (tmp_path / "jernih.db").write_bytes(template.read_bytes())
    with closing(stores.open("", tmp_path)) as store:
        with store.write() as tx:
            world.build(tx, 3)
        told = failure(store, fill)
        assert ("Cakram penuh" in told.sentence, told.retry) == (True, True)
        with store.read() as tx:
            assert len(tx.known(f"identity-{number}" for number in range(5))) == 3


def test_refused_connection_says_so(tmp_path: Path) -> None:
    pytest.importorskip("psycopg", reason="psycopg, the extra [postgres], is not installed")
    with closing(stores.open("postgresql://orang:rahasia@127.0.0.1:9/tiada", tmp_path)) as store:
        told = failure(store, world.whole)
    assert ("tidak menjawab" in told.sentence, told.retry) == (True, True)
    assert "rahasia" not in told.cause


@pytest.mark.parametrize("url", ["bukan alamat", "mysql://a@b/c", "mongodb://x"])
def test_unknown_address_says_so(tmp_path: Path, url: str) -> None:
    with pytest.raises(StoreError) as told:
        stores.open(url, tmp_path)
    assert "JERNIH_DATABASE_URL" in told.value.sentence


def test_folder_that_cannot_be_made_says_so(tmp_path: Path) -> None:
    (tmp_path / "berkas").write_text("")
    with pytest.raises(StoreError) as told:
        stores.open("", tmp_path / "berkas" / "var")
    assert "JERNIH_HOME" in told.value.sentence


def test_archive_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    (tmp_path / "arsip").write_text("bukan folder")
    with closing(stores.open("", tmp_path)) as store, pytest.raises(StoreError) as told:
        store.keep(b"halaman")
    assert "JERNIH_HOME" in told.value.sentence


FULL = ((ENOSPC, "penuh", True), (EDQUOT, "penuh", True), (EROFS, "dibaca", False))


@pytest.mark.parametrize("code, word, retry", FULL)
def test_failing_disk_says_what_to_do(code: int, word: str, retry: bool) -> None:
    told = disk(OSError(code, "no"))
    assert (word in told.sentence, told.retry) == (True, retry)


def test_database_without_tables_says_so(tmp_path: Path) -> None:
    with closing(stores.open("", tmp_path)) as store:
        assert "belum disiapkan" in failure(store, lambda tx: tx.counts()).sentence
