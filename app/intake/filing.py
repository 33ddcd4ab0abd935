"""An agency fills in its request, certifies it and sends it."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from app.accounts.routing import candidates
from app.extensions import db, now
from app.intake.models import AgencyRequest, Answer, Document, RankedProblem
from app.intake.question_forms import Given
from app.intake.tasklist import AUTHORITY, CONTACTS, DOCUMENTS, ELSE, LETTER, NEEDS, Filled
from app.needs.questions import QUESTIONS, Question, applicable
from app.policy import Actor, Permission, allows
from app.workflow import engine
from app.workflow.facts import Inputs
from app.workflow.journey import RULES_VERSION, Action, Status
from app.workflow.refusals import Kind, Refused

LETTER_KIND = "letter"


def create(actor: Actor, state: str, answers: Mapping[str, Any] | None = None) -> AgencyRequest:
    """Opens a draft for the actor's agency, with answers brought along from the public finder, if any."""
    agency_request = AgencyRequest(
        agency_id=actor.agency_id, created_by_id=actor.id, state=state, rules_version=RULES_VERSION
    )
    db.session.add(agency_request)
    db.session.flush()  # its key is what the answers refer to
    for key, value in (answers or {}).items():
        row = Answer(request_id=agency_request.id, key=key, value=value, changed_by_id=actor.id)
        row.basis = "estimated" if QUESTIONS[key].is_number else ""
        db.session.add(row)
    return agency_request


def refuse_unless_draft(agency_request: AgencyRequest, actor: Actor) -> None:
    """Raises Refused when this person may not edit the request, or it is no draft any more."""
    if not allows(actor, Permission.REQUEST_EDIT, agency_request):
        raise Refused(Kind.NOT_YOUR_JOB, ["The agency fills in its request."], case_id=agency_request.id)
    if agency_request.status != Status.DRAFT:
        raise Refused(Kind.TOO_LATE, ["The request was sent; it can no longer be edited."], case_id=agency_request.id)


def saved_answers(agency_request: AgencyRequest) -> dict[str, Answer]:
    """Every answer saved, by its question's key."""
    query = select(Answer).where(Answer.request_id == agency_request.id)
    return {answer.key: answer for answer in db.session.scalars(query)}


def page_version(questions: Iterable[Question], answers: Mapping[str, Answer]) -> str:
    """A digest of the answers of a page: it differs as soon as somebody saved another one."""
    state = [
        (q.key, answers[q.key].value, answers[q.key].basis, answers[q.key].note) for q in questions if q.key in answers
    ]
    return hashlib.sha256(json.dumps(state, sort_keys=True).encode()).hexdigest()[:16]


def save_answers(agency_request: AgencyRequest, actor: Actor, given: Mapping[str, Given]) -> None:
    """Saves the answers of a page."""
    refuse_unless_draft(agency_request, actor)
    saved = saved_answers(agency_request)
    for key, answer in given.items():
        row = saved.get(key)
        if row is None:
            row = Answer(request_id=agency_request.id, key=key)
            db.session.add(row)
        value = list(answer.value) if isinstance(answer.value, tuple) else answer.value
        row.value, row.basis, row.note, row.changed_by_id = value, answer.basis, answer.note, actor.id
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


def filled(agency_request: AgencyRequest) -> Filled:
    """What the task list computes its states from."""
    answers = saved_answers(agency_request)
    return Filled(
        forms={
            CONTACTS: bool(agency_request.contact_name and agency_request.contact_email),
            AUTHORITY: bool(agency_request.signatory_name and agency_request.authority_basis),
            LETTER: has_letter(agency_request),
            NEEDS: agency_request.wants_advice is not None and bool(agency_request.problems),
            DOCUMENTS: agency_request.documents_seen,
            ELSE: agency_request.anything_else_seen,
        },
        answers={key: (answer.value, answer.basis) for key, answer in answers.items()},
        topics=frozenset(problem.topic for problem in agency_request.problems),
    )


