"""Conversations about a question that the agency answered."""

import uuid
from collections.abc import Sequence

from flask import url_for

from app.agency_requests.models import AgencyRequest
from app.agency_requests.sections.queries import applying_answers
from app.messages.references import Reference, ReferenceKind
from app.needs.questions import GROUPS, QUESTIONS
from app.policy import Actor, Side


def _words(key: str) -> str:
    return f"Question: {QUESTIONS[key].short}" if key in QUESTIONS else "A question that is no longer asked"


def _address(request_id: uuid.UUID, _key: str, actor: Actor) -> str:
    if actor.side is Side.AGENCY:
        return url_for("agency_requests.receipt", request_id=request_id)
    return url_for("cases.case", request_id=request_id, _anchor="request")


def _offered(agency_request: AgencyRequest) -> Sequence[Reference]:
    answered = applying_answers(agency_request)
    asked = (q for group in GROUPS if group.asked_of == "agency" for page in group.pages for q in page.questions)
    return [QUESTION.reference(question.key) for question in asked if question.key in answered]


QUESTION = ReferenceKind(prefix="question", words=_words, address=_address, offered=_offered)
