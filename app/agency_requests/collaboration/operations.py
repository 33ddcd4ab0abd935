"""Several people fill in one draft: who has which page open now, and to whom a section was given."""

import hashlib
import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Final

from sqlalchemy import delete, select
from sqlalchemy.orm import joinedload

from app import audit
from app.accounts.models import Person, RoleGrant
from app.agency_requests.models import AgencyRequest, PageVisit, SectionAssignment
from app.agency_requests.operations import refuse_unless_draft
from app.agency_requests.sections.section_list import BY_KEY
from app.extensions import db, now
from app.notifications.outbox import send_notice
from app.policy import AGENCY_EDITORS, Actor
from app.workflow.journey.request_journey import Status
from app.workflow.refusals import RefusalKind, StepRefused

STAYS: Final = timedelta(minutes=10)


def open_page(agency_request: AgencyRequest, actor: Actor, section: str, page: str) -> None:
    """Notes that this person has the page open; whoever stays on a section is there since they came."""
    found = db.session.get(PageVisit, (agency_request.id, actor.id, section))
    if found is None:
        db.session.add(PageVisit(request_id=agency_request.id, person_id=actor.id, section=section, page=page))
        return
    if found.page != page or found.at < now() - STAYS:
        found.since = now()
    found.page, found.at = page, now()


def close_page(agency_request: AgencyRequest, actor: Actor, section: str) -> None:
    """Notes that this person is done with the section for now."""
    db.session.execute(
        delete(PageVisit).where(
            PageVisit.request_id == agency_request.id, PageVisit.person_id == actor.id, PageVisit.section == section
        )
    )


def other_editors(agency_request: AgencyRequest, actor: Actor) -> Mapping[str, Sequence[PageVisit]]:
    """By section, who else of the agency has a page of it open, as of the last ten minutes."""
    query = (
        select(PageVisit)
        .where(PageVisit.request_id == agency_request.id, PageVisit.person_id != actor.id, PageVisit.at > now() - STAYS)
        .options(joinedload(PageVisit.person))
        .order_by(PageVisit.since, PageVisit.person_id)
    )
    found: dict[str, list[PageVisit]] = defaultdict(list)
    for visit in db.session.scalars(query):
        found[visit.section].append(visit)
    return found


def section_assignments(agency_request: AgencyRequest) -> Mapping[str, SectionAssignment]:
    """The sections given to somebody who is still of the team, by key."""
    query = select(SectionAssignment).where(SectionAssignment.request_id == agency_request.id)
    rows = db.session.scalars(query.options(joinedload(SectionAssignment.person)))
    return {row.section: row for row in rows if row.person.active}


def assignments_version(agency_request: AgencyRequest) -> str:
    """A digest of who was given what: it differs as soon as somebody gave or took back a section."""
    state = sorted((section, str(row.person_id)) for section, row in section_assignments(agency_request).items())
    return hashlib.sha256(repr(state).encode()).hexdigest()[:16]


def co_editors(agency_request: AgencyRequest) -> Sequence[Person]:
    """Whoever of the agency can fill in a section, by name."""
    editors = select(RoleGrant.person_id).where(RoleGrant.role.in_([role.value for role in AGENCY_EDITORS]))
    query = select(Person).where(Person.agency_id == agency_request.agency_id, Person.active, Person.id.in_(editors))
    return db.session.scalars(query.order_by(Person.name, Person.id)).all()


def assign_sections(
    agency_request: AgencyRequest,
    actor: Actor,
    wanted: Mapping[str, uuid.UUID | None],
    *,
    expected_version: str,
    path: str,
) -> None:
    """Gives each section to the person named, or takes it back; who gets one that is new to them is told by mail.

    Raises StepRefused when somebody gave or took back a section since `expected_version`.
    """
    refuse_unless_draft(agency_request, actor)
    if expected_version != assignments_version(agency_request):
        sentence = "Somebody gave or took back a section meanwhile. Look at the list, then save again."
        raise StepRefused(RefusalKind.TOO_LATE, [sentence], case_id=agency_request.id)
    people = {person.id: person for person in co_editors(agency_request)}
    rows = {
        row.section: row
        for row in db.session.scalars(
            select(SectionAssignment).where(SectionAssignment.request_id == agency_request.id)
        )
    }
    new: dict[uuid.UUID, list[str]] = defaultdict(list)
    for section, person_id in wanted.items():
        if person_id in people and _change(agency_request, actor, rows.get(section), section, person_id):
            new[person_id].append(section)
        elif person_id is None and section in rows:
            db.session.delete(rows[section])
    for person_id, sections in new.items():
        _tell(agency_request, actor, people[person_id], sections, path)


def _change(
    agency_request: AgencyRequest, actor: Actor, row: SectionAssignment | None, section: str, person_id: uuid.UUID
) -> bool:
    if row is None:
        row = SectionAssignment(request_id=agency_request.id, section=section)
        db.session.add(row)
    elif row.person_id == person_id:
        return False
    row.person_id, row.by_id, row.at = person_id, actor.person_id, now()
    return True


def _tell(agency_request: AgencyRequest, actor: Actor, person: Person, sections: Sequence[str], path: str) -> None:
    titles = [BY_KEY[section].title for section in sections]
    audit.record(
        "give_sections",
        actor,
        case_id=agency_request.id,
        details={"person": str(person.id), "sections": list(sections)},
        audience=audit.Audience.RECORD,
    )
    if person.id != actor.id:
        values = {
            "giver": actor.name,
            "agency": agency_request.agency.name,
            "sections": "\n".join(f"- {t}" for t in titles),
        }
        send_notice("sections_given", [person.email], values, path=path, case_id=agency_request.id)


def end_assignment(agency_request: AgencyRequest, section: str) -> None:
    """A section that is complete waits for nobody any more."""
    db.session.execute(
        delete(SectionAssignment).where(
            SectionAssignment.request_id == agency_request.id, SectionAssignment.section == section
        )
    )


def assignments_of(person_id: uuid.UUID | None) -> Sequence[SectionAssignment]:
    """The sections of drafts that were given to this person, oldest first."""
    query = (
        select(SectionAssignment)
        .join(AgencyRequest, AgencyRequest.id == SectionAssignment.request_id)
        .where(SectionAssignment.person_id == person_id, AgencyRequest.status == Status.DRAFT)
        .order_by(SectionAssignment.at, SectionAssignment.section)
    )
    return db.session.scalars(query).all()
