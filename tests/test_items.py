"""Scenarios of konten: who may take, release, hand over, dismiss and reopen; and what stands on top."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor import items
from monitor.items import Context, Item, Weights
from monitor.people import Refusal
from tests.people import ANI, BUDI, TAMU

NOW = datetime(2024, 11, 20, 3, 0, tzinfo=UTC)
BARU = Item(article=1, score=1, at=NOW, priority=0.5, id=7)


def done(change: items.Change | Refusal) -> Item:
    assert not isinstance(change, Refusal), change
    return change[0]


def refused(change: items.Change | Refusal) -> str:
    assert isinstance(change, Refusal), change
    return change.sentence


def test_ani_takes_a_new_item_and_budi_is_told_by_whom() -> None:
    held = done(items.take(BARU, ANI, NOW))
    assert (held.state, held.holder, held.version) == (items.DIPROSES, "ani", 2)
    assert "ani" in refused(items.take(held, BUDI, NOW))


def test_every_act_leaves_a_row_that_says_from_where_to_where() -> None:
    change = items.take(BARU, ANI, NOW)
    assert not isinstance(change, Refusal)
    assert change[1] == items.ItemAct(7, NOW, "ani", "ambil", items.BARU, items.DIPROSES)


def test_only_the_holder_releases() -> None:
    held = done(items.take(BARU, ANI, NOW))
    assert "ani" in refused(items.release(held, BUDI, NOW))
    assert done(items.release(held, ANI, NOW)).state == items.BARU


def test_handing_over_needs_somebody_who_may_work_on_it() -> None:
    held = done(items.take(BARU, ANI, NOW))
    assert done(items.hand_over(held, ANI, BUDI, NOW)).holder == "budi"
    assert "verifikator" in refused(items.hand_over(held, ANI, TAMU, NOW))


def test_dismissal_takes_one_of_the_reasons_and_can_be_reopened() -> None:
    assert "bukan hoaks" in refused(items.dismiss(BARU, ANI, "malas", NOW))
    gone = done(items.dismiss(BARU, ANI, "bukan hoaks", NOW))
    assert gone.state == items.DIKESAMPINGKAN
    assert refused(items.reopen(gone, ANI, "  ", NOW))
    assert done(items.reopen(gone, BUDI, "ada bukti baru", NOW)).state == items.BARU


def test_what_ani_holds_budi_does_not_dismiss() -> None:
    held = done(items.take(BARU, ANI, NOW))
    assert "ani" in refused(items.dismiss(held, BUDI, "ganda", NOW))


def test_a_reader_may_do_nothing() -> None:
    for change in (items.take(BARU, TAMU, NOW), items.dismiss(BARU, TAMU, "ganda", NOW)):
        assert "hanya untuk" in refused(change)


def test_an_item_in_an_isu_moves_no_more() -> None:
    inside = replace(BARU, state=items.DALAM_ISU)
    for change in (items.take(inside, ANI, NOW), items.dismiss(inside, ANI, "ganda", NOW)):
        assert items.DALAM_ISU in refused(change)


@pytest.mark.parametrize("hoax", [0.1, 0.5, 0.95])
def test_a_refutation_stands_below_the_same_text_that_asserts(hoax: float) -> None:
    ranks = [items.priority(hoax, 0.9, stance, Context(), Weights()) for stance in items.STANCE]
    assert ranks == sorted(ranks, reverse=True)


def test_region_stage_and_repetition_raise_and_age_lowers() -> None:
    def rank(context: Context) -> float:
        return items.priority(0.8, 0.8, "asserts", context, Weights())

    assert rank(Context(near=1)) > rank(Context(near=0.5)) > rank(Context())
    assert rank(Context(stage=1)) > rank(Context())
    assert rank(Context(copies=4)) > rank(Context())
    assert rank(Context(age=48)) < rank(Context())


@given(
    st.floats(0, 1),
    st.floats(0, 1),
    st.sampled_from(sorted(items.STANCE)),
    st.builds(Context, st.floats(0, 1), st.floats(0, 1), st.floats(-10, 1e5), st.integers(1, 10_000)),
)
def test_priority_is_a_number_that_never_falls_as_the_indikasi_rises(
    hoax: float, election: float, stance: str, context: Context
) -> None:
    rank = items.priority(hoax, election, stance, context, Weights())
    assert 0 <= rank < float("inf")
    assert items.priority(min(1.0, hoax + 0.1), election, stance, context, Weights()) >= rank


def test_near_knows_home_province_and_elsewhere() -> None:
    assert items.near(("81.72", "31"), "81.72") == 1.0
    assert items.near(("81.72.01",), "81.72") == 1.0
    assert items.near(("81",), "81.72") == 0.5
    assert items.near(("35.71",), "81.72") == 0.0
    assert items.near(("35.71",), "") == 0.0
