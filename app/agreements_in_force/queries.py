"""Queries of the agreements in force: filtered, counted by state, read for one state or one agency."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from sqlalchemy import Select, func, or_, select

from app.accounts.place_names import county_key
from app.agreements_in_force.models import AgreementInForce
from app.extensions import db
from app.needs.keys import ProgramKey

LONGEST_SEARCH: Final = 100
FILTERS: Final = ("words", "state", "support")


@dataclass(frozen=True)
class InForceByState:
    """One agreement in force: whose, where, of which support type, and since when, as far as the list says."""

    agency_name: str
    county: str
    support_type: str
    program: str
    model: str
    signed_on: date | None
    agency_id: UUID | None

    @property
    def program_key(self) -> str:
        """The program and its model in one word."""
        return str(ProgramKey.of(self.program, self.model))


def chosen_agreements(filters: Mapping[str, str]) -> Select[AgreementInForce]:
    """Those that the filters (FILTERS) leave, by state and agency."""
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


def counted_by_state(filters: Mapping[str, str] | None = None) -> dict[str, int]:
    """How many there are, or the filters leave, in each state that has any, whichever state is chosen."""
    query = chosen_agreements({**(filters or {}), "state": ""}).order_by(None)
    rows = db.session.execute(
        query.with_only_columns(AgreementInForce.state, func.count()).group_by(AgreementInForce.state)
    )
    return {state: count for state, count in rows}


def support_types() -> list[str]:
    """Every support type there is, in order."""
    query = select(AgreementInForce.support_type).distinct().order_by(AgreementInForce.support_type)
    return list(db.session.scalars(query))


def of_agency(agency_id: UUID) -> Sequence[AgreementInForce]:
    """Those that were found to be this agency's, by support type."""
    k = AgreementInForce
    return db.session.scalars(select(k).where(k.agency_id == agency_id).order_by(k.support_type, k.id)).all()


def of_state(state: str) -> list[InForceByState]:
    """Those of one state, the last signed first; one without a date comes last."""
    k = AgreementInForce
    columns = (k.agency_name, k.county, k.support_type, k.program, k.model, k.signed_on, k.agency_id)
    rows = db.session.execute(select(*columns).where(k.state == state).order_by(k.agency_name, k.support_type, k.id))
    return sorted((InForceByState(*row) for row in rows), key=lambda each: each.signed_on or date.min, reverse=True)


def in_county(counties: str, county: str) -> bool:
    """Whether a list's county is one of an agency's, which may name several with commas."""
    return county_key(county) in {county_key(each) for each in counties.split(",")} - {""}


def by_support_type(agreements: Sequence[InForceByState]) -> list[tuple[str, int]]:
    """How many there are of each support type, the most frequent first."""
    counted = Counter(each.support_type for each in agreements)
    return sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))
