"""Checklists of the steps after intake: advice, with who looked at what and when."""

import pytest
from flask import Flask

from app import audit
from app.accounts.models import Office, Person
from app.agency_requests.models import AgencyRequest
from app.cases.case_page import advice
from app.extensions import db
from app.intake import operations
from app.policy import Role
from app.workflow.journey.request_journey import Status
from app.workflow.refusals import RefusalKind, StepRefused
from tests.builders import make_office, make_person, make_request
from tests.checked import CheckedClient


@pytest.fixture
def office(app: Flask) -> Office:
    return make_office()


@pytest.fixture
def case(office: Office) -> AgencyRequest:
    return make_request(status="in_assessment", office_id=office.id)


@pytest.fixture
def assessor(office: Office) -> Person:
    return make_person(Role.ASSESSOR, office=office, name="First Assessor")


def test_every_check_has_a_key_of_its_own_and_a_step_that_ice_works_in() -> None:
    keys = [check.key for check in advice.CHECKS]
    assert len(keys) == len(set(keys))
    assert not set(keys) & set(operations.CHECKLIST)
    assert set(advice.STEPS) == {Status.IN_ASSESSMENT, Status.IN_REVIEW, Status.DRAFTING}
    assert all(len(key) <= 40 for key in keys)


def test_who_looked_stays_with_the_line(case: AgencyRequest, assessor: Person, client: CheckedClient) -> None:
    first, second = (check.key for check in advice.advice_of_status(Status.IN_ASSESSMENT)[:2])
    advice.mark_advice(case, assessor.actor, [first])
    db.session.commit()
    other = make_person(Role.ASSESSOR, office=assessor.office, name="Second Assessor")
    visitor = client.sign_in(other)
    assert (
        visitor.get_page(f"/cases/{case.id}/checks").submit("Save the checklist", {"held": [first, second]}).status_code
        == 200
    )
    lines = {line.check.key: line.who for line in advice.advice_by_status(case)[Status.IN_ASSESSMENT] if line.is_held}
    assert lines == {first: "First Assessor", second: "Second Assessor"}
    page = visitor.get(f"/cases/{case.id}").get_data(as_text=True)
    assert f"2 of {len(advice.advice_of_status(Status.IN_ASSESSMENT))} checked" in page
    recorded = audit.history(case.id, [audit.Audience.STAFF])
    assert [event.details["changed"] for event in recorded] == [[second], [first]]


def test_the_same_marks_again_record_nothing(case: AgencyRequest, assessor: Person) -> None:
    advice.mark_advice(case, assessor.actor, [])
    assert audit.history(case.id, list(audit.Audience)) == []


def test_a_step_without_a_checklist_takes_no_marks(office: Office, assessor: Person) -> None:
    waiting = make_request(status="submitted", office_id=office.id)
    with pytest.raises(StepRefused) as refused:
        advice.mark_advice(waiting, assessor.actor, [])
    assert refused.value.kind is RefusalKind.TOO_LATE


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.ADMINISTRATOR, Role.AGENCY_HEAD])
def test_who_does_not_work_on_the_case_marks_nothing(case: AgencyRequest, role: Role, client: CheckedClient) -> None:
    assert client.sign_in(make_person(role)).craft_post(f"/cases/{case.id}/checks", data={}).status_code == 403


def test_another_office_does_not_find_it(case: AgencyRequest, client: CheckedClient) -> None:
    stranger = client.sign_in(make_person(Role.ASSESSOR, office=make_office()))
    assert stranger.get(f"/cases/{case.id}/checks").status_code == 404
    assert stranger.craft_post(f"/cases/{case.id}/checks", data={}).status_code == 404


def test_an_unknown_check_is_nothing(case: AgencyRequest, assessor: Person, client: CheckedClient) -> None:
    client.sign_in(assessor).craft_post(f"/cases/{case.id}/checks", data={"held": ["drafting-plan", "nothing", "\0"]})
    assert not any(line.is_held for lines in advice.advice_by_status(case).values() for line in lines)
