"""An agency asks for access: what the public list knows is not asked again, and nobody gets in unchecked."""

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.accounts.agencies import access_requests
from app.accounts.models import AccessApplication, Agency, Person
from app.accounts.offices.operations import load_offices
from app.extensions import db
from app.notifications.models import OutboxMessage
from app.policy import Role
from tests.builders import make_agency, make_person
from tests.checked import CheckedClient
from tests.page import Page

ANSWERS = {
    "ori": "TX9990700", "agency_name": "Rio Seco County Sheriff's Office", "applicant_name": "Pat Doe",
    "applicant_email": "pat@rio-seco.example.gov", "head_name": "Alex Roe", "head_title": "Sheriff",
    "head_email": "alex@rio-seco.example.gov",
}  # fmt: skip
PLACE = {"state": "TX", "county": "Rio Seco", "kind": "sheriff"}


@pytest.fixture
def listed(app: Flask) -> Agency:
    """An agency as the public list has it."""
    return make_agency(ori="TX9990700", name="Rio Seco", listed_name="Rio Seco", county="Rio Seco", source="listed",
                       officers=61)  # fmt: skip


def the_application() -> AccessApplication:
    return db.session.scalars(select(AccessApplication)).one()


def ask(client: CheckedClient, answers: dict[str, str]) -> Page:
    """Fills in the page for the agency's ORI."""
    page = client.get_page(f"/join?ori={answers['ori']}")
    return page.submit("Ask for access", {name: value for name, value in answers.items() if name != "ori"})


def decide(client: CheckedClient, act: str = "approve", **data: str) -> int:
    """Decides, also after somebody did, when no page offers it any more."""
    client.sign_in(make_person(Role.COORDINATOR))
    return client.craft_post(f"/applications/{the_application().id}/{act}", data=data).status_code


def test_an_ori_is_asked_for_first_and_a_wrong_one_is_explained(client: CheckedClient) -> None:
    assert client.get("/join").status_code == 200
    for typed in ("", "12", "%00", "x" * 900):
        response = client.get(f"/join?ori={typed}")
        assert response.status_code == 422
        assert "ORI" in response.get_data(as_text=True)


def test_a_known_agency_is_chosen_and_its_place_is_not_asked(client: CheckedClient, listed: Agency) -> None:
    assert "Rio Seco, Texas" in client.get("/join?ori=tx9990700").get_data(as_text=True)
    assert ask(client, ANSWERS | {"agency": str(listed.id)}).status_code == 200
    application = the_application()
    assert (application.agency_id, application.state, application.kind) == (listed.id, "TX", "sheriff")


def test_where_there_is_a_choice_one_is_made(client: CheckedClient, listed: Agency) -> None:
    response = ask(client, ANSWERS | PLACE)
    assert response.status_code == 422
    assert "none of these" in response.text


def test_who_is_none_of_the_known_ones_describes_their_agency(client: CheckedClient, listed: Agency) -> None:
    other = ANSWERS | {"agency": "none", "agency_name": "Arroyo Airport Police"}
    assert ask(client, other).status_code == 422
    assert ask(client, other | PLACE).status_code == 200
    assert the_application().agency_id is None


@pytest.mark.parametrize("key", ["00000000-0000-4000-8000-000000000000", "x", "\0"])
def test_an_agency_that_was_not_offered_is_not_taken(client: CheckedClient, listed: Agency, key: str) -> None:
    assert client.craft_post("/join", data=ANSWERS | PLACE | {"agency": key}).status_code == 422


def test_asking_twice_keeps_one_application_and_writes_once(client: CheckedClient) -> None:
    coordinator = make_person(Role.COORDINATOR)
    for _ in range(2):
        assert ask(client, ANSWERS | PLACE).status_code == 200
    the_application()
    assert sorted(mail.address for mail in db.session.scalars(select(OutboxMessage))) == sorted(
        [ANSWERS["applicant_email"], coordinator.email]
    )


def test_nobody_has_an_account_before_the_agency_is_checked(client: CheckedClient) -> None:
    ask(client, ANSWERS | PLACE)
    assert db.session.scalar(select(func.count()).select_from(Person)) == 0


