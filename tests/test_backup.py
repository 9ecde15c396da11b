"""A backup of either database, made while others write, is put back into either: every row, every byte, the chain."""

import json
import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from threading import Event
from zipfile import ZipFile

import pytest
from sqlalchemy import text

from monitor.entries import Words
from monitor.store import Filters, Held, Store, StoreError, migrate
from monitor.store.tables import META, NAMES
from tests import world
from tests.world import NOW

LATER = NOW + timedelta(days=1)


def rows(store: Store) -> dict[str, list[str]]:
    """Every row of every table, in both engines' common words; the audit without the act of restoring."""
    with store.read() as tx:
        tables = [META.tables[name] for name in (*NAMES.values(), "words", "marks")]
        held = {table.name: sorted(map(repr, tx.connection.execute(table.select()))) for table in tables}
    held["audit"] = [row for row in held["audit"] if "jernih restore" not in row]
    return held


def rewrite(path: Path, **members: bytes | None) -> None:
    """The same backup with other members (None: left out); names without their folder and ending."""
    aside = path.with_suffix(".lain")
    with ZipFile(path) as old, ZipFile(aside, "w") as new:
        for name in old.namelist():
            content = members.get(Path(name).stem, old.read(name))
            if content is not None:
                new.writestr(name, content)
    aside.rename(path)


def filled(store: Store, whole: bool = True) -> list[world.Konten]:
    with store.write() as tx:
        made = world.whole(tx) if whole else world.corridor(tx)
        tx.put_words([Words("judul\0 \ud83d", "👍 ​é")])
    store.keep(b"<html>satu</html>")
    store.keep(os.urandom(5000))
    return made


def test_backup_is_put_back_on_either_engine(store: Store, other_store: Store, tmp_path: Path) -> None:
    made = filled(store)
    contents = store.backup(tmp_path / "cadangan.zip", NOW)
    assert contents.rows["items"] == 12
    assert contents.files == 2
    assert other_store.restore(tmp_path / "cadangan.zip", LATER) == contents
    assert rows(other_store) == rows(store)
    assert [other_store.kept(digest) for digest in store.arsip.digests()] == [
        store.kept(digest) for digest in store.arsip.digests()
    ]
    assert other_store.audit_faults() == []
    with store.read() as one, other_store.read() as other:
        for filters in (Filters(), Filters(region="81"), Filters(text=made[0].words.title, archive=True)):
            assert other.queue(filters) == one.queue(filters)


def test_restored_store_goes_on(store: Store, other_store: Store, tmp_path: Path) -> None:
    filled(store)
    store.backup(tmp_path / "cadangan.zip", NOW)
    other_store.restore(tmp_path / "cadangan.zip", LATER)
    with other_store.write() as tx:
        world.build(tx, 3, start=500)
        tx.audit(world.act(2))
    assert other_store.audit_faults() == []
    with other_store.read() as tx:
        assert [act.act for act in tx.acts()[-2:]] == ["pulihkan", "ambil"]


def test_backup_is_one_moment_while_others_write(store: Store, other_store: Store, tmp_path: Path) -> None:
    """Writers add a visit and an act together: a backup holds as many of one as of the other."""
    stop = Event()

    def go_on(turn: int) -> int:
        number = turn
        while not stop.is_set():
            with store.write() as tx:
                tx.add(world.fetch())
                tx.audit(world.act(number))
            number += 1
        return number

    with ThreadPoolExecutor(2) as pool:
        writers = [pool.submit(go_on, turn * 10_000) for turn in range(2)]
        try:
            made = [store.backup(tmp_path / f"{number}.zip", NOW) for number in range(4)]
        finally:
            stop.set()
        written = sum(writer.result() for writer in writers) - 10_000
    sizes = [contents.rows["fetches"] for contents in made]
    assert all(contents.rows["audit"] == contents.rows["fetches"] for contents in made)
    assert sizes == sorted(sizes)
    assert 0 < sizes[-1] <= written
    other_store.restore(tmp_path / "3.zip", LATER)
    assert other_store.audit_faults() == []


def test_restore_waits_for_no_daemon(store: Store, tmp_path: Path) -> None:
    filled(store)
    store.backup(tmp_path / "cadangan.zip", NOW)
    before = rows(store)
    with store.leader(), pytest.raises(Held) as told:
        store.restore(tmp_path / "cadangan.zip", LATER, replace=True)
    assert str(os.getpid()) in told.value.sentence
    assert rows(store) == before


def test_store_with_rows_is_replaced_only_when_told(store: Store, tmp_path: Path) -> None:
    filled(store)
    store.backup(tmp_path / "cadangan.zip", NOW)
    saved = rows(store)
    with store.write() as tx:
        world.build(tx, 4, start=900)
    with pytest.raises(StoreError) as told:
        store.restore(tmp_path / "cadangan.zip", LATER)
    assert "--replace" in told.value.sentence
    assert rows(store) != saved
    store.restore(tmp_path / "cadangan.zip", LATER, replace=True)
    assert rows(store) == saved
    assert store.audit_faults() == []


def test_what_was_erased_since_stays_erased(store: Store, tmp_path: Path) -> None:
    made = filled(store)
    store.backup(tmp_path / "cadangan.zip", NOW)
    gone = made[4].words
    store.erase([gone.digest], "Admin", "permintaan", "UU 27/2022", NOW)
    store.restore(tmp_path / "cadangan.zip", LATER, replace=True)
    with store.read() as tx:
        assert tx.words_of([gone.digest]) == {}
        assert tx.queue(Filters(text=gone.title, archive=True)) == []
        assert gone.digest in {row.words for row in tx.erasures()}
    assert store.audit_faults() == []


