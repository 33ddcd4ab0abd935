"""The demonstration's mail page: newest first, links to follow, and nothing of it anywhere else."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from app.extensions import db, now
from app.notifications.models import OutboxMessage
from app.notifications.outbox import send_notice
from app.pagination import SIZE
from tests.checked import CheckedClient

pytestmark = pytest.mark.usefixtures("demonstration")


def write(count: int = 1) -> None:
    for n in range(count):
        send_notice("reset", [f"person{n:02d}@example.gov"], {}, path=f"/links/{n}")
        db.session.flush()
        message = db.session.scalars(
            select(OutboxMessage).where(OutboxMessage.address == f"person{n:02d}@example.gov")
        ).one()
        message.created_at = now() + timedelta(seconds=n)
    db.session.commit()


def test_an_empty_outbox_says_what_will_be_here(client: CheckedClient) -> None:
    assert "No mail yet" in client.get("/mail").get_data(as_text=True)


def test_the_link_of_a_mail_can_be_followed(client: CheckedClient) -> None:
    write()
    assert '<a class="usa-link" href="http://localhost/links/0">' in client.get("/mail").get_data(as_text=True)


def test_addresses_that_people_typed_are_no_links(client: CheckedClient) -> None:
    words = "see http://evil.example/ and http://localhost.evil.example/ <b>now</b>"
    send_notice("application_refused", ["pat@example.gov"], {"reason": words}, path="/join")
    db.session.commit()
    page = client.get("/mail").get_data(as_text=True)
    assert 'href="http://evil' not in page
    assert 'href="http://localhost.evil' not in page
    assert "<b>now" not in page


def test_the_newest_comes_first_and_older_ones_follow_on_further_pages(client: CheckedClient) -> None:
    write(SIZE + 2)
    first = client.get("/mail").get_data(as_text=True)
    assert first.index(f"person{SIZE + 1:02d}@") < first.index(f"person{SIZE:02d}@")
    assert "person01@" not in first
    assert "person01@" in client.get("/mail?page=2").get_data(as_text=True)


@pytest.mark.parametrize("setting", [("DEMONSTRATION", False), ("MAIL_URL", "smtp://mail.example.gov")])
def test_there_is_no_such_page_where_mail_is_real(
    app: Flask, client: CheckedClient, monkeypatch: pytest.MonkeyPatch, setting: tuple[str, object]
) -> None:
    monkeypatch.setitem(app.config, *setting)
    assert client.get("/mail").status_code == 404