def test_approving_links_the_listed_agency_and_takes_the_name_it_gives_itself(
    client: CheckedClient, listed: Agency
) -> None:
    ask(client, ANSWERS | {"agency": str(listed.id)})
    assert decide(client) == 303
    db.session.refresh(listed)
    assert (listed.name, listed.source, listed.officers) == ("Rio Seco County Sheriff's Office", "joined", 61)
    assert (listed.head_name, listed.listed_name) == ("Alex Roe", "Rio Seco")
    assert {person.email for person in access_requests.team_of(listed.id)} == {
        ANSWERS["applicant_email"],
        ANSWERS["head_email"],
    }


def test_a_head_who_asks_themselves_gets_one_account(client: CheckedClient) -> None:
    own = {"applicant_name": "Alex Roe", "applicant_email": ANSWERS["head_email"].upper()}
    ask(client, ANSWERS | PLACE | own)
    assert decide(client) == 303
    head = db.session.scalars(select(Person).where(Person.agency_id.is_not(None))).unique().one()
    assert head.roles == {Role.AGENCY_HEAD}


def test_an_agency_that_is_here_already_keeps_what_it_says_about_itself(client: CheckedClient) -> None:
    agency = make_agency(ori="TX9990700", name="Rio Seco County Sheriff's Office", head_name="Sam Poe")
    make_person(Role.AGENCY_HEAD, agency=agency, name="Sam Poe")
    ask(client, ANSWERS | {"agency": str(agency.id)})
    client.sign_in(make_person(Role.COORDINATOR))
    page = client.get(f"/applications/{the_application().id}").get_data(as_text=True)
    assert "has people here already" in page
    assert decide(client) == 303
    db.session.refresh(agency)
    assert agency.head_name == "Sam Poe"


def test_an_address_that_has_an_account_stays_where_it_is(client: CheckedClient) -> None:
    elsewhere = make_person(Role.AGENCY_OFFICER, email=ANSWERS["applicant_email"])
    agency_id = elsewhere.agency_id
    ask(client, ANSWERS | PLACE)
    assert decide(client) == 303
    db.session.refresh(elsewhere)
    assert elsewhere.agency_id == agency_id


def test_a_decision_stands(client: CheckedClient) -> None:
    ask(client, ANSWERS | PLACE)
    assert decide(client, "refuse", reason="Not the head.") == 303
    assert decide(client) == 409
    assert decide(client, "refuse", reason="Again.") == 409
    assert client.get(f"/applications/{the_application().id}").status_code == 200


@pytest.mark.parametrize("role", [Role.ASSESSOR, Role.AUDITOR, Role.ADMINISTRATOR, Role.AGENCY_HEAD])
def test_only_coordinators_see_and_decide_applications(client: CheckedClient, role: Role) -> None:
    ask(client, ANSWERS | PLACE)
    application = the_application().id
    client.sign_in(make_person(role))
    for path in ("/applications", f"/applications/{application}"):
        assert client.get(path).status_code == 403
    for act in ("approve", "refuse"):
        assert client.craft_post(f"/applications/{application}/{act}", data={"reason": "x"}).status_code == 403


def test_an_application_that_does_not_exist_is_no_page(client: CheckedClient) -> None:
    client.sign_in(make_person(Role.COORDINATOR))
    some = "00000000-0000-4000-8000-000000000000"
    assert client.get(f"/applications/{some}").status_code == 404
    assert client.craft_post(f"/applications/{some}/approve").status_code == 404


def test_the_finder_tells_one_office_several_or_none(client: CheckedClient) -> None:
    load_offices()
    db.session.commit()

    def page(query: str) -> str:
        return client.get(f"/offices?{query}").get_data(as_text=True)

    assert "Atlanta field office" in page("state=GA&county=Fulton")
    assert "Covers Georgia, North Carolina, South Carolina" in page("state=GA")
    assert "Type your county" in page("state=TX")
    assert "do not know which office serves Nowhere" in page("state=TX&county=Nowhere")
    assert "We know no office for American Samoa" in page("state=AS")
    assert "Choose the state, too" in page("county=Orange")
    assert "Atlanta field office" in page("state=Georgia")
