"""Agreements in force as ICE publishes them, counted by state and read for one state."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import func, select

from app.accounts.models import AgreementInForce
from app.accounts.place_names import county_key
from app.extensions import db
from app.needs.keys import ProgramKey


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


def counted_by_state() -> dict[str, int]:
    """How many there are in each state that has any."""
    rows = db.session.execute(select(AgreementInForce.state, func.count()).group_by(AgreementInForce.state))
    return {state: count for state, count in rows}


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
