"""What the engine's conditions are told about intake: the completeness check, the people, what is asked back."""

from sqlalchemy import select

from app.agency_requests.models import AgencyRequest
from app.extensions import db
from app.intake.assignment import operations
from app.intake.models import ChecklistMark
from app.intake.operations import CHECKLIST, LIAISONS, declarations, open_information_request
from app.workflow.journey.facts import Inputs, IntakeFacts


def intake_facts(agency_request: AgencyRequest, inputs: Inputs) -> IntakeFacts:
    """Everything intake's conditions ask."""
    marks = select(ChecklistMark.key).where(ChecklistMark.request_id == agency_request.id, ChecklistMark.held)
    held = set(db.session.scalars(marks))
    open_request = open_information_request(agency_request.id)
    items = open_request.items if open_request else []
    return IntakeFacts(
        checklist_open=tuple(words for key, words in CHECKLIST.items() if key not in held),
        has_office=agency_request.office_id is not None,
        undeclared=operations.undeclared(agency_request),
        has_assignee=bool(operations.assignees(agency_request)),
        **_liaison_facts(agency_request),
        items_asked=len(items),
        items_untied=sum(not item.anchor_key for item in items),
        items_open=sum(item.answered_at is None for item in items),
        has_due_date=open_request is not None,
    )


def _liaison_facts(agency_request: AgencyRequest) -> dict[str, tuple[str, ...]]:
    named = {
        LIAISONS["investigations"]: agency_request.investigations_liaison,
        LIAISONS["detention"]: agency_request.detention_liaison,
    }
    declared = {row.person_id: row.has_conflict for row in declarations(agency_request.id)}

    def those(test: bool | None) -> tuple[str, ...]:
        return tuple(f"the {words}" for words, p in named.items() if p and declared.get(p.id) is test)

    return {
        "liaisons_missing": tuple(words for words, person in named.items() if person is None),
        "liaisons_undeclared": those(None),
        "liaisons_conflicted": those(True),
    }
