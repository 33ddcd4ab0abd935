"""The decisions of approving officials: on each program of theirs, or on what happens to the whole request."""

from app.agency_requests.models import AgencyRequest
from app.extensions import db, now
from app.policy import Actor
from app.review.models import Decision
from app.review.queries import concurrence_of, under_review
from app.workflow import engine
from app.workflow.journey.decline_reasons import DECLINE_WORDS
from app.workflow.journey.facts import Inputs
from app.workflow.journey.request_journey import Action
from app.workflow.refusals import RefusalKind, StepRefused

APPROVE, CONDITIONS, DECLINE = "approve", "approve_with_conditions", "decline"
OUTCOME_WORDS = {APPROVE: "Approved", CONDITIONS: "Approved with conditions", DECLINE: "Declined"}


def decide_program(
    agency_request: AgencyRequest,
    actor: Actor,
    program_key: str,
    outcome: str,
    reason: str,
    *,
    conditions: str = "",
    expected_version: int,
) -> Decision:
    """Decides on one program; with the last decision the system records the approval.

    Raises StepRefused also when conditions are announced but not written.
    """
    engine.check_step(Action.DECIDE, agency_request, actor, expected_version=expected_version)
    recommendation = under_review(agency_request)
    answered = concurrence_of(recommendation)
    if answered is None:
        raise StepRefused(RefusalKind.TOO_LATE, ["The agency has not answered this recommendation."])
    if outcome == CONDITIONS and not conditions.strip():
        raise StepRefused(RefusalKind.INCOMPLETE, ["Write the conditions of the approval."])
    inputs = Inputs(reason=reason, program_key=program_key)
    engine.take_step(
        Action.DECIDE,
        agency_request,
        actor,
        expected_version=expected_version,
        inputs=inputs,
        details={"program_key": program_key, "outcome": outcome, "conditions": conditions},
    )
    decision = Decision(
        recommendation_id=recommendation.id,
        concurrence_id=answered.id,
        program_key=program_key,
        outcome=outcome,
        conditions=conditions if outcome == CONDITIONS else "",
        reason=reason,
        by_id=actor.id,
    )
    db.session.add(decision)
    engine.take_step_if_ready(Action.APPROVE, agency_request)
    return decision


def on_deferral(agency_request: AgencyRequest, actor: Actor, inputs: Inputs) -> None:
    """Keeps the date of the next look."""
    agency_request.deferred_until = inputs.until


def on_resumption(agency_request: AgencyRequest, actor: Actor, inputs: Inputs) -> None:
    """Forgets the date of the next look."""
    agency_request.deferred_until = None


def on_decline(agency_request: AgencyRequest, actor: Actor, inputs: Inputs) -> None:
    """Keeps when the request ended."""
    agency_request.closed_at, agency_request.deferred_until = now(), None


def decline(agency_request: AgencyRequest, actor: Actor, code: str, reason: str, *, expected_version: int) -> None:
    """Declines the request, with a reason from the list and a sentence."""
    known = code if code in DECLINE_WORDS else ""
    engine.take_step(
        Action.DECLINE,
        agency_request,
        actor,
        expected_version=expected_version,
        inputs=Inputs(reason=reason, code=known),
    )
