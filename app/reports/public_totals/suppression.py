"""What of a table of counts can be published: nothing under five, and nothing that gives such a number away. Pure."""

from collections.abc import Sequence
from typing import Final

SMALLEST: Final = 5
HIDDEN: Final = "Not shown"


def publishable(counts: Sequence[int]) -> list[int | None]:
    """The counts with the small ones hidden, and enough others that no hidden one follows from the total.

    The sum of all may be shown beside them when it is not small itself. A hidden count does not say whether it is
    small or hides another; zeros are shown.
    """
    hidden = [n for n in counts if 0 < n < SMALLEST]
    others = sorted(n for n in counts if n >= SMALLEST)
    while hidden and others and _given_away(hidden):
        least = others[0]  # all that are as small: which of them is hidden must tell nothing
        hidden += [n for n in others if n == least]
        others = [n for n in others if n != least]
    return [None if n in set(hidden) else n for n in counts]


def _given_away(hidden: Sequence[int]) -> bool:
    """Whether their sum alone tells what they are: one by itself, a small sum, or all the least or most they can be."""
    return len(hidden) < 2 or sum(hidden) < SMALLEST or set(hidden) in ({1}, {SMALLEST - 1})


def publishable_number(n: int) -> int | None:
    """One count that no sum contains."""
    return None if 0 < n < SMALLEST else n


def suppressed_words(n: int | None) -> int | str:
    """A cell of a public table."""
    return HIDDEN if n is None else n
