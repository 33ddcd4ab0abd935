"""A role that carries power is given by two administrators: one proposes with a reason, another confirms."""

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app.accounts.models import Person, RoleProposal
from app.accounts.roles import confirmations
from app.audit import Event
from app.extensions import db
from app.notifications.models import OutboxMessage
from app.policy import NEEDS_TWO, Role
from tests.builders import make_office, make_person
from tests.checked import CheckedClient


@pytest.fixture
def first(app: Flask) -> Person:
    return make_person(Role.ADMINISTRATOR, name="Ada Root", email="ada@ice.example.gov")


@pytest.fixture
def second(app: Flask) -> Person:
    return make_person(Role.ADMINISTRATOR, name="Ben Root", email="ben@ice.example.gov")


def form(person: Person, *roles: Role, **more: object) -> dict[str, object]:
    """What the page of a person sends."""
    return {"name": person.name, "title": "", "office": str(person.office_id), "roles": [r.value for r in roles]} | more


def proposed(client: CheckedClient, by: Person, person: Person, *roles: Role) -> RoleProposal:
    """That administrator proposes these roles in addition to the assessor's."""
    client.sign_in(by)
    sent = form(person, Role.ASSESSOR, *roles, reason="Takes over the desk", programs=["best"], seats=["legal"])
    assert client.get_page(f"/admin/people/{person.id}").submit("Save", sent).status_code == 200
    return db.session.scalars(select(RoleProposal).where(RoleProposal.state == "waiting")).one()


def roles_of(person: Person) -> set[Role]:
    db.session.expire_all()
    return set(db.session.get_one(Person, person.id).roles)


@pytest.mark.parametrize("role", sorted(NEEDS_TWO))
def test_a_role_with_power_is_held_only_after_another_administrator_confirms(
    client: CheckedClient, first: Person, second: Person, role: Role
) -> None:
    somebody = make_person(Role.ASSESSOR)
    proposed(client, first, somebody, role)
    assert roles_of(somebody) == {Role.ASSESSOR}
    client.sign_in(second)
    assert "Takes over the desk" in client.get("/admin/proposals").get_data(as_text=True)
    assert client.get_page("/admin/proposals").submit("Confirm").status_code == 200
    assert roles_of(somebody) == {Role.ASSESSOR, role}
    actions = db.session.scalars(select(Event.action).order_by(Event.id)).all()
    assert actions == ["role_proposed", "roles_set", "proposal_confirmed"]
    who = {event.action: event.actor_id for event in db.session.scalars(select(Event))}
    assert (who["role_proposed"], who["proposal_confirmed"]) == (first.id, second.id)


def test_who_proposed_does_not_confirm(client: CheckedClient, first: Person, second: Person) -> None:
    somebody = make_person(Role.ASSESSOR)
    proposal = proposed(client, first, somebody, Role.COORDINATOR)
    refused = client.craft_post(f"/admin/proposals/{proposal.id}/confirm")
    assert refused.status_code == 403
    assert "Another administrator confirms this" in refused.get_data(as_text=True)
    assert roles_of(somebody) == {Role.ASSESSOR}


def test_who_would_get_the_role_does_not_confirm_it(client: CheckedClient, first: Person, second: Person) -> None:
    client.sign_in(first)
    sent = form(second, Role.ADMINISTRATOR, Role.COORDINATOR, reason="Covers the desk")
    assert client.get_page(f"/admin/people/{second.id}").submit("Save", sent).status_code == 200
    (proposal,) = confirmations.open_proposals(second.id)
    client.sign_in(second)
    assert client.craft_post(f"/admin/proposals/{proposal.id}/confirm").status_code == 403
    assert roles_of(second) == {Role.ADMINISTRATOR}


def test_the_database_too_refuses_one_who_is_both(app: Flask, first: Person) -> None:
    somebody = make_person(Role.ASSESSOR)
    proposal = confirmations.propose_roles(somebody, first.actor, [(Role.COUNSEL, "")], "Takes over the desk")
    proposal.state, proposal.decided_by_id, proposal.decided_at = "confirmed", first.id, proposal.proposed_at
    with pytest.raises(IntegrityError):
        db.session.flush()
    db.session.rollback()


def test_a_role_with_power_needs_a_reason(client: CheckedClient, first: Person) -> None:
    somebody = make_person(Role.ASSESSOR)
    client.sign_in(first)
    refused = client.get_page(f"/admin/people/{somebody.id}").submit(
        "Save", form(somebody, Role.ASSESSOR, Role.COUNSEL)
    )
    assert refused.status_code == 422
    assert "Give your reason" in refused.text
    new = {"name": "New", "email": "new@ice.example.gov", "office": str(make_office().id), "roles": ["counsel"]}
    assert client.get_page("/admin/people/new").submit("Send the invitation", new).status_code == 422
    assert db.session.scalar(select(Person).where(Person.email == "new@ice.example.gov")) is None


