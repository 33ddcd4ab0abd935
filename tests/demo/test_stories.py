"""The demonstration tells requests of every status and age, in the areas of six offices."""

import pytest
from flask import Flask
from sqlalchemy import select

from app.accounts.models import Office
from app.agency_requests.models import AgencyRequest
from app.demo.offices import FIELD_STAFF, REQUESTS
from app.demo.people import make_people
from app.demo.stories import WAYS, of_an_office, scenes
from app.extensions import db
from app.workflow.journey.request_journey import Status

REACHES = ("draft", "submitted", "in_intake", "information_requested", "in_intake", "in_assessment",
           "awaiting_concurrence", "in_review", "declined", "withdrawn", "information_requested",
           "in_assessment")  # fmt: skip


@pytest.mark.parametrize(("way", "status"), list(enumerate(REACHES)), ids=str)
def test_each_way_ends_where_it_says(app: Flask, way: int, status: str) -> None:
    of_an_office(make_people(), "FL9990710", way, 40)()
    told = db.session.scalars(select(AgencyRequest)).one()
    assert told.status == Status(status)


def test_there_are_sixty_requests_in_six_offices(app: Flask) -> None:
    people = make_people()
    assert len(scenes(people)) >= 60
    offices = {name for name, _, _ in FIELD_STAFF}
    assert len(offices & set(db.session.scalars(select(Office.name)))) == 6
    assert {way for _, requests in REQUESTS for way, _ in requests} == set(WAYS)
