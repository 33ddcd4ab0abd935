"""Every component, in every state, at both widths."""

import gzip

from playwright.sync_api import Page, Response, expect

from tests.browser.conftest import NARROW, Visitor


def test_every_component_passes_at_both_widths(visitor: Visitor) -> None:
    visitor.open("/components")
    visitor.look(at_both_widths=True)


def test_the_error_summary_takes_focus_and_leads_to_the_field(visitor: Visitor) -> None:
    page = visitor.open("/components")
    expect(page.locator(".usa-error-summary")).to_be_focused()
    page.get_by_role("link", name="Choose an answer for this program").click()
    expect(page.locator("#bad-answer-0")).to_be_focused()


def test_a_keyboard_reaches_the_content_first(visitor: Visitor) -> None:
    page = visitor.open("/how-it-looks-when-nothing-is-here")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to main content")
    expect(skip).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_the_menu_of_a_telephone_opens_without_script(scriptless: Visitor) -> None:
    page: Page = scriptless.page
    page.set_viewport_size({"width": NARROW, "height": 800})
    page.goto(scriptless.server.url + "/components")
    menu = page.locator(".app-menu nav")
    expect(menu).to_be_hidden()
    page.locator(".app-menu summary").click()
    expect(menu.get_by_role("link", name="Programs")).to_be_visible()


def test_a_message_box_says_who_will_read_it(visitor: Visitor) -> None:
    page = visitor.open("/components")
    box = page.locator("[data-composer]").last
    box.get_by_text("Staff only").click()
    expect(box.get_by_role("button")).to_have_text("Keep as a note for staff")


def test_first_view_weighs_less_than_a_hundred_kilobytes(visitor: Visitor) -> None:
    """All told and compressed as a server sends it: page, styles, script, fonts, icons."""
    sizes: dict[str, int] = {}
    visitor.page.on("response", lambda response: sizes.setdefault(response.url, _sent(response)))
    visitor.open("/no-such-page")
    assert sum(sizes.values()) < 100_000, sizes


def _sent(response: Response) -> int:
    body = response.body()
    return len(body) if response.url.split("?")[0].endswith(".woff2") else len(gzip.compress(body))
