"""Who gets in and how: by an invitation that works once, an application somebody checked, or an administrator."""

from datetime import timedelta

import pytest
import time_machine
from click.testing import CliRunner
from flask import Flask
from sqlalchemy import select

from app.accounts.models import AccessApplication, Person
from app.accounts.offices.operations import load_offices
from app.accounts.people import operations
from app.accounts.roles import confirmations
from app.accounts.sign_in.mail_links import ask_for_reset, find_link, make_link
from app.accounts.sign_in.passwords import hash_password, verify_password
from app.extensions import db, now
from app.notifications.models import OutboxMessage
from app.policy import Role, Seat
from tests.builders import make_agency, make_office, make_person
from tests.checked import CheckedClient
from tests.page import Page

PASSWORD = "violet harbor tin 9 sparrow"
APPLICATION = {
    "ori": "TX9990700", "agency_name": "Made-up County Sheriff's Office", "state": "TX", "county": "Made-up",
    "kind": "sheriff", "applicant_name": "Pat Doe", "applicant_title": "Captain",
    "applicant_email": "pat@made-up.example.gov",
    "head_name": "Alex Roe", "head_title": "Sheriff", "head_email": "alex@made-up.example.gov",
}  # fmt: skip


def ask(client: CheckedClient, **answers: str) -> Page:
    """Asks for access as the application says, but for these answers."""
    typed = {name: value for name, value in APPLICATION.items() if name != "ori"} | answers
    return client.get_page(f"/join?ori={APPLICATION['ori']}").submit("Ask for access", typed)


def secret(path: str) -> str:
    return path.rsplit("/", 1)[1]


@pytest.fixture
def invited(app: Flask) -> Person:
    return make_person(Role.AGENCY_OFFICER)


def test_a_link_sets_the_password_once(invited: Person, client: CheckedClient) -> None:
    path = make_link(invited, "invitation")
    db.session.commit()
    for _ in range(2):
        assert client.get(path).status_code == 200  # mail scanners open links, too
    response = client.get_page(path).submit("Set the password and sign in", {"password": PASSWORD, "again": PASSWORD})
    assert (response.status_code, response.address) == (200, "/home")
    db.session.refresh(invited)
    assert verify_password(PASSWORD, invited.password_hash)
    assert client.craft_post(path, data={"password": PASSWORD, "again": PASSWORD}).status_code == 404


@pytest.mark.parametrize(("purpose", "hours"), [("invitation", 24), ("reset", 1)])
def test_a_link_runs_out(invited: Person, purpose: str, hours: int) -> None:
    path = make_link(invited, purpose)
    db.session.commit()
    assert find_link(secret(path)) is not None
    with time_machine.travel(now() + timedelta(hours=hours, minutes=1)):
        assert find_link(secret(path)) is None


def test_a_newer_link_replaces_the_older(invited: Person) -> None:
    first, second = make_link(invited, "reset"), make_link(invited, "reset")
    assert find_link(secret(first)) is None
    assert find_link(secret(second)) is not None


def test_the_link_of_somebody_deactivated_is_dead(invited: Person) -> None:
    path = make_link(invited, "invitation")
    invited.active = False
    assert find_link(secret(path)) is None


def test_asking_for_a_new_password_tells_nobody_who_has_an_account(invited: Person, client: CheckedClient) -> None:
    known = client.get_page("/password").submit("Send the link", {"email": invited.email})
    unknown = client.get_page("/password").submit("Send the link", {"email": "nobody@example.gov"})
    assert (known.status_code, known.address) == (unknown.status_code, unknown.address)
    assert [mail.address for mail in db.session.scalars(select(OutboxMessage))] == [invited.email]


def test_a_deactivated_person_gets_no_link(invited: Person) -> None:
    invited.active = False
    ask_for_reset(invited.email)
    assert db.session.scalars(select(OutboxMessage)).all() == []


def test_weak_and_unlike_passwords_are_refused(invited: Person, client: CheckedClient) -> None:
    path = make_link(invited, "invitation")
    db.session.commit()
    for password, again in (("short", "short"), (PASSWORD, PASSWORD + "x"), ("password password", "password password")):
        assert (
            client.get_page(path)
            .submit("Set the password and sign in", {"password": password, "again": again})
            .status_code
            == 422
        )


