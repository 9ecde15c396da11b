"""python -m tests.bench.store: saving visits; lists, searches and the queue's page over a generated archive, on each
engine.

JERNIH_BENCH_ITEMS sets the size of the archive (100,000 if unset; a tenth of it is open). JERNIH_BENCH_KEEP names a
folder where the archives stay between runs (PostgreSQL: a database named after it), for whoever changes a query.
PostgreSQL is measured where JERNIH_TEST_POSTGRES answers. Beside the saving of visits stands the plain way: one commit
a row.
"""

import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from random import Random

from sqlalchemy import NullPool, create_engine, make_url
from sqlalchemy.exc import SQLAlchemyError

from monitor import store as stores
from monitor.articles import Article
from monitor.entries import Entry, Waiting, Words
from monitor.fetches import Fetch, Schedule
from monitor.items import BARU, DALAM_ISU, DIKESAMPINGKAN, DIPROSES, Item, ScoreRow
from monitor.labels import GIVE, Label
from monitor.store import Filters, Store, key_of
from tests.bench.desk import handled

NOW = datetime(2024, 11, 20, tzinfo=UTC)
ITEMS = int(os.environ.get("JERNIH_BENCH_ITEMS", "100000"))
KEEP = Path(os.environ["JERNIH_BENCH_KEEP"]) if "JERNIH_BENCH_KEEP" in os.environ else None
SERVER = os.environ.get("JERNIH_TEST_POSTGRES", "postgresql+psycopg://postgres@127.0.0.1:5432/test")
SOURCES = [f"Sumber {number}" for number in range(350)]
REGIONS = [f"{province}.{city:02d}" for province in range(11, 49) for city in range(1, 14)]
TOPICS = ["uang", "surat suara", "netralitas", "hasil", "unjuk rasa", "bantuan", "pencalonan", "lainnya"]
LABELS = [f"label {number}" for number in range(20)]
# The archive came in over sixty days, in a stage of the calendar each week.
STEP = timedelta(days=60) / ITEMS
END = NOW + timedelta(days=60)
WEEKS = [NOW + timedelta(days=7 * number) for number in range(8)]
WORDS = 60_000
ROUNDS = 200


def main() -> None:
    with house("sqlite") as home, closing(stores.open("", home)) as store:
        measured("SQLite", store)
    with postgres() as url:
        if url:
            with house("postgres") as home, closing(stores.open(url, home)) as store:
                measured("PostgreSQL", store)
        else:
            print("PostgreSQL: no server at JERNIH_TEST_POSTGRES")


@contextmanager
def house(name: str) -> Iterator[Path]:
    """A folder for one archive."""
    if KEEP:
        (KEEP / name).mkdir(parents=True, exist_ok=True)
        yield KEEP / name
        return
    with tempfile.TemporaryDirectory() as home:
        yield Path(home)


