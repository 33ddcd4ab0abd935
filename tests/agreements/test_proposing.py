"""Either side proposes a change through the form as the page shows it; what it cannot take it gives back."""

import pytest
from flask import Flask

from app.agreements.models import Agreement
from app.agreements.negotiation import operations
from app.extensions import db
from app.policy import Role
from tests.agreements.approved_request import approved, cleared, started
from tests.assessment.assessed_request import CAP, Story
from tests.builders import make_person
from tests.checked import CheckedClient
from tests.page import Page


@pytest.fixture
def story(app: Flask) -> Story:
    return approved()


@pytest.fixture
def agreement(story: Story) -> Agreement:
    agreement = cleared(story, CAP)
    db.session.commit()
    return agreement


def standing(page: Page, action: str) -> dict[str, str]:
    """What stands in the form that goes to this address."""
    form = next(each for each in page.forms if page.leads_to(each, None).endswith(action))
    return dict(form.sent(None, {}))


@pytest.mark.parametrize("who", ["officer", "head"])
@pytest.mark.parametrize("clause", ["cap-priorities", "common-parties"])
def test_a_proposal_is_about_the_clause_that_was_chosen(
    agreement: Agreement, story: Story, client: CheckedClient, who: str, clause: str
) -> None:
    client.sign_in(story.people[who])
    address = f"/agreements/{agreement.id}"
    page = client.get_page(f"{address}?clause=common-parties")
    sent = page.submit("Send the proposal", clause_key=clause, kind="change", text="Serious charges first.")
    assert sent.status_code == 200
    (proposal,) = db.session.get_one(Agreement, agreement.id).proposals
    assert (proposal.clause_key, proposal.text) == (clause, "Serious charges first.")


def test_a_proposal_that_cannot_be_taken_comes_back_as_typed(
    agreement: Agreement, story: Story, client: CheckedClient
) -> None:
    client.sign_in(story.people["head"])
    address = f"/agreements/{agreement.id}"
    typed = {"clause_key": "", "text": "Our words.", "reason": "Ours."}
    page = client.get_page(address).submit("Send the proposal", typed)
    assert page.status_code == 422
    assert "Choose the clause." in page.text
    back = standing(page, "/proposals")
    assert (back["text"].strip(), back["reason"].strip()) == ("Our words.", "Ours.")


def test_an_answer_that_cannot_be_taken_comes_back_at_its_proposal_alone(
    agreement: Agreement, story: Story, client: CheckedClient
) -> None:
    for text in ("First.", "Second."):
        operations.propose_change(
            agreement, story.head, "cap-priorities", kind="change", text=text, expected_version=agreement.version
        )
        db.session.commit()
    first, second = (proposal.id for proposal in agreement.proposals)
    client.sign_in(story.people["assessor"])
    address = f"/agreements/{agreement.id}"
    page = client.get_page(address).submit(
        "Record the answer", to=f"{address}/proposals/{first}/answer", answer="declined", text="Ours instead."
    )
    assert page.status_code == 422
    assert standing(page, f"{first}/answer")["text"].strip() == "Ours instead."
    assert standing(page, f"{second}/answer")["text"].strip() == ""


def test_an_answer_that_is_too_long_is_shown_at_its_field(
    agreement: Agreement, story: Story, client: CheckedClient
) -> None:
    operations.propose_change(
        agreement, story.head, "cap-priorities", kind="change", text="First.", expected_version=agreement.version
    )
    db.session.commit()
    page = client.sign_in(story.people["assessor"]).get_page(f"/agreements/{agreement.id}")
    refused = page.submit("Record the answer", answer="declined", words="Too long. " * 500)
    assert refused.status_code == 422
    assert 'href="#reply-words"' in refused.text


def test_nobody_proposes_a_change_of_a_text_not_yet_cleared(story: Story, client: CheckedClient) -> None:
    agreement = started(story, CAP)
    client.sign_in(make_person(Role.AGENCY_HEAD, agency=story.agency))
    sent = {
        "expected_version": str(agreement.version),
        "clause_key": "cap-priorities",
        "kind": "change",
        "text": "Ours.",
    }
    answer = client.craft_post(f"/agreements/{agreement.id}/proposals", data=sent)
    assert answer.status_code in {403, 409}