def test_an_agency_asks_and_a_coordinator_lets_it_in(app: Flask, client: CheckedClient) -> None:
    coordinator = make_person(Role.COORDINATOR)
    assert ask(client).status_code == 200
    application = db.session.scalar(select(AccessApplication))
    client.sign_in(coordinator)
    assert "Made-up County" in client.get("/applications").get_data(as_text=True)
    assert client.get_page(f"/applications/{application.id}").submit("Approve and invite").status_code == 200
    invited = {person.email: person.roles for person in db.session.scalars(select(Person)).unique() if person.agency_id}
    assert invited == {
        "alex@made-up.example.gov": {Role.AGENCY_HEAD},
        "pat@made-up.example.gov": {Role.AGENCY_OFFICER},
    }
    assert client.craft_post(f"/applications/{application.id}/approve").status_code == 409


def test_a_refusal_has_its_reason_and_reaches_the_applicant(app: Flask, client: CheckedClient) -> None:
    ask(client)
    application = db.session.scalar(select(AccessApplication))
    client.sign_in(make_person(Role.COORDINATOR))
    assert client.get_page(f"/applications/{application.id}").submit("Refuse access", {"reason": ""}).status_code == 422
    assert (
        client.get_page(f"/applications/{application.id}")
        .submit("Refuse access", {"reason": "Not the head."})
        .status_code
        == 200
    )
    last = db.session.scalars(select(OutboxMessage).where(OutboxMessage.notice == "application_refused")).one()
    assert "Not the head." in last.body


@pytest.mark.parametrize("field", ["ori", "agency_name", "state", "kind", "applicant_email", "head_email"])
@pytest.mark.parametrize("typed", ["", "\0", "x" * 9000])
def test_an_application_with_a_hole_is_refused_and_kept_on_the_page(
    client: CheckedClient, field: str, typed: str
) -> None:
    response = client.craft_post("/join", data=APPLICATION | {field: typed})
    assert response.status_code == 422
    assert "Pat Doe" in response.get_data(as_text=True)


def test_two_agencies_may_share_an_ori(app: Flask, client: CheckedClient) -> None:
    for name in ("First Office", "Second Office"):
        make_agency(ori="TX9990800", name=name)
    page = client.get("/join?ori=tx9990800").get_data(as_text=True)
    assert "First Office" in page
    assert "Second Office" in page


def test_only_a_coordinator_decides_on_access(app: Flask, client: CheckedClient) -> None:
    assert client.sign_in(make_person(Role.ASSESSOR)).get("/applications").status_code == 403


def test_the_head_manages_the_team_and_an_officer_only_reads_it(app: Flask, client: CheckedClient) -> None:
    head = make_person(Role.AGENCY_HEAD)
    officer = make_person(Role.AGENCY_OFFICER, agency=head.agency)
    new = {"name": "New Person", "email": "new@example.gov", "role": "agency_officer"}
    assert client.sign_in(officer).get("/team").status_code == 200
    assert client.craft_post("/team", data=new).status_code == 403
    client.sign_in(head)
    assert client.get_page("/team").submit("Send the invitation", new).status_code == 200
    assert client.get_page("/team").submit("Send the invitation", new).status_code == 422
    assert client.get_page("/team").submit(f"Deactivate {officer.name}").status_code == 200
    assert client.craft_post(f"/team/{head.id}/deactivate").status_code == 403
    assert client.sign_in(officer).get("/team").status_code == 302


def test_a_person_of_another_agency_does_not_exist(app: Flask, client: CheckedClient) -> None:
    stranger = make_person(Role.AGENCY_OFFICER)
    client.sign_in(make_person(Role.AGENCY_HEAD))
    for act in ("deactivate", "agency_head", "invite"):
        assert client.craft_post(f"/team/{stranger.id}/{act}").status_code == 404


def test_an_administrator_invites_staff_with_seats_and_programs(app: Flask, client: CheckedClient) -> None:
    office = make_office("headquarters")
    client.sign_in(make_person(Role.ADMINISTRATOR))
    data = {
        "name": "New Staff", "email": "staff@ice.example.gov", "office": str(office.id),
        "roles": ["reviewer", "approving_official"], "seats": ["legal"], "programs": ["best"],
        "reason": "The seat is vacant",
    }  # fmt: skip
    assert client.get_page("/admin/people/new").submit("Send the invitation", data).status_code == 200
    person = db.session.scalar(select(Person).where(Person.email == "staff@ice.example.gov"))
    confirmations.confirm_roles(confirmations.open_proposals(person.id)[0].id, make_person(Role.ADMINISTRATOR).actor)
    assert (person.actor.seats, person.actor.programs) == ({Seat.LEGAL}, {"best"})


