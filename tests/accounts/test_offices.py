"""Administrators put offices right and say which states and counties a detention office serves."""

import pytest
from flask import Flask
from sqlalchemy import select

from app.accounts.models import HEADQUARTERS, Office, OfficeArea
from app.accounts.offices.operations import headquarters, load_offices
from app.accounts.offices.routing import candidates
from app.audit import Event
from app.extensions import db
from app.policy import Role
from tests.builders import make_office, make_person
from tests.checked import CheckedClient
from tests.page import NotOnThePage


@pytest.fixture
def administering(client: CheckedClient, app: Flask) -> CheckedClient:
    return client.sign_in(make_person(Role.ADMINISTRATOR))


def actions() -> list[str]:
    return list(db.session.scalars(select(Event.action).order_by(Event.id)))


def test_a_county_is_routed_to_the_office_it_is_given_to(administering: CheckedClient) -> None:
    office = make_office(name="San Angelo")
    sent = {"state": "TX", "county": "Tom Green County"}
    assert administering.get_page(f"/admin/offices/{office.id}").submit("Add the area", sent).status_code == 200
    assert [found.id for found in candidates("TX", "Tom Green")] == [office.id]
    area = db.session.scalars(select(OfficeArea)).one()
    assert area.county == "Tom Green"
    page = administering.get_page(f"/admin/offices/{office.id}")
    assert page.submit("Remove Tom Green, Texas").status_code == 200
    assert candidates("TX", "Tom Green") == []
    assert actions() == ["area_added", "area_removed"]


def test_a_place_is_served_by_one_office(administering: CheckedClient) -> None:
    make_office(name="San Angelo", states=("NM",))
    other = make_office(name="El Paso")
    refused = administering.get_page(f"/admin/offices/{other.id}").submit("Add the area", {"state": "NM", "county": ""})
    assert refused.status_code == 422
    assert "San Angelo serves this already" in refused.text


@pytest.mark.parametrize("sent", [{"state": ""}, {"state": "ZZ"}, {"state": "TX", "county": "x" * 200}])
def test_an_area_with_a_hole_is_refused(administering: CheckedClient, sent: dict[str, str]) -> None:
    office = make_office()
    assert administering.craft_post(f"/admin/offices/{office.id}/areas", data=sent).status_code == 422
    assert db.session.scalars(select(OfficeArea)).all() == []


def test_an_office_that_staff_named_is_renamed_and_the_record_keeps_its_old_name(administering: CheckedClient) -> None:
    office = make_office("investigations", name="Tampa")
    make_office("investigations", name="Miami")
    path = f"/admin/offices/{office.id}"
    assert administering.get_page(path).submit("Save", {"name": "Miami"}).status_code == 422
    assert (
        administering.get_page(path).submit("Save", {"name": "Tampa Bay", "address": "1 Bay Street"}).status_code == 200
    )
    assert (
        administering.get_page(path).submit("Save", {"name": "Tampa Bay", "address": "1 Bay Street"}).status_code == 200
    )
    db.session.expire_all()
    assert db.session.get_one(Office, office.id).name == "Tampa Bay"
    event = db.session.scalars(select(Event)).one()
    assert (event.action, event.details["before"]["name"]) == ("office_edited", "Tampa")


def test_an_office_of_the_product_keeps_the_name_by_which_lists_find_it(administering: CheckedClient) -> None:
    load_offices()
    db.session.commit()
    key = db.session.scalars(select(Office.id).where(Office.name == "Atlanta")).one()
    page = administering.get_page(f"/admin/offices/{key}")
    with pytest.raises(NotOnThePage):
        page.submit("Save", name="Elsewhere")
    forged = administering.craft_post(f"/admin/offices/{key}", data={"name": "Elsewhere", "address": "5 Main"})
    assert forged.status_code == 303
    db.session.expire_all()
    office = db.session.get_one(Office, key)
    assert (office.name, office.address) == ("Atlanta", "5 Main")


def test_a_staff_office_of_headquarters_does_not_take_the_place_of_headquarters(administering: CheckedClient) -> None:
    load_offices()
    db.session.commit()
    new = {"kind": HEADQUARTERS, "name": "A staff office", "address": ""}
    assert administering.get_page("/admin/offices").submit("Add the office", new).status_code == 200
    home = headquarters()
    assert home is not None
    assert home.name == "Headquarters"


def test_only_administrators_change_offices(client: CheckedClient, app: Flask) -> None:
    office = make_office(states=("NM",))
    area = office.areas[0].id
    client.sign_in(make_person(Role.COORDINATOR))
    assert client.get(f"/admin/offices/{office.id}").status_code == 403
    writing = [
        f"/admin/offices/{office.id}",
        f"/admin/offices/{office.id}/areas",
        f"/admin/offices/areas/{area}/remove",
    ]
    assert {client.craft_post(path).status_code for path in writing} == {403}