@contextmanager
def postgres() -> Iterator[str]:
    """A database of its own on the server, "" where there is none."""
    name = f"jernih_ukur_{KEEP.name if KEEP else os.getpid()}"
    try:
        engine = create_engine(SERVER, poolclass=NullPool, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            if not connection.exec_driver_sql(f"SELECT 1 FROM pg_database WHERE datname = '{name}'").first():
                connection.exec_driver_sql(f"CREATE DATABASE {name}")
    except (ImportError, SQLAlchemyError):
        yield ""
        return
    try:
        yield make_url(SERVER).set(database=name).render_as_string(hide_password=False)
    finally:
        if not KEEP:
            with engine.connect() as connection:
                connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")


def measured(name: str, store: Store) -> None:
    store.migrate()
    if not made(store):
        visits(name, store)
        archive(name, store)
        settled(store)
    lists(name, store)
    handled(name, store)


def made(store: Store) -> bool:
    """Does the archive stand already, from an earlier run?"""
    with store.read() as tx:
        return tx.item(ITEMS) is not None


def settled(store: Store) -> None:
    if not store.sqlite:
        # As its autovacuum does within minutes.
        with store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("VACUUM (ANALYZE)")


def visits(name: str, store: Store) -> None:
    """One transaction of 20 sources with 1,000 new entries each, and 300 entries the plain way."""
    random = Random(1)
    words = [Words(f"Judul {number}", sentence(random, 40)) for number in range(20_000)]
    began, cpu = time.perf_counter(), time.process_time()
    with store.write() as tx:
        fetches = tx.add_all([fetch(SOURCES[number]) for number in range(20)])
        tx.known(f"a{number}" for number in range(20_000))
        tx.put_words(words)
        entries = tx.add_entries([
            Entry(fetches[n % 20].source, fetches[n % 20].id, f"a{n}", f"https://x.example/{n}", text.digest, NOW)
            for n, text in enumerate(words)
        ])
        tx.put_waiting([Waiting(entry.id, "page", NOW, "x.example") for entry in entries])
        tx.put_schedules([Schedule(row.source, NOW) for row in fetches])
    took, used = time.perf_counter() - began, time.process_time() - cpu
    began = time.perf_counter()
    for number in range(300):
        with store.write() as tx:
            tx.put_words([Words(f"Judul b{number}", "")])
            tx.add_entries([Entry("Sumber 1", fetches[0].id, f"b{number}", "", "", NOW)])
    plain = 300 / (time.perf_counter() - began)
    print(f"{name}: 20,000 entries of 20 sources with words in {took:.2f} s ({used:.2f} s of our CPU);"
          f" {20_000 / took:,.0f} entries/s, one commit a row {plain:,.0f}/s ({20_000 / took / plain:.0f}x)")


def archive(name: str, store: Store) -> None:
    """ITEMS konten with all that is below them, a tenth of them open."""
    random, began, size = Random(2), time.perf_counter(), 5_000
    with store.write() as tx:
        visit = tx.add(fetch("Sumber 0")).id
    for start in range(0, ITEMS, size):
        with store.write() as tx:
            numbers = range(start, min(start + size, ITEMS))
            words = [Words(f"Judul {number} {sentence(random, 8)}", sentence(random, 60)) for number in numbers]
            tx.put_words(words)
            entries = tx.add_entries([
                Entry(random.choice(SOURCES), visit, f"c{number}", f"https://y.example/{number}", text.digest,
                      NOW + STEP * number)
                for number, text in zip(numbers, words, strict=True)
            ])
            articles = tx.add_all([
                Article(row.id, visit, 1, row.seen, row.url, row.words, "selectors") for row in entries
            ])
            scores = tx.add_all([score(random, row) for row in articles])
            items = tx.add_all([item(random, row) for row in scores])
            tx.add_all([Label(row.id, random.choice(LABELS), GIVE, NOW, "Ani") for row in items[::50]])
    print(f"{name}: {ITEMS:,} konten with article, score, marks and search in {time.perf_counter() - began:.0f} s"
          f" ({ITEMS / (time.perf_counter() - began):,.0f}/s)")


def lists(name: str, store: Store) -> None:
    random = Random(3)
    asked: dict[str, Callable[[], Filters]] = {
        "queue": Filters,
        "queue of a city": lambda: Filters(region=random.choice(REGIONS)),
        "queue of a province": lambda: Filters(region=random.choice(REGIONS)[:2]),
        "queue of a topic": lambda: Filters(topic=random.choice(TOPICS)),
        "queue of city and topic": lambda: Filters(region=random.choice(REGIONS), topic=random.choice(TOPICS)),
        "queue of province and topic": lambda: Filters(region=random.choice(REGIONS)[:2], topic=random.choice(TOPICS)),
        "queue of a source": lambda: Filters(source=random.choice(SOURCES)),
        "queue of a state": lambda: Filters(state=random.choice((BARU, DIPROSES))),
        "queue of a holder": lambda: Filters(holder=random.choice(("Ani", "Budi"))),
        "queue of a label": lambda: Filters(label=random.choice(LABELS)),
        "queue of label and province": lambda: Filters(
            label=random.choice(LABELS), region=random.choice(REGIONS)[:2]
        ),
        "queue of what is late": lambda: Filters(until=END - timedelta(days=1)),
        "queue of what is soon": lambda: Filters(since=END - timedelta(days=1), until=END - timedelta(hours=3)),
        "queue of a stage": lambda: Filters(during=(week(random),)),
        "queue of stage and topic": lambda: Filters(during=(week(random),), topic=random.choice(TOPICS)),
        "queue of no stage": lambda: Filters(during=((WEEKS[0], WEEKS[1]), (WEEKS[3], WEEKS[4]))),
        "archive": lambda: Filters(archive=True),
        "archive of a stage": lambda: Filters(during=(week(random),), archive=True),
        "archive of stage and topic": lambda: Filters(
            during=(week(random),), topic=random.choice(TOPICS), archive=True
        ),
        "archive of a label": lambda: Filters(label=random.choice(LABELS), archive=True),
        "archive of province and topic": lambda: Filters(
            region=random.choice(REGIONS)[:2], topic=random.choice(TOPICS), archive=True
        ),
        "archive of a state": lambda: Filters(state=DALAM_ISU),
        "search in the queue": lambda: searched(random, False),
        "search in the archive": lambda: searched(random, True),
        "search in the queue of a stage": lambda: replace(searched(random, False), during=(week(random),)),
        "search in the archive of a stage": lambda: replace(searched(random, True), during=(week(random),)),
        "search in the queue of a label": lambda: replace(searched(random, False), label=random.choice(LABELS)),
    }
    print(f"{name}: a page of 50 rows of {ITEMS:,} konten, milliseconds")
    for title, filters in asked.items():
        print(f"  {title:32}{spread([timed(store, filters()) for _ in range(ROUNDS)])}")
    deep = [timed(store, Filters(), 5) for _ in range(40)]
    print(f"  {'queue, pages one to five':32}{spread(deep)}")
    for title, work in (
        ("counts", lambda tx: tx.counts()),
        ("exact count of what is late", lambda tx: tx.count(Filters(until=END - timedelta(days=1)))),
        ("exact count of a topic", lambda tx: tx.count(Filters(topic=random.choice(TOPICS)))),
        ("labels in use", lambda tx: tx.labels()),
        ("count to 1,001 of a search", lambda tx: tx.count(searched(random, True), 1_001)),
        ("one konten's page", lambda tx: tx.item(random.randint(1, ITEMS))),
        ("health of all sources", lambda tx: tx.source_health(NOW)),
    ):
        print(f"  {title:32}{spread([clocked(store, work) for _ in range(50)])}")


def week(random: Random) -> tuple[datetime, datetime]:
    """One stage of the calendar."""
    start = random.choice(WEEKS)
    return start, start + timedelta(days=7)


def clocked(store: Store, work: Callable[[stores.Tx], object]) -> float:
    began = time.perf_counter()
    with store.read() as tx:
        work(tx)
    return (time.perf_counter() - began) * 1000


def timed(store: Store, filters: Filters, pages: int = 1) -> float:
    def work(tx: stores.Tx) -> None:
        after = None
        for _ in range(pages):
            page = tx.queue(filters, after, 50)
            after = key_of(page[-1]) if page else after

    return clocked(store, work)


def spread(held: list[float]) -> str:
    held = sorted(held)
    return f"median {statistics.median(held):8.1f}   p95 {held[int(len(held) * 0.95)]:8.1f}   worst {held[-1]:8.1f}"


def searched(random: Random, archive: bool) -> Filters:
    """A word, rare (40 %), of medium frequency (40 %) or very common (20 %), half of the time with a filter."""
    draw = random.random()
    first, last = (5_000, 50_000) if draw < 0.4 else (100, 2_000) if draw < 0.8 else (0, 9)
    rank = random.randint(first, last)
    if random.random() < 0.5:
        return Filters(text=word(rank), archive=archive)
    region, topic = random.choice(REGIONS)[:2], random.choice(TOPICS)
    return Filters(text=word(rank), archive=archive, **random.choice(({"region": region}, {"topic": topic})))


def word(rank: int) -> str:
    return f"w{rank:x}a"


@cache
def pool() -> list[str]:
    """Words whose frequency falls with their rank, as in a language."""
    random = Random(4)
    return [word(int(WORDS ** random.random()) - 1) for _ in range(1_000_000)]


def sentence(random: Random, length: int) -> str:
    start = random.randrange(len(pool()) - length)
    return " ".join(pool()[start : start + length])


def fetch(source: str) -> Fetch:
    return Fetch(source, "https://x.example/rss", NOW, NOW, "ok")


def score(random: Random, article: Article) -> ScoreRow:
    topics = tuple(random.sample(TOPICS, random.randint(0, 2)))
    regions = (random.choice(REGIONS),) if random.random() < 0.7 else ()
    return ScoreRow(article.id, article.at, random.random(), "asserts", random.random(), True, topics, (), regions,
                    (("title", 0, 5, 0.2),), "", "ukur")


def item(random: Random, row: ScoreRow) -> Item:
    states = (BARU, BARU, BARU, DIPROSES) if random.random() < 0.1 else (*(DIKESAMPINGKAN,) * 9, DALAM_ISU)
    state = random.choice(states)
    holder = random.choice(("Ani", "Budi", "Citra")) if state == DIPROSES else ""
    return Item(row.article, row.id, row.at, random.random() * 3, state=state, holder=holder)


if __name__ == "__main__":
    main()
