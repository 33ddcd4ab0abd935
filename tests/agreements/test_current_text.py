"""An agreement's text is made once, and its content hash leaves out what is filled in later."""

import pytest
from flask import Flask

from app.agreements.drafting import current_text
from app.agreements.drafting.assembly import assemble_draft
from app.agreements.drafting.document import AgreementDraft
from app.agreements.drafting.placeholders import with_blanks
from app.agreements.facts.case_facts import FILLED_LATER
from app.agreements.library.library import LIBRARY
from app.agreements.library.template_model import Template
from app.agreements.specimens import made_up
from tests.agreements.approved_request import approved, cleared
from tests.assessment.assessed_request import CAP
from tests.checked import CheckedClient

LATER = {key: LIBRARY.facts[key] for key in FILLED_LATER}
RESOLUTION = {"governing_body_resolution": "Resolution 26-17", "resolution_date": "2026-11-20"}


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[AgreementDraft]:
    """The drafts made meanwhile."""
    drafts: list[AgreementDraft] = []

    def noted(*args: object, **kwargs: object) -> AgreementDraft:
        drafts.append(assemble_draft(*args, **kwargs))  # type: ignore[arg-type] # as they came
        return drafts[-1]

    monkeypatch.setattr(current_text, "assemble_draft", noted)
    return drafts


@pytest.mark.parametrize("template", LIBRARY.templates, ids=lambda template: template.name)
def test_blanks_put_in_afterwards_are_those_of_a_draft_without_the_facts(template: Template) -> None:
    facts = made_up(template.program) | RESOLUTION
    without = assemble_draft(template, {key: value for key, value in facts.items() if key not in FILLED_LATER})
    assert with_blanks(assemble_draft(template, facts), LATER).text() == without.text()


@pytest.mark.parametrize("reader", ["assessor", "head", "official"])
def test_the_page_makes_one_draft(app: Flask, client: CheckedClient, made: list[AgreementDraft], reader: str) -> None:
    story = approved()
    agreement = cleared(story, CAP)
    page = client.sign_in(story.people[reader])
    made.clear()
    page.get_page(f"/agreements/{agreement.id}")
    assert len(made) == 1
