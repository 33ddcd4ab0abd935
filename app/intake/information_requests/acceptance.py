"""Staff accept what the agency answered, item by item, or ask one of them again with a reason."""

import uuid
from datetime import date

from app import audit
from app.agency_requests.models import AgencyRequest
from app.extensions import db, now
from app.intake.information_requests.operations import NewItem, anchor_words, ask_information
from app.intake.models import InformationItem, InformationRequest
from app.policy import Actor, Permission, allows
from app.workflow import engine
from app.workflow.refusals import RefusalKind, StepRefused, not_found


def find_answered(agency_request: AgencyRequest, actor: Actor, item_id: uuid.UUID) -> InformationItem:
    """An item of this case whose answer was sent and waits to be accepted; otherwise StepRefused."""
    if not allows(actor, Permission.REQUEST_ASK, agency_request):
        raise StepRefused(
            RefusalKind.NOT_YOUR_JOB, ["This is not yours to do."], case_id=agency_request.id, action="accept"
        )
    if sentence := engine.recusal_of(agency_request, actor):
        raise StepRefused(RefusalKind.NOT_YOUR_JOB, [sentence], case_id=agency_request.id, action="accept")
    query = db.select(InformationItem).join(InformationRequest)
    item = db.session.scalar(
        query.where(InformationItem.id == item_id, InformationRequest.request_id == agency_request.id)
    )
    if item is None:
        raise not_found(agency_request.id, action="accept")
    if item.information_request.outcome != "answered" or item.state != "answered":
        sentence = "This item is not waiting to be accepted: look at the case again."
        raise StepRefused(RefusalKind.TOO_LATE, [sentence], case_id=agency_request.id, action="accept")
    return item


def accept_answer(agency_request: AgencyRequest, actor: Actor, item: InformationItem) -> None:
    """Settles one item."""
    item.accepted_at, item.accepted_by_id = now(), actor.id
    audit.record(
        "accept_answer",
        actor,
        case_id=agency_request.id,
        subject=("information_item", item.id),
        role=actor.role_for(Permission.REQUEST_ASK),
        sentence=f"accepted the answer about: {anchor_words(item)}",
    )


def ask_item_again(
    agency_request: AgencyRequest,
    actor: Actor,
    item: InformationItem,
    reason: str,
    due: date | None,
    *,
    expected_version: int,
) -> None:
    """Asks for this item alone once more; the agency reads why."""
    again = NewItem(item.anchor_kind, item.anchor_key, item.sentence, again_because=reason)
    ask_information(agency_request, actor, [again], due, expected_version=expected_version)
    item.asked_again_at = now()
