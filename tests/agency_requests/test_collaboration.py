"""Several people of an agency on one draft: each sees who is where, and none writes over another unasked."""

import re
from dataclasses import dataclass
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from app.accounts.models import Person
from app.agency_requests.collaboration import operations
from app.agency_requests.models import AgencyRequest, SectionAssignment
from app.extensions import db, now
from app.notifications.models import OutboxMessage
from app.policy import Role
from tests.agency_requests.filled_requests import send
from tests.builders import make_person
from tests.checked import CheckedClient

Typed = dict[str, str | list[str]]
PAGES: dict[str, tuple[Typed, Typed, str]] = {
    "capacity/community-size": (
        {"population_served": "5,000", "population_served_basis": "measured", "sworn_officers": "12",
         "sworn_officers_basis": "measured"},
        {"population_served": "7,000", "population_served_basis": "estimated", "sworn_officers": "12",
         "sworn_officers_basis": "measured"},
        "population_served",
    ),
    "agency/contacts": (
        {"contact_name": "Pat Doe", "contact_email": "pat@example.gov", "contact_phone": "(202) 555-0143"},
        {"contact_name": "Jo Poe", "contact_email": "pat@example.gov", "contact_phone": "(202) 555-0143"},
        "contact_name",
    ),
    "needs/problems": (
        {"topic_1": "jail", "sentence_1": "Bookings nobody screens.", "wants": "advice"},
        {"topic_1": "jail", "sentence_1": "Interviews come too late.", "wants": "advice"},
        "sentence_1",
    ),
    "authority/letter": (
        {"letter_text": "The letter of one."}, {"letter_text": "The letter of another."}, "letter_text",
    ),
    "authority/signatory": (
        {"signatory_name": "Robin Roe", "signatory_title": "Sheriff", "authority_basis": "Elected."},
        {"signatory_name": "Robin Roe", "signatory_title": "Sheriff", "authority_basis": "The state constitution."},
        "authority_basis",
    ),
    "else/more": ({"anything_else": "One thing."}, {"anything_else": "Another thing."}, "anything_else"),
}  # fmt: skip


def seen_on(client: CheckedClient, address: str) -> str:
    page = client.get(address).get_data(as_text=True)
    return page.split('name="expected_version"')[1].split('value="')[1].split('"')[0]


def chosen(client: CheckedClient, address: str, page: str, **choice: str) -> TestResponse:
    """Sends the page of both texts as a browser would, with what was chosen."""
    form = page[page.index('name="expected_version"') - 300 :]
    fields = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', form)
    data = MultiDict([pair for pair in fields if pair[0] != "csrf_token"])
    data.update(choice)
    return client.post(address, data=data)


@dataclass
class Conflict:
    """A page that the head saved while an officer had it open, as the officer's own save shows it."""

    address: str
    theirs: Typed
    mine: Typed
    name: str
    shown: str


@pytest.fixture(params=PAGES)
def conflict(
    request: pytest.FixtureRequest, client: CheckedClient, officer: Person, head: Person, draft: AgencyRequest
) -> Conflict:
    theirs, mine, name = PAGES[request.param]
    address = f"/requests/{draft.id}/sections/{request.param}"
    old = seen_on(client.sign_in(officer), address)
    client.sign_in(head).post(address, data={"expected_version": old, "then": "next", **theirs})
    response = client.sign_in(officer).post(address, data={"expected_version": old, "then": "next", **mine})
    assert response.status_code == 409
    return Conflict(address, theirs, mine, name, response.get_data(as_text=True))


@pytest.mark.parametrize("keep", ["mine", "theirs"])
def test_scenario_08_the_second_of_two_savers_sees_both_texts_and_chooses(
    client: CheckedClient, conflict: Conflict, keep: str
) -> None:
    shown = conflict.shown
    assert shown.count('name="differs"') == 1
    for typed in (conflict.theirs, conflict.mine):
        assert str(typed[conflict.name]) in shown
    assert chosen(client, conflict.address, shown, **{f"keep-{conflict.name}": keep}).status_code == 303
    kept = client.get(conflict.address).get_data(as_text=True)
    wanted = conflict.mine if keep == "mine" else conflict.theirs
    assert str(wanted[conflict.name]).replace(",", "") in kept.replace(",", "")


@pytest.mark.parametrize("where", PAGES)
def test_two_pages_of_one_draft_do_not_collide(
    client: CheckedClient, officer: Person, head: Person, draft: AgencyRequest, where: str
) -> None:
    other = "agency/contacts" if where != "agency/contacts" else "else/more"
    addresses = [f"/requests/{draft.id}/sections/{each}" for each in (where, other)]
    old = [seen_on(client.sign_in(officer), address) for address in addresses]
    saved = client.sign_in(head).post(
        addresses[1], data={"expected_version": old[1], "then": "next", **PAGES[other][0]}
    )
    client.sign_in(officer)
    mine = client.post(addresses[0], data={"expected_version": old[0], "then": "next", **PAGES[where][1]})
    assert (saved.status_code, mine.status_code) == (303, 303)


