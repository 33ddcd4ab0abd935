"""What scripts add to an assessment: the order follows what is typed; and what-if values that have an address."""

import re

from playwright.sync_api import Page, expect

from tests.assessment.assessed_request import Story, in_assessment
from tests.browser.conftest import LiveServer, Visitor

FIGURE = "Confirmed: All bookings"
FIRST = "#order .app-order__entry .app-order__score"


def assessor(visitor: Visitor, live: LiveServer) -> str:
    """An assessor sits down at a case; its address."""
    with live.app.app_context():
        story: Story = in_assessment()
        visitor.sign_in(story.people["assessor"])
        return f"/cases/{story.agency_request.id}"


def scores(page: Page) -> list[str]:
    return page.locator(FIRST).all_inner_texts()


def test_the_order_follows_what_is_typed_into_the_worksheet(visitor: Visitor, live: LiveServer) -> None:
    page = visitor.open(f"{assessor(visitor, live)}/worksheet", at_both_widths=True)
    before = scores(page)
    page.get_by_label(FIGURE).fill("60,000")
    expect(page.get_by_text("With what you typed.")).to_be_visible()
    assert scores(page) != before
    visitor.look(at_both_widths=True)
    page.get_by_label("How it is known: All bookings").select_option("measured")
    page.get_by_label("Source: All bookings").fill("Booking report")
    typed = scores(page)
    visitor.press("Save Your jail")
    assert scores(page) == typed  # what was shown live is what saving makes


def test_the_address_of_what_if_values_shows_it_again(visitor: Visitor, live: LiveServer) -> None:
    page = visitor.open(f"{assessor(visitor, live)}/what-if")
    page.locator("summary", has_text="Your jail").click()
    page.get_by_label("Try: All bookings").fill("90,000")
    visitor.press("Show the order")
    visitor.press("Address of these values")
    assert page.get_by_text("now tried as 90,000").count() == 1


def test_on_a_telephone_a_line_at_the_foot_follows_the_first_place(visitor: Visitor, live: LiveServer) -> None:
    visitor.page.set_viewport_size({"width": 360, "height": 800})
    page = visitor.open(f"{assessor(visitor, live)}/worksheet")
    line = page.locator(".app-order-jump")
    before = line.inner_text()
    page.get_by_label("Confirmed: All bookings").fill("400")
    expect(line).not_to_have_text(before)
    assert re.match(r"1\s+\S.*\s+[\d.]+", line.inner_text())
