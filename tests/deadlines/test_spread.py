"""Medians and ninth tenths of how long things took."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from app.deadlines import spread
from app.deadlines.spread import Spread


def test_median_and_ninth_tenth():
    assert spread.spread([1, 2, 3, 4, 5, 6, 7, 8, 9, 30]) == Spread(5.5, 9, 10)
    assert spread.spread([4]) == Spread(4, 4, 1)
    assert spread.spread([]) == Spread(None, None, 0)


@given(st.lists(st.integers(0, 400), min_size=1))
def test_half_lie_on_either_side_of_the_median_and_nine_of_ten_within_the_tail(lengths):
    found = spread.spread(lengths)
    assert found.tail in lengths
    assert sum(length <= found.tail for length in lengths) * 10 >= 9 * len(lengths)
    assert sum(length <= found.middle for length in lengths) * 2 >= len(lengths)
    assert sum(length >= found.middle for length in lengths) * 2 >= len(lengths)


@given(st.lists(st.integers(0, 400)))
def test_lengths_counted_by_the_database_give_the_same_spread(lengths):
    assert spread.spread(Counter(lengths)) == spread.spread(lengths)
