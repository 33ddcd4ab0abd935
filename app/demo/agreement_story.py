"""Takes the agreement of a made-up request along its own journey."""

from typing import Any

from app.agreements import finalization
from app.agreements import operations as agreements_operations
from app.agreements.drafting.current_text import current_text
from app.agreements.library.library import LIBRARY
from app.agreements.library.template_model import FactKind
from app.agreements.models import Agreement
from app.agreements.negotiation import operations as negotiation_operations
from app.demo.story import Story
from app.extensions import db
from app.workflow import engine
from app.workflow.journey.agreement_journey import AgreementAction


def draft(story: Story, program_key: str, status: str) -> Agreement:
    """Brings the agreement of one program to a status between drafting and drafted."""
    assessor = story.who(story.field)
    with story.after(0):
        agreement = agreements_operations.start_agreement(story.request, assessor, program_key)
        if status != "drafting":
            agreements_operations.save_facts(agreement, assessor, _made_up(agreement))
            engine.take_step(AgreementAction.SEND_TO_COUNSEL, agreement, assessor, expected_version=agreement.version)
        if status in {"negotiation", "accepted", "drafted"}:
            engine.take_step(AgreementAction.CLEAR, agreement, story.who("counsel"), expected_version=agreement.version)
        if status in {"accepted", "drafted"}:
            head = story.who("head")
            negotiation_operations.accept_text(
                agreement, head, shown=current_text(agreement).content_hash, expected_version=agreement.version
            )
        if status == "drafted":
            finalization.finalize_agreement(agreement, story.who("official"), expected_version=agreement.version)
        db.session.commit()
    return agreement


def _made_up(agreement: Agreement) -> dict[str, Any]:
    """Something for every fact the case does not give, recognizably made up."""
    missing = [LIBRARY.facts[fact.key] for fact in current_text(agreement).draft.missing if fact.key in LIBRARY.facts]
    return {fact.key: fact.specimen for fact in missing if fact.kind is not FactKind.ROWS}
