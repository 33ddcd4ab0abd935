"""Requests beside each other: found, linked by hand, and a duplicate merged with its history kept."""

import pytest
from flask import Flask
from sqlalchemy import select

from app import audit
from app.accounts.models import Agency, Office, Person
from app.agency_requests.models import AgencyRequest, RankedProblem
from app.cases.models import CaseLink
from app.cases.related import operations
from app.extensions import db
from app.policy import Role
from app.workflow.refusals import RefusalKind, StepRefused
from tests.builders import make_agency, make_office, make_person, make_request
from tests.checked import CheckedClient


@pytest.fixture
def office(app: Flask) -> Office:
    return make_office()


@pytest.fixture
def agency(office: Office) -> Agency:
    return make_agency(county="Harris")


def asking(agency: Agency, office: Office, *topics: str, status: str = "in_intake", **values: object) -> AgencyRequest:
    found = make_request(agency, status=status, office_id=office.id, **values)
    for rank, topic in enumerate(topics, start=1):
        db.session.add(RankedProblem(request_id=found.id, rank=rank, topic=topic))
    db.session.commit()
    return found


@pytest.fixture
def case(agency: Agency, office: Office) -> AgencyRequest:
    return asking(agency, office, "jail", wanted_programs=["lesc"])


@pytest.fixture
def coordinator(office: Office) -> Person:
    return make_person(Role.COORDINATOR, office=office)


@pytest.fixture
def official(office: Office) -> Person:
    return make_person((Role.APPROVING_OFFICIAL, "lesc"), office=office)


def test_the_same_agency_with_the_same_need_and_neighbors_are_found(
    case: AgencyRequest, agency: Agency, office: Office, coordinator: Person
) -> None:
    same = asking(agency, office, "jail", "border")
    asking(agency, office, "money")
    near = asking(make_agency(county="Harris County"), office, "jail")
    asking(make_agency(county="Travis"), office, "jail")
    far = asking(make_agency(county="Travis"), office, wanted_programs=["lesc"])
    asking(make_agency(county="Harris"), office, "jail", status="withdrawn")
    asking(make_agency(state="GA", county="Harris"), office, "jail", wanted_programs=["lesc"])
    asking(make_agency(county="Harris"), make_office(), "jail")
    found = operations.related_requests(case, coordinator.actor)
    assert found.same_agency == [same]
    assert found.neighbors == [near, far]


def test_a_link_shows_on_both_and_only_to_who_sees_the_other(
    case: AgencyRequest, agency: Agency, office: Office, coordinator: Person, client: CheckedClient
) -> None:
    other = asking(make_agency(), make_office())
    everywhere = make_person(Role.COORDINATOR)
    typed = {"link-number": f" {str(other.number).lower()} ", "link-reason": "One <b>task force</b>."}
    assert client.sign_in(coordinator).get_page(f"/cases/{case.id}/related").submit("Link it", typed).status_code == 422
    visitor = client.sign_in(everywhere)
    assert visitor.get_page(f"/cases/{case.id}/related").submit("Link it", typed).status_code == 200
    assert visitor.get_page(f"/cases/{case.id}/related").submit("Link it", typed).status_code == 409
    for one, two in ((case, other), (other, case)):
        page = visitor.get(f"/cases/{one.id}/related").get_data(as_text=True)
        assert str(two.number) in page
        assert "&lt;b&gt;task force" in page
        assert audit.history(one.id, [audit.Audience.STAFF])[0].action == "link"
    page = client.sign_in(coordinator).get(f"/cases/{case.id}/related").get_data(as_text=True)
    assert str(other.number) not in page
    page = client.sign_in(everywhere).get_page(f"/cases/{case.id}/related")
    assert page.submit(f"Take the link with {other.number} off").status_code == 200
    assert db.session.scalars(select(CaseLink)).all() == []


@pytest.mark.parametrize("number", ["", "ACC-2026-000000", "\0", "x" * 4000])
def test_a_number_that_is_none_is_said_and_kept(
    case: AgencyRequest, coordinator: Person, client: CheckedClient, number: str
) -> None:
    typed = {"link-number": number, "link-reason": "Kept."}
    response = client.sign_in(coordinator).get_page(f"/cases/{case.id}/related").submit("Link it", typed)
    assert response.status_code == 422
    assert "Kept." in response.text
    assert "<title>Error: " in response.text


def test_a_request_is_not_linked_with_itself(case: AgencyRequest, coordinator: Person) -> None:
    with pytest.raises(StepRefused, match="no other request"):
        operations.link_requests(case, case, coordinator.actor, "")


