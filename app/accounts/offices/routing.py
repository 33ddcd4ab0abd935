"""Which detention office serves a place: decided by the state, by an imported county, or left to a choice."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from app.accounts.models import DETENTION, Office, OfficeArea
from app.accounts.offices.operations import OFFICES
from app.accounts.place_names import STATE_NAMES, county_key
from app.extensions import db


def offices_by_state() -> dict[str, list[Office]]:
    """For each state, the offices that may serve it whole or in part, by name; in a constant number of queries."""
    offices = {o.name: o for o in db.session.scalars(select(Office).where(Office.kind == DETENTION))}
    areas = db.session.execute(select(OfficeArea.state, OfficeArea.county, OfficeArea.office_id)).all()
    of_key = {office.id: office for office in offices.values()}
    found: dict[str, list[Office]] = {}
    for state in STATE_NAMES:
        whole = {of_key[key] for s, county, key in areas if s == state and not county and key in of_key}
        sharing = {offices[data.name] for data in OFFICES if state in data.shares and data.name in offices}
        found[state] = sorted(whole or sharing, key=lambda office: office.name)
    return found


def deciding_office(offices: Sequence[Office]) -> Office | None:
    """The office that serves the place alone; of several that may, none is decided until somebody chooses."""
    return offices[0] if len(offices) == 1 else None


def candidates(state: str, county: str = "") -> Sequence[Office]:
    """The offices that may serve the place, by name: one when it is decided, several for a shared state, else none.

    `state` is a USPS code; `county` a name as people write it, with or without the word County, or several with commas.
    """
    areas = db.session.scalars(
        select(OfficeArea)
        .join(Office)
        .options(contains_eager(OfficeArea.office))
        .where(Office.kind == DETENTION, OfficeArea.state == state)
    ).all()
    keys = {county_key(each) for each in county.split(",")} - {""}
    found = [area.office for area in areas if area.county and county_key(area.county) in keys]
    if found := found or [area.office for area in areas if not area.county]:
        return sorted(set(found), key=lambda office: office.name)
    sharing = [office.name for office in OFFICES if state in office.shares]
    query = select(Office).where(Office.kind == DETENTION, Office.name.in_(sharing)).order_by(Office.name)
    return db.session.scalars(query).all()
