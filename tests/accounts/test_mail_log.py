"""Administrators see what became of each mail and send it again, but never what it says."""

import pytest
from flask import Flask
from sqlalchemy import select

from app.accounts.models import Person
from app.audit import Event
from app.extensions import db, now
from app.notifications.models import OutboxMessage
from app.policy import Role
from tests.builders import make_person, make_request
from tests.checked import CheckedClient


def mail(address: str = "head@example.gov", **values: object) -> OutboxMessage:
    """A mail about a case, in the outbox."""
    count = len(db.session.scalars(select(OutboxMessage)).all())
    message = OutboxMessage(
        **{"notice": "received", "address": address, "subject": f"We received request {count}", "body": "Secret words",
           "message_id": f"<{count}@x>", "case_id": make_request().id} | values
    )  # fmt: skip
    db.session.add(message)
    db.session.commit()
    return message


@pytest.fixture
def administrator(app: Flask) -> Person:
    return make_person(Role.ADMINISTRATOR)


@pytest.fixture
def administering(client: CheckedClient, administrator: Person) -> CheckedClient:
    return client.sign_in(administrator)


def test_the_log_shows_address_subject_state_and_fault_but_no_words(administering: CheckedClient) -> None:
    mail(sent_at=now())
    mail("broken@example.gov", dead_at=now(), attempts=12, fault="550 no such mailbox")
    page = administering.get("/admin/notices").get_data(as_text=True)
    for shown in ("head@example.gov", "We received request 0", "Sent", "Given up", "12 tries: 550 no such mailbox"):
        assert shown in page
    assert "Secret words" not in page


@pytest.mark.parametrize(
    ("query", "shown"),
    [("state=sent", {"a"}), ("state=waiting", {"b"}), ("state=given_up", {"c"}), ("state=held", {"d"}),
     ("words=B%40", {"b"}), ("words=request+2", {"c"}), ("state=nonsense", {"a", "b", "c", "d"}), ("words=%25", set())],
)  # fmt: skip
def test_mail_is_found_by_state_and_words(administering: CheckedClient, query: str, shown: set[str]) -> None:
    mail("a@example.gov", sent_at=now())
    mail("b@example.gov")
    mail("c@example.gov", dead_at=now())
    mail("d@example.gov", held=True)
    page = administering.get(f"/admin/notices?{query}").get_data(as_text=True)
    assert {name for name in "abcd" if f"{name}@example.gov" in page} == shown


def test_a_mail_that_was_given_up_is_tried_again_and_that_is_recorded(
    administering: CheckedClient, administrator: Person
) -> None:
    lost = mail(dead_at=now(), attempts=12, fault="timed out").id
    assert administering.get_page("/admin/notices").submit("Send again").status_code == 200
    db.session.expire_all()
    message = db.session.scalars(select(OutboxMessage)).one()
    assert (message.dead_at, message.attempts) == (None, 0)
    event = db.session.scalars(select(Event)).one()
    assert (event.action, event.actor_id, event.subject_id) == ("mail_sent_again", administrator.id, lost)


def test_a_mail_that_was_sent_goes_out_once_more_and_stays_in_the_log(administering: CheckedClient) -> None:
    mail(sent_at=now())
    page = administering.get_page("/admin/notices")
    for _ in range(2):  # the second click finds it waiting
        assert page.submit("Send again").status_code == 200
    messages = db.session.scalars(select(OutboxMessage)).all()
    assert sorted(message.sent_at is None for message in messages) == [False, True]
    assert len({message.message_id for message in messages}) == 2
    assert len(db.session.scalars(select(Event)).all()) == 1


def test_a_mail_that_waits_or_is_held_is_not_sent_twice(administering: CheckedClient) -> None:
    for message in (mail(), mail(held=True)):
        answer = administering.arrive(administering.craft_post(f"/admin/notices/{message.id}/again"))
        assert "waits to be sent already" in answer.text
    assert db.session.scalars(select(Event)).all() == []


def test_a_mail_that_is_none_is_no_page(administering: CheckedClient) -> None:
    assert administering.craft_post("/admin/notices/00000000-0000-4000-8000-000000000000/again").status_code == 404


def test_only_administrators_see_the_mail(client: CheckedClient, app: Flask) -> None:
    client.sign_in(make_person(Role.COORDINATOR))
    assert client.get("/admin/notices").status_code == 403
    assert client.craft_post(f"/admin/notices/{mail(sent_at=now()).id}/again").status_code == 403
