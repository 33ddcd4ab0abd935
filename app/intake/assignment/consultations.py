"""Asking somebody of another office for an opinion on one case: they see that case, and answer, until it ends."""

import uuid
from collections.abc import Sequence
from datetime import date
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from app import audit
from app.accounts.models import HEADQUARTERS, Office, Person, RoleGrant
from app.agency_requests.assignment_models import Consultation
from app.agency_requests.models import AgencyRequest
from app.extensions import db, now
from app.filters import format_date
from app.notifications.outbox import send_notice
from app.policy import CASE_ROLES, Actor, Permission, Role, allows, can_see
from app.workflow import engine
from app.workflow.clocks.operations import today
from app.workflow.journey.request_journey import CLOSED
from app.workflow.refusals import RefusalKind, StepRefused, not_found

ANSWERED: Final = "answered"
RECALLED: Final = "recalled"
WRITERS: Final = CASE_ROLES - {Role.AUDITOR}


def ask_consultation(
    agency_request: AgencyRequest, actor: Actor, person: Person | None, question: str, due: date
) -> Consultation:
    """Asks somebody for an opinion by a day; from now on they see this case, and nothing else of its office."""
    refuse_unless_may_consult(agency_request, actor)
    engine.lock(agency_request)
    if agency_request.status in CLOSED:
        raise _refused(agency_request, RefusalKind.TOO_LATE, "The request is not open, so there is nothing to ask.")
    if person is None or str(person.id) not in dict(consultant_choices(agency_request)):
        raise _refused(agency_request, RefusalKind.INCOMPLETE, "Choose somebody who does not see this case yet.")
    if due <= today():
        raise _refused(agency_request, RefusalKind.INCOMPLETE, "Choose a day after today.")
    asked = Consultation(
        request_id=agency_request.id, person_id=person.id, question=question, due=due, asked_by_id=actor.id
    )
    db.session.add(asked)
    _changed(agency_request)
    office = person.office.name if person.office else ""
    _record(asked, actor, "consult", f"asked {person.name} ({office}) for an opinion by {format_date(due)}")
    _tell("consulted", asked, agency_request, person)
    return asked


def answer_consultation(asked: Consultation, agency_request: AgencyRequest, actor: Actor, text: str) -> None:
    """Gives the opinion that was asked for; with it, sight of the case ends."""
    engine.lock(agency_request)
    if asked.person_id != actor.id or not allows(actor, Permission.CONSULT_ANSWER, agency_request):
        raise not_found(agency_request.id, "consult")
    asked.answer = text
    _end(asked, agency_request, ANSWERED)
    _record(asked, actor, "answer_consult", "gave the opinion that was asked for")
    _tell("consult_answered", asked, agency_request, asked.asked_by)


def has_answered(consult_id: uuid.UUID, actor: Actor, text: str | None) -> bool:
    """Whether this person gave just this answer before, by the first of two clicks; they see the case no more."""
    asked = db.session.get(Consultation, consult_id)
    return asked is not None and (asked.person_id, asked.outcome, asked.answer) == (actor.id, ANSWERED, text)


def recall_consultation(asked: Consultation, agency_request: AgencyRequest, actor: Actor) -> None:
    """Takes the question back; sight of the case ends at once."""
    refuse_unless_may_consult(agency_request, actor)
    engine.lock(agency_request)
    db.session.refresh(asked)
    if asked.ended_at is not None:
        raise _refused(agency_request, RefusalKind.TOO_LATE, "The question is not open any more.")
    _end(asked, agency_request, RECALLED)
    _record(asked, actor, "recall_consult", f"took the question to {asked.person.name} back")
    _tell("consult_recalled", asked, agency_request, asked.person)


def end_consultations_of(agency_request: AgencyRequest, person_id: uuid.UUID) -> None:
    """Ends what is open to somebody who may see the case no more."""
    for asked in agency_request.consults:
        if asked.person_id == person_id and asked.ended_at is None:
            _end(asked, agency_request, RECALLED)


def consultations_of(request_id: uuid.UUID) -> Sequence[Consultation]:
    """Whom of other offices was asked about this case, with their names, the first question first."""
    query = select(Consultation).where(Consultation.request_id == request_id).order_by(Consultation.asked_at)
    people = (selectinload(Consultation.person).selectinload(Person.office), selectinload(Consultation.asked_by))
    return db.session.scalars(query.options(*people)).all()


def open_consultations(agency_request: AgencyRequest, actor: Actor) -> Consultation | None:
    """The question that waits for this person's answer in this case."""
    return next((c for c in agency_request.consults if c.person_id == actor.id and c.ended_at is None), None)


def consultant_choices(agency_request: AgencyRequest) -> list[tuple[str, str]]:
    """(key, name with office) of active staff elsewhere who could be asked: of no office of the case, not recused."""
    unseeing = agency_request.recused_ids | agency_request.consulted_ids
    query = (
        select(Person)
        .join(Office, Office.id == Person.office_id)
        .where(Person.active, Office.kind != HEADQUARTERS, Office.id.not_in(list(agency_request.office_ids)))
        .where(Person.id.in_(select(RoleGrant.person_id).where(RoleGrant.role.in_([r.value for r in WRITERS]))))
        .where(Person.id.not_in(unseeing))
        .order_by(Person.name, Person.id)
    )
    people: Sequence[Person] = db.session.scalars(query).all()
    found = [(p, p.office.name if p.office else "") for p in people if not can_see(p.actor, agency_request)]
    return [(str(person.id), f"{person.name} ({office})") for person, office in found]


def get_consultation(agency_request: AgencyRequest, consult_id: uuid.UUID) -> Consultation:
    """The question, if it is one of this case; otherwise StepRefused as not found."""
    found = next((asked for asked in agency_request.consults if asked.id == consult_id), None)
    if found is None:
        raise not_found(agency_request.id, "consult")
    return found


def refuse_unless_may_consult(agency_request: AgencyRequest, actor: Actor) -> None:
    """Raises StepRefused when this person asks nobody for an opinion on this case."""
    if not can_see(actor, agency_request):
        raise not_found(agency_request.id, "consult")
    if not allows(actor, Permission.CONSULT_ASK, agency_request) or engine.recusal_of(agency_request, actor):
        raise _refused(agency_request, RefusalKind.NOT_YOUR_JOB, "A coordinator or an assessor of the case asks.")


def _refused(agency_request: AgencyRequest, kind: RefusalKind, sentence: str) -> StepRefused:
    return StepRefused(kind, [sentence], case_id=agency_request.id, action="consult")


def _end(asked: Consultation, agency_request: AgencyRequest, outcome: str) -> None:
    asked.ended_at, asked.outcome = now(), outcome
    _changed(agency_request)


def _changed(agency_request: AgencyRequest) -> None:
    db.session.flush()
    db.session.expire(agency_request, ["consults"])  # sight is decided by it from here on


def _record(asked: Consultation, actor: Actor, action: str, sentence: str) -> None:
    audit.record(
        action,
        actor,
        case_id=asked.request_id,
        subject=("consult", asked.id),
        sentence=sentence,
        details={"person": str(asked.person_id)},
        audience=audit.Audience.STAFF,
    )


def _tell(notice: str, asked: Consultation, agency_request: AgencyRequest, person: Person) -> None:
    values = {
        "number": agency_request.number or "",
        "agency": agency_request.agency.name,
        "due": format_date(asked.due),
        "name": asked.person.name,
    }
    path = f"/cases/{agency_request.id}/staff"
    send_notice(notice, [person.email] if person.active else [], values, path=path, case_id=agency_request.id)
