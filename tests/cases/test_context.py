"""The map and the neighbors on the worksheet: what ICE publishes for all, requests only where the reader sees them."""

import re
from datetime import date

import pytest
from flask import Flask

from app.accounts.models import Agency, Office, OfficeArea, Person
from app.agency_requests.models import AgencyRequest, ConflictDeclaration
from app.agreements_in_force.tile_map import StateCount
from app.cases.case_page.context import SHOWN, RequestContext, request_context
from app.extensions import db
from app.policy import Role
from tests.builders import make_agency, make_agreement_in_force, make_office, make_person, make_request
from tests.cases.test_queue import counted
from tests.checked import CheckedClient


@pytest.fixture
def office(app: Flask) -> Office:
    return make_office(name="San Antonio", states=("OK",))


@pytest.fixture
def agency(office: Office) -> Agency:
    return make_agency(county="Bexar")


@pytest.fixture
def case(agency: Agency, office: Office) -> AgencyRequest:
    return make_request(agency, status="in_assessment", office_id=office.id)


@pytest.fixture
def assessor(office: Office) -> Person:
    return make_person(Role.ASSESSOR, office=office)


def served(found: RequestContext) -> dict[str, StateCount]:
    return {tile.state: tile.served for tile in found.map.tiles if tile.served is not StateCount.NOT}


def page(client: CheckedClient, person: Person, case: AgencyRequest) -> str:
    response = client.sign_in(person).get(f"/cases/{case.id}/worksheet")
    assert response.status_code == 200
    return response.get_data(as_text=True)


def test_the_map_marks_the_agencys_state_and_what_its_office_serves(case: AgencyRequest, assessor: Person) -> None:
    make_agreement_in_force(state="GA")
    found = request_context(case, assessor.actor)
    assert served(found) == {"OK": StateCount.WHOLE, "TX": StateCount.PART}  # Texas is shared by the product's own list
    assert found.shaded == ["San Antonio"]
    assert [tile.state for tile in found.map.tiles if tile.is_own] == ["TX"]
    assert found.map.total == 1


def test_before_a_request_is_routed_the_offices_that_may_serve_it_are_shaded(
    case: AgencyRequest, office: Office, assessor: Person
) -> None:
    office.areas.append(OfficeArea(state="TX", county="Bexar"))
    other = make_office(name="Houston")
    other.areas.append(OfficeArea(state="TX", county="Harris"))
    case.office_id = make_office("headquarters").id
    db.session.commit()
    found = request_context(case, make_person(Role.ASSESSOR).actor)
    assert found.shaded == ["San Antonio"]
    assert [(each.name, each.is_named) for each in found.offices if each.name == "San Antonio"] == [
        ("San Antonio", False)
    ]


def test_the_county_comes_first_and_then_the_state(case: AgencyRequest, office: Office, assessor: Person) -> None:
    near = make_agreement_in_force(county="BEXAR COUNTY", signed_on=date(2026, 3, 5))
    unknown = make_agreement_in_force(county="")
    make_agreement_in_force(state="GA", county="Bexar")
    beside = make_request(make_agency(county="bexar"), status="in_intake", office_id=office.id)
    drafted = make_request(make_agency(county="Bexar"), status="agreement_drafted", office_id=office.id)
    far = make_request(make_agency(county="Travis"), status="in_intake", office_id=office.id)
    make_request(make_agency(county="Bexar"), status="declined", office_id=office.id)
    make_request(make_agency(county="Bexar"), status="draft", office_id=office.id)
    found = request_context(case, assessor.actor)
    assert [each.agency_name for each in found.agreements] == [near.agency_name]
    assert [each.agency_name for each in found.elsewhere] == [unknown.agency_name]
    assert found.support_types == [("Jail Enforcement Model", 2)]
    assert set(found.requests) == {beside, drafted}
    assert found.requests_elsewhere == [far]
    assert [(each.name, each.open_requests) for each in found.offices] == [("San Antonio", 3)]


def test_an_agency_without_a_county_has_no_neighbors_in_one(case: AgencyRequest, assessor: Person) -> None:
    case.agency.county = ""
    make_agreement_in_force(county="")
    found = request_context(case, assessor.actor)
    assert (found.agreements, found.requests) == ([], [])
    assert found.place == "Texas"


def test_requests_of_another_office_and_of_ones_recusal_are_neither_listed_nor_counted(
    case: AgencyRequest, office: Office, assessor: Person, client: CheckedClient
) -> None:
    elsewhere = make_request(make_agency(county="Bexar"), status="in_intake", office_id=make_office().id)
    barred = make_request(make_agency(county="Bexar"), status="in_intake", office_id=office.id)
    db.session.add(ConflictDeclaration(request_id=barred.id, person_id=assessor.id, has_conflict=True))
    db.session.commit()
    found = request_context(case, assessor.actor)
    assert found.requests == []
    assert [each.open_requests for each in found.offices] == [1]
    assert str(elsewhere.number) not in page(client, assessor, case)
    everywhere = page(client, make_person(Role.AUDITOR), case)
    assert str(elsewhere.number) in everywhere
    assert str(barred.number) in everywhere


def test_the_page_says_that_the_map_is_schematic_and_gives_it_as_a_table(
    case: AgencyRequest, agency: Agency, assessor: Person, client: CheckedClient
) -> None:
    make_agreement_in_force(county="Bexar", agency_name="Ours <b>", agency_id=agency.id)
    shown = page(client, assessor, case)
    assert "Schematic: every state is one square" in shown
    assert "No distances are known here" in shown
    assert "Date not published" in shown
    assert "Ours &lt;b&gt;" in shown
    drawing = shown.partition('class="app-map__drawing"')[2].partition("</svg>")[0]
    assert len(re.findall('<rect[^>]*height="36"', drawing)) == 56
    assert '<title id="around-map-title">' in drawing
    assert re.search(
        r'<th scope="row">Texas \(the agency’s\)</th><td>In part</td><td[^>]*>1</td>',
        re.sub(r"\s*([<>])\s*", r"\1", shown),
    )


def test_without_the_published_list_the_page_says_so(
    case: AgencyRequest, assessor: Person, client: CheckedClient
) -> None:
    shown = page(client, assessor, case)
    assert "has not been taken in yet" in shown
    assert "No agreement in force is published for this county." in shown


def test_many_neighbors_take_no_more_queries_than_one_and_the_states_list_is_short(
    case: AgencyRequest, office: Office, assessor: Person
) -> None:
    def queries() -> int:
        db.session.expire_all()
        with counted() as sent:
            found = request_context(case, assessor.actor)
            assert [(r.agency.name, list(r.wanted_programs)) for r in (*found.requests, *found.requests_elsewhere)]
        return len(sent)

    make_request(make_agency(county="Bexar"), status="in_intake", office_id=office.id)
    few = queries()
    for county in ("Bexar", "Travis"):
        for n in range(SHOWN + 2):
            make_request(make_agency(county=county), status="in_intake", office_id=office.id)
            make_agreement_in_force(county=county, state="TX" if n else "GA")
    assert queries() == few
    found = request_context(case, assessor.actor)
    assert (len(found.requests), len(found.agreements)) == (SHOWN + 3, SHOWN + 1)
    assert (len(found.requests_elsewhere), len(found.elsewhere)) == (SHOWN, SHOWN)
