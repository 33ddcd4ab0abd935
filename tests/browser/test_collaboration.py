"""A team in a browser: what is typed is kept through a closed page and an ended session; a head hands over."""

import re

from playwright.sync_api import expect

from app.accounts.models import Person
from app.accounts.sign_in.passwords import hash_password
from app.extensions import db
from tests.browser.conftest import LiveServer, Visitor
from tests.browser.test_filing import Agency, agency, enter

__all__ = ["agency"]
PASSWORD = "violet harbor tin 9 sparrow"
LETTER = "/sections/authority/letter"


def test_what_is_typed_is_kept_and_offered_on_return(visitor: Visitor, live: LiveServer, agency: Agency) -> None:
    enter(visitor, live, agency.officer)
    page = visitor.open(f"{agency.begun}{LETTER}")
    page.get_by_label("Your request letter").fill("We ask for <assistance>.")
    expect(page.locator("#kept-status")).to_have_text(re.compile(r"Saved for you at \d+:\d\d [ap]\.m\."))
    visitor.open("/home")
    page.go_back()
    page.reload()
    visitor.look(at_both_widths=True)
    visitor.press("Use what I typed")
    assert page.get_by_label("Your request letter").input_value() == "We ask for <assistance>."
    visitor.look(at_both_widths=True)
    visitor.press("Save and go to the section list")
    visitor.open(f"{agency.begun}{LETTER}")
    expect(page.get_by_text("We kept what you typed")).to_have_count(0)


def test_a_head_hands_over_and_the_successor_accepts(visitor: Visitor, live: LiveServer, agency: Agency) -> None:
    with live.app.app_context():
        officer = db.session.get_one(Person, agency.officer)
        officer.password_hash, name = hash_password(PASSWORD), officer.name
        db.session.commit()
    enter(visitor, live, agency.head)
    visitor.open("/team", at_both_widths=True)
    visitor.press(f"Hand over to {name}")
    visitor.look(at_both_widths=True)
    enter(visitor, live, agency.officer)
    visitor.open("/home")
    visitor.open("/team/handover", at_both_widths=True)
    page = visitor.press("Accept, and become the head")
    expect(page.get_by_text("You are the head of your agency now.")).to_be_visible()


def test_scenario_02_a_session_that_ends_mid_form_gives_everything_back(
    visitor: Visitor, live: LiveServer, agency: Agency
) -> None:
    with live.app.app_context():
        officer = db.session.get_one(Person, agency.officer)
        officer.password_hash, email = hash_password(PASSWORD), officer.email
        db.session.commit()
    enter(visitor, live, agency.officer)
    page = visitor.open(f"{agency.begun}{LETTER}")
    page.context.clear_cookies(name=live.app.config["SESSION_COOKIE_NAME"])
    page.get_by_label("Your request letter").fill("We ask for assistance with our jail.")
    with page.expect_navigation():
        page.get_by_role("button", name="Save and continue").click()
    visitor.look(at_both_widths=True)
    visitor.press("Sign in and go on")
    page.get_by_label("Work e-mail address").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    visitor.use(page.locator("main").get_by_role("button", name="Sign in"))
    assert page.get_by_label("Your request letter").input_value() == "We ask for assistance with our jail."
    visitor.press("Save and continue")
    assert page.url.endswith(f"{agency.begun}/tasks")
