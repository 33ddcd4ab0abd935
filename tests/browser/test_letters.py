"""Letters in a browser: looked at, issued, read by the agency, and their templates, at both widths."""

import re

from app.policy import Role
from tests.assessment.assessed_request import in_assessment
from tests.browser.conftest import LiveServer, Visitor
from tests.builders import make_person


def test_a_letter_is_looked_at_issued_and_read_by_the_agency(visitor: Visitor, live: LiveServer) -> None:
    with live.app.app_context():
        story = in_assessment()
        case, mine = f"/cases/{story.agency_request.id}", f"/requests/{story.agency_request.id}"
        visitor.sign_in(story.people["assessor"])
    page = visitor.open(f"{case}/letters", at_both_widths=True)
    visitor.press("Acknowledgment")
    visitor.look(at_both_widths=True)
    page.get_by_label("A paragraph of your own").fill("We meet <you> on Tuesday.")
    visitor.press("Look at it again")
    visitor.press("Issue the letter")
    visitor.look(at_both_widths=True)
    assert page.get_by_text("We meet <you> on Tuesday.").count() == 1
    with live.app.app_context():
        visitor.sign_in(story.people["head"])
    visitor.open(mine)
    visitor.press(re.compile("We received your request"))
    assert page.get_by_text("We meet <you> on Tuesday.").count() == 1


def test_a_template_with_a_placeholder_that_does_not_exist_leads_to_the_box(visitor: Visitor, live: LiveServer) -> None:
    with live.app.app_context():
        visitor.sign_in(make_person(Role.COUNSEL))
    page = visitor.open("/letters/templates", at_both_widths=True)
    visitor.press("Acknowledgment")
    visitor.look(at_both_widths=True)
    page.get_by_label("Text", exact=True).fill("Dear {mayor}")
    visitor.press("Save as a new version")
    visitor.look(at_both_widths=True)
    assert page.get_by_text("There is no placeholder {mayor}").count() == 2
    page.get_by_label("Text", exact=True).fill("Dear {head}")
    visitor.press("Save as a new version")
    visitor.look(at_both_widths=True)
