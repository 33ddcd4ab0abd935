"""An agency fills in, checks, certifies and sends its request, once; nobody else's, and nothing incomplete."""

import pytest
from sqlalchemy import select

from app.accounts.models import Person
from app.extensions import db
from app.intake import saved
from app.intake.models import AgencyRequest, Answer
from app.policy import Role
from tests.builders import make_person
from tests.checked import CheckedClient

CERTIFIED = {"authority": "y", "truth": "y", "public": "y"}


def post(client: CheckedClient, draft: AgencyRequest, address: str, **typed: object):
    page = client.get(f"/requests/{draft.id}/sections/{address}").get_data(as_text=True)
    seen = page.split('name="seen"')[1].split('value="')[1].split('"')[0]
    return client.post(f"/requests/{draft.id}/sections/{address}", data={"seen": seen, "then": "next", **typed})


def test_a_request_begins_with_a_button_and_the_notices(client: CheckedClient, officer: Person) -> None:
    page = client.sign_in(officer).get("/requests/new").get_data(as_text=True)
    for words in ("OMB number: not assigned", "Privacy Act", "18 U.S.C. 1001", "Freedom of Information"):
        assert words in page
    response = client.post("/requests/new")
    assert response.status_code == 303
    assert client.get(response.location).status_code == 200


def test_a_number_and_how_it_is_known_are_saved(client: CheckedClient, officer: Person, draft: AgencyRequest) -> None:
    client.sign_in(officer)
    response = post(
        client, draft, "capacity/community-size",
        population_served="410,000", population_served_basis="measured",
        sworn_officers="", sworn_officers_basis="unknown",
    )  # fmt: skip
    assert response.status_code == 303, response.get_data(as_text=True)
    answers = saved.saved_answers(draft)
    assert (answers["population_served"].value, answers["population_served"].basis) == (410_000, "measured")
    assert (answers["sworn_officers"].value, answers["sworn_officers"].basis) == (None, "unknown")


def test_an_error_saves_nothing_and_keeps_everything_typed(
    client: CheckedClient, officer: Person, draft: AgencyRequest
) -> None:
    client.sign_in(officer)
    response = post(
        client, draft, "capacity/community-size",
        population_served="1O21", population_served_basis="estimated", sworn_officers="420",
    )  # fmt: skip
    page = response.get_data(as_text=True)
    assert response.status_code == 422
    assert "Did you mean 1,021?" in page
    assert "Say how you know this number." in page
    assert 'value="1O21"' in page
    assert "<title>Error:" in page
    assert saved.saved_answers(draft) == {}


def test_half_a_page_can_be_saved_to_go_on_later(client: CheckedClient, officer: Person, draft: AgencyRequest) -> None:
    client.sign_in(officer)
    response = post(
        client, draft, "capacity/community-size",
        then="back", population_served="410000", population_served_basis="measured",
    )  # fmt: skip
    assert response.location.endswith("/tasks")
    assert list(saved.saved_answers(draft)) == ["population_served"]


def test_two_people_on_one_page_see_both_values(client: CheckedClient, officer: Person, draft: AgencyRequest) -> None:
    client.sign_in(officer)
    address = f"/requests/{draft.id}/sections/capacity/community-size"
    old = client.get(address).get_data(as_text=True).split('name="seen"')[1].split('value="')[1].split('"')[0]
    db.session.add(Answer(request_id=draft.id, key="population_served", value=5000, basis="measured"))
    db.session.commit()
    typed = {
        "seen": old, "then": "next", "population_served": "7000", "population_served_basis": "measured",
        "sworn_officers": "12", "sworn_officers_basis": "measured",
    }  # fmt: skip
    response = client.post(address, data=typed)
    page = response.get_data(as_text=True)
    assert response.status_code == 409
    assert "5,000 people" in page
    assert 'value="7000"' in page


def test_no_address_of_a_draft_exists_for_another_agency(client: CheckedClient, ready: AgencyRequest) -> None:
    client.sign_in(make_person(Role.AGENCY_HEAD))
    for path in ("", "/tasks", "/check", "/receipt", "/receipt.pdf", "/withdraw", "/documents", "/sections/else/more"):
        assert client.get(f"/requests/{ready.id}{path}").status_code == 404, path
    for path in ("/submit", "/ask-head", "/withdraw", "/documents", "/sections/else/more"):
        assert client.post(f"/requests/{ready.id}{path}", data={"seen": "1"}).status_code == 404, path


def test_ice_does_not_see_a_draft(client: CheckedClient, ready: AgencyRequest) -> None:
    assert client.sign_in(make_person(Role.COORDINATOR)).get(f"/requests/{ready.id}").status_code == 404


@pytest.mark.parametrize("path", ["sections/nothing/x", "sections/else/nothing", "sections/capacity/jail-nothing"])
def test_an_unknown_page_is_not_found(client: CheckedClient, officer: Person, draft: AgencyRequest, path: str) -> None:
    assert client.sign_in(officer).get(f"/requests/{draft.id}/{path}").status_code == 404


@pytest.mark.parametrize("typed", ["\0", "9" * 400, "-1", "1e999", "NaN", "١٢٣", "x" * 20_000, "\u202e12"])
def test_no_number_that_anybody_types_breaks_a_page(
    client: CheckedClient, officer: Person, draft: AgencyRequest, typed: str
) -> None:
    client.sign_in(officer)
    response = post(
        client, draft, "capacity/community-size",
        population_served=typed, population_served_basis="measured",
        sworn_officers="1", sworn_officers_basis="measured",
    )  # fmt: skip
    assert response.status_code == 422
    assert saved.saved_answers(draft) == {}


def test_the_home_of_an_agency_shows_what_waits(client: CheckedClient, officer: Person, draft: AgencyRequest) -> None:
    page = client.sign_in(officer).get("/home").get_data(as_text=True)
    assert "Fill in your request" in page


def test_the_finders_answers_come_along_as_estimates(client: CheckedClient, officer: Person) -> None:
    client.sign_in(officer)
    address = "/requests/new?from=finder&jail_bookings=12000&jail_operated=yes&gang_crimes=lots&ice_training_seats=4"
    assert "2 answers" in client.get(address).get_data(as_text=True)
    client.post(address)
    found = db.session.scalar(select(AgencyRequest))
    answers = saved.saved_answers(found)
    assert {key: (answer.value, answer.basis) for key, answer in answers.items()} == {
        "jail_bookings": (12000, ""),
        "jail_operated": ("yes", ""),
    }
