"""What is typed in a browser is there again: once for each way in which it could be lost."""

import uuid

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from app.agency_requests.models import AgencyRequest
from app.extensions import db
from app.messages.models import Thread
from tests.browser.conftest import LiveServer, Visitor
from tests.browser.test_messages import be, case_and_people

TYPED = "Monday at nine, <at the jail>.\nBring the forms."
AGAIN = "It stands on this page again."
LARGE = {"name": "large.pdf", "mimeType": "application/pdf", "buffer": bytes(26 * 1024 * 1024)}
OPEN_AGAIN = "Open the page again"


@pytest.fixture
def thread(visitor: Visitor, live: LiveServer) -> tuple[str, uuid.UUID, uuid.UUID]:
    """A conversation that the head of an agency has open: its address, its request and the head."""
    case, _, head = case_and_people(live, talking=True)
    be(visitor, live, head)
    with live.app.app_context():
        return f"/threads/{db.session.scalars(select(Thread.id)).one()}", case, head


def kept(page: Page) -> None:
    """Waits until the server has what was typed."""
    with page.expect_response(lambda answer: "/kept?" in answer.url):
        page.get_by_label("Your answer").fill(TYPED)


def stands(page: Page) -> None:
    expect(page.get_by_text(AGAIN)).to_be_visible()
    expect(page.get_by_label("Your answer")).to_have_value(TYPED)


def test_who_leaves_and_comes_back_finds_it_until_it_is_sent(
    visitor: Visitor, thread: tuple[str, uuid.UUID, uuid.UUID]
) -> None:
    kept(visitor.open(thread[0]))
    visitor.open("/home")
    stands(visitor.open(thread[0], at_both_widths=True))
    page = visitor.press("Send message")
    assert "Monday at nine" in page.inner_text("main")
    expect(visitor.open(thread[0]).get_by_label("Your answer")).to_have_value("")
    expect(page.get_by_text("Not saved yet")).to_have_count(0)


def test_what_is_kept_is_read_and_dropped(visitor: Visitor, thread: tuple[str, uuid.UUID, uuid.UUID]) -> None:
    kept(visitor.open(thread[0]))
    page = visitor.open(thread[0])
    visitor.press("Read it or drop it")
    assert "<at the jail>" in page.inner_text("main")
    visitor.press("Drop it")
    expect(page.get_by_label("Your answer")).to_have_value("")


def test_another_form_of_the_page_is_sent(visitor: Visitor, thread: tuple[str, uuid.UUID, uuid.UUID]) -> None:
    page = visitor.open(thread[0])
    page.get_by_label("Your answer").fill(TYPED)
    visitor.press("Mark as resolved")
    stands(page)


def test_a_form_is_sent_once_however_often_it_is_clicked(
    visitor: Visitor, thread: tuple[str, uuid.UUID, uuid.UUID]
) -> None:
    page = visitor.open(thread[0])
    page.get_by_label("Your answer").fill("Sent once.")
    with page.expect_navigation():
        page.get_by_role("button", name="Send message").dblclick()
    assert page.get_by_text("Sent once.").count() == 1


def test_the_session_ends(visitor: Visitor, live: LiveServer, thread: tuple[str, uuid.UUID, uuid.UUID]) -> None:
    page = visitor.open(thread[0])
    page.get_by_label("Your answer").fill(TYPED)
    page.context.clear_cookies(name=live.app.config["SESSION_COOKIE_NAME"])
    with page.expect_navigation():
        page.get_by_role("button", name="Send message").click()
    assert "We kept what you typed" in page.inner_text("main")
    visitor.complaints.clear()
    be(visitor, live, thread[2])
    stands(visitor.open(thread[0]))


def test_a_file_is_too_large(visitor: Visitor, thread: tuple[str, uuid.UUID, uuid.UUID]) -> None:
    page = visitor.open(thread[0])
    page.get_by_label("Your answer").fill(TYPED)
    page.locator("input[type=file]").set_input_files([LARGE])  # type: ignore[list-item] # as Playwright documents it
    with page.expect_navigation():
        page.get_by_role("button", name="Send message").click()
    assert "That is too large" in page.inner_text("h1")
    assert "Bring the forms." in page.inner_text("main")
    visitor.press(OPEN_AGAIN)
    stands(page)


def test_the_form_is_not_valid(visitor: Visitor, thread: tuple[str, uuid.UUID, uuid.UUID]) -> None:
    page = visitor.open(thread[0])
    page.get_by_label("Your answer").fill("x" * 21_000)
    visitor.press("Send message")
    expect(page.get_by_label("Your answer")).to_have_value("x" * 21_000)
    visitor.open("/home")
    expect(visitor.open(thread[0]).get_by_label("Your answer")).to_have_value("x" * 21_000)


def test_another_tab_was_saved(visitor: Visitor, live: LiveServer, thread: tuple[str, uuid.UUID, uuid.UUID]) -> None:
    address = f"/requests/{thread[1]}/withdraw"
    page = visitor.open(address)
    page.get_by_role("textbox").fill(TYPED)
    with live.app.app_context():
        db.session.get_one(AgencyRequest, thread[1]).version += 1
        db.session.commit()
    visitor.press("Withdraw the request")
    expect(page.get_by_role("textbox")).to_have_value(TYPED)
    visitor.open("/home")
    expect(visitor.open(address).get_by_role("textbox")).to_have_value(TYPED)
