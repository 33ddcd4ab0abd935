"""The case page for staff, the status page for the agency: each sees its own, and the agency nothing of staff's."""

import pytest
from flask import Flask

from app.extensions import db
from app.messages import operations
from app.policy import Role, Seat
from app.review.opinions import give_opinion
from app.workflow.journey.request_journey import Status
from tests.assessment.assessed_request import concurred, in_assessment
from tests.builders import make_agency, make_office, make_person, make_request
from tests.checked import CheckedClient


@pytest.mark.parametrize(
    "role", [Role.COORDINATOR, Role.ASSESSOR, Role.REVIEWER, Role.COUNSEL, Role.APPROVING_OFFICIAL, Role.AUDITOR]
)
def test_staff_of_headquarters_see_the_case(app: Flask, client: CheckedClient, role: Role) -> None:
    story = concurred(in_assessment())
    page = client.sign_in(make_person(role)).get(f"/cases/{story.agency_request.id}")
    assert page.status_code == 200
    assert "Where it is" in page.get_data(as_text=True)


def test_the_agency_never_reads_what_is_for_staff(app: Flask, client: CheckedClient) -> None:
    story = concurred(in_assessment())
    operations.begin_thread(story.agency_request, story.coordinator, shared=False, text="Only between us")
    legal = story.reviewers[Seat.LEGAL]
    give_opinion(
        story.agency_request, legal, Seat.LEGAL, "oppose", "Weak on custody", expected_version=story.expected_version
    )
    db.session.commit()
    for person in (story.people["head"], story.people["officer"]):
        client.sign_in(person)
        for path in ("", "/receipt", "/decision"):
            page = client.get(f"/requests/{story.agency_request.id}{path}", follow_redirects=True).get_data(
                as_text=True
            )
            assert "Only between us" not in page
            assert "Weak on custody" not in page
            assert legal.name not in page
    client.sign_in(story.people["coordinator"])
    staff = client.get(f"/cases/{story.agency_request.id}").get_data(as_text=True)
    assert "Only between us" in staff
    assert "Weak on custody" in staff


def test_each_side_is_led_to_its_own_page(app: Flask, client: CheckedClient) -> None:
    story = in_assessment()
    key = story.agency_request.id
    assert client.sign_in(story.people["head"]).get(f"/cases/{key}").location == f"/requests/{key}"
    assert client.sign_in(story.people["coordinator"]).get(f"/requests/{key}").location == f"/cases/{key}"


def test_what_is_not_yours_does_not_exist(app: Flask, client: CheckedClient) -> None:
    story = in_assessment()
    for stranger in (make_person(Role.AGENCY_HEAD), make_person(Role.COORDINATOR, office=make_office())):
        client.sign_in(stranger)
        for side in ("cases", "requests"):
            assert client.get(f"/{side}/{story.agency_request.id}").status_code == 404
    assert client.get("/cases/00000000-0000-4000-8000-000000000000").status_code == 404


@pytest.mark.parametrize("key", ["1", "-1", "9" * 40, "%00", "x"])
def test_an_address_that_is_no_key_is_not_found(client: CheckedClient, app: Flask, key: str) -> None:
    client.sign_in(make_person(Role.COORDINATOR))
    assert client.get(f"/cases/{key}").status_code == 404


@pytest.mark.parametrize("status", [status.value for status in Status if status is not Status.DRAFT])
def test_every_status_has_both_its_pages(app: Flask, client: CheckedClient, status: str) -> None:
    agency = make_agency()
    found = make_request(agency, status=status)
    for person, path in (
        (make_person(Role.AGENCY_HEAD, agency=agency), f"/requests/{found.id}"),
        (make_person(Role.COORDINATOR), f"/cases/{found.id}"),
    ):
        page = client.sign_in(person).get(path)
        assert page.status_code == 200
        assert "_" not in page.get_data(as_text=True).split("<h1>")[1].split("</h1>")[0]