def test_nobody_grants_themselves_a_role_and_one_administrator_stays(app: Flask, client: CheckedClient) -> None:
    admin = make_person(Role.ADMINISTRATOR)
    client.sign_in(admin)
    response = client.get_page(f"/admin/people/{admin.id}").submit("Save", roles=["administrator", "coordinator"])
    assert response.status_code == 422
    assert "Another administrator" in response.text
    assert client.craft_post(f"/admin/people/{admin.id}/deactivate").status_code == 403


def test_roles_that_change_end_the_sessions(app: Flask, client: CheckedClient) -> None:
    assessor = make_person(Role.ASSESSOR)
    other = app.test_client().sign_in(assessor)
    assert other.get("/queue").status_code == 200
    operations.set_grants(assessor, make_person(Role.ADMINISTRATOR).actor, [(Role.AUDITOR, "")])
    db.session.commit()
    assert other.get("/queue").status_code == 302


def test_an_administrator_reads_no_case(app: Flask, client: CheckedClient) -> None:
    client.sign_in(make_person(Role.ADMINISTRATOR))
    assert client.get("/queue").status_code == 403
    for path in ("people", "agencies", "offices", "people/new"):
        assert client.get(f"/admin/{path}").status_code == 200


@pytest.mark.parametrize("path", ["people", "people/new", "agencies", "offices"])
def test_only_administrators_administer(app: Flask, client: CheckedClient, path: str) -> None:
    assert client.sign_in(make_person(Role.COORDINATOR)).get(f"/admin/{path}").status_code == 403


@pytest.mark.parametrize(
    ("query", "words"),
    [("", "Find your office"), ("state=GA", "Atlanta"), ("state=TX", "Several offices share Texas"),
     ("state=ZZ", "Choose a state"), ("state=%00&county=%00", "Find your office"), ("county=" + "x" * 3000, "Find")],
)  # fmt: skip
def test_the_office_finder_answers_whatever_is_typed(client: CheckedClient, query: str, words: str) -> None:
    load_offices()
    db.session.commit()
    assert words in client.get(f"/offices?{query}").get_data(as_text=True)


def test_the_first_two_administrators_are_made_by_a_command(app: Flask) -> None:
    runner = app.test_cli_runner()
    first = runner.invoke(args=["administrator", "create", "Chief@ice.example.gov", "Kim Rowan"])
    assert first.exit_code == 0, first.output
    assert find_link(secret(first.output.strip())) is not None
    assert runner.invoke(args=["administrator", "create", "x@ice.example.gov", "Other"]).exit_code == 0
    assert runner.invoke(args=["administrator", "create", "y@ice.example.gov", "Third"]).exit_code == 2


def test_a_bad_address_makes_no_administrator(app: Flask) -> None:
    runner: CliRunner = app.test_cli_runner()
    assert runner.invoke(args=["administrator", "create", "nonsense", "Kim"]).exit_code == 2


def test_ones_own_account_can_be_changed(invited: Person, client: CheckedClient) -> None:
    client.sign_in(invited)
    assert client.get("/account").status_code == 200
    assert client.get_page("/account").submit("Save", {"name": "New Name", "title": "Major"}).status_code == 200
    assert client.get_page("/account").submit("Save", {"name": ""}).status_code == 422
    db.session.refresh(invited)
    assert invited.name == "New Name"


def test_ones_own_password_is_changed_by_who_knows_it_and_ends_the_other_sessions(
    app: Flask, client: CheckedClient
) -> None:
    person = make_person(Role.AGENCY_OFFICER, password_hash=hash_password(PASSWORD))
    elsewhere = app.test_client().sign_in(person)
    client.sign_in(person)
    new = {"password": "lantern mosaic 42 river", "again": "lantern mosaic 42 river"}
    assert (
        client.get_page("/account")
        .submit("Change the password", new | {"current": "something else entirely"})
        .status_code
        == 422
    )
    assert elsewhere.get("/account").status_code == 200
    assert client.get_page("/account").submit("Change the password", new | {"current": PASSWORD}).status_code == 200
    assert client.get("/account").status_code == 200
    assert elsewhere.get("/account").status_code == 302
    db.session.refresh(person)
    assert verify_password(new["password"], person.password_hash)


def test_without_a_demonstration_set_on_purpose_nobody_reads_the_mail_of_others(
    client: CheckedClient, invited: Person
) -> None:
    ask_for_reset(invited.email)
    db.session.commit()
    assert client.get("/mail").status_code == 404
