"""Headquarters review: an opinion from each seat, the civil-rights finding, and the capacity ICE confirms."""

from datetime import date

from app import audit
from app.agency_requests.models import AgencyRequest
from app.extensions import db
from app.policy import SEAT_WORDS, Actor, Permission, Seat, allows
from app.review.models import Capacity, CivilRightsFinding, Opinion
from app.review.queries import capacities_of, findings_of, opinions_on, under_review
from app.workflow import engine
from app.workflow.journey.facts import Inputs
from app.workflow.journey.request_journey import Action, Status
from app.workflow.refusals import RefusalKind, StepRefused

POSITION_WORDS = {"support": "Supports", "neutral": "Neutral", "oppose": "Opposes"}


def give_opinion(
    agency_request: AgencyRequest, actor: Actor, seat: Seat, position: str, sentence: str, *, expected_version: int
) -> Opinion:
    """Records one seat's opinion; a seat speaks once, and a person fills one seat only."""
    engine.check_step(Action.GIVE_OPINION, agency_request, actor, expected_version=expected_version)
    recommendation = under_review(agency_request)
    for given in opinions_on(recommendation):
        if given.seat == seat:
            raise StepRefused(RefusalKind.TOO_LATE, [f"The seat {SEAT_WORDS[seat]} has given its opinion already."])
        if given.by_id == actor.id:
            raise StepRefused(
                RefusalKind.NOT_YOUR_JOB, ["You filled another seat on this request, so somebody else fills this one."]
            )
    opinion = Opinion(
        recommendation_id=recommendation.id, seat=seat, position=position, sentence=sentence, by_id=actor.id
    )
    db.session.add(opinion)
    engine.take_step(
        Action.GIVE_OPINION,
        agency_request,
        actor,
        expected_version=expected_version,
        inputs=Inputs(seat=seat, reason=sentence),
        note=f" for the seat {SEAT_WORDS[seat]}",
        details={"seat": seat, "position": position},
    )
    return opinion


def refuse_unless_finding_is_yours(agency_request: AgencyRequest, actor: Actor) -> None:
    """Refuses whoever does not hold the civil-rights seat of a review."""
    refuse_unless_in_review(agency_request, actor, Permission.REQUEST_OPINE)
    if Seat.CIVIL_RIGHTS not in actor.seats:
        raise StepRefused(RefusalKind.NOT_YOUR_JOB, ["The civil-rights reviewer writes this finding."])


def write_finding(
    agency_request: AgencyRequest, actor: Actor, program_key: str, text: str, rests_on: str
) -> CivilRightsFinding:
    """Records the written civil-rights finding on one program; the civil-rights seat's holder writes it, once."""
    refuse_unless_finding_is_yours(agency_request, actor)
    recommendation = under_review(agency_request)
    if program_key in findings_of(recommendation):
        raise StepRefused(
            RefusalKind.TOO_LATE, ["The finding on this program is written already."], case_id=agency_request.id
        )
    finding = CivilRightsFinding(
        recommendation_id=recommendation.id, program_key=program_key, text=text, rests_on=rests_on, by_id=actor.id
    )
    db.session.add(finding)
    audit.record(
        "write_finding",
        actor,
        case_id=agency_request.id,
        subject=("request", agency_request.id),
        sentence="wrote a civil-rights finding",
        reason=text,
        details={"program_key": program_key},
        audience=audit.Audience.STAFF,
    )
    return finding


def confirm_capacity(
    agency_request: AgencyRequest,
    actor: Actor,
    program_key: str,
    *,
    supervisor: str,
    supervisor_hours: int,
    training_seats: int,
    equipment_date: date | None,
    note: str = "",
) -> Capacity:
    """Records what ICE has for one program: a supervisor and hours a week, seats, and the equipment's date."""
    refuse_unless_in_review(agency_request, actor, Permission.REVIEW_PREPARE)
    recommendation = under_review(agency_request)
    capacity = capacities_of(recommendation).get(program_key) or Capacity(
        recommendation_id=recommendation.id, program_key=program_key
    )
    capacity.supervisor, capacity.supervisor_hours = supervisor, supervisor_hours
    capacity.training_seats, capacity.equipment_date = training_seats, equipment_date
    capacity.note = note
    capacity.by_id = actor.person_id
    db.session.add(capacity)
    audit.record(
        "confirm_capacity",
        actor,
        case_id=agency_request.id,
        subject=("request", agency_request.id),
        sentence="confirmed ICE's capacity",
        details={"program_key": program_key, "supervisor_hours": supervisor_hours, "training_seats": training_seats},
        audience=audit.Audience.STAFF,
    )
    return capacity


def refuse_unless_in_review(agency_request: AgencyRequest, actor: Actor, permission: Permission) -> None:
    """Refuses who may not do this on the case, and what comes after its review."""
    if not allows(actor, permission, agency_request) or engine.recusal_of(agency_request, actor):
        raise StepRefused(RefusalKind.NOT_YOUR_JOB, ["This is not yours to do."], case_id=agency_request.id)
    if agency_request.status != Status.IN_REVIEW:
        raise StepRefused(RefusalKind.TOO_LATE, ["The request is no longer in review."], case_id=agency_request.id)
