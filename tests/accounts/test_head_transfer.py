"""An agency's head hands over to somebody who accepts; at every moment the agency has a head."""

import pytest
from flask import Flask
from sqlalchemy import select

from app.accounts.agencies import head_transfer
from app.accounts.models import Person, RoleProposal
from app.accounts.people import account_actions
from app.audit import Event
from app.extensions import db
from app.notifications.models import OutboxMessage
from app.policy import Role
from tests.builders import make_person
from tests.checked import CheckedClient


@pytest.fixture
def head(app: Flask) -> Person:
    return make_person(Role.AGENCY_HEAD, password_hash="set up")


@pytest.fixture
def officer(head: Person) -> Person:
    return make_person(Role.AGENCY_OFFICER, agency=head.agency, password_hash="set up")


@pytest.fixture
def asked(client: CheckedClient, head: Person, officer: Person) -> Person:
    """The officer, whom the head has asked."""
    client.sign_in(head).get_page("/team").submit(f"Hand over to {officer.name}")
    return officer


def roles(*people: Person) -> list[set[Role]]:
    db.session.expire_all()
    return [set(person.roles) for person in people]


def actions() -> set[str]:
    return set(db.session.scalars(select(Event.action)))


def told(notice: str) -> list[str]:
    return list(db.session.scalars(select(OutboxMessage.address).where(OutboxMessage.notice == notice)))


def test_nothing_changes_until_the_successor_accepts(client: CheckedClient, head: Person, asked: Person) -> None:
    assert roles(head, asked) == [{Role.AGENCY_HEAD}, {Role.AGENCY_OFFICER}]
    assert told("handover_asked") == [asked.email]
    page = client.sign_in(asked).get("/home").get_data(as_text=True)
    assert "Become the head of your agency?" in page
    assert f"{head.name} becomes an officer" in client.get("/team/handover").get_data(as_text=True)


def test_who_accepts_is_the_head_and_who_asked_an_officer(client: CheckedClient, head: Person, asked: Person) -> None:
    client.sign_in(asked)
    assert client.get_page("/team/handover").submit("Accept, and become the head").status_code == 200
    assert roles(head, asked) == [{Role.AGENCY_OFFICER}, {Role.AGENCY_HEAD}]
    assert "Invite a colleague" in client.get("/team").get_data(as_text=True)  # still signed in, as the head
    assert told("handover_answered") == [head.email]
    assert {"handover_asked", "handover_accepted", "roles_set"} <= actions()
    assert client.craft_post("/team/handover/accept").status_code == 303
    assert roles(head, asked) == [{Role.AGENCY_OFFICER}, {Role.AGENCY_HEAD}]


def test_who_declines_stays_what_they_are(client: CheckedClient, head: Person, asked: Person) -> None:
    client.sign_in(asked).get_page("/team/handover").submit("Decline")
    assert roles(head, asked) == [{Role.AGENCY_HEAD}, {Role.AGENCY_OFFICER}]
    assert "handover_declined" in actions()
    client.craft_post("/team/handover/accept")
    assert roles(head, asked) == [{Role.AGENCY_HEAD}, {Role.AGENCY_OFFICER}]


def test_a_question_taken_back_is_answered_no_more(client: CheckedClient, head: Person, asked: Person) -> None:
    client.sign_in(head).get_page("/team/handover").submit("Take the question back")
    client.sign_in(asked).craft_post("/team/handover/accept")
    assert roles(head, asked) == [{Role.AGENCY_HEAD}, {Role.AGENCY_OFFICER}]


def test_nobody_but_who_was_asked_accepts(client: CheckedClient, head: Person, asked: Person) -> None:
    other = make_person(Role.AGENCY_OFFICER, agency=head.agency)
    administrators = [make_person(Role.ADMINISTRATOR) for _ in range(2)]
    client.sign_in(other).craft_post("/team/handover/accept")
    proposal = db.session.scalars(select(RoleProposal)).one()
    client.sign_in(administrators[0])
    assert client.craft_post(f"/admin/proposals/{proposal.id}/confirm").status_code == 404
    assert asked.name not in client.get("/admin/proposals").get_data(as_text=True)
    assert roles(head, asked, other) == [{Role.AGENCY_HEAD}, {Role.AGENCY_OFFICER}, {Role.AGENCY_OFFICER}]


def test_only_a_colleague_with_an_account_is_asked_and_only_by_the_head(
    client: CheckedClient, head: Person, officer: Person
) -> None:
    invited = make_person(Role.AGENCY_OFFICER, agency=head.agency)
    gone = make_person(Role.AGENCY_OFFICER, agency=head.agency, password_hash="set up", active=False)
    stranger = make_person(Role.AGENCY_OFFICER, password_hash="set up")
    client.sign_in(head)
    for person in (invited, gone, head):
        assert client.craft_post(f"/team/{person.id}/hand-over").status_code == 303
    assert client.craft_post(f"/team/{stranger.id}/hand-over").status_code == 404
    assert client.sign_in(officer).craft_post(f"/team/{officer.id}/hand-over").status_code == 403
    assert db.session.scalars(select(RoleProposal)).all() == []


def test_a_question_of_somebody_who_is_no_longer_head_is_void(head: Person, officer: Person) -> None:
    other = make_person(Role.AGENCY_HEAD, agency=head.agency)
    head_transfer.ask_successor(head.agency_id, head.actor, officer.id)
    account_actions.take_account_action("agency_officer", head, other.actor)
    with pytest.raises(head_transfer.TransferNotPossible, match="no longer a head"):
        head_transfer.accept_transfer(officer.actor)


@pytest.mark.parametrize("act", ["deactivate", "agency_officer", "agency_viewer"])
def test_of_two_heads_who_remove_each_other_one_stays(head: Person, act: str) -> None:
    other = make_person(Role.AGENCY_HEAD, agency=head.agency)
    as_heads = head.actor, other.actor
    account_actions.take_account_action(act, other, as_heads[0])
    with pytest.raises(head_transfer.LastHead):
        account_actions.take_account_action(act, head, as_heads[1])


def test_scenario_09_a_co_editor_is_invited_accepts_and_is_removed_and_a_viewer_cannot_edit(
    client: CheckedClient, head: Person
) -> None:
    client.sign_in(head)
    client.get_page("/team").submit(
        "Send the invitation", {"name": "Pat Doe", "email": "pat@example.gov", "role": "agency_officer"}
    )
    person = db.session.scalars(select(Person).where(Person.email == "pat@example.gov")).one()
    mail = db.session.scalars(select(OutboxMessage).where(OutboxMessage.notice == "invitation")).one()
    link = "/links/" + mail.body.split("/links/")[1].split()[0]
    password = "violet harbor tin 9 sparrow"
    visitor = client.application.test_client()
    assert (
        visitor.get_page(link)
        .submit("Set the password and sign in", {"name": "Pat Doe", "password": password, "again": password})
        .status_code
        == 200
    )
    draft = visitor.get_page("/requests/new").submit("Start the request").address
    assert visitor.get(draft).status_code == 200
    client.get_page("/team").submit("Make Pat Doe a viewer")
    visitor.sign_in(db.session.get_one(Person, person.id, populate_existing=True))
    assert visitor.get(draft).status_code == 403
    client.get_page("/team").submit("Deactivate Pat Doe")
    assert visitor.get("/home").status_code == 302
