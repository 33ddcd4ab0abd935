"""The whole way to a drafted agreement for a county and a city as the FBI publishes them; every answer is made up."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from app.accounts.models import Person
from app.agreements.finalization import frozen_version
from app.demo import story as tell
from app.demo.agreement_story import draft
from app.demo.people import make_people
from app.extensions import db
from tests.published import publish

ENTRIES = {"county": ("287g:jail", "lesc"), "city": ("customs-cross-designation", "best")}


@pytest.mark.parametrize("kind", ENTRIES)
def test_a_published_agency_gets_its_agreements(app: Flask, kind: str) -> None:
    place, people = publish(kind), make_people()
    for person in db.session.scalars(select(Person).where(Person.agency.has(ori=place.ori))).unique():
        people[f"{person.email.split('@')[0]}:{place.ori}"] = person
    story = tell.Story(place, people, datetime.now(UTC) - timedelta(days=60))
    for step in (tell.file_draft, tell.submit, tell.take, tell.assess):
        step(story)
    tell.recommend(story, ENTRIES[kind])
    tell.concurs(story)
    tell.reviews(story)
    tell.decides(story)
    agreements = [draft(story, entry, "drafted") for entry in ENTRIES[kind]]
    assert story.request.status == "agreement_drafted"
    for agreement in agreements:
        frozen = frozen_version(agreement)
        assert frozen is not None
        assert place.ori in " ".join(frozen.content["text"])
