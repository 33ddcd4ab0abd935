"""A form that is too large gives its text back; its files are read past, and what is far too large is not read."""

from io import BytesIO

import pytest
from flask import Flask

from app.accounts.models import Person
from app.request_body import MOST_READ
from tests.checked import CheckedClient

LIMIT = 100_000


@pytest.fixture(autouse=True)
def limit(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Lets forms weigh little, so that a large file is made quickly."""
    monkeypatch.setitem(app.config, "MAX_CONTENT_LENGTH", LIMIT)


def send(client: CheckedClient, size: int, text: str) -> str:
    """Sends a text with a file of this size; what the answer says."""
    file = (BytesIO(bytes(size)), "large.pdf")
    response = client.craft_post("/account", data={"name": text, "files": file})  # a page that takes no file
    assert response.status_code == 413
    return response.get_data(as_text=True)


def test_the_text_beside_a_file_that_is_too_large_is_shown(client: CheckedClient, officer: Person) -> None:
    assert "Typed at length" in send(client.sign_in(officer), LIMIT, "Typed at length")


def test_what_is_far_too_large_is_not_read(client: CheckedClient, officer: Person) -> None:
    assert "Typed at length" not in send(client.sign_in(officer), MOST_READ * LIMIT, "Typed at length")


def test_it_cannot_be_sent_again_without_its_file(client: CheckedClient, officer: Person) -> None:
    assert "Send it again" not in send(client.sign_in(officer), LIMIT, "Typed at length")


def test_somebody_without_an_account_reads_it_too(client: CheckedClient) -> None:
    page = send(client, LIMIT, "Typed at length")
    assert "Typed at length" in page
    assert "Open the page again" not in page
