"""Agreements in force as ICE publishes them: filtered by state, support type and words."""

from collections.abc import Mapping
from typing import Final

from sqlalchemy import Select, func, or_, select

from app.accounts.models import AgreementInForce
from app.extensions import db

LONGEST_SEARCH: Final = 100


def chosen_agreements(filters: Mapping[str, str]) -> Select[AgreementInForce]:
    """Those that the filters leave, by state and agency."""
    k = AgreementInForce
    query = select(k)
    if state := filters.get("state", ""):
        query = query.where(k.state == state)
    if support := filters.get("support", ""):
        query = query.where(k.support_type == support)
    for word in filters.get("words", "").replace("\0", "").lower()[:LONGEST_SEARCH].split():
        query = query.where(
            or_(*(func.lower(column).contains(word, autoescape=True) for column in (k.agency_name, k.county)))
        )
    return query.order_by(k.state, k.agency_name, k.support_type, k.id)


def counted_by_state(filters: Mapping[str, str]) -> dict[str, int]:
    """How many the filters leave in each state, whichever state is chosen."""
    query = chosen_agreements({**filters, "state": ""}).order_by(None)
    rows = db.session.execute(
        query.with_only_columns(AgreementInForce.state, func.count()).group_by(AgreementInForce.state)
    )
    return {state: count for state, count in rows}


def support_types() -> list[str]:
    """Every support type there is, in order."""
    query = select(AgreementInForce.support_type).distinct().order_by(AgreementInForce.support_type)
    return list(db.session.scalars(query))
