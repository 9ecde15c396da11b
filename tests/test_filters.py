"""The queue and its filters against a plain list in memory: same konten, same order, page after page, same counts."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from monitor import store as stores
from monitor.items import BARU, DALAM_ISU, DIKESAMPINGKAN, DIPROSES, Item
from monitor.labels import GIVE, TAKE_OFF, Label
from monitor.rumors import Carrier
from monitor.store import Filters, Store, key_of
from monitor.store.filters import in_archive
from monitor.store.search import plain, terms
from monitor.store.tables import MARKS
from tests import world
from tests.conftest import POSTGRES, Server, migrated
from tests.plans import plan
from tests.world import NOW, Konten

CITY = 240
# What konten number n is given and what is taken off it again.
GIVEN = ((), (), (("tps 12", GIVE),), (("tps 12", GIVE), ("tps 12", TAKE_OFF)),
         (("tunggu KPU", GIVE), ("tps 12", GIVE)))
City = tuple[Store, list[Konten]]


@pytest.fixture(scope="module", params=["sqlite", POSTGRES])
def city(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[City]:
    """A store of 240 konten, read only; one round on each engine."""
    home: Path = tmp_path_factory.mktemp("city")
    server: Server | None = request.getfixturevalue("server") if request.param == "postgres" else None
    name = server.create(server.template) if server else ""
    url = server.url(name) if server else ""
    migrated(url, home)
    with closing(stores.open(url, home)) as store:
        with store.write() as tx:
            made = world.build(tx, CITY)
            for n, one in enumerate(made):
                tx.add_all([Label(one.item.id, name, act, NOW, "ani") for name, act in GIVEN[n % len(GIVEN)]])
        yield store, made
    if server:
        server.drop(name)


def in_text(typed: str, konten: Konten) -> bool:
    """The search's meaning over a list of words."""
    held, found = plain(f"{konten.words.title} {konten.words.text}"), terms(typed)
    return bool(found) and all(
        any(stands(words, begins, held[place : place + len(words)]) for place in range(len(held)))
        for words, begins in found
    )


def stands(words: list[str], begins: bool, held: list[str]) -> bool:
    if not begins or len(held) < len(words):
        return held == words
    return held[:-1] == words[:-1] and held[-1].startswith(words[-1])


def worn(konten: Konten) -> set[str]:
    """The labels that a konten of the city has."""
    given = GIVEN[(konten.item.id - 1) % len(GIVEN)]
    return {name for name, act in given if act == GIVE and (name, TAKE_OFF) not in given}


def minutes(*pairs: tuple[int, int]) -> tuple[tuple[datetime, datetime], ...]:
    return tuple((NOW + timedelta(minutes=start), NOW + timedelta(minutes=end)) for start, end in pairs)


def fits(filters: Filters, konten: Konten) -> bool:
    item, score = konten.item, konten.score
    return (
        (in_archive(filters) or item.state in (BARU, DIPROSES))
        and filters.state in ("", item.state)
        and filters.holder in ("", item.holder)
        and filters.source in ("", konten.entry.source)
        and (not filters.topic or filters.topic in score.topics)
        and (not filters.target or filters.target in score.targets)
        and (not filters.region or any(f"{code}.".startswith(f"{filters.region}.") for code in score.regions))
        and (filters.since is None or item.at >= filters.since)
        and (filters.until is None or item.at < filters.until)
        and (not filters.during or any(start <= item.at < end for start, end in filters.during))
        and (not filters.label or filters.label in worn(konten))
        and (not filters.text or in_text(filters.text, konten))
    )


def expected(filters: Filters, made: list[Konten]) -> list[Konten]:
    if in_archive(filters):
        return sorted((one for one in made if fits(filters, one)), key=lambda one: -one.item.id)
    return sorted((one for one in made if fits(filters, one)), key=lambda one: (-one.item.priority, -one.item.id))


