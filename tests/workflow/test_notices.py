"""Nobody learns by chance that it is their turn: what the table must tell, derived from the table."""

import pytest

from app.notifications.notice import OF_SIDES, RecipientGroup, Urgency
from app.notifications.notices import NOTICES
from app.policy import Side
from app.workflow.journey.request_journey import CLOSED, REQUEST_JOURNEY, WAITING_ON, Action, Status
from app.workflow.journey.statuses import PREVIOUS
from app.workflow.journey.steps import Step


def targets(step: Step) -> set[Status]:
    """Where a step can lead; "previous" is wherever something leads to where it starts."""
    if step.target != PREVIOUS:
        return {Status(step.target)}
    return {Status(str(before.source)) for before in REQUEST_JOURNEY if before.target == step.source}


HANDING_OVER = [
    (step, WAITING_ON[target])
    for step in REQUEST_JOURNEY
    for target in sorted(targets(step))
    if WAITING_ON[Status(str(step.source))] is not WAITING_ON[target] and WAITING_ON[target]
    if step.action
    is not Action.RETRACT  # it comes back to who typed it in; the agency is told that it lost sight of it
]


@pytest.mark.parametrize(("step", "side"), HANDING_OVER, ids=lambda value: getattr(value, "action", value))
def test_whoever_holds_the_ball_next_is_told(step: Step, side: Side) -> None:
    told = {party for key in step.notices for group in NOTICES[key].to for party in OF_SIDES[group]}
    assert side in told


def test_the_table_hands_over_both_ways() -> None:
    assert {side for _, side in HANDING_OVER} == {Side.AGENCY, Side.ICE}
    assert len(HANDING_OVER) > 8


ENDING = [step for step in REQUEST_JOURNEY if step.source != Status.DRAFT and step.target in map(str, CLOSED)]


@pytest.mark.parametrize("step", ENDING, ids=lambda step: f"{step.action}-{step.source}")
def test_a_request_that_ends_is_told_to_both_sides(step: Step) -> None:
    told = {party for key in step.notices for group in NOTICES[key].to for party in OF_SIDES[group]}
    assert told == {Side.AGENCY, Side.ICE}


def test_every_group_belongs_to_a_side_and_no_step_can_be_left_unread() -> None:
    assert set(OF_SIDES) == set(RecipientGroup)
    assert {NOTICES[key].pace for step in REQUEST_JOURNEY for key in step.notices} == {Urgency.STATUS}