def test_taking_a_role_away_and_making_an_assessor_take_one(client: CheckedClient, first: Person) -> None:
    somebody = make_person(Role.COUNSEL, Role.AUDITOR)
    client.sign_in(first)
    assert (
        client.get_page(f"/admin/people/{somebody.id}")
        .submit("Save", form(somebody, Role.AUDITOR, Role.ASSESSOR))
        .status_code
        == 200
    )
    assert roles_of(somebody) == {Role.AUDITOR, Role.ASSESSOR}
    assert confirmations.open_proposals() == []


def test_somebody_new_is_invited_when_their_role_is_confirmed(
    client: CheckedClient, first: Person, second: Person
) -> None:
    client.sign_in(first)
    new = {"name": "New Counsel", "email": "new@ice.example.gov", "office": str(make_office().id), "roles": ["counsel"],
           "reason": "A vacancy is filled"}  # fmt: skip
    assert client.get_page("/admin/people/new").submit("Send the invitation", new).status_code == 200
    mails = [(mail.notice, mail.address) for mail in db.session.scalars(select(OutboxMessage))]
    assert mails == [("role_proposed", "ben@ice.example.gov")]
    person = db.session.scalars(select(Person).where(Person.email == "new@ice.example.gov")).one()
    assert client.craft_post(f"/admin/people/{person.id}/invite").status_code == 404
    assert len(confirmations.open_proposals()) == 1
    client.sign_in(second)
    assert client.get_page("/admin/proposals").submit("Confirm").status_code == 200
    invited = db.session.scalars(select(OutboxMessage).where(OutboxMessage.notice == "invitation")).one()
    assert invited.address == "new@ice.example.gov"


@pytest.mark.parametrize("by_proposer", [True, False])
def test_a_proposal_is_taken_back_or_refused_and_gives_nothing(
    client: CheckedClient, first: Person, second: Person, by_proposer: bool
) -> None:
    somebody = make_person(Role.ASSESSOR)
    proposal = proposed(client, first, somebody, Role.COORDINATOR)
    client.sign_in(first if by_proposer else second)
    page = client.get_page("/admin/proposals")
    assert page.submit("Take it back" if by_proposer else "Refuse").status_code == 200
    assert client.sign_in(second).craft_post(f"/admin/proposals/{proposal.id}/confirm").status_code == 409
    assert client.craft_post(f"/admin/proposals/{proposal.id}/close").status_code == 409
    assert roles_of(somebody) == {Role.ASSESSOR}


def test_nobody_deactivated_gets_a_role(client: CheckedClient, first: Person, second: Person) -> None:
    somebody = make_person(Role.ASSESSOR)
    proposed(client, first, somebody, Role.COORDINATOR)
    assert client.get_page(f"/admin/people/{somebody.id}").submit("Deactivate now").status_code == 200
    assert client.sign_in(second).get_page("/admin/proposals").submit("Confirm").status_code == 409


def test_a_later_proposal_takes_the_place_of_an_earlier_one(client: CheckedClient, first: Person) -> None:
    somebody = make_person(Role.ASSESSOR)
    earlier = proposed(client, first, somebody, Role.COORDINATOR).id
    later = proposed(client, first, somebody, Role.COUNSEL)
    assert (later.id != earlier, later.grants) == (True, [["counsel", ""]])


def test_the_only_administrator_is_told_how_there_comes_to_be_another(client: CheckedClient, first: Person) -> None:
    client.sign_in(first)
    assert "flask administrator create" in client.get("/admin/proposals").get_data(as_text=True)
    assert "flask administrator create" in client.get("/admin/people/new").get_data(as_text=True)
    make_person(Role.ADMINISTRATOR)
    assert "flask administrator create" not in client.get("/admin/proposals").get_data(as_text=True)


def test_only_administrators_see_what_waits(client: CheckedClient, first: Person) -> None:
    somebody = make_person(Role.ASSESSOR)
    proposal = proposed(client, first, somebody, Role.COORDINATOR)
    client.sign_in(make_person(Role.COORDINATOR))
    assert client.get("/admin/proposals").status_code == 403
    assert {client.craft_post(f"/admin/proposals/{proposal.id}/{act}").status_code for act in ("confirm", "close")} == {
        403
    }
