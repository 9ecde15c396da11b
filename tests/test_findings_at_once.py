"""Findings under stress on both engines: fifty at once, of which one lands; and `kill -9` in the middle of one."""

import os
import random
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import func, select

from monitor import rumors
from monitor import store as stores
from monitor.audit import Act
from monitor.people import Person, Refusal
from monitor.pipeline import Finding, acts
from monitor.pipeline.acts import Stale
from monitor.rumors import MENUNGGU, TERBUKA, Rumor, RumorAct
from monitor.store import Store
from monitor.store.tables import TABLES
from monitor.verdicts import Verdict
from tests import made_city

CLAIM = "Surat suara untuk Kota Contoh sudah tercoblos di gudang"
SARI = Person("sari", ("verifikator",))
KILLS = 15
ISU = 60
# Submits a finding about every isu that is still open, one after another, and says so before each.
WRITER = """
from pathlib import Path
from monitor import store as stores
from monitor.pipeline import Finding, acts
from monitor.people import Person
from tests import made_city
held, settings, sari = stores.open({url!r}, Path({home!r})), made_city.settings(), Person("sari", ("verifikator",))
with held.read() as tx:
    open_ones = tx.rumors("TERBUKA", limit=1000)
for one in reversed(open_ones):
    print("mulai", flush=True)
    told = Finding({claim!r}, "HOAKS", "Penjelasan isu " + str(one.id), "konten palsu")
    acts.propose(held, settings, one.id, one.version, sari, told, made_city.NOW)
"""


def opened(store: Store, count: int) -> list[Rumor]:
    """Isu of one konten each, with evidence."""
    known = made_city.settings()
    made = []
    for n in range(count):
        konten = made_city.add_konten(store, known, n, words=made_city.Words(f"Judul {n}", f"Isi {n}."))
        with store.write() as tx:
            item = tx.item(konten)
            assert item is not None
            state = item.row.item
            if state.state not in ("BARU", "DIPROSES") or state.holder not in ("", "sari"):
                continue
        rumor = acts.attach(store, [(konten, 0)], SARI, CLAIM, 0, made_city.NOW)
        assert isinstance(rumor, Rumor), rumor
        acts.lay_note(store, rumor.id, SARI, "Segel utuh.", made_city.NOW)
        made.append(rumor)
    return made


def test_fifty_findings_at_once_one_lands_and_the_others_are_told_by_whom(store: Store) -> None:
    isu, settings = opened(store, 1)[0], made_city.settings()
    acts.on_rumor(store, isu.id, 1, SARI, lambda one: rumors.release(one, SARI, made_city.NOW), made_city.NOW)
    people = [Person(f"orang{n}", ("verifikator",)) for n in range(50)]

    def one(person: Person) -> object:
        told = Finding(CLAIM, "HOAKS", f"Penjelasan {person.name}", "konten palsu")
        return acts.propose(store, settings, isu.id, 2, person, told, made_city.NOW)

    with ThreadPoolExecutor(16) as pool:
        done = list(pool.map(one, people))
    landed = [who.name for who, row in zip(people, done, strict=True) if isinstance(row, Rumor)]
    assert len(landed) == 1
    told = [row for row in done if isinstance(row, Refusal)]
    assert len(told) == 49
    assert all(isinstance(row, Stale) for row in told)
    assert all(f"{landed[0]} lebih dahulu: “ajukan hasil”" in row.sentence for row in told)
    whole(store, {isu.id})
    with store.read() as tx:
        assert [row.by for row in tx.verdicts(isu.id)] == landed
        rumor = tx.get(Rumor, isu.id)
    assert rumor is not None
    assert (rumor.state, rumor.version) == (MENUNGGU, 3)


def whole(store: Store, isu: set[int]) -> int:
    """Every isu has its verdict, row, audit and payload, or none of them; how many have."""
    with store.read() as tx:
        states = {row.id: row.state for row in tx.rumors(limit=1000) if row.id in isu}
        acted = select(TABLES[RumorAct].c.rumor).where(TABLES[RumorAct].c.act == "ajukan hasil")
        rows = sorted(tx.connection.scalars(acted))
        verdicts = tx.rows(Verdict, select(TABLES[Verdict]))
        audit = TABLES[Act]
        noted = select(audit.c.key).where(audit.c.act == "ajukan hasil", audit.c.noun == "isu")
        said = sorted(map(int, tx.connection.scalars(noted)))
        words = tx.words_of([row.words for row in verdicts])
        assert tx.audit_faults() == []
        assert tx.connection.scalar(select(func.count()).select_from(TABLES[Verdict])) == len(verdicts)
    waiting = sorted(number for number, state in states.items() if state == MENUNGGU)
    assert sorted(row.rumor for row in verdicts) == rows == said == waiting
    assert set(states.values()) <= {TERBUKA, MENUNGGU}
    assert all(row.words in words for row in verdicts)
    return len(waiting)


@pytest.mark.slow
def test_killed_in_the_middle_of_a_finding_it_is_there_whole_or_not_at_all(url: str, tmp_path: Path) -> None:
    chance, home = random.Random(9), tmp_path / "home"
    store = stores.open(url, home)
    isu = {row.id for row in opened(store, ISU)}
    assert len(isu) > ISU / 2
    script = WRITER.format(url=url, home=str(home), claim=CLAIM)
    command, environment, counts = [sys.executable, "-c", script], os.environ | {"PYTHONPATH": "."}, []
    for _ in range(KILLS):
        writer = subprocess.Popen(command, stdout=subprocess.PIPE, env=environment)
        assert writer.stdout is not None
        # On a fast machine nothing may be left before the last kill: then the writer says nothing.
        said = [writer.stdout.readline() for _ in range(chance.randint(1, 3))]
        assert set(said) <= {b"mulai\n", b""}
        time.sleep(chance.uniform(0.0, 0.015))
        writer.send_signal(signal.SIGKILL)
        writer.communicate()
        counts.append(whole(store, isu))
        assert store.audit_faults() == []
    assert counts == sorted(counts)
    last = subprocess.run(command, env=environment, timeout=120, check=False, stdout=subprocess.DEVNULL)
    assert last.returncode == 0
    assert whole(store, isu) == len(isu)
    assert len(set(counts)) > 5, "too few kills fell into the work"
    store.close()
