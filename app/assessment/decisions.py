"""What approving officials decide: each program by one whose instruments include it, or the whole request's way on."""

from datetime import date

from app.assessment.models import Decision, NoPartnershipFinding, Recommendation
from app.assessment.queries import concurrence_of
from app.assessment.review import under_review
from app.extensions import db, now
from app.intake.models import AgencyRequest
from app.policy import Actor
from app.workflow import engine
from app.workflow.journey.facts import Inputs
from app.workflow.journey.steps import Action
from app.workflow.refusals import Kind, Refused

APPROVE, CONDITIONS, DECLINE = "approve", "approve_with_conditions", "decline"
OUTCOME_WORDS = {APPROVE: "Approved", CONDITIONS: "Approved with conditions", DECLINE: "Declined"}
DUPLICATE = "duplicate"  # given by merging alone, which names the request that goes on
DECLINE_WORDS = {
    "no_need": "The answers show too little need",
    "no_authority": "The agency's law or authority does not allow it",
    "no_capacity": "ICE has no capacity for it now",
    "civil_rights": "A civil-rights concern is not resolved",
    "incomplete": "The request stayed incomplete",
    "better_elsewhere": "Another program or agency serves the need better",
    "no_partnership": "No partnership fits now",
    DUPLICATE: "It duplicates another request of the agency",
}


def decide(
    agency_request: AgencyRequest,
    actor: Actor,
    entry_key: str,
    outcome: str,
    reason: str,
    *,
    conditions: str = "",
    seen: int,
) -> Decision:
    """Decides on one program; with the last decision the system records the approval.

    Raises Refused also when conditions are announced but not written.
    """
    engine.check(Action.DECIDE, agency_request, actor, seen=seen)
    recommendation = under_review(agency_request)
    answered = concurrence_of(recommendation)
    if answered is None:
        raise Refused(Kind.TOO_LATE, ["The agency has not answered this recommendation."])
    if outcome == CONDITIONS and not conditions.strip():
        raise Refused(Kind.INCOMPLETE, ["Write the conditions of the approval."])
    inputs = Inputs(reason=reason, entry_key=entry_key)
    engine.take(
        Action.DECIDE,
        agency_request,
        actor,
        seen=seen,
        inputs=inputs,
        details={"entry_key": entry_key, "outcome": outcome, "conditions": conditions},
    )
    decision = Decision(
        recommendation_id=recommendation.id,
        concurrence_id=answered.id,
        entry_key=entry_key,
        outcome=outcome,
        conditions=conditions if outcome == CONDITIONS else "",
        reason=reason,
        by_id=actor.id,
    )
    db.session.add(decision)
    engine.take_if_ready(Action.APPROVE, agency_request)
    return decision


def decisions_on(recommendation: Recommendation) -> dict[str, Decision]:
    """The decisions made on this version, by entry key."""
    query = db.select(Decision).where(Decision.recommendation_id == recommendation.id)
    return {decision.entry_key: decision for decision in db.session.scalars(query)}


def redirect(agency_request: AgencyRequest, actor: Actor, reason: str, *, seen: int) -> None:
    """Sends the request back to assessment, to renew a void concurrence or look at other programs."""
    engine.take(Action.REDIRECT, agency_request, actor, seen=seen, inputs=Inputs(reason=reason))


def defer(agency_request: AgencyRequest, actor: Actor, reason: str, until: date | None, *, seen: int) -> None:
    """Puts the request aside until a date."""
    agency_request.deferred_until = until
    engine.take(Action.DEFER, agency_request, actor, seen=seen, inputs=Inputs(reason=reason, until=until))


def resume(agency_request: AgencyRequest, actor: Actor, *, seen: int) -> None:
    """Takes a deferred request up again."""
    agency_request.deferred_until = None
    engine.take(Action.RESUME, agency_request, actor, seen=seen)


def decline(agency_request: AgencyRequest, actor: Actor, code: str, reason: str, *, seen: int) -> None:
    """Declines the request, with a reason from the list and a sentence."""
    agency_request.closed_at = now()
    engine.take(
        Action.DECLINE,
        agency_request,
        actor,
        seen=seen,
        inputs=Inputs(reason=reason, code=code if code in DECLINE_WORDS else ""),
        details={"code": code},
    )


def no_partnership_finding(agency_request: AgencyRequest) -> NoPartnershipFinding | None:
    """The assessor's last written finding that no partnership fits."""
    query = db.select(NoPartnershipFinding).where(NoPartnershipFinding.request_id == agency_request.id)
    return db.session.scalar(query.order_by(NoPartnershipFinding.at.desc()).limit(1))
