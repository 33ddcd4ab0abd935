"""What a conversation can be about: a question, a finding, or a clause, in words and with its page."""

import uuid
from dataclasses import dataclass

from flask import url_for
from sqlalchemy import select

from app.agency_requests.models import AgencyRequest
from app.agency_requests.sections.queries import applying_answers
from app.agreements.access import get_agreement, reads_text
from app.agreements.library.library import LIBRARY
from app.assessment.models import NoPartnershipFinding
from app.assessment.queries import issued_recommendation
from app.extensions import db
from app.needs.questions import GROUPS, QUESTIONS
from app.policy import Actor, Side
from app.programs.catalog import CATALOG
from app.review.models import CivilRightsFinding
from app.workflow.journey.request_journey import Status
from app.workflow.refusals import StepRefused

QUESTION, FINDING, CLAUSE = "question", "finding", "clause"
RECOMMENDED, CIVIL_RIGHTS, NO_PARTNERSHIP = "recommended", "civil_rights", "no_partnership"


@dataclass(frozen=True)
class Reference:
    """What a conversation is about; the agency has no sight of a `staff_only` one."""

    kind: str
    key: str
    words: str
    staff_only: bool = False

    @property
    def value(self) -> str:
        """As a form carries it."""
        return f"{self.kind}:{self.key}"


def offered_references(agency_request: AgencyRequest, actor: Actor) -> list[Reference]:
    """What this person may tie a conversation to without coming from its page."""
    found = [*_findings(agency_request), *_questions(agency_request)]
    return [anchor for anchor in found if not anchor.staff_only] if actor.side is Side.AGENCY else found


def find_reference(agency_request: AgencyRequest, actor: Actor, value: str) -> Reference | None:
    """The anchor that a form or an address names, if it belongs to this request and this person sees it."""
    kind, _, key = value.partition(":")
    if kind == CLAUSE:
        return _clause(agency_request, actor, key)
    return next((anchor for anchor in offered_references(agency_request, actor) if anchor.value == value), None)


def reference_words(kind: str, key: str) -> str:
    """ "Question: bookings of twelve months", for any anchor that a conversation has."""
    if kind == QUESTION:
        return f"Question: {QUESTIONS[key].short}" if key in QUESTIONS else "A question that is no longer asked"
    if kind == FINDING:
        return _finding_words(key)
    clause = LIBRARY.clauses.get(key.partition(":")[2])
    return f"Clause: {clause.title}" if clause else "A clause that is no longer in the library"


def reference_address(request_id: uuid.UUID, kind: str, key: str, actor: Actor) -> str:
    """The page that shows what the conversation is about, each side its own."""
    if not kind:
        return ""
    if kind == CLAUSE:
        agreement_key, _, clause_key = key.partition(":")
        return url_for("agreements.show", agreement_id=agreement_key, _anchor=f"clause-{clause_key}")
    if actor.side is Side.AGENCY:
        return url_for("agency_requests.receipt" if kind == QUESTION else "cases.status", request_id=request_id)
    part = "request" if kind == QUESTION else "recommendation" if key.startswith(RECOMMENDED) else "review"
    return url_for("cases.case", request_id=request_id, _anchor=part)


def _finding_words(key: str) -> str:
    kind, _, entry = key.partition(":")
    if kind == RECOMMENDED:
        return f"Recommendation: {CATALOG.label(entry)}"
    return (
        f"Civil-rights finding: {CATALOG.label(entry)}" if kind == CIVIL_RIGHTS else "Finding that no partnership fits"
    )


def _questions(agency_request: AgencyRequest) -> list[Reference]:
    answered = applying_answers(agency_request)
    asked = (q for group in GROUPS if group.asked_of == "agency" for page in group.pages for q in page.questions)
    return [Reference(QUESTION, q.key, reference_words(QUESTION, q.key)) for q in asked if q.key in answered]


def _findings(agency_request: AgencyRequest) -> list[Reference]:
    """The programs recommended, which both sides see, and the findings that staff wrote for themselves."""
    recommendation = issued_recommendation(agency_request.id)
    shown = agency_request.status != Status.IN_ASSESSMENT
    keys = [(f"{RECOMMENDED}:{p.program_key}", not shown) for p in recommendation.programs] if recommendation else []
    if recommendation:
        rights = select(CivilRightsFinding).where(CivilRightsFinding.recommendation_id == recommendation.id)
        keys += [(f"{CIVIL_RIGHTS}:{finding.program_key}", True) for finding in db.session.scalars(rights)]
    if db.session.scalar(select(NoPartnershipFinding).where(NoPartnershipFinding.request_id == agency_request.id)):
        keys.append((NO_PARTNERSHIP, True))
    return [Reference(FINDING, key, reference_words(FINDING, key), staff_only) for key, staff_only in keys]


def _clause(agency_request: AgencyRequest, actor: Actor, key: str) -> Reference | None:
    agreement_key, _, clause_key = key.partition(":")
    try:
        agreement = get_agreement(uuid.UUID(agreement_key), actor)
    except (ValueError, StepRefused):
        return None
    if agreement.request_id != agency_request.id or clause_key not in LIBRARY.clauses:
        return None
    if not reads_text(agreement, actor):
        return None
    return Reference(CLAUSE, key, reference_words(CLAUSE, key), staff_only=not agreement.status_info.shows_text)
