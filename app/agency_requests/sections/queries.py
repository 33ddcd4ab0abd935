"""What is saved in a request: its answers, documents and letter, and how complete each section is."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import select

from app.agency_requests.models import AgencyRequest, Answer, Document
from app.agency_requests.sections.section_list import AUTHORITY, CONTACTS, DOCUMENTS, ELSE, LETTER, NEEDS, SavedContent
from app.extensions import db
from app.needs.questions import Question, applicable

LETTER_KIND = "letter"


def saved_answers(agency_request: AgencyRequest) -> dict[str, Answer]:
    """Every answer saved, by its question's key."""
    query = select(Answer).where(Answer.request_id == agency_request.id)
    return {answer.key: answer for answer in db.session.scalars(query)}


def values_of(answers: Mapping[str, Answer]) -> dict[str, Any]:
    """The bare values, by key."""
    return {key: answer.value for key, answer in answers.items()}


def applying_answers(agency_request: AgencyRequest) -> dict[str, Answer]:
    """The answers to questions that apply; those that other answers ruled out since are left out."""
    answers = saved_answers(agency_request)
    asked = {question.key for question in applicable(values_of(answers))}
    return {key: answer for key, answer in answers.items() if key in asked}


def page_version(questions: Iterable[Question], answers: Mapping[str, Answer]) -> str:
    """A digest of the answers of a page: it differs as soon as somebody saved another one."""
    state = [
        (q.key, answers[q.key].value, answers[q.key].basis, answers[q.key].note) for q in questions if q.key in answers
    ]
    return hashlib.sha256(json.dumps(state, sort_keys=True).encode()).hexdigest()[:16]


def saved_content(agency_request: AgencyRequest) -> SavedContent:
    """What the task list computes its states from."""
    answers = saved_answers(agency_request)
    return SavedContent(
        forms={
            CONTACTS: bool(agency_request.contact_name and agency_request.contact_email),
            AUTHORITY: bool(agency_request.signatory_name and agency_request.authority_basis),
            LETTER: has_letter(agency_request),
            NEEDS: agency_request.wants_advice is not None and bool(agency_request.problems),
            DOCUMENTS: agency_request.documents_seen,
            ELSE: agency_request.anything_else_seen,
        },
        answers=values_of(answers),
        topics=frozenset(problem.topic for problem in agency_request.problems),
        unconfirmed=frozenset(key for key, answer in answers.items() if answer.changed_by_id is None),
    )


def documents_of(agency_request: AgencyRequest) -> list[Document]:
    """The documents that were not removed, oldest first."""
    query = select(Document).where(Document.request_id == agency_request.id, Document.removed_at.is_(None))
    return list(db.session.scalars(query.order_by(Document.uploaded_at, Document.id)))


def letter_of(agency_request: AgencyRequest) -> Document | None:
    """The signed letter attached, if any."""
    return next((document for document in documents_of(agency_request) if document.kind == LETTER_KIND), None)


def has_letter(agency_request: AgencyRequest) -> bool:
    """Whether the request letter is written in the form or attached."""
    return bool(agency_request.letter_text.strip()) or letter_of(agency_request) is not None


def has_need(agency_request: AgencyRequest) -> bool:
    """Whether at least one objective or problem is stated."""
    objectives = db.session.get(Answer, (agency_request.id, "objectives"))
    return bool(agency_request.problems or (objectives and objectives.value))


def certified_content(agency_request: AgencyRequest) -> str:
    """SHA-256 over everything the agency head certifies, in one canonical form."""
    r = agency_request
    content = {
        "contact": [r.contact_name, r.contact_title, r.contact_email, r.contact_phone],
        "signatory": [r.signatory_name, r.signatory_title, r.authority_basis],
        "letter": r.letter_text,
        "objectives": r.objectives_text,
        "problems": [(problem.topic, problem.sentence) for problem in r.problems],
        "wanted": [r.wants_advice, r.wanted_programs],
        "else": r.anything_else,
        "answers": {a.key: [a.value, a.basis, a.note] for a in applying_answers(r).values()},
        "documents": sorted([d.kind, d.filename, d.sha256] for d in documents_of(r)),
    }
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
