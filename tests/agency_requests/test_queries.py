"""What a page reads of other requests does not grow with those of other agencies."""

from flask import Flask

from app.agency_requests.access import open_of_agency
from app.extensions import db
from app.policy import Role
from tests.builders import make_agency, make_person, make_request


def test_only_open_requests_of_the_same_agency_are_read(app: Flask) -> None:
    ours = make_agency()
    kept = make_request(ours, status="in_intake")
    make_request(ours, status="declined")
    make_request(ours)  # a draft that ICE does not see
    make_request(status="in_intake")
    actor = make_person(Role.COORDINATOR).actor
    assert db.session.scalars(open_of_agency(ours.id, actor)).all() == [kept]
