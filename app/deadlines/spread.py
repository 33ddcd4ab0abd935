"""How long something took, told as a median and what nine of ten keep within."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import ceil
from statistics import median

FEWEST = 5  # with fewer cases nothing is shown, as it could reveal a single agency
TAIL = 0.9


@dataclass(frozen=True)
class Spread:
    """How long a stage took, in business days: the median, what nine of ten keep within, and how many there are."""

    middle: float | None
    tail: int | None
    n: int


def spread(days: Iterable[int] | Mapping[int, int]) -> Spread:
    """The spread of some lengths, or of lengths with how often each occurs; the tail is by nearest rank."""
    ranked = sorted(Counter(days).elements())
    if not ranked:
        return Spread(None, None, 0)
    return Spread(median(ranked), ranked[ceil(TAIL * len(ranked)) - 1], len(ranked))
