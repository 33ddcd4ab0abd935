"""Moves a due date of a request: the clock, what was asked with it, and word to the agency."""

from datetime import date

from app import audit
from app.agency_requests.models import AgencyRequest
from app.agency_requests.recipients import recipients
from app.deadlines.clocks import CLOCK_WORDS, ClockKind
from app.filters import format_date
from app.intake.operations import open_information_request
from app.notifications.notices import RecipientGroup
from app.notifications.outbox import send_notice
from app.policy import Actor
from app.workflow.clocks.due_dates import move_due_date
from app.workflow.models import StageClock


def extend_due_date(
    agency_request: AgencyRequest,
    actor: Actor,
    clock: StageClock,
    new_due: date,
    reason: str,
    *,
    expected_version: date,
) -> audit.Event:
    """Moves the date as `move_due_date` does; questions asked of the agency by the old date have the new one."""
    event = move_due_date(agency_request, actor, clock, new_due, reason, expected_version=expected_version)
    asked = open_information_request(agency_request.id) if clock.kind == ClockKind.INFORMATION_REQUEST else None
    if asked is not None:
        asked.due = new_due
    values = {
        "number": agency_request.number or "",
        "what": CLOCK_WORDS[clock.kind],
        "due": format_date(new_due),
        "reason": reason,
    }
    path = f"/requests/{agency_request.id}"
    send_notice(
        "date_moved",
        recipients(agency_request, RecipientGroup.AGENCY, actor),
        values,
        path=path,
        case_id=agency_request.id,
    )
    return event
