"""Conversations and meetings in a browser, for both sides: the button says who reads, errors keep the choice."""

import re
import uuid

from app.accounts.models import Person
from app.extensions import db
from app.messages import operations
from tests.assessment.assessed_request import in_assessment
from tests.assessment.test_meetings import planned
from tests.browser.conftest import LiveServer, Visitor

NOTE, QUESTION = "Beds are short until December.", "Can you meet us on Monday?"


def case_and_people(live: LiveServer, *, talking: bool = False) -> tuple[uuid.UUID, uuid.UUID, uuid.UUID]:
    """A case in assessment, its assessor and its agency's head; perhaps with a question and a meeting between them."""
    with live.app.app_context():
        story = in_assessment()
        if talking:
            planned(story)
            operations.begin_thread(story.agency_request, story.assessor, shared=True, text=QUESTION)
            db.session.commit()
        return story.agency_request.id, story.people["assessor"].id, story.people["head"].id


def be(visitor: Visitor, live: LiveServer, person: uuid.UUID) -> None:
    with live.app.app_context():
        visitor.sign_in(db.session.get_one(Person, person))


def test_scenario_23_a_note_stays_with_staff(visitor: Visitor, live: LiveServer) -> None:
    case, assessor, head = case_and_people(live)
    be(visitor, live, assessor)
    page = visitor.open(f"/cases/{case}", at_both_widths=True)
    page.get_by_text("Staff only", exact=True).click()
    visitor.press("Keep for staff")
    assert "Write your message first." in visitor.look(at_both_widths=True).inner_text("main")
    assert page.get_by_label("Staff only").is_checked()
    assert page.evaluate("document.activeElement.className") == "usa-error-summary"
    page.get_by_label("New message or note").fill(NOTE)
    visitor.press("Keep for staff")
    assert NOTE in visitor.look(at_both_widths=True).inner_text("main")
    be(visitor, live, head)
    for path in ("/home", f"/requests/{case}", f"/requests/{case}/messages"):
        assert NOTE not in visitor.open(path).content()


def test_both_sides_talk_and_settle_it(visitor: Visitor, live: LiveServer) -> None:
    case, assessor, head = case_and_people(live, talking=True)
    be(visitor, live, head)
    visitor.open(f"/requests/{case}", at_both_widths=True)
    page = visitor.open("/home", at_both_widths=True)
    assert "New messages (1)" in page.inner_text("main")
    visitor.use(page.get_by_role("link", name=re.compile("1 new about")))
    visitor.look(at_both_widths=True)
    visitor.use(page.get_by_role("link", name=QUESTION))
    page.get_by_label("Your answer").fill("Monday is good.")
    visitor.press("Send message")
    visitor.press("Mark as resolved")
    assert "Resolved" in visitor.look(at_both_widths=True).inner_text("main")
    visitor.open("/account", at_both_widths=True)
    be(visitor, live, assessor)
    page = visitor.open(f"/cases/{case}/meetings", at_both_widths=True)
    visitor.use(page.get_by_role("link", name="Move it or call it off"))
    visitor.look(at_both_widths=True)
