"""What users of comparable services lose, and ours do not: the scenarios of filing, each under its number."""

import re

import pytest
from sqlalchemy import func, select

from app.accounts.models import Person
from app.agency_requests import operations
from app.agency_requests.models import AgencyRequest
from app.agency_requests.sections import queries
from app.agency_requests.sections.question_forms import GivenAnswer
from app.extensions import db
from app.needs.questions import QUESTIONS
from app.notifications.models import OutboxMessage
from app.policy import Role
from tests.agency_requests.test_check_answers import ASK, CERTIFIED, GIVE_BACK, SEND, certified, check_page
from tests.agency_requests.test_documents import picture
from tests.builders import make_person
from tests.checked import CheckedClient


def test_scenario_01_a_draft_goes_on_at_another_machine_where_it_was_left_with_its_files(
    client: CheckedClient, officer: Person
) -> None:
    tasks = client.sign_in(officer).get_page("/requests/new").submit("Start the request").path
    start = tasks.removesuffix("/tasks")
    contacts = f"{start}/sections/agency/contacts"
    client.get_page(contacts).submit(
        "Save and go to the section list",
        contact_name="Pat Doe", contact_email="pat@example.gov", contact_phone="202-555-0143",
    )  # fmt: skip
    client.get_page(f"{start}/documents").submit("Attach", kind="letter", file=(picture(), "letter.png"))
    elsewhere = client.application.test_client().sign_in(officer)
    assert elsewhere.get(f"{start}/sections/agency").location != contacts  # the next page, not the one that is done
    assert "Pat Doe" in elsewhere.get(contacts).get_data(as_text=True)
    assert "letter.png" in elsewhere.get(f"{start}/documents").get_data(as_text=True)


def test_scenario_03_what_is_missing_is_listed_and_each_link_leads_to_its_question(
    client: CheckedClient, head: Person, ready: AgencyRequest
) -> None:
    db.session.delete(queries.saved_answers(ready)["population_served"])
    ready.contact_email = ""
    db.session.commit()
    client.sign_in(head)
    response = client.craft_post(f"/requests/{ready.id}/submit", data=certified(ready))
    page = response.get_data(as_text=True)
    assert response.status_code == 422
    links = re.findall(r'href="([^"]*)"', page[page.index("Complete these pages first") :])
    assert f"/requests/{ready.id}/sections/capacity/community-size#population_served" in links
    for link in links[:2]:
        path, _, anchor = link.partition("#")
        target = client.get(path).get_data(as_text=True)
        assert not anchor or f'id="{anchor}"' in target


def test_scenario_04_the_answer_to_a_question_that_is_hidden_since_is_not_shown_nor_sent(
    client: CheckedClient, head: Person, ready: AgencyRequest
) -> None:
    operations.save_answers(ready, head.actor, {"jail_operated": GivenAnswer("no", "", "")})
    db.session.commit()
    page = check_page(client.sign_in(head), ready)
    assert QUESTIONS["jail_bookings"].text not in page.text
    assert page.submit(SEND, CERTIFIED).path == f"/requests/{ready.id}/receipt"
    assert "jail_bookings" not in queries.saved_answers(ready)


def test_scenario_07_a_double_click_on_submit_is_one_submission_and_one_mail_each(
    client: CheckedClient, head: Person, officer: Person, ready: AgencyRequest
) -> None:
    page = check_page(client.sign_in(head), ready)
    assert {page.submit(SEND, CERTIFIED).path for _ in range(3)} == {f"/requests/{ready.id}/receipt"}
    received = select(OutboxMessage.address).where(OutboxMessage.notice == "received")
    assert sorted(db.session.scalars(received)) == sorted([head.email, officer.email])
    assert db.session.scalar(select(func.count(AgencyRequest.number))) == 1


def test_scenario_10_the_head_sends_the_draft_back_with_a_reason_instead_of_certifying(
    client: CheckedClient, head: Person, officer: Person, ready: AgencyRequest
) -> None:
    check_page(client.sign_in(officer), ready).submit(ASK)
    refused = check_page(client.sign_in(head), ready).submit(GIVE_BACK, note="")
    assert refused.status_code == 422
    assert refused.submit(GIVE_BACK, note="The letter is old.").path == f"/requests/{ready.id}/tasks"
    page = client.sign_in(officer).get(f"/requests/{ready.id}/tasks").get_data(as_text=True)
    assert "The letter is old." in page
    told = select(OutboxMessage.address).where(OutboxMessage.notice == "handed_back")
    assert db.session.scalars(told).all() == [officer.email]
    assert "was told on" in check_page(client, ready).submit(ASK).text  # and the head is asked again


@pytest.mark.parametrize("same", ["problem", "program"])
def test_scenario_14_an_open_request_for_the_same_is_pointed_out_and_stops_nobody(
    client: CheckedClient, head: Person, officer: Person, ready: AgencyRequest, same: str
) -> None:
    if same == "program":
        ready.wants_advice, ready.wanted_programs = False, ["best"]
    other = operations.create_draft(officer.actor, "GA", program="best" if same == "program" else "")
    if same == "problem":
        operations.rank_problems(other, officer.actor, [("jail", "")])
    foreign = operations.create_draft(make_person(Role.AGENCY_OFFICER).actor, "GA", program="best")
    db.session.commit()
    page = check_page(client.sign_in(head), ready)
    assert "open request about the same problem or program" in page.text
    assert f"/requests/{other.id}" in page.text
    assert f"/requests/{foreign.id}" not in page.text
    assert page.submit(SEND, CERTIFIED).path == f"/requests/{ready.id}/receipt"
