"""The next request that nobody has is taken, the most urgent first, and never twice."""

import threading
from datetime import timedelta

import pytest
from flask import Flask

from app.accounts.models import Office, Person
from app.agency_requests.assignment_models import ConflictDeclaration, Consultation
from app.agency_requests.models import AgencyRequest
from app.cases.queue.take_next import take_next
from app.extensions import db, now
from app.intake import operations
from app.policy import Actor, Role
from app.workflow.clocks.operations import today
from tests.builders import make_office, make_person, make_request
from tests.checked import CheckedClient


@pytest.fixture
def houston(app: Flask) -> Office:
    return make_office(name="Houston field")


@pytest.fixture
def coordinator(houston: Office) -> Person:
    return make_person(Role.COORDINATOR, office=houston)


@pytest.fixture
def two(houston: Office) -> list[AgencyRequest]:
    """Two that wait, the longer first."""
    return [
        make_request(status="submitted", office_id=houston.id, submitted_at=now() - timedelta(days=days))
        for days in (9, 2)
    ]


def test_the_longest_waiting_is_taken_then_the_next_then_none(coordinator: Person, two: list[AgencyRequest]) -> None:
    assert [take_next(coordinator.actor), take_next(coordinator.actor)] == two
    assert take_next(coordinator.actor) is None
    assert {(each.status, each.coordinator_id) for each in two} == {("in_intake", coordinator.id)}


def test_of_two_who_ask_at_once_the_slower_gets_the_next(
    houston: Office, coordinator: Person, two: list[AgencyRequest], monkeypatch: pytest.MonkeyPatch
) -> None:
    faster, take, taken_first = make_person(Role.COORDINATOR, office=houston), operations.take_request, []

    def take_after_the_other(agency_request: AgencyRequest, actor: Actor, *, expected_version: int) -> None:
        if not taken_first:
            taken_first.append(agency_request)
            with db.session.begin_nested():
                take(agency_request, faster.actor, expected_version=expected_version)
        take(agency_request, actor, expected_version=expected_version)

    monkeypatch.setattr(operations, "take_request", take_after_the_other)
    assert take_next(coordinator.actor) == two[1]
    assert taken_first == [two[0]]


def test_one_with_a_conflict_of_interest_is_passed_over(coordinator: Person, two: list[AgencyRequest]) -> None:
    db.session.add(ConflictDeclaration(request_id=two[0].id, person_id=coordinator.id, has_conflict=True))
    db.session.commit()
    assert take_next(coordinator.actor) == two[1]
    db.session.rollback()


def test_what_one_is_only_asked_about_is_not_theirs_to_take(coordinator: Person, two: list[AgencyRequest]) -> None:
    elsewhere = make_person(Role.COORDINATOR, office=make_office())
    db.session.add(
        Consultation(
            request_id=two[0].id, person_id=elsewhere.id, question="?", due=today(), asked_by_id=coordinator.id
        )
    )
    db.session.commit()
    assert take_next(elsewhere.actor) is None


def test_the_button_leads_to_the_intake_of_what_was_taken(
    client: CheckedClient, coordinator: Person, two: list[AgencyRequest]
) -> None:
    client.sign_in(coordinator)
    queue = client.get_page("/queue?view=all")
    assert queue.submit("Take the next request").path == f"/cases/{two[0].id}/intake"
    queue.submit("Take the next request")
    assert "every request that came in is taken" in queue.submit("Take the next request").text


def test_who_may_not_take_has_no_button(client: CheckedClient, houston: Office) -> None:
    client.sign_in(make_person(Role.ASSESSOR, office=houston))
    assert "Take the next request" not in client.get("/queue").get_data(as_text=True)
    assert client.craft_post("/queue/next").status_code == 403


def test_four_who_press_the_button_at_one_moment_get_a_request_each(app: Flask, houston: Office) -> None:
    for days in range(1, 5):
        make_request(status="submitted", office_id=houston.id, submitted_at=now() - timedelta(days=days))
    visitors = []
    for _ in range(4):
        visitor = app.test_client()
        assert isinstance(visitor, CheckedClient)
        visitors.append(visitor.sign_in(make_person(Role.COORDINATOR, office=houston)))
    db.session.remove()
    together, led_to = threading.Barrier(4), []

    def press(visitor: CheckedClient) -> None:
        together.wait()
        led_to.append(visitor.craft_post("/queue/next").location)

    threads = [threading.Thread(target=press, args=(visitor,)) for visitor in visitors]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(led_to)) == 4
    assert all(address.endswith("/intake") for address in led_to)
