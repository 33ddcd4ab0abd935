"""An approved request whose agreement is drafted: the end of the journey, ready for what a test adds."""

from typing import Any

from app.agreements.drafting.current_text import current_text
from app.agreements.models import Agreement
from app.agreements.operations import save_facts, start_agreement
from app.extensions import db
from app.policy import Actor, Role
from app.review import decisions
from app.workflow import engine
from app.workflow.journey.agreement_journey import AgreementAction
from tests.assessment.assessed_request import Story, in_assessment, reviewed
from tests.builders import make_person


def approved(story: Story | None = None) -> Story:
    """Every recommended program approved: the request is at the drafting stage."""
    story = story or reviewed(in_assessment())
    for program in story.recommendation.programs:
        decisions.decide_program(
            story.agency_request,
            story.official,
            program.program_key,
            "approve",
            "The plan is sound.",
            expected_version=story.expected_version,
        )
    db.session.commit()
    assert story.agency_request.status == "drafting"
    return story


def counsel() -> Actor:
    """A member of counsel."""
    return make_person(Role.COUNSEL).actor


def started(story: Story, program_key: str) -> Agreement:
    """The agreement of a program, started by the assessor with every required fact filled in."""
    agreement = start_agreement(story.agency_request, story.assessor, program_key)
    fill(agreement, story.assessor)
    db.session.commit()
    return agreement


def fill(agreement: Agreement, actor: Actor) -> None:
    """Types something made up for every fact the case does not give."""
    typed: dict[str, Any] = dict(agreement.facts)
    for fact in current_text(agreement).draft.missing:
        typed[fact.key] = MADE_UP.get(fact.key, f"Made-up {fact.label.lower()}")
    save_facts(agreement, actor, typed)


MADE_UP: dict[str, Any] = {
    "equipment_date": "2027-03-01",
    "resolution_date": "2027-02-01",
    "supervisor_span": 10,
    "officers_maximum": 12,
    "training_seats": 6,
    "supervisor_hours_on_site": 20,
}


def cleared(story: Story, program_key: str) -> Agreement:
    """The agreement, cleared by counsel who did not draft it, open to both sides."""
    agreement = started(story, program_key)
    engine.take_step(AgreementAction.SEND_TO_COUNSEL, agreement, story.assessor, expected_version=agreement.version)
    engine.take_step(AgreementAction.CLEAR, agreement, counsel(), expected_version=agreement.version)
    db.session.commit()
    return agreement
