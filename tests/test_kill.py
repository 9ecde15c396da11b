"""`kill -9` at any moment: what was acknowledged is there, nothing is there twice, and the next cycle goes on."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import func, select

from monitor import store
from monitor.articles import Article
from monitor.entries import Entry
from monitor.items import Item
from monitor.store.tables import TABLES
from tests.farm import Farm

KILLS = 8


def feeds(farm: Farm) -> str:
    rows = "".join(f'[[source]]\nname = "S{n}"\nurl = "{url}"\nkind = "rss"\n' for n, url in enumerate(farm.urls))
    head = '[office]\ncontact = "a@b.example"\n[network]\nallow = ["127.1.0.0/16"]\n[catalogue]\nenabled = false\n'
    return head + rows


def collector(home: Path) -> "subprocess.Popen[bytes]":
    environment = os.environ | {
        "JERNIH_HOME": str(home / "var"),
        "JERNIH_FEEDS": str(home / "feeds.toml"),
        "JERNIH_DATABASE_URL": "",
    }
    command = [sys.executable, "-m", "monitor.cli", "collect", "--once"]
    return subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


@pytest.mark.slow
def test_a_collector_killed_many_times_loses_nothing_and_doubles_nothing(tmp_path: Path) -> None:
    chance = random.Random(4)
    with Farm(sources=12, items=5) as farm:
        (tmp_path / "feeds.toml").write_text(feeds(farm), encoding="utf-8")
        seen = 0
        for _ in range(KILLS):
            process = collector(tmp_path)
            time.sleep(chance.uniform(1.0, 5.0))
            process.send_signal(signal.SIGKILL)
            process.communicate()
            found = counted(tmp_path, Entry)
            assert found >= seen, "an acknowledged entry is gone"
            seen = found
        last = collector(tmp_path)
        _, complaint = last.communicate(timeout=120)
        assert last.returncode == 0, complaint.decode()
    assert counted(tmp_path, Entry) == 60
    kept = store.open("", tmp_path / "var")
    with kept.read() as tx:
        entries, articles, items = (TABLES[kind] for kind in (Entry, Article, Item))
        for column in (entries.c.identity, items.c.article):
            doubled = select(column).group_by(column).having(func.count() > 1)
            assert tx.connection.execute(doubled).all() == []
        versions = select(articles.c.entry).group_by(articles.c.entry, articles.c.version).having(func.count() > 1)
        assert tx.connection.execute(versions).all() == []
    assert kept.audit_faults() == []
    kept.close()


def counted(home: Path, kind: type) -> int:
    if not (home / "var" / "jernih.db").exists():
        return 0
    kept = store.open("", home / "var")
    kept.migrate()
    try:
        with kept.read() as tx:
            return tx.connection.scalar(select(func.count()).select_from(TABLES[kind])) or 0
    finally:
        kept.close()
