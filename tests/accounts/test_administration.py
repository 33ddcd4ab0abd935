"""What administrators do: people, agencies and offices, each change in the record, and never to themselves."""

import pytest
from flask import Flask
from sqlalchemy import select

from app.accounts import listings
from app.accounts.models import INVESTIGATIONS, Agency, Office, Person
from app.accounts.offices.operations import load_offices
from app.accounts.people import operations
from app.accounts.queries import staff_with
from app.audit import Event
from app.extensions import db
from app.notifications.models import OutboxMessage
from app.pagination import SIZE
from app.policy import Role
from tests.builders import make_agency, make_office, make_person
from tests.checked import CheckedClient

PAGES = ("people", "people/new", "agencies", "offices")


@pytest.fixture
def administrator(app: Flask) -> Person:
    return make_person(Role.ADMINISTRATOR)


@pytest.fixture
def administering(client: CheckedClient, administrator: Person) -> CheckedClient:
    return client.sign_in(administrator)


def staff_form(person: Person, **changed: object) -> dict[str, object]:
    roles = [role.value for role in person.roles]
    return {"name": person.name, "title": "", "office": str(person.office_id), "roles": roles} | changed


def last_event() -> Event:
    return db.session.scalars(select(Event).order_by(Event.id.desc()).limit(1)).one()


def test_people_are_found_by_name_role_and_account(app: Flask, administrator: Person) -> None:
    make_person(Role.ASSESSOR, name="Blair Quill", password_hash="x")
    make_person(Role.ASSESSOR, name="Blair Stone")
    make_person(Role.COUNSEL, name="Blair Tarn", active=False)

    def names(**filters: str) -> list[str]:
        return [person.name for person in listings.people(**filters).rows]

    assert names(words="blair") == ["Blair Quill", "Blair Stone", "Blair Tarn"]
    assert names(words="STONE blair") == ["Blair Stone"]
    assert names(role="counsel") == ["Blair Tarn"]
    assert names(words="blair", state="active") == ["Blair Quill"]
    assert names(words="blair", state="invited") == ["Blair Stone"]
    assert names(state="deactivated") == ["Blair Tarn"]
    assert names(words="%") == []


def test_a_list_is_shown_page_by_page_and_the_last_page_stands_for_those_beyond(app: Flask) -> None:
    for n in range(SIZE + 1):
        make_agency(name=f"Agency {n:03d}")
    first, beyond = listings.agencies(), listings.agencies(page=99)
    assert (first.total, first.pages, len(first.rows)) == (SIZE + 1, 2, SIZE)
    assert [agency.name for agency in beyond.rows] == [f"Agency {SIZE:03d}"]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("query", ["", "words=%00&role=x&state=zz&page=-3", "words=" + "y" * 4000, "page=9" * 30])
def test_whatever_is_searched_for_is_answered(administering: CheckedClient, page: str, query: str) -> None:
    assert administering.get(f"/admin/{page}?{query}").status_code == 200


def test_another_office_and_other_roles_are_kept_and_recorded(
    administering: CheckedClient, administrator: Person
) -> None:
    assessor, office = make_person(Role.COUNSEL, (Role.REVIEWER, "privacy")), make_office()
    epoch = assessor.epoch
    form = staff_form(assessor, office=str(office.id), roles=["assessor", "reviewer"], seats=["privacy"])
    assert administering.get_page(f"/admin/people/{assessor.id}").submit("Save", form).status_code == 200
    db.session.refresh(assessor)
    assert (assessor.office_id, assessor.roles) == (office.id, {Role.ASSESSOR, Role.REVIEWER})
    assert assessor.epoch == epoch + 1
    actions = {event.action: event for event in db.session.scalars(select(Event))}
    assert actions["roles_set"].details["after"] == ["assessor", "reviewer:privacy"]
    assert {actions["roles_set"].actor_id, actions["person_edited"].actor_id} == {administrator.id}


def test_saving_without_a_change_records_nothing_and_ends_no_session(administering: CheckedClient) -> None:
    assessor = make_person(Role.ASSESSOR)
    epoch = assessor.epoch
    assert (
        administering.get_page(f"/admin/people/{assessor.id}").submit("Save", staff_form(assessor)).status_code == 200
    )
    db.session.refresh(assessor)
    assert assessor.epoch == epoch
    assert db.session.scalars(select(Event)).all() == []


@pytest.mark.parametrize("changed", [{"name": ""}, {"office": "x"}, {"roles": []}, {"roles": ["agency_head"]},
                                     {"seats": ["throne"]}, {"programs": ["none"]}, {"name": "\0"}])  # fmt: skip
def test_a_person_with_a_hole_or_a_role_that_is_none_of_ices_is_refused(
    administering: CheckedClient, changed: dict[str, object]
) -> None:
    assessor = make_person(Role.ASSESSOR)
    assert (
        administering.craft_post(f"/admin/people/{assessor.id}", data=staff_form(assessor, **changed)).status_code
        == 422
    )


def test_an_administrator_does_not_edit_people_of_agencies(administering: CheckedClient) -> None:
    head = make_person(Role.AGENCY_HEAD)
    assert administering.get(f"/admin/people/{head.id}").status_code == 200
    office = str(make_office().id)
    form = {"name": "X", "office": office, "roles": ["auditor"]}
    assert administering.craft_post(f"/admin/people/{head.id}", data=form).status_code == 404
    assert administering.craft_post(f"/admin/people/{head.id}/agency_officer").status_code == 303