SOMETIMES = st.sampled_from
TEXTS = st.one_of(
    st.just(""), st.just(""), st.sampled_from([*world.COMMON, *world.RARE[:20], "kata1*", "pem*"]),
    st.lists(st.sampled_from([*world.COMMON, "kata*", "nomor"]), min_size=2, max_size=3).map(" ".join),
    st.lists(st.sampled_from(world.COMMON), min_size=2, max_size=2).map(lambda pair: f'"{pair[0]} {pair[1]}"'),
)
FILTERS = st.builds(
    Filters,
    state=SOMETIMES(("", "", BARU, DIPROSES, DIKESAMPINGKAN, DALAM_ISU)),
    region=SOMETIMES(("", "", "81", "81.72", "73", "8", "64", "99")),
    topic=SOMETIMES(("", "", *world.TOPICS, "tiada")),
    target=SOMETIMES(("", "", "penyelenggara", "paslon:01")),
    source=SOMETIMES(("", "", *world.SOURCES)),
    holder=SOMETIMES(("", "", "Ani", "Budi")),
    text=TEXTS,
    since=SOMETIMES((None, None, NOW + timedelta(minutes=60))),
    until=SOMETIMES((None, None, NOW + timedelta(minutes=180))),
    archive=st.booleans(),
    label=SOMETIMES(("", "", "tps 12", "tunggu KPU", "tiada")),
    during=SOMETIMES(((), (), minutes((30, 90)), minutes((0, 20), (100, 260)), minutes((10, 10)), minutes((300, 301)))),
)


@given(
    filters=FILTERS,
    size=st.integers(1, 60),
    hits=st.sampled_from(((1, 1), (1, 30), (1, 1_000), (1_000, 1_000))),
    walk=st.sampled_from((3, 100)),
)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_filters_find_what_a_plain_list_finds(
    city: City, filters: Filters, size: int, hits: tuple[int, int], walk: int
) -> None:
    store, made = city
    wanted = expected(filters, made)
    with store.read() as tx:
        (tx.few_hits, tx.many_hits), tx.walk = hits, walk
        found, after = [], None
        while page := tx.queue(filters, after, size):
            assert len(page) <= size
            found += page
            after = key_of(page[-1])
        assert [row.item for row in found] == [one.item for one in wanted]
        assert tx.count(filters) == len(wanted)
        assert tx.count(filters, most=7) == min(7, len(wanted))


def test_row_of_the_queue_has_everything(city: tuple[Store, list[Konten]]) -> None:
    store, made = city
    with store.read() as tx:
        row = tx.queue(limit=1)[0]
    one = expected(Filters(), made)[0]
    assert (row.item, row.score, row.article, row.entry, row.words) == (
        one.item, one.score, one.article, one.entry, one.words
    )


def test_counts_are_those_of_open_konten(city: tuple[Store, list[Konten]]) -> None:
    store, made = city
    states = [one.item.state for one in made]
    with store.read() as tx:
        assert tx.counts() == {BARU: states.count(BARU), DIPROSES: states.count(DIPROSES)}


def test_change_moves_a_konten_in_every_list(store: Store) -> None:
    with store.write() as tx:
        made = world.build(tx, 30)
        one = next(one for one in made if one.item.state == BARU and one.score.regions)
        region = Filters(region=one.score.regions[0])
        assert one.item.id in [row.item.id for row in tx.queue(region)]
        away = replace(one.item, state=DIKESAMPINGKAN)
        assert tx.change(away, 1)
        assert one.item.id not in [row.item.id for row in tx.queue(region)]
        said = Filters(text=f'"{one.words.title}"')
        assert (tx.queue(said), [row.item.id for row in tx.queue(replace(said, archive=True))]) == ([], [one.item.id])
        assert one.item.id in [row.item.id for row in tx.queue(replace(region, archive=True))]
        assert tx.change(replace(away, state=BARU, priority=99.0), 2)
        assert tx.queue(region)[0].item == replace(one.item, priority=99.0, version=3)
        assert [row.item.id for row in tx.queue(said)] == [one.item.id]
        tx.reprioritise([(one.item.id, -1.0)])
        assert tx.queue(region, limit=100)[-1].item.id == one.item.id
        assert tx.get(Item, one.item.id) == replace(one.item, priority=-1.0, version=3)


