"""The states and counties that detention offices serve, changed one by one; the map itself is imported."""

from sqlalchemy import select

from app import audit
from app.accounts.models import DETENTION, Office, OfficeArea
from app.accounts.place_names import STATE_NAMES, county_key, county_name
from app.extensions import db
from app.policy import Actor


class AlreadyServed(Exception):
    """An office serves the place already."""

    def __init__(self, office: str) -> None:
        super().__init__(office)
        self.office = office


def service_area_words(area: OfficeArea) -> str:
    """ "Bexar County, Texas", "all of Texas"."""
    state = STATE_NAMES.get(area.state, area.state)
    return f"{area.county}, {state}" if area.county else f"all of {state}"


def add_service_area(office: Office, actor: Actor, state: str, county: str) -> OfficeArea:
    """Gives a detention office a county, or a whole state when none is named. Raises AlreadyServed."""
    place = county_name(county)
    query = select(OfficeArea).join(Office).where(Office.kind == DETENTION, OfficeArea.state == state)
    for area in db.session.scalars(query):
        if county_key(area.county) == county_key(place):
            raise AlreadyServed(area.office.name)
    area = OfficeArea(state=state, county=place)
    office.areas.append(area)
    db.session.flush()  # what the database refuses is refused here
    _record("area_added", actor, area)
    return area


def remove_service_area(area: OfficeArea, actor: Actor) -> None:
    """Takes a place from its office; requests that are routed stay where they are."""
    _record("area_removed", actor, area)
    area.office.areas.remove(area)


def _record(action: str, actor: Actor, area: OfficeArea) -> None:
    audit.record(
        action,
        actor,
        subject=("office", area.office.id),
        details={"state": area.state, "county": area.county},
        audience=audit.Audience.RECORD,
    )
