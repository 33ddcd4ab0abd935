"""How long requests stayed in each status, from the moves that the record keeps; waiting does not count. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby, pairwise
from uuid import UUID

from app.deadlines.business_days import business_days_between
from app.policy import Side
from app.workflow.journey.request_journey import WAITING_ON, Status

PAUSING = frozenset({Status.INFORMATION_REQUESTED.value})


@dataclass(frozen=True)
class StatusMove:
    """A request went from one status to the next on this day."""

    case_id: UUID
    on: date
    source: str
    target: str


@dataclass(frozen=True)
class StatusStay:
    """A request was in a status for so many business days, until this day."""

    case_id: UUID
    status: str
    days: int
    ended: date


def status_stays(moves: Sequence[StatusMove]) -> list[StatusStay]:
    """Every finished stay; one that an information request interrupts goes on after it, the wait left out.

    The moves come case by case, each case's in order.
    """
    return [stay for _, told in groupby(moves, key=lambda move: move.case_id) for stay in _of_one(list(told))]


def _of_one(moves: Sequence[StatusMove]) -> Iterable[StatusStay]:
    paused: tuple[str, int] | None = None  # the status that waits, and its days so far
    for before, move in pairwise(moves):
        days = business_days_between(before.on, move.on)
        if paused and paused[0] == move.source:
            days += paused[1]
            paused = None
        if move.target in PAUSING:
            paused = (move.source, days)
            continue
        yield StatusStay(move.case_id, move.source, days, move.on)
        if paused and move.target != paused[0]:
            yield StatusStay(move.case_id, *paused, move.on)
            paused = None


def days_with_ice(finished: Iterable[StatusStay]) -> dict[UUID, int]:
    """Each case's business days in the statuses where ICE is to act; a deferred one rests."""
    found: dict[UUID, int] = {}
    for stay in finished:
        if WAITING_ON[Status(stay.status)] is Side.ICE and stay.status != Status.DEFERRED:
            found[stay.case_id] = found.get(stay.case_id, 0) + stay.days
    return found
