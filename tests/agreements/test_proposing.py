"""Either side proposes a change through the form as the page shows it; what it cannot take it gives back."""

from typing import Any

import html5lib
import pytest
from flask import Flask

from app.agreements.models import Agreement
from app.agreements.negotiation import operations
from app.extensions import db
from app.policy import Role
from tests.agreements.approved_request import approved, cleared, started
from tests.assessment.assessed_request import CAP, Story
from tests.builders import make_person
from tests.checked import HTML, CheckedClient

Pairs = list[tuple[str, str]]


@pytest.fixture
def story(app: Flask) -> Story:
    return approved()


@pytest.fixture
def agreement(story: Story) -> Agreement:
    agreement = cleared(story, CAP)
    db.session.commit()
    return agreement


def form_to(page: str, action: str) -> Pairs:
    """The fields of the form that goes to this address, in their order, with what stands in them."""
    form = next(f for f in html5lib.parse(page).iter(f"{HTML}form") if (f.get("action") or "").endswith(action))
    return [(control.get("name"), _standing(control)) for control in form.iter() if control.get("name")]


def _standing(control: Any) -> str:
    options = control.findall(f"{HTML}option")
    chosen = next((option for option in options if "selected" in option.attrib), options[0] if options else None)
    if chosen is not None:
        return chosen.get("value") or ""
    return control.text or "" if control.tag == f"{HTML}textarea" else control.get("value") or ""


def filled(pairs: Pairs, **typed: str) -> dict[str, list[str]]:
    """The form as a browser sends it: radios only where they are chosen, every other control in its order."""
    data: dict[str, list[str]] = {}
    for name, value in pairs:
        if name not in {"kind", "answer"}:
            data.setdefault(name, []).append(typed.get(name, value))
    return data | {name: [value] for name, value in typed.items() if name in {"kind", "answer"}}


@pytest.mark.parametrize("who", ["officer", "head"])
@pytest.mark.parametrize("clause", ["cap-priorities", "common-parties"])
def test_a_proposal_is_about_the_clause_that_was_chosen(
    agreement: Agreement, story: Story, client: CheckedClient, who: str, clause: str
) -> None:
    client.sign_in(story.people[who])
    address = f"/agreements/{agreement.id}"
    page = client.get(f"{address}?clause=common-parties").get_data(as_text=True)
    sent = filled(form_to(page, "/proposals"), clause_key=clause, kind="change", text="Serious charges first.")
    assert client.post(f"{address}/proposals", data=sent).status_code == 303
    (proposal,) = db.session.get_one(Agreement, agreement.id).proposals
    assert (proposal.clause_key, proposal.text) == (clause, "Serious charges first.")


def test_a_proposal_that_cannot_be_taken_comes_back_as_typed(
    agreement: Agreement, story: Story, client: CheckedClient
) -> None:
    client.sign_in(story.people["head"])
    address = f"/agreements/{agreement.id}"
    shown = form_to(client.get(address).get_data(as_text=True), "/proposals")
    answer = client.post(f"{address}/proposals", data=filled(shown, clause_key="", text="Our words.", reason="Ours."))
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "Choose the clause." in page
    back = dict(form_to(page, "/proposals"))
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
    shown = form_to(client.get(address).get_data(as_text=True), f"{first}/answer")
    answer = client.post(
        f"{address}/proposals/{first}/answer", data=filled(shown, answer="declined", text="Ours instead.")
    )
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert dict(form_to(page, f"{first}/answer"))["text"].strip() == "Ours instead."
    assert dict(form_to(page, f"{second}/answer"))["text"].strip() == ""


def test_nobody_proposes_a_change_of_a_text_not_yet_cleared(story: Story, client: CheckedClient) -> None:
    agreement = started(story, CAP)
    client.sign_in(make_person(Role.AGENCY_HEAD, agency=story.agency))
    sent = {
        "expected_version": str(agreement.version),
        "clause_key": "cap-priorities",
        "kind": "change",
        "text": "Ours.",
    }
    answer = client.post(f"/agreements/{agreement.id}/proposals", data=sent)  # crafted: no page offers it
    assert answer.status_code in {403, 409}
