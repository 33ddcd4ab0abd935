"""The first request of a new officer: from the invitation in the mail to the receipt."""

import re

import pytest
from sqlalchemy import select

from app.accounts.models import Person
from app.accounts.offices.operations import load_offices
from app.accounts.sign_in.passwords import hash_password
from app.agency_requests.models import AgencyRequest
from app.extensions import db
from app.policy import Role
from tests.agency_requests.filled_requests import fill
from tests.browser.conftest import LiveServer
from tests.browser.journeys.conftest import Meet, Traveler
from tests.browser.test_accounts import last_link
from tests.builders import make_agency, make_person

PASSWORD = "violet harbor tin 9 sparrow"


@pytest.fixture
def head_email(live: LiveServer) -> str:
    """Somebody who leads a sheriff's office and has nobody to work with yet; their address."""
    with live.app.app_context():
        load_offices()
        agency = make_agency(state="GA", name="Rio Seco County Sheriff's Office")
        head = make_person(Role.AGENCY_HEAD, agency=agency, name="Alex Roe", password_hash=hash_password(PASSWORD))
        db.session.commit()
        return head.email


def test_the_first_request_of_a_new_officer(meet: Meet, live: LiveServer, head_email: str) -> None:
    head, officer = meet(), meet()
    sign_in(head, head_email)
    invite(head)
    accept(officer, last_link(live))
    begin(officer)
    say_whom_to_write_to(officer)
    rank_the_problems(officer)
    answer_about_the_jail(officer)
    the_rest_is_filled_in(live)
    officer.open("/home")
    officer.press(re.compile("^Go on"))
    officer.press("Check your answers and certify")
    officer.press("Tell your agency head that it is ready")
    certify(head)


def sign_in(head: Traveler, email: str) -> None:
    head.open("/sign-in")
    head.fill("Work e-mail address", email)
    head.fill("Password", PASSWORD)
    head.use(head.page.locator("main").get_by_role("button", name="Sign in"))


def invite(head: Traveler) -> None:
    head.press("See or change your team")
    head.fill("Name", "Pat Doe")
    head.press("Send the invitation")
    head.is_told("Enter the e-mail address.")
    head.fill("Work e-mail address", "pat@rio-seco.example.gov")
    head.choose("What they do", "Agency officer")
    head.press("Send the invitation")


def accept(officer: Traveler, link: str) -> None:
    officer.open(link)
    officer.fill("New password", "short")
    officer.press("Set the password and sign in")
    officer.is_told("Use at least 15 characters.")
    officer.fill("New password", PASSWORD)
    officer.fill("The same password again", PASSWORD)
    officer.press("Set the password and sign in")
    assert officer.page.get_by_role("heading", name="Rio Seco County Sheriff's Office").is_visible()


def begin(officer: Traveler) -> None:
    officer.press("Start a request")
    officer.press("Start the request")
    officer.press("Continue")


def say_whom_to_write_to(officer: Traveler) -> None:
    officer.fill("Name", "Pat Doe")
    officer.fill("Rank or title", "Captain")
    officer.fill("Work e-mail address", "pat@rio-seco.example.gov")
    officer.fill("Telephone", "(202) 555-0101")
    officer.press("Save and go to the section list")


def rank_the_problems(officer: Traveler) -> None:
    officer.press("Problems and objectives")
    officer.pick("Your most pressing problem", "People in our jail")
    officer.fill("In a sentence", "Most bookings are not screened.")
    officer.unfold("Name two more problems")
    officer.pick("Fourth", "Gangs")
    officer.choose("Do you want particular programs, or our advice?", "Advise us")
    officer.press("Save and continue")
    officer.press("Save and go to the section list")


def answer_about_the_jail(officer: Traveler) -> None:
    """A page of radio buttons, and one of numbers: the first with a slip of the pen, which nothing else is lost by."""
    officer.press("Your jail")
    officer.press("Save and continue")
    officer.is_told("Choose an answer")
    officer.choose("Does your agency run a jail?", "Yes")
    officer.press("Save and continue")
    officer.number("How many people did you book in all?", "12O00", "Measured")
    officer.number("recorded a place of birth outside the United States?", "2300", "Estimated")
    officer.press("Save and continue")
    page = officer.is_told("Did you mean 12,000?")
    assert page.locator("#jail_bookings").input_value() == "12O00"
    assert page.locator("#jail_foreign_born_bookings").input_value() == "2300"
    officer.number("How many people did you book in all?", "12,000", "Measured")
    officer.press("Save and go to the section list")


def the_rest_is_filled_in(live: LiveServer) -> None:
    """More pages of the same kinds."""
    with live.app.app_context():
        request = db.session.scalars(select(AgencyRequest)).one()
        fill(request, db.session.scalars(select(Person).filter_by(name="Pat Doe")).one().actor)
        db.session.commit()


def certify(head: Traveler) -> None:
    head.open("/home")
    head.press(re.compile("^Go on|^Check"))
    head.press("Certify and send the request")
    head.is_told("Tick the box to certify that you may bind your agency.")
    for box in head.page.locator("#certify").get_by_role("checkbox").all():
        head.hand.mark(box)
    head.press("Certify and send the request")
    assert re.search(r"Request ACC-\d{4}-\d+ is sent", head.page.title())
