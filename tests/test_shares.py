"""monitor/shares.py: a share and the interval in which it lies, against published values of Wilson's interval."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.shares import Share


@pytest.mark.parametrize("hits, of, low, high", [
    (0, 10, 0.0, 0.2775), (1, 10, 0.0179, 0.4042), (5, 10, 0.2366, 0.7634), (10, 10, 0.7225, 1.0),
    (1, 29, 0.0061, 0.1718), (81, 263, 0.2553, 0.3662),
])
def test_interval_is_wilsons(hits: int, of: int, low: float, high: float) -> None:
    share = Share(hits, of)
    assert (share.low, share.high) == (pytest.approx(low, abs=6e-4), pytest.approx(high, abs=6e-4))


@given(st.integers(0, 10_000), st.integers(0, 10_000))
def test_the_share_lies_in_its_interval(hits: int, more: int) -> None:
    share = Share(hits, hits + more)
    assert 0 <= share.low <= share.value <= share.high <= 1 or hits + more == 0


def test_nothing_counted_says_nothing() -> None:
    assert (Share(0, 0).low, Share(0, 0).value, Share(0, 0).high) == (0.0, 0.0, 1.0)
