"""The whole way to a drafted agreement for a county and a city as the FBI publishes them; every answer is made up."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from app.accounts import agency_import
from app.accounts.models import Agency, Person, RoleGrant
from app.agreements.finalising import frozen_version
from app.demo import story as tell
from app.demo.answers import CITY, JAIL
from app.demo.people import make_people
from app.demo.places import Place
from app.extensions import db
from app.policy import Role
from tests.realdata import needs_realdata, realdata

FILE = "fbi_lee_latest.csv"
JOURNEYS = {
    "county": (("TX", "sheriff"), JAIL, ("287g:jail", "lesc")),
    "city": (("AZ", "municipal_police"), CITY, ("customs-cross-designation", "best")),
}


def published(state: str, kind: str) -> Agency:
    """The first agency of this kind in this state, in the order of the file."""
    path = realdata(FILE)
    assert path is not None
    agency_import.take(agency_import.read(path))
    query = db.select(Agency).where(Agency.state == state, Agency.kind == kind, Agency.officers > 50)
    return db.session.scalars(query.order_by(Agency.ori).limit(1)).one()


@needs_realdata(FILE)
@pytest.mark.parametrize("journey", JOURNEYS)
def test_a_published_agency_gets_its_agreements(app: Flask, journey: str) -> None:
    (state, kind), answers, entries = JOURNEYS[journey]
    agency = published(state, kind)
    agency.head_name, agency.head_title = "Made-up Head", "Made-up title"
    people = make_people()
    for who, role in (("head", Role.AGENCY_HEAD), ("officer", Role.AGENCY_OFFICER)):
        person = Person(email=f"{who}@published.example.gov", name=f"Made-up {who}", agency=agency)
        person.grants = [RoleGrant(role=role.value)]
        db.session.add(person)
        people[f"{who}:{agency.ori}"] = person
    db.session.commit()
    place = Place(
        agency.ori, agency.name, agency.state, agency.county, kind, ("Made-up head", "Head"),
        ("Made-up officer", "Captain"), agency.population or 0, agency.officers or 0, answers,
    )  # fmt: skip
    story = tell.Story(place, people, datetime.now(UTC) - timedelta(days=60))
    for step in (tell.file_draft, tell.submit, tell.take, tell.assess):
        step(story)
    tell.recommend(story, entries)
    tell.concurs(story)
    tell.reviews(story)
    tell.decides(story)
    agreements = [tell.draft(story, entry, "drafted") for entry in entries]
    assert story.request.status == "agreement_drafted"
    for agreement in agreements:
        frozen = frozen_version(agreement)
        assert frozen is not None
        assert agency.ori in " ".join(frozen.content["text"])
