"""Reads of the assessment that several pages share."""

import uuid
from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from app.agency_requests.models import AgencyRequest, Answer
from app.assessment.models import ConfirmedAnswer, NoPartnershipFinding, Recommendation
from app.extensions import db


def answers_of(request_id: uuid.UUID) -> dict[str, Answer]:
    """The agency's answers with how it knows them, by question key."""
    return {answer.key: answer for answer in db.session.scalars(select(Answer).where(Answer.request_id == request_id))}


def agency_values(request_id: uuid.UUID) -> dict[str, Any]:
    """What the agency answered, by question key; a known unknown is None."""
    rows = db.session.execute(select(Answer.key, Answer.value).where(Answer.request_id == request_id))
    return {key: value for key, value in rows}


def assessed_values(request_id: uuid.UUID) -> dict[str, Any]:
    """The values a ranking is made of: the assessor's where there is one, else the agency's."""
    return with_confirmed(agency_values(request_id), request_id)


def with_confirmed(values: Mapping[str, Any], request_id: uuid.UUID) -> dict[str, Any]:
    """The agency's values, with those of the assessor over them."""
    query = select(ConfirmedAnswer.key, ConfirmedAnswer.value).where(ConfirmedAnswer.request_id == request_id)
    return {**values, **{key: value for key, value in db.session.execute(query)}}


def latest_recommendation(request_id: uuid.UUID) -> Recommendation | None:
    """The version being written or last issued."""
    query = select(Recommendation).where(Recommendation.request_id == request_id)
    return db.session.scalar(query.order_by(Recommendation.version.desc()).limit(1))


def issued_recommendation(request_id: uuid.UUID) -> Recommendation | None:
    """The last version that was sent to the agency."""
    query = select(Recommendation).where(Recommendation.request_id == request_id, Recommendation.issued_at.is_not(None))
    return db.session.scalar(query.order_by(Recommendation.version.desc()).limit(1))


def no_partnership_finding(agency_request: AgencyRequest) -> NoPartnershipFinding | None:
    """The assessor's last written finding that no partnership fits."""
    query = select(NoPartnershipFinding).where(NoPartnershipFinding.request_id == agency_request.id)
    return db.session.scalar(query.order_by(NoPartnershipFinding.at.desc()).limit(1))
