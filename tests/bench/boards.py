"""python -m tests.bench boards: the pages that look over a whole office, from the query to the bytes: neutrality, the
kepala's page, one's own work, sources, reports. Over 20,000 and 200,000 konten of ninety days, most of them dealt with.

JERNIH_BENCH_BOARDS names other sizes ("20000 200000"), JERNIH_BENCH_KEEP a folder where the archives stay between runs.
"""

import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path
from random import Random
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from monitor import store as stores
from monitor.articles import Article
from monitor.desk import Desk, Names, archive, boards, pages, work
from monitor.desk.adapter import Call
from monitor.desk.tongue import Tongue
from monitor.entries import Entry, Words
from monitor.fetches import Schedule
from monitor.items import BARU, DALAM_ISU, DIKESAMPINGKAN, DIPROSES, Item, ItemAct, ScoreRow
from monitor.people import ROLES, Account, Person, Session
from monitor.pipeline.people import Visitor
from monitor.rumors import MENUNGGU, TERBUKA, TERVERIFIKASI, Carrier, Rumor
from monitor.sources import offset, read
from monitor.store import Store, Tx
from monitor.verdicts import Signature, Verdict
from tests.bench.store import END, KEEP, SOURCES, fetch, sentence

SIZES = tuple(map(int, os.environ.get("JERNIH_BENCH_BOARDS", "20000 200000").split()))
DAYS, ROUNDS = 90, 5
PAIRS = tuple((f"Calon {letter} Contoh", f"Partai {letter}") for letter in "ABCD")
FEEDS = "\n".join((
    '[office]\nname = "Ukur"\ncode = "73.71"\ncontact = "a@b.example"\nzone = "WITA"\n[catalogue]\nenabled = false',
    *(f'[[candidate]]\nnames = ["{name}"]\nparties = ["{party}"]\nnumber = {n}'
      for n, (name, party) in enumerate(PAIRS, 1)),
    *(f'[[source]]\nname = "{name}"\nurl = "https://s{n}.example/rss"\nkind = "rss"\ncategory = "lainnya"'
      for n, name in enumerate(SOURCES)),
))
ASKED: dict[str, tuple[Callable[[Desk, Call], Response], dict[str, str]]] = {
    "neutrality, 30 days": (boards.neutral, {"hari": "30"}),
    "neutrality, 90 days": (boards.neutral, {"hari": "90"}),
    "neutrality, 365 days": (boards.neutral, {"hari": "365"}),
    "the kepala's page": (boards.summary, {}),
    "my work": (work.mine, {}),
    "sources": (pages.sources, {}),
    "reports": (archive.listed, {}),
}


def main() -> None:
    for size in SIZES:
        with house(size) as home, closing(stores.open("", home)) as store:
            store.migrate()
            fill(store, size)
            asked(store, size)


@contextmanager
def house(size: int) -> Iterator[Path]:
    if KEEP:
        (KEEP / f"boards-{size}").mkdir(parents=True, exist_ok=True)
        yield KEEP / f"boards-{size}"
        return
    with tempfile.TemporaryDirectory() as home:
        yield Path(home)


def asked(store: Store, size: int) -> None:
    """Every page, in the handler."""
    settings = read(FEEDS)
    desk = Desk(store, lambda: settings, lambda: END, names=Names(str, str))
    account = Account("ani", "Ani", ROLES, END)
    visitor = Visitor(account, Person("ani", ROLES), Session("s", "ani", END, END))
    print(f"{size:,} konten in {DAYS} days, milliseconds in the handler")
    for title, (page, query) in ASKED.items():
        held = [_timed(page, desk, visitor, query) for _ in range(ROUNDS)]
        clock, cpu = (sorted(one[part] for one in held) for part in (0, 1))
        print(f"  {title:24}median {statistics.median(clock):8.1f}   worst {clock[-1]:8.1f}   of it our CPU, median"
              f" {statistics.median(cpu):8.1f}", flush=True)


