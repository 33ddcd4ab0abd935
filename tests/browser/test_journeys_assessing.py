"""An assessment with what-if: values corrected with a source, the order following live, trials that stay trials."""

import re

from playwright.sync_api import Page, expect

from tests.assessment.story import Story, in_assessment
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


def tab_to(page: Page, there: str) -> None:
    """Goes from control to control until this holds."""
    for _ in range(150):
        page.keyboard.press("Tab")
        if page.evaluate(there):
            return
    raise AssertionError(f"the keyboard never comes to where {there}")


def test_an_assessment_with_what_if(visitor: Visitor, live: LiveServer) -> None:
    case = assessor(visitor, live)
    page = visitor.open(f"{case}/worksheet", at_both_widths=True)
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
    visitor.press("Try other values")
    visitor.look(at_both_widths=True)
    page.locator("summary", has_text="Your jail").click()
    page.get_by_label("Try: All bookings").fill("-5")
    visitor.press("Show the order")
    visitor.look(at_both_widths=True)
    assert "Error:" in page.title()
    page.get_by_label("Try: All bookings").fill("12,000")
    visitor.press("Show the order")
    visitor.look(at_both_widths=True)
    assert page.get_by_text("now tried as 12,000").count() == 1
    visitor.press("Address of this trial")
    assert page.get_by_text("now tried as 12,000").count() == 1
    visitor.press("Worksheet")
    assert page.get_by_label(FIGURE).input_value() == "60,000"


def test_a_trial_by_keyboard_alone(visitor: Visitor, live: LiveServer) -> None:
    page = visitor.open(f"{assessor(visitor, live)}/what-if")
    tab_to(page, "document.activeElement.textContent.trim() === 'Your jail'")
    page.keyboard.press("Enter")
    tab_to(page, "document.activeElement.id === 'value-jail_bookings'")
    page.keyboard.press("Control+A")
    page.keyboard.type("90,000")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    visitor.look()
    assert page.get_by_text(re.compile("programs? changes?. First is")).count() == 1


def test_on_a_telephone_a_line_at_the_foot_follows_the_first_place(visitor: Visitor, live: LiveServer) -> None:
    visitor.page.set_viewport_size({"width": 360, "height": 800})
    page = visitor.open(f"{assessor(visitor, live)}/worksheet")
    line = page.locator(".app-order-jump")
    before = line.inner_text()
    page.get_by_label("Confirmed: All bookings").fill("400")
    expect(line).not_to_have_text(before)
    assert re.match(r"1\s+\S.*\s+[\d.]+", line.inner_text())


def test_without_scripts_the_order_follows_on_saving(scriptless: Visitor, live: LiveServer) -> None:
    page = scriptless.page
    page.goto(live.url + assessor(scriptless, live) + "/worksheet")
    before = scores(page)
    page.get_by_label(FIGURE).fill("60,000")
    page.get_by_label("How it is known: All bookings").select_option("measured")
    page.get_by_label("Source: All bookings").fill("Booking report")
    page.get_by_role("button", name="Save Your jail").click()
    assert scores(page) != before
