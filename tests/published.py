"""Agencies as the FBI publishes them; their people and every answer are made up."""

from typing import Any

from app.accounts.imports import agency_import
from app.accounts.models import Agency
from app.demo.made_up_answers import CITY, JAIL
from app.demo.people import people_of
from app.demo.places import Place
from app.extensions import db
from tests.samples import AGENCIES

KINDS: dict[str, tuple[str, str, dict[str, Any]]] = {
    "county": ("TX", "sheriff", JAIL),
    "city": ("AZ", "municipal_police", CITY),
}


def publish(kind: str) -> Place:
    """Imports the sample and gives the first agency of this kind two made-up people. Commits."""
    agency_import.import_agencies(agency_import.read_agencies(AGENCIES))
    state, type_, answers = KINDS[kind]
    query = db.select(Agency).where(Agency.state == state, Agency.kind == type_, Agency.officers > 50)
    agency = db.session.scalars(query.order_by(Agency.ori).limit(1)).one()
    agency.head_name, agency.head_title = "Made-up head", "Head"
    place = Place(
        agency.ori, agency.name, agency.state, agency.county, type_, ("Made-up head", "Head"),
        ("Made-up officer", "Captain"), agency.population or 0, agency.officers or 0, answers,
    )  # fmt: skip
    db.session.add_all(people_of(place, agency).values())
    db.session.commit()
    return place
