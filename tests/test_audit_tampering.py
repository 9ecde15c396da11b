"""Whatever somebody does to one act of the chain, it is found; the database itself refuses to change or delete one."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor import audit
from monitor.audit import Act
from monitor.store import Store, StoreError
from tests import world

TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=12)
VALUES = st.one_of(TEXT, st.integers(-(2**53), 2**53), st.booleans(), st.none(), st.floats(-1e9, 1e9))
ACTS = st.builds(
    Act, st.integers(0, 10**6).map(lambda number: world.NOW + timedelta(seconds=number)), TEXT, TEXT, TEXT, TEXT,
    st.dictionaries(TEXT, VALUES, max_size=3),
)  # fmt: skip
CHANGES: dict[str, Callable[[Act, str], Act]] = {
    "at": lambda act, text: replace(act, at=act.at + timedelta(microseconds=1)),
    "who": lambda act, text: replace(act, who=act.who + text),
    "act": lambda act, text: replace(act, act=act.act + text),
    "noun": lambda act, text: replace(act, noun=text + act.noun),
    "key": lambda act, text: replace(act, key=act.key + text),
    "detail": lambda act, text: replace(act, detail={**act.detail, text: not act.detail.get(text)}),
    "a field that moves into the next": lambda act, text: replace(act, who=act.who + text, act=text + act.act),
    "previous": lambda act, text: replace(act, previous="f" * 64),
    "digest": lambda act, text: replace(act, digest="f" * 64),
    "content and its digest": lambda act, text: audit.chained(replace(act, who=act.who + text), act.previous),
}


def chain(acts: list[Act]) -> list[Act]:
    made: list[Act] = []
    for number, act in enumerate(acts, start=1):
        made.append(replace(audit.chained(act, made[-1].digest if made else audit.START), id=number))
    return made


def anchor(acts: list[Act]) -> tuple[int, str]:
    return len(acts), acts[-1].digest


@settings(max_examples=300, deadline=None)
@given(st.lists(ACTS, min_size=1, max_size=8), st.data())
def test_a_change_of_one_act_is_found(acts: list[Act], data: st.DataObject) -> None:
    whole = chain(acts)
    assert audit.broken(whole, anchor(whole)) == []
    at = data.draw(st.integers(0, len(whole) - 1))
    change = data.draw(st.sampled_from(sorted(CHANGES)))
    text = data.draw(TEXT.filter(bool))
    false = [*whole[:at], CHANGES[change](whole[at], text), *whole[at + 1 :]]
    assert false == whole or audit.broken(false, anchor(whole)), change


@settings(max_examples=200, deadline=None)
@given(st.lists(ACTS, min_size=1, max_size=8), ACTS, st.data())
def test_an_act_taken_away_put_in_or_swapped_is_found(acts: list[Act], other: Act, data: st.DataObject) -> None:
    whole = chain(acts)
    at, place = data.draw(st.integers(0, len(whole) - 1)), data.draw(st.integers(0, len(whole)))
    assert audit.broken([*whole[:at], *whole[at + 1 :]], anchor(whole))
    fits = audit.chained(other, whole[place - 1].digest if place else audit.START)
    assert audit.broken([*whole[:place], fits, *whole[place:]], anchor(whole))
    assert audit.broken([*whole[:place], whole[at], *whole[place:]], anchor(whole))
    there = data.draw(st.integers(0, len(whole) - 1))
    if there != at:
        swapped = list(whole)
        swapped[at], swapped[there] = swapped[there], swapped[at]
        assert audit.broken(swapped, anchor(whole))


@settings(max_examples=100, deadline=None)
@given(st.lists(ACTS, min_size=1, max_size=8), st.data())
def test_a_cut_tail_is_found_by_the_anchor(acts: list[Act], data: st.DataObject) -> None:
    whole = chain(acts)
    assert audit.broken(whole[: data.draw(st.integers(0, len(whole) - 1))], anchor(whole))


@pytest.mark.parametrize("order", [
    "UPDATE audit SET who = 'Budi' WHERE id = 1", "UPDATE audit SET id = id + 100", "DELETE FROM audit WHERE id = 2",
    "DELETE FROM audit", "UPDATE erasures SET why = 'lain'", "DELETE FROM erasures",
])  # fmt: skip
def test_the_database_refuses(store: Store, order: str) -> None:
    with store.write() as tx:
        for number in range(3):
            tx.audit(world.act(number))
        tx.erase("0" * 64, "Admin", "permintaan", "UU 27/2022", world.NOW)
    with pytest.raises(StoreError, match="never changed"), store.write() as tx:
        tx.connection.exec_driver_sql(order)
    assert store.audit_faults() == []


@pytest.mark.parametrize("url", [pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True)
def test_postgres_refuses_to_empty_it(store: Store) -> None:
    with store.write() as tx:
        tx.audit(world.act(1))
    with pytest.raises(StoreError, match="never changed"), store.write() as tx:
        tx.connection.exec_driver_sql("TRUNCATE audit")


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_sqlite_refuses_a_row_in_place_of_another(store: Store) -> None:
    with store.write() as tx:
        made = tx.audit(world.act(1))
    order = ("INSERT OR REPLACE INTO audit (id, at, who, act, noun, key, detail, previous, digest)"
             f" SELECT id, at, 'Budi', act, noun, key, detail, previous, digest FROM audit WHERE id = {made.id}")
    with pytest.raises(StoreError, match="never changed"), store.write() as tx:
        tx.connection.exec_driver_sql(order)
