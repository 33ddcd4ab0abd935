"""Signing in: who may, who may not, what a guesser learns (nothing), and how a session ends."""

import re
from datetime import timedelta

import pytest
import time_machine
from flask import Flask

from app.accounts.models import Person
from app.accounts.sign_in.operations import FREE_TRIES
from app.accounts.sign_in.passwords import hash_password
from app.accounts.sign_in.sessions import safe_path
from app.extensions import db, now
from app.policy import Role
from tests.builders import make_person
from tests.checked import CheckedClient

PASSWORD = "violet harbor tin 9 sparrow"


@pytest.fixture
def officer(app: Flask) -> Person:
    return make_person(Role.AGENCY_OFFICER, email="pat@example.gov", password_hash=hash_password(PASSWORD))


def sign_in(client: CheckedClient, email: str = "Pat@Example.gov", password: str = PASSWORD, **more: str):
    """Sends the form of sign-in, also with another `next` than the page gave."""
    return client.craft_post("/sign-in", data={"email": email, "password": password, **more})


def test_the_right_password_leads_home(client: CheckedClient, officer: Person) -> None:
    response = sign_in(client)
    assert (response.status_code, response.location) == (303, "/home")


@pytest.mark.parametrize(("role", "start"), [(Role.COORDINATOR, "/queue"), (Role.ADMINISTRATOR, "/admin")])
def test_staff_start_on_a_page_that_is_theirs(client: CheckedClient, app: Flask, role: Role, start: str) -> None:
    make_person(role, email="pat@example.gov", password_hash=hash_password(PASSWORD))
    response = sign_in(client)
    assert response.location == start
    assert client.get(start).status_code == 200


def test_after_signing_in_one_is_where_one_wanted_to_go(client: CheckedClient, officer: Person) -> None:
    assert sign_in(client, next="/programs/best?x=1").location == "/programs/best?x=1"


@pytest.mark.parametrize(
    "target",
    [
        "//evil.example",
        "/\\evil.example",
        "https://evil.example",
        "javascript:alert(1)",
        "/%2f%2fevil.example",
        "/a\r\nb",
        "/\t/x",
    ],
)
def test_nobody_is_sent_elsewhere(client: CheckedClient, officer: Person, target: str) -> None:
    assert safe_path(target) is None
    assert sign_in(client, next=target).location == "/home"


def test_unknown_wrong_and_deactivated_look_the_same(client: CheckedClient, officer: Person) -> None:
    wrong = sign_in(client, email="pat@example.gov", password="something else entirely")
    unknown = sign_in(client, email="nobody@example.gov")
    officer.active = False
    db.session.commit()
    deactivated = sign_in(client, email="pat@example.gov")
    pages = [
        page.get_data(as_text=True).replace("nobody@example.gov", "pat@example.gov")
        for page in (wrong, unknown, deactivated)
    ]
    assert {page.status_code for page in (wrong, unknown, deactivated)} == {422}
    assert "not right" in pages[0]
    assert len({re.sub(r'(nonce|name="csrf_token"[^>]* value)="[^"]*"', "", page) for page in pages}) == 1


def test_after_several_failures_even_the_right_password_waits(client: CheckedClient, officer: Person) -> None:
    for _ in range(FREE_TRIES):
        sign_in(client, password="something else entirely")
    assert sign_in(client).status_code == 429
    with time_machine.travel(now() + timedelta(minutes=2)):
        assert sign_in(client).status_code == 303


def test_who_is_deactivated_is_out_at_the_next_click(client: CheckedClient, officer: Person) -> None:
    sign_in(client)
    assert client.get_page("/home").submit("Sign out").status_code == 200
    sign_in(client)
    officer.active = False
    db.session.commit()
    assert client.craft_post("/sign-out").status_code == 401


def test_raising_the_epoch_ends_every_session(client: CheckedClient, officer: Person) -> None:
    sign_in(client)
    officer.epoch += 1
    db.session.commit()
    assert client.craft_post("/sign-out").status_code == 401


def test_what_was_typed_into_a_lost_session_is_shown_again(client: CheckedClient, officer: Person) -> None:
    response = client.craft_post("/sign-out", data={"objective": "Fewer <guns> on I-35", "password": "never shown"})
    page = response.get_data(as_text=True)
    assert response.status_code == 401
    assert "Fewer &lt;guns&gt; on I-35" in page
    assert "never shown" not in page