def test_somebody_deactivated_is_out_at_the_next_click_and_can_come_back(
    app: Flask, administering: CheckedClient
) -> None:
    counsel = make_person(Role.COUNSEL)
    theirs = app.test_client().sign_in(counsel)
    assert theirs.get("/queue").status_code == 200
    assert administering.get_page(f"/admin/people/{counsel.id}").submit("Deactivate now").status_code == 200
    assert theirs.get("/queue").status_code == 302
    assert last_event().action == "deactivated"
    assert administering.get_page(f"/admin/people/{counsel.id}").submit("Activate again").status_code == 200
    db.session.refresh(counsel)
    assert counsel.active


def test_the_last_administrator_stays(app: Flask, administrator: Person) -> None:
    other = make_person(Role.ADMINISTRATOR)
    operations.deactivate(other, administrator.actor)
    with pytest.raises(operations.LastAdministrator):
        operations.deactivate(administrator, other.actor)
    with pytest.raises(operations.LastAdministrator):
        operations.set_grants(administrator, other.actor, [(Role.AUDITOR, "")])


def test_nobody_ends_or_gives_back_their_own_account(app: Flask, administrator: Person) -> None:
    make_person(Role.ADMINISTRATOR)
    for act in (operations.deactivate, operations.activate):
        with pytest.raises(operations.OwnAccount):
            act(administrator, administrator.actor)


def test_an_invitation_is_sent_again_only_to_who_has_no_password_yet(administering: CheckedClient) -> None:
    fresh, settled = make_person(Role.ASSESSOR), make_person(Role.ASSESSOR, password_hash="x")
    assert administering.get_page(f"/admin/people/{fresh.id}").submit("Invite again").status_code == 200
    assert administering.craft_post(f"/admin/people/{settled.id}/invite").status_code == 404
    assert [mail.address for mail in db.session.scalars(select(OutboxMessage))] == [fresh.email]


@pytest.mark.parametrize("act", ["approve", "coordinator", "administrator", "%00"])
def test_an_act_that_is_none_is_no_page(administering: CheckedClient, act: str) -> None:
    assessor = make_person(Role.ASSESSOR)
    assert administering.craft_post(f"/admin/people/{assessor.id}/{act}").status_code == 404


def test_an_agency_is_put_right_and_the_record_keeps_what_it_said(administering: CheckedClient) -> None:
    agency = make_agency(officers=12)
    form = {"name": "Rio Seco County Sheriff's Office", "ori": "tx9990100", "state": "TX", "county": "Rio Seco",
            "kind": "sheriff", "officers": "61", "head_name": "Alex Doe", "head_title": "Sheriff"}  # fmt: skip
    assert administering.get(f"/admin/agencies/{agency.id}").status_code == 200
    assert administering.get_page(f"/admin/agencies/{agency.id}").submit("Save", form).status_code == 200
    db.session.refresh(agency)
    assert (agency.ori, agency.officers, agency.population) == ("TX9990100", 61, None)
    assert last_event().details["before"]["officers"] == 12


@pytest.mark.parametrize("changed", [{"name": ""}, {"ori": "12"}, {"state": "ZZ"}, {"officers": "many"},
                                     {"officers": "9" * 30}, {"head_name": "x" * 300}])  # fmt: skip
def test_an_agency_with_a_hole_is_refused(administering: CheckedClient, changed: dict[str, str]) -> None:
    agency = make_agency()
    form = {"name": "A", "ori": "TX9990100", "state": "TX", "kind": "sheriff"} | changed
    assert administering.craft_post(f"/admin/agencies/{agency.id}", data=form).status_code == 422
    assert db.session.get_one(Agency, agency.id).name == agency.name


def test_an_investigations_office_is_added_once(administering: CheckedClient) -> None:
    load_offices()
    db.session.commit()
    assert (
        administering.get_page("/admin/offices")
        .submit("Add the office", {"kind": "investigations", "name": "St. Paul"})
        .status_code
        == 200
    )
    assert (
        administering.get_page("/admin/offices")
        .submit("Add the office", {"kind": "investigations", "name": "St Paul"})
        .status_code
        == 422
    )
    assert (
        administering.get_page("/admin/offices")
        .submit("Add the office", {"kind": "investigations", "name": ""})
        .status_code
        == 422
    )
    added = db.session.scalars(select(Office).where(Office.kind == INVESTIGATIONS)).all()
    assert [office.name for office in added] == ["St. Paul"]
    assert last_event().action == "office_added"


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.APPROVING_OFFICIAL, Role.AUDITOR, Role.AGENCY_HEAD])
def test_who_is_no_administrator_administers_nothing(client: CheckedClient, administrator: Person, role: Role) -> None:
    agency = make_agency()
    client.sign_in(make_person(role))
    reading = [f"/admin/{page}" for page in PAGES]
    assert {client.get(path).status_code for path in reading} == {403}
    writing = ["/admin/people/new", f"/admin/people/{administrator.id}", f"/admin/people/{administrator.id}/deactivate"]
    writing += [f"/admin/agencies/{agency.id}", "/admin/offices"]
    assert {client.craft_post(path).status_code for path in writing} == {403}


def test_staff_with_a_role_are_of_the_offices_given_or_of_headquarters(app: Flask) -> None:
    here, there = make_office(), make_office()
    chief, near = make_person(Role.COORDINATOR), make_person(Role.COORDINATOR, office=here)
    far = make_person(Role.COORDINATOR, office=there)
    make_person(Role.COORDINATOR, office=here, active=False)
    make_person(Role.ASSESSOR, office=here)
    assert {person.id for person in db.session.scalars(staff_with(Role.COORDINATOR))} == {chief.id, near.id, far.id}
    assert {person.id for person in db.session.scalars(staff_with(Role.COORDINATOR, [here.id]))} == {chief.id, near.id}
