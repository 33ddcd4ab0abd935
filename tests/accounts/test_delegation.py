"""While somebody is away a colleague of the same office and role does their cases, as themselves."""

from datetime import timedelta

import pytest
from flask import Flask

from app import audit
from app.accounts.delegation import operations
from app.accounts.models import Office, Person
from app.agency_requests.models import AgencyRequest
from app.agency_requests.recipients import recipients
from app.deadlines.business_days import day_of
from app.extensions import db, now
from app.intake import operations as intake_operations
from app.intake.assignment import operations as assignment_operations
from app.notifications.notices import RecipientGroup
from app.policy import Role
from app.workflow.refusals import StepRefused
from tests.builders import make_office, make_person, make_request
from tests.checked import CheckedClient

DAY = timedelta(days=1)


@pytest.fixture
def office(app: Flask) -> Office:
    return make_office()


@pytest.fixture
def absent(office: Office) -> Person:
    return make_person(Role.ASSESSOR, office=office, name="Ash Away")


@pytest.fixture
def colleague(office: Office) -> Person:
    return make_person(Role.ASSESSOR, office=office)


@pytest.fixture
def case(absent: Person) -> AgencyRequest:
    return make_request(status="in_assessment", office_id=absent.office_id, assessor_id=absent.id)


def cover(absent: Person, colleague: Person, first: int = 0, last: int = 5) -> None:
    operations.delegate(absent, colleague.id, day_of(now()) + first * DAY, day_of(now()) + last * DAY)
    db.session.commit()


def test_the_cover_has_the_cases_in_their_own_queue_and_may_take_them(
    case: AgencyRequest, absent: Person, colleague: Person, client: CheckedClient
) -> None:
    visitor = client.sign_in(colleague)
    assert str(case.number) not in visitor.get("/queue?view=mine").get_data(as_text=True)
    with pytest.raises(StepRefused):
        assignment_operations.assign(case, colleague.actor, Role.ASSESSOR, colleague)
    db.session.rollback()
    cover(absent, colleague)
    page = visitor.get("/queue?view=mine").get_data(as_text=True)
    assert str(case.number) in page
    assert "Ash Away (you cover)" in page
    assert "for them today" in visitor.get(f"/cases/{case.id}/staff").get_data(as_text=True)
    assert assignment_operations.assign(case, colleague.actor, Role.ASSESSOR, colleague)


def test_mail_goes_to_both_while_it_lasts(case: AgencyRequest, absent: Person, colleague: Person) -> None:
    assert recipients(case, RecipientGroup.ASSESSOR, absent.actor) == [absent.email]
    cover(absent, colleague)
    assert recipients(case, RecipientGroup.ASSESSOR, absent.actor) == [absent.email, colleague.email]
    operations.end_delegation(operations.delegations_of(absent.id)[0], absent.actor)
    db.session.commit()
    assert recipients(case, RecipientGroup.ASSESSOR, absent.actor) == [absent.email]


@pytest.mark.parametrize(("first", "last", "covers"), [(0, 0, True), (-3, 1, True), (1, 5, False)])
def test_it_lasts_from_the_first_day_to_the_last(
    absent: Person, colleague: Person, first: int, last: int, covers: bool
) -> None:
    cover(absent, colleague, first, last)
    assert bool(operations.delegates_of(absent.id)) is covers
    assert bool(db.session.scalars(operations.delegators_of(colleague.actor)).all()) is covers


def test_covering_opens_no_case_and_each_acts_as_themselves(
    case: AgencyRequest, absent: Person, colleague: Person, client: CheckedClient
) -> None:
    cover(absent, colleague)
    intake_operations.declare_interests(case, colleague.actor, has_conflict=True, sentence="")
    db.session.commit()
    visitor = client.sign_in(colleague)
    assert visitor.get(f"/cases/{case.id}").status_code == 404
    assert str(case.number) not in visitor.get("/queue?view=mine").get_data(as_text=True)
    assert colleague.email not in recipients(case, RecipientGroup.ASSESSOR, absent.actor)
    assert case.assessor_id == absent.id
    assert audit.acts_of(case.id, absent.id) == frozenset()


def test_only_a_colleague_of_the_same_office_and_role_covers(absent: Person, office: Office) -> None:
    others = [
        make_person(Role.ASSESSOR, office=make_office()),
        make_person(Role.COUNSEL, office=office),
        make_person(Role.COORDINATOR, office=office),
        make_person(Role.ASSESSOR, office=office, active=False),
        absent,
    ]
    for other in others:
        with pytest.raises(operations.CannotDelegate, match="colleague of your office"):
            cover(absent, other)


def test_two_covers_do_not_overlap(absent: Person, colleague: Person) -> None:
    cover(absent, colleague, 1, 5)
    with pytest.raises(operations.CannotDelegate, match="already"):
        cover(absent, colleague, 5, 9)
    cover(absent, colleague, 6, 9)


def test_who_moves_to_another_office_covers_no_more(absent: Person, colleague: Person) -> None:
    cover(absent, colleague)
    colleague.office_id = make_office().id
    db.session.commit()
    assert operations.delegates_of(absent.id) == []
    assert db.session.scalars(operations.delegators_of(colleague.actor)).all() == []


def test_the_page_names_and_ends(absent: Person, colleague: Person, client: CheckedClient) -> None:
    visitor, day = client.sign_in(absent), day_of(now())
    page = visitor.get_page("/account/cover")
    assert page.submit("Name them", cover=str(colleague.id)).status_code == 422
    past = {"cover": str(colleague.id), "first": str(day - 3 * DAY), "last": str(day - DAY)}
    assert page.submit("Name them", past).status_code == 422
    typed = past | {"last": str(day + DAY)}
    assert page.submit("Name them", typed).status_code == 200
    again = page.submit("Name them", typed)
    assert again.status_code == 422
    assert "already" in again.text
    row = operations.delegations_of(absent.id)[0]
    forged = client.sign_in(colleague).craft_post(f"/account/cover/{row.id}/end")
    assert forged.status_code == 404
    page = client.sign_in(absent).get_page("/account/cover")
    assert "Nobody covers" in page.submit(f"End the cover by {colleague.name}").text


@pytest.mark.parametrize("role", [Role.COUNSEL, Role.AUDITOR, Role.ADMINISTRATOR, Role.AGENCY_HEAD])
def test_others_name_no_cover(app: Flask, role: Role, client: CheckedClient) -> None:
    assert client.sign_in(make_person(role)).get("/account/cover").status_code == 403
