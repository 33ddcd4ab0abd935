"""What is published gives no small number away, not even to somebody who knows the total and how it is made."""

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from app.reports.public_totals.suppression import SMALLEST, publishable, publishable_number


def test_small_ones_are_hidden_with_another_that_would_give_them_away() -> None:
    assert publishable([3, 20, 9]) == [None, 20, None]
    assert publishable([1, 1, 30, 8]) == [None, None, 30, None]
    assert publishable([4, 4, 20]) == [None, None, None]  # two small ones that come to eight are four each
    assert publishable([3, 4, 20]) == [None, None, 20]
    assert publishable([3, 0, 0]) == [None, 0, 0]
    assert publishable([7, 0, 12]) == [7, 0, 12]
    assert publishable([]) == []
    assert [publishable_number(n) for n in (0, 1, 4, 5)] == [0, None, None, 5]


@given(st.lists(st.integers(0, 40), max_size=8))
def test_nothing_under_five_is_published_and_nothing_is_changed(counts: list[int]) -> None:
    for n, shown in zip(counts, publishable(counts), strict=True):
        assert shown in {n, None}
        assert not (shown is not None and 0 < n < SMALLEST)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 9), min_size=2, max_size=4).filter(lambda counts: sum(counts) >= SMALLEST))
def test_no_small_number_follows_from_the_rest_and_the_total(counts: list[int]) -> None:
    shown = publishable(counts)
    total = sum(counts)
    could_be = [
        other for other in product(range(total + 1), repeat=len(counts))
        if sum(other) == total and publishable(other) == shown
    ]  # fmt: skip
    for place, n in enumerate(counts):
        if 0 < n < SMALLEST:
            assert len({other[place] for other in could_be}) > 1, (counts, shown)
