"""Rows of the queue are assigned together: the legal ones are done, every other is told of with its reason."""

import uuid
from collections.abc import Sequence

import pytest
from flask import Flask
from sqlalchemy import select

from app import audit
from app.accounts.models import Office, Person
from app.agency_requests.assignment_models import ConflictDeclaration
from app.agency_requests.models import AgencyRequest
from app.cases.queue import bulk_assignment
from app.cases.queue.bulk_assignment import AssignTarget, assign_many, assign_targets, chosen_requests
from app.extensions import db
from app.notifications.models import OutboxMessage
from app.policy import Role
from app.workflow.journey.request_journey import CLOSED, Status
from tests.builders import make_agency, make_office, make_person, make_request
from tests.cases.test_queue import counted
from tests.checked import CheckedClient


@pytest.fixture
def houston(app: Flask) -> Office:
    return make_office(name="Houston field")


@pytest.fixture
def coordinator(houston: Office) -> Person:
    return make_person(Role.COORDINATOR, office=houston, name="Ann Lee")


@pytest.fixture
def assessor(houston: Office) -> Person:
    return make_person(Role.ASSESSOR, office=houston, name="Bo Cruz")


def waiting(office: Office, many: int = 1, status: str = "in_assessment", **values: object) -> list[AgencyRequest]:
    return [make_request(status=status, office_id=office.id, **values) for _ in range(many)]


def as_form(requests: Sequence[AgencyRequest], **more: str) -> dict[str, object]:
    return {"chosen": [str(each.id) for each in requests], **more}


def test_scenario_19_of_mixed_states_the_legal_ones_are_done_and_the_others_listed_with_reasons(
    houston: Office, coordinator: Person, assessor: Person, client: CheckedClient
) -> None:
    open_ones = waiting(houston, 2) + waiting(houston, 1, "in_intake")
    closed = waiting(houston, 1, "declined") + waiting(houston, 1, "withdrawn")
    conflicted = waiting(houston)[0]
    db.session.add(ConflictDeclaration(request_id=conflicted.id, person_id=assessor.id, has_conflict=True))
    db.session.commit()
    statuses = {each.id: each.status for each in [*open_ones, *closed, conflicted]}
    typed = as_form([*open_ones, *closed, conflicted], target=f"assessor:{assessor.id}", reason="New year.")
    page = client.sign_in(coordinator).craft_post("/queue/chosen/assign", data=typed).get_data(as_text=True)
    assert "3 of 6 done" in page
    assert page.count("Bo Cruz has it now.") == 3
    assert page.count("Nobody works on the request now: it is not open.") == 2
    assert "Bo Cruz declared a conflict of interest. Name somebody else." in page
    after = {each.id: each for each in db.session.scalars(select(AgencyRequest))}
    assert {key for key, each in after.items() if each.assessor_id == assessor.id} == {each.id for each in open_ones}
    assert {key: after[key].status for key in statuses} == statuses, "no status changes, and nothing is closed in bulk"


def test_scenario_19_the_cap_is_enforced_and_nothing_is_done(
    houston: Office, coordinator: Person, assessor: Person, client: CheckedClient
) -> None:
    found = waiting(houston)
    typed = as_form(found, target=f"assessor:{assessor.id}")
    typed["chosen"] = [*typed["chosen"], *(str(uuid.uuid4()) for _ in range(bulk_assignment.MOST))]  # type: ignore[misc] # a list
    client.sign_in(coordinator)
    for address in ("/queue/chosen", "/queue/chosen/assign"):
        page = client.arrive(client.craft_post(address, data=typed)).text
        assert "You chose 201 requests. At most 200 go at once." in page
    assert db.session.scalars(select(AgencyRequest.assessor_id)).all() == [None]


def test_the_chosen_rows_are_shown_before_anything_is_done(
    houston: Office, coordinator: Person, assessor: Person, client: CheckedClient
) -> None:
    found = waiting(houston, 2)
    client.sign_in(coordinator)
    queue = client.get_page("/queue?view=all&status=in_assessment")
    assert queue.text.count('name="chosen"') == 2
    page = queue.submit("Assign what I chose", as_form(found)).text
    assert "Assign 2 requests" in page
    assert all(each.number in page for each in found)
    assert "Assessor: Bo Cruz, Houston field" in page
    assert page.count("/queue?view=all&amp;status=in_assessment") == 2, "the way back keeps the list"
    assert db.session.scalars(select(AgencyRequest.assessor_id)).all() == [None, None]


def test_nothing_chosen_and_nobody_named_are_said(houston: Office, coordinator: Person, client: CheckedClient) -> None:
    client.sign_in(coordinator)
    found = waiting(houston)
    queue = client.get_page("/queue?view=all")
    assert "Choose a request first." in queue.submit("Assign what I chose").text
    chosen_ones = queue.submit("Assign what I chose", as_form(found))
    answer = chosen_ones.submit("Assign 1 request", reason="A word I typed")
    assert answer.status_code == 422
    assert "Choose who works on them." in answer.text
    assert "A word I typed" in answer.text


@pytest.mark.parametrize("target", ["assessor:nobody", "reviewer:", "x", f"assessor:{uuid.UUID(int=7)}", "\0"])
def test_no_target_is_taken_that_was_not_offered(
    houston: Office, coordinator: Person, client: CheckedClient, target: str
) -> None:
    typed = as_form(waiting(houston), target=target)
    assert client.sign_in(coordinator).craft_post("/queue/chosen/assign", data=typed).status_code == 422


