"""Several people of an agency on one draft: each sees who is where, and none writes over another unasked."""

from dataclasses import dataclass
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from app.accounts.models import Person
from app.agency_requests.collaboration import operations
from app.agency_requests.models import AgencyRequest, SectionAssignment
from app.extensions import db, now
from app.notifications.models import OutboxMessage
from app.policy import Role
from tests.agency_requests.filled_requests import send
from tests.builders import make_person
from tests.checked import CheckedClient
from tests.page import NotOnThePage, Page

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


ONWARD, SHARE = "Save and continue", "Save who does what"


def at_another_machine(client: CheckedClient, person: Person) -> CheckedClient:
    """A colleague at a browser of their own."""
    other = client.application.test_client()
    assert isinstance(other, CheckedClient)
    return other.sign_in(person)


@dataclass
class Conflict:
    """A page that the head saved while an officer had it open, as the officer's own save shows it."""

    theirs: Typed
    mine: Typed
    name: str
    shown: Page


@pytest.fixture(params=PAGES)
def conflict(
    request: pytest.FixtureRequest, client: CheckedClient, officer: Person, head: Person, draft: AgencyRequest
) -> Conflict:
    theirs, mine, name = PAGES[request.param]
    address = f"/requests/{draft.id}/sections/{request.param}"
    page = client.sign_in(officer).get_page(address)
    at_another_machine(client, head).get_page(address).submit(ONWARD, theirs)
    shown = page.submit(ONWARD, mine)
    assert shown.status_code == 409
    return Conflict(theirs, mine, name, shown)


@pytest.mark.parametrize("keep", ["mine", "theirs"])
def test_scenario_08_the_second_of_two_savers_sees_both_texts_and_chooses(
    client: CheckedClient, conflict: Conflict, keep: str
) -> None:
    shown = conflict.shown
    assert shown.text.count('name="differs"') == 1
    for typed in (conflict.theirs, conflict.mine):
        assert str(typed[conflict.name]) in shown.text
    assert shown.submit("Save what you chose", {f"keep-{conflict.name}": keep}).status_code == 200
    kept = client.get_page(shown.path).text
    wanted = conflict.mine if keep == "mine" else conflict.theirs
    assert str(wanted[conflict.name]).replace(",", "") in kept.replace(",", "")


@pytest.mark.parametrize("where", PAGES)
def test_two_pages_of_one_draft_do_not_collide(
    client: CheckedClient, officer: Person, head: Person, draft: AgencyRequest, where: str
) -> None:
    other = "agency/contacts" if where != "agency/contacts" else "else/more"
    start = f"/requests/{draft.id}/sections"
    mine = client.sign_in(officer).get_page(f"{start}/{where}")
    theirs = at_another_machine(client, head).get_page(f"{start}/{other}")
    answers = theirs.submit(ONWARD, PAGES[other][0]), mine.submit(ONWARD, PAGES[where][1])
    assert [answer.status_code for answer in answers] == [200, 200]


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
    client.sign_in(officer).get_page(address).submit(ONWARD, anything_else="No.")
    assert operations.other_editors(draft, head.actor) == {}


def share(client: CheckedClient, draft: AgencyRequest, **sections: object) -> Page:
    return client.get_page(f"/requests/{draft.id}/share").submit(SHARE, sections)


def mails() -> list[OutboxMessage]:
    return list(db.session.scalars(select(OutboxMessage).where(OutboxMessage.notice == "sections_given")))


def test_a_section_is_given_to_a_colleague_who_is_told_once_and_taken_back(
    client: CheckedClient, officer: Person, head: Person, draft: AgencyRequest
) -> None:
    client.sign_in(head)
    for _ in range(2):
        assert share(client, draft, capacity=str(officer.id), agency="nobody").path == f"/requests/{draft.id}/tasks"
    told = mails()
    assert [mail.address for mail in told] == [officer.email]
    assert "Community and staff" in told[0].body
    assert f"Given to {officer.name}" in client.get(f"/requests/{draft.id}/tasks").get_data(as_text=True)
    client.sign_in(officer)
    assert "Given to you" in client.get(f"/requests/{draft.id}/tasks").get_data(as_text=True)
    assert share(client, draft, capacity="nobody").path == f"/requests/{draft.id}/tasks"
    assert db.session.scalars(select(SectionAssignment)).all() == []


def test_anybody_of_the_agency_still_fills_in_what_was_given_to_another(
    client: CheckedClient, officer: Person, head: Person, draft: AgencyRequest
) -> None:
    client.sign_in(head)
    share(client, draft, **{"else": str(officer.id)})
    page = client.get_page(f"/requests/{draft.id}/sections/else/more")
    assert page.submit(ONWARD, anything_else="By the head.").path == f"/requests/{draft.id}/tasks"


def test_two_who_give_sections_at_once_do_not_overwrite_each_other(
    client: CheckedClient, officer: Person, head: Person, draft: AgencyRequest
) -> None:
    page = client.sign_in(head).get_page(f"/requests/{draft.id}/share")
    share(at_another_machine(client, officer), draft, capacity=str(officer.id))
    page = page.submit(SHARE, capacity=str(head.id))
    assert page.status_code == 409
    assert f"Given to {officer.name}" in page.text
    assert db.session.scalars(select(SectionAssignment.person_id)).all() == [officer.id]
    page.submit(SHARE)  # what was chosen stands on the page still
    assert db.session.scalars(select(SectionAssignment.person_id)).all() == [head.id]


def test_a_section_goes_only_to_who_can_fill_it_in(
    client: CheckedClient, officer: Person, head: Person, draft: AgencyRequest
) -> None:
    viewer = make_person(Role.AGENCY_VIEWER, agency=draft.agency)
    stranger = make_person(Role.AGENCY_OFFICER)
    client.sign_in(head)
    for person in (viewer, stranger):
        with pytest.raises(NotOnThePage):
            share(client, draft, capacity=str(person.id))
        crafted = {"expected_version": operations.assignments_version(draft), "capacity": str(person.id)}
        assert client.craft_post(f"/requests/{draft.id}/share", data=crafted).status_code == 422
    assert client.sign_in(viewer).get(f"/requests/{draft.id}/share").status_code == 403
    assert client.sign_in(stranger).get(f"/requests/{draft.id}/share").status_code == 404


def test_who_left_while_the_page_was_open_is_given_nothing(
    client: CheckedClient, officer: Person, head: Person, draft: AgencyRequest
) -> None:
    page = client.sign_in(head).get_page(f"/requests/{draft.id}/share")
    officer.active = False
    db.session.commit()
    assert page.submit(SHARE, capacity=str(officer.id)).status_code == 422


def test_nothing_is_given_of_a_request_that_was_sent(client: CheckedClient, head: Person, ready: AgencyRequest) -> None:
    page = client.sign_in(head).get_page(f"/requests/{ready.id}/share")
    send(ready, head.actor)
    db.session.commit()
    assert page.submit(SHARE, capacity=str(head.id)).status_code == 409
