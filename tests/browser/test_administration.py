"""Administration in a real browser, wide and narrow: roles that need two, clocks, closed days, areas, mail."""

from sqlalchemy import select

from app.accounts.models import Office
from app.accounts.offices.operations import load_offices
from app.extensions import db
from app.notifications.outbox import send_notice
from app.policy import Role
from tests.browser.conftest import LiveServer, Visitor
from tests.builders import make_person


def test_two_administrators_give_a_role_and_keep_the_settings(visitor: Visitor, live: LiveServer) -> None:
    with live.app.app_context():
        load_offices()
        db.session.commit()
        first = make_person(Role.ADMINISTRATOR, name="Kim Rowan")
        somebody = make_person(Role.ASSESSOR, name="Sam Whitaker", password_hash="x")
        office = db.session.scalars(select(Office.id).where(Office.name == "El Paso")).one()
        key, address = somebody.id, somebody.email
        send_notice("reset", [address], {}, path="/")
        db.session.commit()
        visitor.sign_in(first)
    visitor.open("/admin", at_both_widths=True)
    page = visitor.open(f"/admin/people/{key}", at_both_widths=True)
    page.get_by_text("Counsel").first.click()
    visitor.press("Save")
    page.get_by_label("Why they get a role").fill("A vacancy is filled")
    visitor.press("Save")
    visitor.open(f"/admin/people/{key}", at_both_widths=True)
    visitor.open("/admin/proposals", at_both_widths=True)
    with live.app.app_context():
        visitor.sign_in(make_person(Role.ADMINISTRATOR, name="Alex Poe"))
    visitor.open("/admin/proposals", at_both_widths=True)
    visitor.press("Confirm")
    visitor.open("/admin/clocks", at_both_widths=True)
    page.get_by_label("Clock").select_option("intake")
    visitor.press("Change the target")
    page.get_by_label("Business days from now on").fill("12")
    page.get_by_label("Your reason").fill("The backlog of spring")
    visitor.press("Change the target")
    visitor.open("/admin/closures", at_both_widths=True)
    visitor.press("Add the day")
    page.get_by_label("Day", exact=True).fill("2027-03-03")
    page.get_by_label("Office").select_option("every")
    page.get_by_label("What it is").fill("Closed by a storm")
    visitor.press("Add the day")
    visitor.open(f"/admin/offices/{office}", at_both_widths=True)
    visitor.press("Add the area")
    page.get_by_label("State or territory").select_option("TX")
    page.get_by_label("County").fill("El Paso")
    visitor.press("Add the area")
    visitor.open("/admin/notices", at_both_widths=True)
    visitor.open("/admin/notices?words=nobody+at+all", at_both_widths=True)
