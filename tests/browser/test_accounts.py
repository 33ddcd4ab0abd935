"""Getting in, in a real browser: asking for access, invitations, the team, the account, administration, the finder."""

import re

from sqlalchemy import select

from app.accounts.models import AccessApplication, Person
from app.accounts.offices.operations import load_offices
from app.accounts.sign_in.passwords import hash_password
from app.extensions import db
from app.notifications.models import OutboxMessage
from app.policy import Role, Seat
from tests.browser.conftest import LiveServer, Visitor
from tests.builders import make_agency, make_office, make_person

PASSWORD = "violet harbor tin 9 sparrow"


def last_link(live: LiveServer) -> str:
    """The address in the newest mail, as its reader would follow it."""
    with live.app.app_context():
        query = select(OutboxMessage.body).where(OutboxMessage.notice.in_(["invitation", "reset"]))
        body = db.session.scalars(query.order_by(OutboxMessage.created_at.desc())).first()
    found = re.search(r"/links/\S+", body or "")
    assert found
    return found[0]


def test_an_agency_asks_for_access_and_its_head_sets_up_the_account(visitor: Visitor, live: LiveServer) -> None:
    with live.app.app_context():
        make_agency(ori="TX9990100", name="Rio Seco", county="Rio Seco", listed_name="Rio Seco", source="listed")
        make_agency(ori="TX9990100", name="Rio Seco Airport", county="Rio Seco", kind="other", source="listed")
        coordinator = make_person(Role.COORDINATOR).id
    page = visitor.open("/join")
    visitor.press("Continue")
    page.get_by_label("ORI of your agency").fill("TX9990100")
    visitor.press("Continue")
    visitor.press("Ask for access")
    page.get_by_text("None of these", exact=True).click()
    visitor.look()
    page.get_by_text("Rio Seco (sheriff").click()
    for label, words in {
        "Full name of your agency": "Rio Seco County Sheriff's Office",
        "Your name": "Alex Roe",
        "Your work e-mail address": "alex@rio-seco.example.gov",
        "Name of the head of your agency": "Alex Roe",
        "Work e-mail address of the head": "alex@rio-seco.example.gov",
    }.items():
        page.get_by_label(label).fill(words)
    visitor.press("Ask for access")
    with live.app.app_context():
        visitor.sign_in(db.session.get_one(Person, coordinator))
        application = db.session.scalars(select(AccessApplication.id)).one()
    visitor.open("/applications")
    visitor.open(f"/applications/{application}")
    visitor.press("Refuse access")
    visitor.press("Approve and invite")
    page.context.clear_cookies()
    visitor.open("/mail")
    link = last_link(live)
    visitor.open(link)
    page.get_by_label("New password").fill("short")
    visitor.press("Set the password and sign in")
    page.get_by_label("New password").fill(PASSWORD)
    page.get_by_label("The same password again").fill(PASSWORD)
    visitor.press("Set the password and sign in")
    assert page.url.endswith("/home")
    visitor.open(link)


def test_a_head_manages_the_team_and_everybody_their_own_account(visitor: Visitor, live: LiveServer) -> None:
    with live.app.app_context():
        head = make_person(Role.AGENCY_HEAD, name="Alex Roe", title="Sheriff", password_hash=hash_password(PASSWORD))
        make_person(Role.AGENCY_OFFICER, name="Pat Doe", title="Captain", agency=head.agency)
        make_person(Role.AGENCY_OFFICER, name="Jo Poe", agency=head.agency, password_hash="x", active=False)
        visitor.sign_in(head)
    page = visitor.open("/team")
    visitor.press("Send the invitation")
    page.get_by_label("Name", exact=True).fill("Kit Lane")
    page.get_by_label("Work e-mail address").fill("kit@rio-seco.example.gov")
    page.get_by_text("Fills in requests, answers").click()
    visitor.press("Send the invitation")
    visitor.press("Make Pat Doe a head")
    visitor.press("Deactivate Pat Doe")
    visitor.open("/account")
    visitor.press("Change the password")


def test_an_officer_reads_the_team(visitor: Visitor, live: LiveServer) -> None:
    with live.app.app_context():
        visitor.sign_in(make_person(Role.AGENCY_OFFICER))
    visitor.open("/team")
    assert visitor.page.get_by_role("button", name="Send the invitation").count() == 0


def test_an_administrator_manages_people_agencies_and_offices(visitor: Visitor, live: LiveServer) -> None:
    with live.app.app_context():
        load_offices()
        db.session.commit()
        administrator = make_person(Role.ADMINISTRATOR, name="Kim Rowan")
        reviewer = make_person((Role.REVIEWER, Seat.LEGAL), name="Sam Whitaker", password_hash="x").id
        make_person(Role.ASSESSOR, office=make_office(name="San Angelo"), name="Taylor Okafor")
        agency = make_agency(name="Rio Seco County Sheriff's Office", officers=61).id
        visitor.sign_in(administrator)
    page = visitor.open("/admin/people")
    visitor.open("/admin/people?words=nobody+at+all")
    visitor.open("/admin/people/new")
    visitor.press("Send the invitation")
    visitor.open(f"/admin/people/{reviewer}")
    visitor.press("Save")
    visitor.open(f"/admin/people/{reviewer}")
    visitor.press("Deactivate now")
    visitor.open("/admin/agencies")
    visitor.open(f"/admin/agencies/{agency}")
    page.get_by_label("ORI").fill("12")
    visitor.press("Save")
    visitor.open("/admin/offices")
    page.get_by_label("Name of the office").fill("Tampa")
    visitor.press("Add the office")
    page.get_by_text("Investigations", exact=True).first.click()
    visitor.press("Add the office")


def test_anybody_finds_their_office(visitor: Visitor, live: LiveServer) -> None:
    with live.app.app_context():
        load_offices()
        db.session.commit()
    page = visitor.open("/offices")
    page.get_by_label("State or territory").select_option("TX")
    visitor.press("Find the office")
    page.get_by_label("State or territory").select_option("GA")
    page.get_by_label("County").fill("Fulton")
    visitor.press("Find the office")
    visitor.open("/offices?state=AS")
    visitor.open("/offices?county=Orange")


def test_a_forgotten_password_is_replaced_by_mail(visitor: Visitor, live: LiveServer) -> None:
    with live.app.app_context():
        make_person(Role.AGENCY_OFFICER, email="pat@rio-seco.example.gov", password_hash=hash_password("x" * 20))
    page = visitor.open("/password")
    visitor.press("Send the link")
    page.get_by_label("Work e-mail address").fill("pat@rio-seco.example.gov")
    visitor.press("Send the link")
    visitor.open(last_link(live))