@pytest.mark.parametrize("role", [Role.COUNSEL, Role.REVIEWER, Role.AUDITOR])
def test_others_read_what_is_related_and_link_nothing(case: AgencyRequest, role: Role, client: CheckedClient) -> None:
    visitor = client.sign_in(make_person(role))
    page = visitor.get(f"/cases/{case.id}/related")
    assert page.status_code == 200
    assert "Link it" not in page.get_data(as_text=True)
    assert visitor.craft_post(f"/cases/{case.id}/related", data={}).status_code == 403
    assert visitor.craft_post(f"/cases/{case.id}/related/merge", data={}).status_code == 403


def test_a_merged_duplicate_ends_with_its_history_and_the_other_lists_it(
    case: AgencyRequest, agency: Agency, office: Office, official: Person, client: CheckedClient
) -> None:
    duplicate = asking(agency, office, "jail")
    before = len(audit.history(duplicate.id, list(audit.Audience)))
    visitor = client.sign_in(official)
    page = visitor.get_page(f"/cases/{duplicate.id}/related")
    assert page.submit("Merge it", {"merge-reason": "x"}).status_code == 422
    typed = {"merge-survivor": str(case.id), "merge-reason": "Sent twice."}
    assert page.submit("Merge it", typed).address == f"/cases/{case.id}"
    db.session.refresh(duplicate)
    assert (duplicate.status, case.status) == ("declined", "in_intake")
    assert len(audit.history(duplicate.id, list(audit.Audience))) > before
    assert str(duplicate.number) in visitor.get(f"/cases/{case.id}/related").get_data(as_text=True)
    assert "Duplicates taken in" in visitor.get(f"/cases/{case.id}").get_data(as_text=True)
    assert "Merged into" in visitor.get(f"/cases/{duplicate.id}").get_data(as_text=True)
    head = client.sign_in(make_person(Role.AGENCY_HEAD, agency=agency))
    status = head.get(f"/requests/{duplicate.id}").get_data(as_text=True)
    assert f"It duplicates request {case.number}, which goes on. Sent twice." in status
    assert str(duplicate.number) in head.get(f"/requests/{case.id}").get_data(as_text=True)
    assert visitor.craft_post(f"/cases/{duplicate.id}/related/merge", data=typed).status_code in {403, 409}


def test_what_was_typed_stands_when_the_other_request_ended_meanwhile(
    case: AgencyRequest, agency: Agency, office: Office, official: Person, client: CheckedClient
) -> None:
    duplicate = asking(agency, office, "jail")
    page = client.sign_in(official).get_page(f"/cases/{duplicate.id}/related")
    case.status = "withdrawn"
    db.session.commit()
    refused = page.submit("Merge it", {"merge-survivor": str(case.id), "merge-reason": "Sent twice."})
    assert refused.status_code == 422
    assert "Sent twice." in refused.text


def test_it_is_merged_only_into_an_open_request_of_the_same_agency(
    case: AgencyRequest, agency: Agency, office: Office, official: Person
) -> None:
    foreign = asking(make_agency(), office, "jail")
    closed = asking(agency, office, "jail", status="withdrawn")
    draft = make_request(agency)
    for survivor in (foreign, closed, draft, case, None):
        with pytest.raises(StepRefused) as refused:
            operations.merge_requests(case, survivor, official.actor, "Twice.", expected_version=case.version)
        assert refused.value.kind is RefusalKind.INCOMPLETE
        db.session.rollback()
    assert operations.survivors(case, official.actor) == []


def test_only_an_approving_official_merges(
    case: AgencyRequest, agency: Agency, office: Office, coordinator: Person
) -> None:
    duplicate = asking(agency, office, "jail")
    with pytest.raises(StepRefused) as refused:
        operations.merge_requests(duplicate, case, coordinator.actor, "Twice.", expected_version=duplicate.version)
    assert refused.value.kind is RefusalKind.NOT_YOUR_JOB


def test_declining_alone_offers_no_duplicate(case: AgencyRequest, official: Person, client: CheckedClient) -> None:
    visitor = client.sign_in(official)
    assert "duplicates another" not in visitor.get(f"/cases/{case.id}/decline").get_data(as_text=True)
    typed = {"code": "duplicate", "reason": "x", "expected_version": str(case.version)}
    assert visitor.craft_post(f"/cases/{case.id}/decline", data=typed).status_code == 422
