"""The agency answers a recommendation; its concurrence is bound to exactly what it saw, and void when that changes."""

from collections.abc import Mapping
from dataclasses import dataclass

from app import audit
from app.agency_requests.models import AgencyRequest
from app.assessment.queries import issued_recommendation
from app.assessment.recommendation.snapshot import content_changes, content_hash_of, content_of
from app.extensions import db, now
from app.policy import Actor
from app.review.models import Concurrence, ConcurrenceAnswer
from app.review.queries import concurrence_of
from app.workflow import engine
from app.workflow.journey.facts import Inputs
from app.workflow.journey.request_journey import Action
from app.workflow.refusals import RefusalKind, StepRefused

CONCUR, COMMENT, REFUSE = "concur", "concur_with_comment", "do_not_concur"
ANSWER_WORDS = {CONCUR: "Concur", COMMENT: "Concur, with a comment", REFUSE: "Do not concur"}
AGREES = frozenset({CONCUR, COMMENT})


@dataclass(frozen=True)
class ProgramAnswer:
    """The agency's answer on one program; a comment is needed unless it simply concurs."""

    answer: str
    comment: str = ""


def concur(
    agency_request: AgencyRequest,
    actor: Actor,
    answers: Mapping[str, ProgramAnswer],
    *,
    shown: str,
    expected_version: int,
) -> Concurrence:
    """Records the agency head's answers, by program key, to the recommendation with the content hash `shown`."""
    engine.check_step(Action.CONCUR, agency_request, actor, expected_version=expected_version)
    recommendation = issued_recommendation(agency_request.id)
    if recommendation is None:
        raise StepRefused(RefusalKind.TOO_LATE, ["There is no recommendation to decide on."])
    answered = Concurrence(recommendation=recommendation, content_hash=shown, by_id=actor.id)
    keys = [program.program_key for program in recommendation.programs]
    answered.answers = [
        ConcurrenceAnswer(program_key=key, answer=answers[key].answer, comment=answers[key].comment)
        for key in keys
        if key in answers and answers[key].answer in ANSWER_WORDS
    ]
    db.session.add(answered)
    agreed = sum(answer.answer in AGREES for answer in answered.answers)
    engine.take_step(
        Action.CONCUR,
        agency_request,
        actor,
        expected_version=expected_version,
        inputs=Inputs(shown_hash=shown),
        note=f": agreed to {agreed} of {len(keys)} programs",
        details={"content_hash": shown, "answers": {a.program_key: a.answer for a in answered.answers}},
    )
    return answered


def dissent(agency_request: AgencyRequest, actor: Actor, reason: str, *, expected_version: int) -> None:
    """Sends the whole recommendation back, with the agency head's reason."""
    engine.take_step(
        Action.DISSENT, agency_request, actor, expected_version=expected_version, inputs=Inputs(reason=reason)
    )


def on_taking_back(agency_request: AgencyRequest, actor: Actor, inputs: Inputs) -> None:
    """Voids a concurrence that the agency head takes back; the head may then decide again."""
    recommendation = issued_recommendation(agency_request.id)
    answered = concurrence_of(recommendation) if recommendation else None
    if answered is not None and answered.voided_at is None:
        answered.voided_at = now()
        answered.void_reason = f"The agency head took the decision back: {inputs.reason}"


def void_concurrence_if_changed(agency_request: AgencyRequest, actor: Actor) -> bool:
    """Voids the concurrence when the assessed content is no longer what the agency agreed to; tells whether it did."""
    db.session.flush()  # the content is read from the database
    recommendation = issued_recommendation(agency_request.id)
    answered = concurrence_of(recommendation) if recommendation else None
    if recommendation is None or answered is None or answered.voided_at:
        return False
    content = content_of(recommendation)
    if content_hash_of(content) == answered.content_hash:
        return False
    answered.voided_at = now()
    answered.void_changes = content_changes(recommendation.content, content)
    labels = "; ".join(change["label"] for change in answered.void_changes)
    answered.void_reason = f"The assessed content changed after your decision: {labels}."
    audit.record(
        "concurrence_voided",
        actor,
        case_id=agency_request.id,
        subject=("request", agency_request.id),
        sentence="changed the assessed content; the agency's concurrence is void",
        reason=answered.void_reason,
        details={"changes": answered.void_changes},
    )
    return True
