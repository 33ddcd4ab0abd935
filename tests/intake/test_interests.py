"""Whoever is named for a case learns it: by mail, in the queue, on the case and on the page where they declare."""

import re

import pytest
from flask import Flask
from sqlalchemy import select

from app.accounts.models import Office, Person
from app.agency_requests.models import AgencyRequest
from app.cases.queue.filters import QueueFilters
from app.cases.queue.queries import queue_counts, queue_page
from app.extensions import db
from app.intake import operations
from app.intake.assignment.operations import must_declare
from app.notifications.models import OutboxMessage
from app.policy import Role
from tests.builders import make_office, make_person, make_request
from tests.checked import CheckedClient

ASKS = "Declare your interests before you work on this case"
PARTS = ["investigations_liaison_id", "detention_liaison_id", "assessor_id"]


@pytest.fixture
def houston(app: Flask) -> Office:
    return make_office(name="Houston field")


@pytest.fixture
def coordinator(houston: Office) -> Person:
    return make_person(Role.COORDINATOR, office=houston)


@pytest.fixture
def case(houston: Office, coordinator: Person) -> AgencyRequest:
    return make_request(status="in_intake", office_id=houston.id, coordinator_id=coordinator.id)


@pytest.fixture
def person(houston: Office, role: Role) -> Person:
    return make_person(role, office=houston)


def name(case: AgencyRequest, by: Person, **people: Person) -> None:
    operations.name_people(case, by.actor, **{part: people[part].id if part in people else None for part in PARTS})
    db.session.commit()


def mail_to(person: Person) -> list[OutboxMessage]:
    return list(db.session.scalars(select(OutboxMessage).where(OutboxMessage.address == person.email)))


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("role", [Role.ASSESSOR, Role.COUNSEL, Role.REVIEWER])
def test_whoever_is_named_is_told_everywhere(
    case: AgencyRequest, coordinator: Person, person: Person, client: CheckedClient, part: str
) -> None:
    before = queue_counts(person.actor).mine
    name(case, coordinator, **{part: person})
    (mail,) = mail_to(person)
    assert f"/cases/{case.id}/declaration" in mail.body
    assert queue_counts(person.actor).mine == before + 1
    assert case.id in [row.agency_request.id for row in queue_page(person.actor, QueueFilters(), 1).rows]
    client.sign_in(person)
    queue = client.get("/queue").get_data(as_text=True)
    assert "Declare your interests" in queue
    assert f"/cases/{case.id}/declaration" in queue
    page = client.get(f"/cases/{case.id}").get_data(as_text=True)
    assert ASKS in page
    assert "You declared whether" not in page
    if part != "assessor_id":
        link = re.search(r'href="([^"]*)"[^>]*>\s*Ask for the declaration', page)
        assert link and link[1].startswith(f"/cases/{case.id}/declaration")
    client.get_page(f"/cases/{case.id}/declaration").submit("Record my declaration", has_conflict="no")
    assert ASKS not in client.get_page(f"/cases/{case.id}").text
    assert queue_counts(person.actor).mine == before


def test_a_mail_goes_once_and_to_nobody_who_named_themselves(
    case: AgencyRequest, coordinator: Person, houston: Office
) -> None:
    liaison = make_person(Role.REVIEWER, office=houston)
    both = {"investigations_liaison_id": liaison, "detention_liaison_id": liaison}
    name(case, coordinator, **both)
    name(case, coordinator, **both, assessor_id=make_person(Role.ASSESSOR, office=houston))
    (mail,) = mail_to(liaison)
    assert "investigations liaison and detention liaison" in mail.body
    name(case, coordinator, detention_liaison_id=coordinator)
    assert not mail_to(coordinator)


def test_who_is_not_named_has_nothing_to_declare(case: AgencyRequest, coordinator: Person, houston: Office) -> None:
    other = make_person(Role.REVIEWER, office=houston)
    assert not must_declare(case, other.actor)
    assert must_declare(case, coordinator.actor)
    assert not queue_counts(other.actor).mine
    case.status = "withdrawn"
    db.session.commit()
    assert not must_declare(case, coordinator.actor)
    assert not queue_counts(coordinator.actor).mine