def test_a_colleague_sees_who_has_which_section_open_for_ten_minutes(
    client: CheckedClient, officer: Person, head: Person, draft: AgencyRequest
) -> None:
    officer.title = "Lieutenant"
    db.session.commit()
    name = f"Lieutenant {officer.name}"
    tasks, address = f"/requests/{draft.id}/tasks", f"/requests/{draft.id}/sections/else/more"
    client.sign_in(officer).get(address)
    assert "has been editing this since" not in client.get(tasks).get_data(as_text=True)  # not of oneself
    client.sign_in(head)
    for page in (tasks, address):
        assert f"{name} has been editing this since" in client.get(page).get_data(as_text=True)
    with time_machine.travel(now() + timedelta(minutes=11)):
        assert name not in client.get(tasks).get_data(as_text=True)


def test_who_stays_on_a_page_is_there_since_they_came(officer: Person, head: Person, draft: AgencyRequest) -> None:
    began = now()
    for minutes in (0, 6, 12):
        with time_machine.travel(began + timedelta(minutes=minutes), tick=False):
            operations.open_page(draft, officer.actor, "else", "more")
            db.session.commit()
            visit = operations.other_editors(draft, head.actor)["else"][0]
            assert visit.since == began
    with time_machine.travel(began + timedelta(minutes=40), tick=False):
        operations.open_page(draft, officer.actor, "else", "more")
        db.session.commit()
        assert operations.other_editors(draft, head.actor)["else"][0].since > began


def test_who_saves_a_section_has_left_it(
    client: CheckedClient, officer: Person, head: Person, draft: AgencyRequest
) -> None:
    address = f"/requests/{draft.id}/sections/else/more"
    old = seen_on(client.sign_in(officer), address)
    client.post(address, data={"expected_version": old, "anything_else": "No.", "then": "next"})
    assert operations.other_editors(draft, head.actor) == {}


def share(client: CheckedClient, draft: AgencyRequest, **sections: object) -> TestResponse:
    page = client.get(f"/requests/{draft.id}/share").get_data(as_text=True)
    expected_version = page.split('name="expected_version"')[1].split('value="')[1].split('"')[0]
    return client.post(f"/requests/{draft.id}/share", data={"expected_version": expected_version, **sections})


def mails() -> list[OutboxMessage]:
    return list(db.session.scalars(select(OutboxMessage).where(OutboxMessage.notice == "sections_given")))


def test_a_section_is_given_to_a_colleague_who_is_told_once_and_taken_back(
    client: CheckedClient, officer: Person, head: Person, draft: AgencyRequest
) -> None:
    client.sign_in(head)
    for _ in range(2):
        assert share(client, draft, capacity=str(officer.id), agency="nobody").status_code == 303
    told = mails()
    assert [mail.address for mail in told] == [officer.email]
    assert "Community and staff" in told[0].body
    assert f"Given to {officer.name}" in client.get(f"/requests/{draft.id}/tasks").get_data(as_text=True)
    client.sign_in(officer)
    assert "Given to you" in client.get(f"/requests/{draft.id}/tasks").get_data(as_text=True)
    assert share(client, draft, capacity="nobody").status_code == 303
    assert db.session.scalars(select(SectionAssignment)).all() == []


def test_anybody_of_the_agency_still_fills_in_what_was_given_to_another(
    client: CheckedClient, officer: Person, head: Person, draft: AgencyRequest
) -> None:
    client.sign_in(head)
    share(client, draft, **{"else": str(officer.id)})
    address = f"/requests/{draft.id}/sections/else/more"
    data = {"expected_version": seen_on(client, address), "anything_else": "By the head.", "then": "next"}
    assert client.post(address, data=data).status_code == 303


def test_two_who_give_sections_at_once_do_not_overwrite_each_other(
    client: CheckedClient, officer: Person, head: Person, draft: AgencyRequest
) -> None:
    client.sign_in(head)
    old = seen_on(client, f"/requests/{draft.id}/share")
    share(client.sign_in(officer), draft, capacity=str(officer.id))
    client.sign_in(head)
    response = client.post(f"/requests/{draft.id}/share", data={"expected_version": old, "capacity": str(head.id)})
    page = response.get_data(as_text=True)
    assert response.status_code == 409
    assert f"Given to {officer.name}" in page
    assert db.session.scalars(select(SectionAssignment.person_id)).all() == [officer.id]


def test_a_section_goes_only_to_who_can_fill_it_in(
    client: CheckedClient, officer: Person, head: Person, draft: AgencyRequest
) -> None:
    viewer = make_person(Role.AGENCY_VIEWER, agency=draft.agency)
    stranger = make_person(Role.AGENCY_OFFICER)
    client.sign_in(head)
    for person in (viewer, stranger):
        assert share(client, draft, capacity=str(person.id)).status_code == 422
    assert client.sign_in(viewer).get(f"/requests/{draft.id}/share").status_code == 403
    assert client.sign_in(stranger).get(f"/requests/{draft.id}/share").status_code == 404


def test_nothing_is_given_of_a_request_that_was_sent(client: CheckedClient, head: Person, ready: AgencyRequest) -> None:
    client.sign_in(head)
    old = seen_on(client, f"/requests/{ready.id}/share")
    send(ready, head.actor)
    db.session.commit()
    response = client.post(f"/requests/{ready.id}/share", data={"expected_version": old, "capacity": str(head.id)})
    assert response.status_code == 409
