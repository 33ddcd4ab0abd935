"""Days at each step are business days and an information request is a step of its own."""

import uuid
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.deadlines.business_days import business_days_between
from app.reports.status_durations import StatusMove, days_with_ice, status_stays

CASE = uuid.uuid4()


def moved(*steps: tuple[date, str], case: uuid.UUID = CASE) -> list[StatusMove]:
    sources = ["draft"] + [target for _, target in steps]
    return [StatusMove(case, day, source, target) for source, (day, target) in zip(sources, steps, strict=False)]


def told(moves: list[StatusMove]) -> list[tuple[str, int]]:
    return [(stay.status, stay.days) for stay in status_stays(moves)]


def test_a_stay_counts_business_days_and_the_last_one_is_not_finished() -> None:
    # Monday to Monday is five; Thanksgiving, November 26, is none
    moves = moved(
        (date(2026, 11, 16), "submitted"), (date(2026, 11, 23), "in_intake"), (date(2026, 11, 30), "declined")
    )
    assert told(moves) == [("submitted", 5), ("in_intake", 4)]


def test_time_that_waits_for_answers_is_not_intake() -> None:
    moves = moved(
        (date(2026, 11, 2), "in_intake"), (date(2026, 11, 4), "information_requested"),
        (date(2026, 11, 9), "in_intake"), (date(2026, 11, 10), "in_assessment"),
    )  # fmt: skip
    assert told(moves) == [("information_requested", 3), ("in_intake", 3)]


def test_a_request_withdrawn_while_it_waits_ends_both_stays() -> None:
    moves = moved(
        (date(2026, 11, 2), "in_intake"), (date(2026, 11, 4), "information_requested"), (date(2026, 11, 5), "withdrawn")
    )
    assert told(moves) == [("information_requested", 1), ("in_intake", 2)]


def test_cases_are_kept_apart() -> None:
    moves = [
        *moved((date(2026, 11, 2), "submitted"), (date(2026, 11, 3), "in_intake")),
        *moved((date(2026, 11, 2), "submitted"), (date(2026, 11, 5), "in_intake"), case=uuid.uuid4()),
    ]
    assert told(moves) == [("submitted", 1), ("submitted", 3)]


def test_days_with_ice_leave_out_the_agency_and_rest() -> None:
    moves = moved(
        (date(2026, 11, 2), "in_assessment"), (date(2026, 11, 4), "awaiting_concurrence"),
        (date(2026, 11, 9), "in_review"), (date(2026, 11, 10), "deferred"), (date(2026, 11, 19), "in_assessment"),
        (date(2026, 11, 20), "declined"),
    )  # fmt: skip
    assert days_with_ice(status_stays(moves)) == {CASE: 2 + 1 + 1}


STATUSES = st.sampled_from(["submitted", "in_intake", "information_requested", "in_assessment", "in_review"])


@given(st.lists(st.tuples(st.integers(0, 9), STATUSES), min_size=2, max_size=9))
def test_the_stays_of_a_case_come_to_its_whole_time(steps: list[tuple[int, str]]) -> None:
    day, path = date(2026, 6, 1), []
    for later, status in steps:
        day += timedelta(days=later)
        if not path or path[-1][1] != status:
            path.append((day, status))
    path.append((day, "declined"))
    assert sum(stay.days for stay in status_stays(moved(*path))) == business_days_between(path[0][0], path[-1][0])
