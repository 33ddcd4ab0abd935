"""Conversations about a civil-rights finding, which staff alone see."""

from collections.abc import Sequence

from sqlalchemy import select

from app.agency_requests.models import AgencyRequest
from app.assessment.queries import issued_recommendation
from app.assessment.references import address_of_finding
from app.extensions import db
from app.messages.references import Reference, ReferenceKind
from app.programs.catalog import CATALOG
from app.review.models import CivilRightsFinding


def _offered(agency_request: AgencyRequest) -> Sequence[Reference]:
    recommendation = issued_recommendation(agency_request.id)
    if recommendation is None:
        return ()
    found = select(CivilRightsFinding.program_key).where(CivilRightsFinding.recommendation_id == recommendation.id)
    return [CIVIL_RIGHTS.reference(key, staff_only=True) for key in db.session.scalars(found)]


CIVIL_RIGHTS = ReferenceKind(
    prefix="finding:civil_rights",
    words=lambda key: f"Civil-rights finding: {CATALOG.label(key)}",
    address=address_of_finding("review"),
    offered=_offered,
)
