"""Conversations about a recommended program, which both sides see, and the finding that no partnership fits."""

import uuid
from collections.abc import Sequence

from flask import url_for

from app.agency_requests.models import AgencyRequest
from app.assessment.queries import issued_recommendation, no_partnership_finding
from app.messages.references import Reference, ReferenceAddress, ReferenceKind
from app.policy import Actor, Side
from app.programs.catalog import CATALOG
from app.workflow.journey.request_journey import Status


def address_of_finding(part: str) -> ReferenceAddress:
    """Where a finding stands: this part of the case for staff, the status page for the agency."""

    def address(request_id: uuid.UUID, _key: str, actor: Actor) -> str:
        if actor.side is Side.AGENCY:
            return url_for("cases.status", request_id=request_id)
        return url_for("cases.case", request_id=request_id, _anchor=part)

    return address


def _recommended(agency_request: AgencyRequest) -> Sequence[Reference]:
    recommendation = issued_recommendation(agency_request.id)
    is_reopened = agency_request.status == Status.IN_ASSESSMENT
    programs = recommendation.programs if recommendation else ()
    return [RECOMMENDED.reference(program.program_key, staff_only=is_reopened) for program in programs]


def _no_partnership(agency_request: AgencyRequest) -> Sequence[Reference]:
    return [NO_PARTNERSHIP.reference("", staff_only=True)] if no_partnership_finding(agency_request) else ()


RECOMMENDED = ReferenceKind(
    prefix="finding:recommended",
    words=lambda key: f"Recommendation: {CATALOG.label(key)}",
    address=address_of_finding("recommendation"),
    offered=_recommended,
)
NO_PARTNERSHIP = ReferenceKind(
    prefix="finding:no_partnership",
    words=lambda _: "Finding that no partnership fits",
    address=address_of_finding("review"),
    offered=_no_partnership,
)