def test_backup_of_an_older_revision_is_brought_up(store: Store, other_store: Store, tmp_path: Path) -> None:
    filled(store, whole=False)
    expected = rows(store)
    migrate.downgrade(store.engine, "0001")
    contents = store.backup(tmp_path / "lama.zip", NOW)
    assert contents.revision == "0001"
    other_store.restore(tmp_path / "lama.zip", LATER)
    assert rows(other_store) == expected


def test_damaged_backup_touches_nothing(store: Store, other_store: Store, tmp_path: Path) -> None:
    filled(store)
    path = tmp_path / "cadangan.zip"
    store.backup(path, NOW)
    before = rows(other_store)
    with ZipFile(path) as box:
        manifest = json.loads(box.read("manifest.json"))
        items, kept = box.read("tables/items.jsonl"), next(name for name in box.namelist() if name.startswith("arsip/"))
    newer = json.dumps(manifest | {"revision": "9999"}).encode()
    foreign = json.dumps(manifest | {"tables": [{**manifest["tables"][0], "name": "items; DROP TABLE audit"}]}).encode()
    damages: list[dict[str, bytes | None]] = [
        {"manifest": None}, {"manifest": b"{"}, {"manifest": b"[]"}, {"manifest": newer}, {"manifest": foreign},
        {"items": items.replace(b"1", b"2", 1)}, {"items": items[:-20]}, {"items": None},
        {Path(kept).stem: b"lain"}, {Path(kept).stem: None},
    ]
    for damage in damages:
        broken = tmp_path / "rusak.zip"
        shutil.copy(path, broken)
        rewrite(broken, **damage)
        with pytest.raises(StoreError) as told:
            other_store.restore(broken, LATER)
        assert "cadangan" in told.value.sentence.lower()
    (tmp_path / "teks.zip").write_text("bukan zip")
    for name in ("teks.zip", "tiada.zip"):
        with pytest.raises(StoreError):
            other_store.restore(tmp_path / name, LATER)
    assert rows(other_store) == before
    assert list(other_store.arsip.digests()) == []


def test_restore_that_fails_half_way_leaves_the_target_whole(store: Store, other_store: Store, tmp_path: Path) -> None:
    """The hashes are right, yet one identity stands twice: the database refuses it after thousands of rows."""
    filled(store)
    path = tmp_path / "cadangan.zip"
    store.backup(path, NOW)
    with ZipFile(path) as box:
        manifest, lines = json.loads(box.read("manifest.json")), box.read("tables/entries.jsonl").splitlines()
    columns = list(next(line for line in manifest["tables"] if line["name"] == "entries")["columns"])
    double = json.loads(lines[0])
    double[columns.index("id")] = 999
    content = b"\n".join([*lines, json.dumps(double).encode(), b""])
    for line in manifest["tables"]:
        if line["name"] == "entries":
            line |= {"rows": line["rows"] + 1, "sha256": sha256(content).hexdigest()}
    rewrite(path, manifest=json.dumps(manifest).encode(), entries=content)
    with other_store.write() as tx:
        world.build(tx, 2, seed=99)
    before = rows(other_store)
    with pytest.raises(StoreError):
        other_store.restore(path, LATER, replace=True)
    assert rows(other_store) == before
    with other_store.write() as tx:
        world.build(tx, 2, start=50)


def test_backup_that_cannot_be_written_leaves_no_file(store: Store, tmp_path: Path) -> None:
    with pytest.raises(StoreError):
        store.backup(tmp_path / "tiada" / "cadangan.zip", NOW)
    assert not (tmp_path / "tiada").exists()


def test_backup_reads_for_its_owner_alone_and_tells_how_far_it_is(store: Store, tmp_path: Path) -> None:
    filled(store)
    told: list[tuple[int, int]] = []
    path = tmp_path / "cadangan.zip"
    contents = store.backup(path, NOW, lambda done, total: told.append((done, total)))
    assert path.stat().st_mode & 0o777 == 0o600
    assert [entry.name for entry in tmp_path.glob("*cadangan*")] == ["cadangan.zip"]
    assert told[-1] == (sum(contents.rows.values()) + contents.files,) * 2
    assert [done for done, _ in told] == sorted(done for done, _ in told)


def test_backup_names_every_table(store: Store, tmp_path: Path) -> None:
    with store.write() as tx:
        world.whole(tx)
        counted = {
            name: tx.connection.scalar(text(f"SELECT count(*) FROM {name}")) for name in META.tables if name != "marks"
        }
    assert store.backup(tmp_path / "cadangan.zip", NOW).rows == counted
    assert all(counted.values()), "world.whole leaves a table empty"


def test_replaced_konten_keep_their_ids(store: Store, tmp_path: Path) -> None:
    made = filled(store)
    store.backup(tmp_path / "cadangan.zip", NOW)
    with store.write() as tx:
        assert tx.change(replace(made[0].item, state="DIKESAMPINGKAN", holder=""), 1)
    store.restore(tmp_path / "cadangan.zip", LATER, replace=True)
    with store.read() as tx:
        detail = tx.item(made[0].item.id)
    assert detail is not None
    assert detail.row.item == made[0].item