def test_who_was_slower_changes_nothing(houston: Office, coordinator: Person, assessor: Person) -> None:
    other = make_person(Role.ASSESSOR, office=houston)
    found = waiting(houston, 1, assessor_id=other.id)
    outcome = assign_many(found, coordinator.actor, AssignTarget(Role.ASSESSOR, assessor), held={found[0].id: None})[0]
    assert not outcome.done
    assert "Somebody was faster" in outcome.sentence
    assert found[0].assessor_id == other.id


def test_back_to_the_pool_and_so_already(houston: Office, coordinator: Person, assessor: Person) -> None:
    held, free = waiting(houston, 1, assessor_id=assessor.id)[0], waiting(houston)[0]
    outcomes = assign_many(
        [held, free], coordinator.actor, AssignTarget(Role.ASSESSOR, None), held={held.id: assessor.id, free.id: None}
    )
    db.session.commit()
    assert [(o.done, o.sentence) for o in outcomes] == [
        (True, "It is back in the pool."),
        (False, "It was so already."),
    ]
    assert held.assessor_id is None


def test_each_that_was_given_is_on_record_and_each_refused_is_not(
    houston: Office, coordinator: Person, assessor: Person
) -> None:
    good, closed = waiting(houston)[0], waiting(houston, 1, "declined")[0]
    assign_many([good, closed], coordinator.actor, AssignTarget(Role.ASSESSOR, assessor), held={})
    db.session.commit()
    assert db.session.scalars(select(audit.Event.chain).where(audit.Event.action == "assign")).all() == [good.id]


def test_many_at_once_make_one_mail_each(houston: Office, coordinator: Person, assessor: Person) -> None:
    found = waiting(houston, 3)
    assign_many(found, coordinator.actor, AssignTarget(Role.ASSESSOR, assessor), reason="New year.", held={})
    assign_many(
        found, coordinator.actor, AssignTarget(Role.ASSESSOR, None), held={each.id: assessor.id for each in found}
    )
    db.session.commit()
    mails = db.session.scalars(select(OutboxMessage).order_by(OutboxMessage.notice)).all()
    assert [(mail.notice, mail.address) for mail in mails] == [
        ("many_assigned", assessor.email),
        ("many_in_pool", assessor.email),
    ]
    assert mails[0].subject == "3 requests are yours"
    assert all(each.number in mails[0].body for each in found)


def test_another_offices_requests_are_neither_shown_nor_given(
    houston: Office, coordinator: Person, assessor: Person, client: CheckedClient
) -> None:
    theirs = make_request(make_agency(name="Hidden Agency"), status="in_assessment", office_id=make_office().id)
    typed = as_form([*waiting(houston), theirs], target=f"assessor:{assessor.id}")
    client.sign_in(coordinator)
    for address in ("/queue/chosen", "/queue/chosen/assign"):
        page = client.craft_post(address, data=typed).get_data(as_text=True)
        assert "Hidden Agency" not in page
        assert "1 of those you chose is not yours to see any more." in page
    assert db.session.get_one(AgencyRequest, theirs.id).assessor_id is None


def test_an_assessor_takes_for_themselves_or_gives_back(assessor: Person, coordinator: Person) -> None:
    assert [key for key, _ in assign_targets(assessor.actor)] == [f"assessor:{assessor.id}", "assessor:"]
    assert {key.split(":")[0] for key, _ in assign_targets(coordinator.actor)} == {"assessor", "coordinator"}


def test_who_may_not_assign_has_no_boxes_and_no_pages(houston: Office, client: CheckedClient) -> None:
    found = waiting(houston)
    client.sign_in(make_person(Role.REVIEWER, office=houston))
    assert "Assign what I chose" not in client.get("/queue?view=all").get_data(as_text=True)
    assert client.craft_post("/queue/chosen", data=as_form(found)).status_code == 403
    assert client.craft_post("/queue/chosen/assign", data=as_form(found)).status_code == 403


@pytest.mark.parametrize("many", [10, 200])
def test_the_page_of_the_chosen_takes_as_many_queries_for_ten_as_for_two_hundred(
    houston: Office, coordinator: Person, client: CheckedClient, many: int
) -> None:
    agency = make_agency()
    found = [
        AgencyRequest(
            agency=agency, state="TX", status="submitted", office_id=houston.id, created_by_id=coordinator.id,
            submitted_at=coordinator.created_at,
        )
        for _ in range(many)
    ]  # fmt: skip
    db.session.add_all(found)
    db.session.commit()
    typed = as_form(found)
    client.sign_in(coordinator)
    with counted() as sent:
        assert client.craft_post("/queue/chosen", data=typed).status_code == 200
    assert len([s for s in sent if s.lstrip().startswith("SELECT")]) <= 5, sent


def test_every_closed_status_is_refused(houston: Office, coordinator: Person, assessor: Person) -> None:
    found = [make_request(status=status, office_id=houston.id) for status in sorted(CLOSED) if status != Status.DRAFT]
    outcomes = assign_many(chosen_requests(coordinator.actor, [each.id for each in found]), coordinator.actor,
                    AssignTarget(Role.ASSESSOR, assessor), held={})  # fmt: skip
    assert len(outcomes) == len(found)
    assert not any(outcome.done for outcome in outcomes)