def _timed(page: Callable[[Desk, Call], Response], desk: Desk, visitor: Visitor,
           query: dict[str, str]) -> tuple[float, float]:
    scope = {"type": "http", "method": "GET", "path": "/", "headers": [], "query_string": urlencode(query).encode(),
             "scheme": "http", "server": ("127.0.0.1", 8765), "client": ("127.0.0.1", 1)}
    call = Call(Request(scope), {}, Tongue("id", offset("WITA")), visitor, "a" * 40)
    began, cpu = time.perf_counter(), time.process_time()
    assert page(desk, call).status_code == 200
    return (time.perf_counter() - began) * 1000, (time.process_time() - cpu) * 1000


def fill(store: Store, size: int, some: int = 5_000) -> None:
    """The archive, unless it stands already: of a hundred konten eighty are dismissed, ten lie in isu of five."""
    with store.read() as tx:
        if tx.item(size) is not None:
            return
    random, began = Random(5), time.perf_counter()
    with store.write() as tx:
        visit = tx.add(fetch(SOURCES[0])).id
        tx.put_schedules([Schedule(name, END + timedelta(hours=1)) for name in SOURCES])
        tx.put([Account("ani", "Ani", ROLES, END), Account("budi", "Budi", ROLES, END)])
    for start in range(0, size, some):
        with store.write() as tx:
            _some(tx, random, visit, range(start, min(start + some, size)), timedelta(days=DAYS - 1) / size)
    print(f"{size:,} konten made in {time.perf_counter() - began:.0f} s", flush=True)


def _some(tx: Tx, random: Random, visit: int, numbers: range, step: timedelta) -> None:
    texts = [Words(f"Judul {n} {_named(random)}", sentence(random, 20)) for n in numbers]
    tx.put_words(texts)
    start = END - timedelta(days=DAYS - 1)
    entries = tx.add_entries([
        Entry(random.choice(SOURCES), visit, f"c{n}", f"https://y.example/{n}", text.digest, start + step * n)
        for n, text in zip(numbers, texts, strict=True)])
    articles = tx.add_all([Article(row.id, visit, 1, row.seen, row.url, row.words, "selectors") for row in entries])
    scores = tx.add_all([
        ScoreRow(row.id, row.at, random.random(), "asserts", 0.5, True, ("uang",),
                 ("pemerintah",) if random.random() < 0.2 else (), ("73.71",), (("title", 0, 5, 0.2),), "", "ukur")
        for row in articles])
    items = tx.add_all([_item(random, row) for row in scores])
    tx.add_all([ItemAct(row.id, row.at + timedelta(hours=random.expovariate(0.2)), "ani", "kesampingkan", BARU,
                        DIKESAMPINGKAN, "bukan hoaks") for row in items if row.state == DIKESAMPINGKAN])
    carried = [row for row in items if row.state == DALAM_ISU]
    for group in (carried[n:n + 5] for n in range(0, len(carried), 5)):
        _isu(tx, random, group)


def _named(random: Random) -> str:
    draw = random.random()
    return random.choice(PAIRS)[0] if draw < 0.1 else random.choice(PAIRS)[1] if draw < 0.15 else (
        "warga mengkritik" if draw < 0.25 else "")


def _item(random: Random, row: ScoreRow) -> Item:
    state = random.choices((DIKESAMPINGKAN, DALAM_ISU, BARU, DIPROSES), (80, 10, 9, 1))[0]
    return Item(row.article, row.id, row.at, random.random() * 3, "sample" if random.random() < 0.002 else "model",
                state, random.choice(("ani", "budi")) if state == DIPROSES else "")


def _isu(tx: Tx, random: Random, group: list[Item]) -> None:
    at, state = group[-1].at + timedelta(hours=1), random.choices((TERVERIFIKASI, MENUNGGU, TERBUKA), (18, 1, 1))[0]
    claim = Words(f"Klaim {group[0].id}", "")
    tx.put_words([claim])
    rumor = tx.add(Rumor(claim.digest, at, "ani", state, random.choice(("ani", "budi", ""))))
    tx.add_all([Carrier(rumor.id, row.id, at, "ani") for row in group])
    if state != TERBUKA:
        finding = random.choice(("HOAKS", "MENYESATKAN", "FAKTA"))
        verdict = tx.add(Verdict(rumor.id, finding, claim.digest, at, "ani", form="konten palsu"))
        if state == TERVERIFIKASI:
            tx.add(Signature(verdict.id, "setujui", at + timedelta(hours=random.expovariate(0.1)), "budi"))


if __name__ == "__main__":
    main()