def test_detail_shows_the_whole_case(store: Store) -> None:
    with store.write() as tx:
        made = world.build(tx, 3)
        one = made[0]
        newer = tx.add(replace(one.article, id=0, version=2, words=made[1].article.words))
        rumor, _ = world.case(tx, one)
        detail = tx.item(one.item.id)
        assert detail is not None
        assert detail.row.item == one.item
        assert detail.versions == ((one.article, one.words), (newer, made[1].words))
        assert (detail.rumors, [act.act for act in detail.acts]) == ((rumor,), ["lekatkan ke isu"])
        assert detail.fetch is not None
        assert (detail.fetch.id, detail.same) == (one.entry.fetch, ())
        twin = tx.add(replace(one.article, id=0, entry=made[2].entry.id, version=9))
        same = tx.add(replace(one.item, id=0, article=twin.id))
        again = tx.item(one.item.id)
        assert again is not None
        assert again.same == (same,)
        assert tx.item_of(one.entry.id) == one.item
        assert tx.item(123456) is None
        assert tx.carriers(rumor.id) == [one.item]
        assert [row.finding for row in tx.verdicts(rumor.id)] == ["HOAKS"]


def test_article_becomes_one_konten_only(store: Store) -> None:
    with store.write() as tx:
        one = world.build(tx, 1)[0]
    with pytest.raises(stores.StoreError), store.write() as tx:
        tx.add(replace(one.item, id=0))


def test_labels_that_hold_are_listed_and_survive_a_new_index(store: Store) -> None:
    with store.write() as tx:
        one, other = world.build(tx, 2)
        tx.add_all([Label(one.item.id, "tps 12", GIVE, NOW, "ani"), Label(one.item.id, "tps 12", GIVE, NOW, "budi"),
                    Label(other.item.id, "lama", GIVE, NOW, "ani"), Label(other.item.id, "lama", TAKE_OFF, NOW, "ani")])
        assert tx.labels() == ["tps 12"]
        assert tx.labels_of([one.item.id, other.item.id]) == {one.item.id: ("tps 12",)}
        tx.connection.execute(MARKS.delete().where(MARKS.c.mark.like("label:%")))
        assert tx.labels() == []
        tx.relabel_all()
        assert tx.labels() == ["tps 12"]
        assert [row.item.id for row in tx.queue(Filters(label="tps 12", archive=True))] == [one.item.id]


def test_since_when_an_isu_waits(store: Store) -> None:
    with store.write() as tx:
        one, other = world.build(tx, 2)
        rumor, _ = world.case(tx, other)
        tx.add(Carrier(rumor.id, one.item.id, NOW, "Ani"))
        assert tx.since([rumor.id, 99]) == {rumor.id: min(one.item.at, other.item.at)}
        assert [held.id for held in tx.rumors_held("Ani")] == [rumor.id]
        assert tx.rumors_held("Budi") == []


PLANS = {
    "the queue": Filters(),
    "a region": Filters(region="81"),
    "region and topic": Filters(region="81", topic="uang"),
    "a state": Filters(state=DIPROSES),
    "the archive": Filters(archive=True),
    "the archive of a region": Filters(region="81", archive=True),
    "what came in late": Filters(until=NOW + timedelta(minutes=9)),
    "a stage": Filters(during=minutes((30, 90))),
    "a holder's late ones": Filters(holder="Ani", until=NOW + timedelta(minutes=90)),
    "a label": Filters(label="tps 12"),
}


@pytest.mark.parametrize("name", PLANS)
def test_list_walks_an_index_and_sorts_nothing(tmp_path: Path, template: Path, name: str) -> None:
    (tmp_path / "jernih.db").write_bytes(template.read_bytes())
    with closing(stores.open("", tmp_path)) as store:
        with store.write() as tx:
            world.build(tx, 200)
        with store.read() as tx:
            steps = plan(tx.connection, tx.query(PLANS[name]))
    assert "INDEX" in steps or "PRIMARY KEY" in steps or steps == "SCAN items"
    assert "TEMP B-TREE" not in steps
    assert name == "the archive" or "SCAN items\n" not in steps + "\n", "walks the whole table"