def has_letter(agency_request: AgencyRequest) -> bool:
    """Whether the request letter is written in the form or attached."""
    return bool(agency_request.letter_text.strip()) or any(
        document.kind == LETTER_KIND for document in documents_of(agency_request)
    )


def documents_of(agency_request: AgencyRequest) -> list[Document]:
    """The documents that were not removed."""
    query = select(Document).where(Document.request_id == agency_request.id, Document.removed_at.is_(None))
    return list(db.session.scalars(query.order_by(Document.uploaded_at, Document.id)))


def has_need(agency_request: AgencyRequest) -> bool:
    """Whether at least one objective or problem is stated."""
    objectives = db.session.get(Answer, (agency_request.id, "objectives"))
    return bool(agency_request.problems or (objectives and objectives.value))


def drop_stale(agency_request: AgencyRequest) -> None:
    """Removes answers to questions that no longer apply."""
    answers = saved_answers(agency_request)
    asked = {question.key for question in applicable({key: answer.value for key, answer in answers.items()})}
    for key, answer in answers.items():
        if key not in asked:
            db.session.delete(answer)


def certified_content(agency_request: AgencyRequest) -> str:
    """SHA-256 over everything the agency head certifies."""
    content = {
        "contact": [agency_request.contact_name, agency_request.contact_email, agency_request.contact_phone],
        "signatory": [agency_request.signatory_name, agency_request.signatory_title, agency_request.authority_basis],
        "letter": agency_request.letter_text,
        "objectives": agency_request.objectives_text,
        "problems": [(problem.topic, problem.sentence) for problem in agency_request.problems],
        "wanted": [agency_request.wants_advice, agency_request.wanted_programs],
        "else": agency_request.anything_else,
        "answers": {a.key: [a.value, a.basis, a.note] for a in saved_answers(agency_request).values()},
        "documents": [document.sha256 for document in documents_of(agency_request)],
    }
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def submit(agency_request: AgencyRequest, actor: Actor, *, certified: bool, seen: int) -> None:
    """Certifies and sends the request: it gets its number, and its office where the state decides it.

    Whoever posts a second time is refused as too late; the view leads them to the receipt.
    """
    engine.check(Action.SUBMIT, agency_request, actor, seen=seen)
    drop_stale(agency_request)
    db.session.flush()  # the certified content is read from the database
    agency_request.certified_hash = certified_content(agency_request)
    agency_request.submitted_at, agency_request.submitted_by_id = now(), actor.id
    agency_request.state = agency_request.agency.state
    likely = candidates(agency_request.agency.state, agency_request.agency.county)
    agency_request.office_id = likely[0].id if len(likely) == 1 else None
    _number(agency_request)
    engine.take(
        Action.SUBMIT,
        agency_request,
        actor,
        seen=seen,
        inputs=Inputs(certified=certified),
        details={"certified_hash": agency_request.certified_hash},
    )


def _number(agency_request: AgencyRequest) -> None:
    """Gives the next number of the year; when two ask at once the constraint refuses one, which tries again."""
    year = now().year
    for _ in range(20):
        taken = select(func.max(AgencyRequest.number)).where(AgencyRequest.number.like(f"ACC-{year}-%"))
        last = db.session.scalar(taken)
        number = int(last.rsplit("-", 1)[1]) + 1 if last else 1
        try:
            with db.session.begin_nested():
                agency_request.number = f"ACC-{year}-{number:06d}"
        except IntegrityError:
            continue
        return
    raise Refused(Kind.TOO_LATE, ["Many requests are being sent now. Send yours again in a moment."])


def withdraw(agency_request: AgencyRequest, actor: Actor, reason: str, *, seen: int) -> None:
    """Withdraws the request, and with it every agreement in the making."""
    agency_request.closed_at = now()
    engine.take(Action.WITHDRAW, agency_request, actor, seen=seen, inputs=Inputs(reason=reason))
