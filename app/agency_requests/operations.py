"""Changes to a draft: its answers, problems and documents, and passing it to the agency head and back."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import select

from app.accounts.models import Person, RoleGrant
from app.agency_requests.documents.operations import store_document
from app.agency_requests.models import AgencyRequest, Answer, Document, RankedProblem
from app.agency_requests.sections.queries import documents_of, saved_answers
from app.agency_requests.sections.question_forms import GivenAnswer
from app.extensions import db, now
from app.needs.questions import Question
from app.notifications.outbox import send_notice
from app.policy import Actor, Permission, Role, allows
from app.uploads.inspected_file import InspectedFile
from app.workflow.journey.facts import Inputs
from app.workflow.journey.journeys import RULES_VERSION
from app.workflow.journey.request_journey import Status
from app.workflow.refusals import RefusalKind, StepRefused, not_found

MOST_DOCUMENTS = 20


def create_draft(
    actor: Actor,
    state: str,
    brought: Mapping[str, Any] | None = None,
    program: str = "",
    key: uuid.UUID | None = None,
) -> AgencyRequest:
    """Opens a draft for the actor's agency; `program` is the entry it wants, where its public page led here.

    Answers brought along from the public finder have no basis and nobody behind them until an officer confirms them.
    """
    agency_request = AgencyRequest(
        id=key or uuid.uuid4(),
        agency_id=actor.agency_id,
        created_by_id=actor.id,
        state=state,
        rules_version=RULES_VERSION,
    )
    if program:
        agency_request.wants_advice, agency_request.wanted_programs = False, [program]
    db.session.add(agency_request)
    db.session.flush()  # its key is what the answers refer to
    for question, value in (brought or {}).items():
        db.session.add(Answer(request_id=agency_request.id, key=question, value=value, basis=""))
    return agency_request


def refuse_unless_draft(agency_request: AgencyRequest, actor: Actor) -> None:
    """Raises StepRefused when this person may not edit the request, or it is no draft any more."""
    if not allows(actor, Permission.REQUEST_EDIT, agency_request):
        raise StepRefused(RefusalKind.NOT_YOUR_JOB, ["The agency fills in its request."], case_id=agency_request.id)
    if agency_request.status != Status.DRAFT:
        raise StepRefused(
            RefusalKind.TOO_LATE, ["The request was sent; it can no longer be edited."], case_id=agency_request.id
        )


def refuse_paper_entry(agency_request: AgencyRequest) -> None:
    """Raises StepRefused for what needs the agency's own people while staff type its letter in."""
    if agency_request.entered_by_id:
        raise StepRefused(
            RefusalKind.NOT_YOUR_JOB, ["The agency does not have this request yet."], case_id=agency_request.id
        )


def lock_draft(agency_request: AgencyRequest, actor: Actor) -> None:
    """Locks the draft until the transaction ends, so that nobody saves or sends it meanwhile. Raises StepRefused."""
    db.session.flush()  # the refresh would drop what this transaction wrote
    db.session.refresh(agency_request, with_for_update={"of": AgencyRequest})
    refuse_unless_draft(agency_request, actor)


def save_answers(
    agency_request: AgencyRequest, actor: Actor, given: Mapping[str, GivenAnswer], asked: Iterable[Question] = ()
) -> None:
    """Saves the answers of a page; a question that was `asked` and left blank loses the answer it had."""
    refuse_unless_draft(agency_request, actor)
    saved = saved_answers(agency_request)
    for key, answer in given.items():
        row = saved.get(key)
        if row is None:
            row = Answer(request_id=agency_request.id, key=key)
            db.session.add(row)
        value = list(answer.value) if isinstance(answer.value, tuple) else answer.value
        row.value, row.basis, row.note, row.changed_by_id = value, answer.basis, answer.note, actor.id
    for question in asked:
        if question.key in saved and question.key not in given:
            db.session.delete(saved[question.key])
    agency_request.updated_at = now()


def rank_problems(agency_request: AgencyRequest, actor: Actor, problems: Sequence[tuple[str, str]]) -> None:
    """Saves the problems, most pressing first: (topic, sentence)."""
    refuse_unless_draft(agency_request, actor)
    agency_request.problems.clear()
    db.session.flush()  # the old ranks go before the new ones come
    agency_request.problems = [
        RankedProblem(rank=rank, topic=topic, sentence=sentence)
        for rank, (topic, sentence) in enumerate(problems, start=1)
    ]
    agency_request.updated_at = now()


def attach(agency_request: AgencyRequest, actor: Actor, kind: str, file: InspectedFile) -> Document:
    """Keeps a file with the draft."""
    refuse_unless_draft(agency_request, actor)
    document = store_document(agency_request, actor, kind, file)
    agency_request.updated_at = now()
    return document


def remove(agency_request: AgencyRequest, actor: Actor, document_id: object) -> Document:
    """Takes a file off the draft; not found when the draft has no such file."""
    refuse_unless_draft(agency_request, actor)
    found = next((document for document in documents_of(agency_request) if document.id == document_id), None)
    if found is None:
        raise not_found()
    found.removed_at = agency_request.updated_at = now()
    return found


def team(agency_request: AgencyRequest, role: Role) -> Sequence[Person]:
    """The active people of the agency with the role, by name."""
    query = (
        select(Person)
        .where(Person.agency_id == agency_request.agency_id, Person.active)
        .where(Person.id.in_(select(RoleGrant.person_id).where(RoleGrant.role == role.value)))
    )
    return db.session.scalars(query.order_by(Person.name, Person.id)).all()


def ask_head(agency_request: AgencyRequest, actor: Actor, path: str) -> None:
    """Tells the agency head, once, that the draft is ready to be certified."""
    refuse_unless_draft(agency_request, actor)
    refuse_paper_entry(agency_request)
    if agency_request.head_asked_at:
        return
    agency_request.head_asked_at, agency_request.head_note = now(), ""
    values = {"agency": agency_request.agency.name, "officer": actor.name}
    heads = [person.email for person in team(agency_request, Role.AGENCY_HEAD)]
    send_notice("ask_head", heads, values, path=path, case_id=agency_request.id)


def hand_back(agency_request: AgencyRequest, actor: Actor, note: str, path: str) -> None:
    """The agency head gives the draft back to the officers with what is to be done, instead of certifying it."""
    refuse_unless_draft(agency_request, actor)
    if not allows(actor, Permission.REQUEST_SUBMIT, agency_request):
        raise StepRefused(
            RefusalKind.NOT_YOUR_JOB, ["Only the agency head gives a draft back."], case_id=agency_request.id
        )
    agency_request.head_asked_at, agency_request.head_note = None, note
    officers = [p.email for p in team(agency_request, Role.AGENCY_OFFICER) if p.id != actor.id]
    values = {"agency": agency_request.agency.name, "reason": note}
    send_notice("handed_back", officers, values, path=path, case_id=agency_request.id)


def on_ending(agency_request: AgencyRequest, actor: Actor, inputs: Inputs) -> None:
    """Keeps when the request, or its draft, was withdrawn."""
    agency_request.closed_at = now()


def on_reinstating(agency_request: AgencyRequest, actor: Actor, inputs: Inputs) -> None:
    """The request is open again; agreements abandoned with it stay abandoned."""
    agency_request.closed_at = None
