"""The assessor confirms or corrects each answer with a source; both values stay on record."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from app import audit
from app.agency_requests.models import AgencyRequest, Answer
from app.assessment.content_changes import content_changed
from app.assessment.models import ConfirmedAnswer, Meeting, MeetingFile, NoPartnershipFinding
from app.extensions import db
from app.needs.answers import check
from app.policy import Actor, Permission, allows
from app.uploads.inspected_file import InspectedFile
from app.uploads.operations import keep_all
from app.workflow import engine
from app.workflow.journey.request_journey import Status
from app.workflow.refusals import RefusalKind, StepRefused

WORKABLE = frozenset({Status.IN_ASSESSMENT, Status.IN_REVIEW})  # an edit in review voids the concurrence, visibly
AGENCY_SOURCE = "The agency's answer, as measured"


def may_work(agency_request: AgencyRequest, actor: Actor) -> bool:
    """Whether this person may edit the assessment now."""
    return (
        allows(actor, Permission.ASSESSMENT_WORK, agency_request)
        and agency_request.status in WORKABLE
        and not engine.recusal_of(agency_request, actor)
    )


def refuse_unless_workable(agency_request: AgencyRequest, actor: Actor) -> None:
    """Raises StepRefused when this person may not edit the assessment, or no longer."""
    if not allows(actor, Permission.ASSESSMENT_WORK, agency_request):
        raise StepRefused(
            RefusalKind.NOT_YOUR_JOB, ["An assessor does this."], case_id=agency_request.id, action="assess"
        )
    if sentence := engine.recusal_of(agency_request, actor):
        raise StepRefused(RefusalKind.NOT_YOUR_JOB, [sentence], case_id=agency_request.id, action="assess")
    if agency_request.status not in WORKABLE:
        raise StepRefused(RefusalKind.TOO_LATE, ["The assessment cannot be changed now."], case_id=agency_request.id)


@dataclass(frozen=True)
class Confirmation:
    """The assessed value of one question (None when unknown), how it is known, and where it comes from."""

    key: str
    value: Any
    basis: str
    source: str


def confirm_answer(
    agency_request: AgencyRequest, actor: Actor, key: str, value: Any, *, basis: str, source: str
) -> None:
    """Records the assessed value of one question; see confirm_answers."""
    confirm_answers(agency_request, actor, [Confirmation(key, value, basis, source)])


def confirm_answers(agency_request: AgencyRequest, actor: Actor, confirmations: Sequence[Confirmation]) -> None:
    """Records assessed values with their sources, and who says so.

    Raises BadAnswer for a value that its question does not take, and StepRefused.
    """
    refuse_unless_workable(agency_request, actor)
    query = select(ConfirmedAnswer).where(ConfirmedAnswer.request_id == agency_request.id)
    rows = {row.key: row for row in db.session.scalars(query)}
    for confirmation in confirmations:
        key = confirmation.key
        row = rows.get(key) or ConfirmedAnswer(request_id=agency_request.id, key=key)
        _confirm(agency_request, actor, row, confirmation)
    content_changed(agency_request, actor)


def _confirm(agency_request: AgencyRequest, actor: Actor, row: ConfirmedAnswer, confirmation: Confirmation) -> None:
    was = row.value
    known = None if confirmation.value is None else check(confirmation.key, confirmation.value)
    known = list(known) if isinstance(known, tuple) else known  # as it comes back from the database
    row.value, row.basis = known, confirmation.basis if known is not None else "unknown"
    row.source = confirmation.source
    row.by_id = actor.person_id
    db.session.add(row)
    if was != known:
        changed = {"key": row.key, "was": was, "became": known}
        _record(agency_request, actor, "confirm_answer", "confirmed an answer", changed)


def confirm_measured(agency_request: AgencyRequest, actor: Actor, keys: Sequence[str]) -> int:
    """Confirms every measured answer among `keys` as the agency gave it; returns how many."""
    query = select(Answer).where(
        Answer.request_id == agency_request.id,
        Answer.key.in_(keys),
        Answer.basis == "measured",
        Answer.value.is_not(None),
    )
    measured = [Confirmation(a.key, a.value, "measured", AGENCY_SOURCE) for a in db.session.scalars(query)]
    confirm_answers(agency_request, actor, measured)
    return len(measured)


def record_meeting(
    agency_request: AgencyRequest,
    actor: Actor,
    *,
    held_on: date,
    place: str,
    attendees: str,
    summary: str,
    files: Sequence[InspectedFile] = (),
) -> Meeting:
    """Records a meeting with the agency; attendees by role, and its files, such as minutes, for staff."""
    refuse_unless_workable(agency_request, actor)
    meeting = Meeting(
        request_id=agency_request.id,
        held_on=held_on,
        place=place,
        attendees=attendees,
        summary=summary,
        by_id=actor.id,
        files=[MeetingFile(**values) for values in keep_all(files)],
    )
    db.session.add(meeting)
    _record(agency_request, actor, "record_meeting", "recorded a meeting", {"held_on": held_on.isoformat()})
    return meeting


def record_no_partnership(agency_request: AgencyRequest, actor: Actor, text: str) -> NoPartnershipFinding:
    """Records the assessor's finding that no partnership fits; an approving official may then decline."""
    refuse_unless_workable(agency_request, actor)
    finding = NoPartnershipFinding(request_id=agency_request.id, text=text, by_id=actor.id)
    db.session.add(finding)
    _record(agency_request, actor, "find_no_partnership", "found that no partnership fits", {}, reason=text)
    return finding


def _record(
    agency_request: AgencyRequest,
    actor: Actor,
    action: str,
    sentence: str,
    details: dict[str, Any],
    *,
    reason: str = "",
) -> None:
    audit.record(
        action,
        actor,
        case_id=agency_request.id,
        subject=("request", agency_request.id),
        role=actor.role_for(Permission.ASSESSMENT_WORK),
        sentence=sentence,
        reason=reason,
        details=details,
        audience=audit.Audience.STAFF,
    )
