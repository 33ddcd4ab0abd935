"""What to look at first: at most two sentences about the figures, the most urgent first. Pure."""

from collections.abc import Sequence
from typing import Final

from app.reports.card import FigureCard
from app.reports.dashboard.cards import NOBODY, OTHERS, DashboardFigures
from app.reports.phrasing import amount, count_words

MOST: Final = 2
HEAVY: Final = 2  # times the average of those who carry any
FEWEST: Final = 5  # requests, from which a load is worth a word


def things_to_look_at(figures: DashboardFigures, cards: Sequence[FigureCard]) -> list[str]:
    """Sentences without their final stop; none when all is well."""
    by_key = {card.key: card for card in cards}
    found = [_late(figures), _slow(by_key["steps"]), _untaken(figures), _heavy(by_key["people"])]
    return [sentence for sentence in found if sentence][:MOST]


def _late(figures: DashboardFigures) -> str:
    n = figures.late_with_ice
    return f"{count_words(n)} {'request is' if n == 1 else 'requests are'} late with ICE" if n else ""


def _slow(steps: FigureCard) -> str:
    """The step furthest over its target."""
    over = [(row[1] - row[2], row[0]) for row in steps.rows if row[0] in steps.late]  # type: ignore[operator] # both are numbers
    if not over:
        return ""
    days, step = max(over)
    return f"“{step}” takes {amount(days)} days longer than its target"


def _untaken(figures: DashboardFigures) -> str:
    n = figures.untaken
    return f"{count_words(n)} {'request is' if n == 1 else 'requests are'} not taken yet" if n else ""


def _heavy(people: FigureCard) -> str:
    named = [row for row in people.rows if row[0] not in {NOBODY, OTHERS}]
    if len(named) < 2:
        return ""
    average = sum(int(row[1] or 0) for row in named) / len(named)
    name, carries = named[0][0], int(named[0][1] or 0)
    return f"{name} carries {amount(carries)} requests" if carries >= max(FEWEST, HEAVY * average) else ""
