"""Conversations about a clause of an agreement: offered on the clause's own page, to who reads the text."""

import uuid

from flask import url_for

from app.agency_requests.models import AgencyRequest
from app.agreements.access import get_agreement, reads_text
from app.agreements.library.library import LIBRARY
from app.messages.references import Reference, ReferenceKind
from app.policy import Actor
from app.workflow.refusals import StepRefused


def _words(key: str) -> str:
    clause = LIBRARY.clauses.get(key.partition(":")[2])
    return f"Clause: {clause.title}" if clause else "A clause that is no longer in the library"


def _address(_request_id: uuid.UUID, key: str, _actor: Actor) -> str:
    agreement_key, _, clause_key = key.partition(":")
    return url_for("agreements.show", agreement_id=agreement_key, _anchor=f"clause-{clause_key}")


def _find(agency_request: AgencyRequest, actor: Actor, key: str) -> Reference | None:
    agreement_key, _, clause_key = key.partition(":")
    try:
        agreement = get_agreement(uuid.UUID(agreement_key), actor)
    except (ValueError, StepRefused):
        return None
    if agreement.request_id != agency_request.id or clause_key not in LIBRARY.clauses:
        return None
    if not reads_text(agreement, actor):
        return None
    return CLAUSE.reference(key, staff_only=not agreement.status_info.shows_text)


CLAUSE = ReferenceKind(prefix="clause", words=_words, address=_address, find=_find)
