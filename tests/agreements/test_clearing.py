"""Counsel who worded a text learns who clears it instead, and nobody is asked for what they may not do."""

import pytest
from flask import Flask

from app.accounts.models import Person
from app.agreements import operations
from app.agreements.models import Agreement
from app.cases.queue.filters import QueueFilters
from app.cases.queue.queries import queue_counts, queue_page
from app.extensions import db
from app.policy import Role
from app.workflow import engine
from app.workflow.journey.agreement_journey import AgreementAction
from app.workflow.journey.facts import Inputs
from tests.agreements.approved_request import approved, started
from tests.assessment.assessed_request import CAP, Story
from tests.builders import make_person
from tests.checked import CheckedClient

WARNS = "If you word this clause, another counsel must clear the text"
BARS = "You worded a clause, so another counsel must clear it"
ASKS = "Draft or clear the agreement"
ALONE = "No other counsel of this case can clear it."


@pytest.fixture
def story(app: Flask) -> Story:
    return approved()


@pytest.fixture
def agreement(story: Story) -> Agreement:
    agreement = started(story, CAP)
    engine.take_step(AgreementAction.SEND_TO_COUNSEL, agreement, story.assessor, expected_version=agreement.version)
    db.session.commit()
    return agreement


@pytest.fixture
def lawyer(app: Flask) -> Person:
    return make_person(Role.COUNSEL, name="Lee Ashford")


def word(agreement: Agreement, lawyer: Person) -> None:
    operations.edit_clause(agreement, lawyer.actor, "cap-priorities", text="Serious charges first.", reason="Shorter.")
    db.session.commit()


def expected_version(client: CheckedClient, person: Person, path: str) -> str:
    return client.sign_in(person).get(path).get_data(as_text=True)


@pytest.mark.parametrize("other", ["", "Robin Vale"])
def test_the_clause_says_first_what_wording_it_costs(
    agreement: Agreement, lawyer: Person, client: CheckedClient, other: str
) -> None:
    if other:
        make_person(Role.COUNSEL, name=other)
    page = expected_version(client, lawyer, f"/agreements/{agreement.id}/clauses/cap-priorities")
    assert WARNS in page
    assert f"{other} can clear it." in page if other else ALONE in page
    word(agreement, lawyer)
    assert WARNS not in expected_version(client, lawyer, f"/agreements/{agreement.id}/clauses/cap-priorities")


def test_who_only_drafts_is_not_warned(agreement: Agreement, story: Story, client: CheckedClient) -> None:
    assert WARNS not in expected_version(
        client, story.people["assessor"], f"/agreements/{agreement.id}/clauses/cap-priorities"
    )


@pytest.mark.parametrize("other", ["", "Robin Vale"])
def test_the_agreement_names_who_clears_it_instead(
    agreement: Agreement, lawyer: Person, client: CheckedClient, other: str
) -> None:
    second = make_person(Role.COUNSEL, name=other) if other else None
    assert BARS not in expected_version(client, lawyer, f"/agreements/{agreement.id}")
    word(agreement, lawyer)
    page = expected_version(client, lawyer, f"/agreements/{agreement.id}")
    assert BARS in page
    assert "Clear the text, or return it" not in page
    assert f"{other} can clear it." in page if other else ALONE in page
    if second:
        page = expected_version(client, second, f"/agreements/{agreement.id}")
        assert BARS not in page
        assert "Clear the text, or return it" in page


def test_case_and_queue_ask_only_counsel_who_may(agreement: Agreement, lawyer: Person, client: CheckedClient) -> None:
    other = make_person(Role.COUNSEL)
    case = f"/cases/{agreement.request_id}"
    assert ASKS in expected_version(client, lawyer, case)
    assert queue_counts(lawyer.actor).mine == 1
    word(agreement, lawyer)
    assert ASKS not in expected_version(client, lawyer, case)
    assert queue_counts(lawyer.actor).mine == 0
    assert "Open the drafts" not in expected_version(client, lawyer, "/queue?view=all")
    assert ASKS in expected_version(client, other, case)
    assert [row.agency_request.id for row in queue_page(other.actor, QueueFilters(), 1).rows] == [agreement.request_id]


def test_a_text_that_is_being_drafted_is_for_who_worded_it_too(agreement: Agreement, lawyer: Person) -> None:
    word(agreement, lawyer)
    engine.take_step(
        AgreementAction.RETURN_TEXT,
        agreement,
        make_person(Role.COUNSEL).actor,
        expected_version=agreement.version,
        inputs=Inputs(reason="Shorten it."),
    )
    db.session.commit()
    assert queue_counts(lawyer.actor).mine == 1
