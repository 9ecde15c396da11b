"""The queue's page, from the query to the bytes, over the archive that tests.bench.store made: p95 in the handler."""

import os
import statistics
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from random import Random
from urllib.parse import urlencode

from starlette.requests import Request

from monitor.desk import Desk, Names
from monitor.desk.adapter import Call
from monitor.desk.queue import queue
from monitor.desk.tongue import Tongue
from monitor.people import Account, Person, Session
from monitor.pipeline.people import Visitor
from monitor.saved import OFFICE, SavedFilter
from monitor.sources import read
from monitor.store import Store

START = datetime(2024, 11, 20, tzinfo=UTC)
END = START + timedelta(days=60)
ROUNDS = int(os.environ.get("JERNIH_BENCH_ROUNDS", "100"))
STAGES = "\n".join(
    f'  {{ name = "Tahap {n}", start = {(START + timedelta(days=7 * n)).date()},'
    f" end = {(START + timedelta(days=7 * n + 6)).date()} }}," for n in range(8)
)
FEEDS = f'[office]\nname = "Ukur"\ncode = "73.71"\ncontact = "a@b.example"\n[catalogue]\nenabled = false\n' \
        f'[[election]]\nname = "Pilkada"\nstage = [\n{STAGES}\n]\n'


def handled(name: str, store: Store) -> None:
    """What a verifier's browser waits for."""
    settings, random = read(FEEDS), Random(7)
    desk = Desk(store, lambda: settings, lambda: END, names=Names(str, str), topics=("uang", "hasil", "bantuan"))
    account = Account("ani", "Ani", ("verifikator",), START)
    with store.write() as tx:
        tx.put([account, *(Account(f"orang-{n}", f"Orang {n}", ("verifikator",), START) for n in range(20))])
        tx.put([SavedFilter(f"{n:032x}", OFFICE, f"Saringan {n}", "tenggat=segera", START, "ani") for n in range(10)])
    visitor = Visitor(account, Person("ani", account.roles), Session("s", "ani", END, END))
    asked: dict[str, Callable[[], dict[str, str]]] = {
        "the queue": dict,
        "of a province": lambda: {"wilayah": str(random.randint(11, 48))},
        "of a topic": lambda: {"topik": random.choice(("uang", "hasil", "bantuan"))},
        "late": lambda: {"tenggat": "terlambat"},
        "soon": lambda: {"tenggat": "segera"},
        "of a stage": lambda: {"tahap": f"Pilkada ~ Tahap {random.randint(0, 7)}"},
        "outside of stages": lambda: {"tahap": "di luar tahapan"},
        "of a label": lambda: {"label": f"label {random.randint(0, 19)}"},
        "late, of topic and province": lambda: {"tenggat": "terlambat", "topik": "hasil",
                                                "wilayah": str(random.randint(11, 48))},
        "of a holder": lambda: {"pemegang": "Ani"},
        "the archive": lambda: {"keadaan": "semua"},
        "a search": lambda: {"cari": _word(random)},
        "a search of a topic": lambda: {"cari": _word(random), "topik": "hasil"},
        "a search of the archive": lambda: {"cari": _word(random), "keadaan": "semua"},
    }
    print(f"{name}: the queue's page in the handler, milliseconds")
    for title, query in asked.items():
        held = sorted(_timed(desk, visitor, query()) for _ in range(ROUNDS))
        print(f"  {title:32}median {statistics.median(held):8.1f}   p95 {held[int(len(held) * 0.95)]:8.1f}"
              f"   worst {held[-1]:8.1f}")


def _word(random: Random) -> str:
    """Two in five rare, two of medium frequency, one of the most common, as tests.bench.store spells them."""
    draw = random.random()
    first, last = (5_000, 50_000) if draw < 0.4 else (100, 2_000) if draw < 0.8 else (0, 9)
    return f"w{random.randint(first, last):x}a"


def _timed(desk: Desk, visitor: Visitor, query: dict[str, str]) -> float:
    scope = {"type": "http", "method": "GET", "path": "/", "headers": [], "query_string": urlencode(query).encode(),
             "scheme": "http", "server": ("127.0.0.1", 8765), "client": ("127.0.0.1", 1)}
    call = Call(Request(scope), {}, Tongue("id", UTC), visitor, "a" * 40)
    began = time.perf_counter()
    answer = queue(desk, call)
    took = (time.perf_counter() - began) * 1000
    assert answer.status_code == 200
    return took
