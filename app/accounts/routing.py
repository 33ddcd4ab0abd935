"""Which detention office serves a place: decided by the state, by an imported county, or left to a choice."""

from collections.abc import Sequence

from sqlalchemy import func, select

from app.accounts.models import DETENTION, Office, OfficeArea
from app.accounts.offices import OFFICES
from app.extensions import db


def candidates(state: str, county: str = "") -> Sequence[Office]:
    """The offices that may serve the place, by name: one when it is decided, several for a shared state, else none.

    `state` is a USPS code; `county` a name as people write it, with or without the word County.
    """
    served = select(Office).join(OfficeArea).where(Office.kind == DETENTION, OfficeArea.state == state)
    by_county = served.where(OfficeArea.county != "", func.lower(OfficeArea.county) == _plain(county))
    for query in (by_county if county else None, served.where(OfficeArea.county == "")):
        found = db.session.scalars(query.order_by(Office.name)).all() if query is not None else []
        if found:
            return found
    sharing = [office.name for office in OFFICES if state in office.shares]
    query = select(Office).where(Office.kind == DETENTION, Office.name.in_(sharing)).order_by(Office.name)
    return db.session.scalars(query).all()


def _plain(county: str) -> str:
    lowered = " ".join(county.split()).lower()
    for ending in (" county", " parish", " borough"):
        lowered = lowered.removesuffix(ending)
    return lowered
