"""An agency with its head and an officer, an empty draft of theirs, and one that can be sent."""

import pytest
from flask import Flask

from app.accounts.models import Person
from app.accounts.offices.operations import load_offices
from app.agency_requests import operations
from app.agency_requests.models import AgencyRequest
from app.extensions import db
from app.policy import Role
from tests.agency_requests.filled_requests import fill
from tests.builders import make_agency, make_person


@pytest.fixture
def head(app: Flask) -> Person:
    load_offices()
    db.session.commit()
    return make_person(Role.AGENCY_HEAD, agency=make_agency(state="GA"))


@pytest.fixture
def officer(head: Person) -> Person:
    return make_person(Role.AGENCY_OFFICER, agency=head.agency)


@pytest.fixture
def draft(officer: Person) -> AgencyRequest:
    found = operations.create_draft(officer.actor, "GA")
    db.session.commit()
    return found


@pytest.fixture
def ready(draft: AgencyRequest, officer: Person) -> AgencyRequest:
    fill(draft, officer.actor)
    db.session.commit()
    return draft
