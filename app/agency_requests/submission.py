"""Sends a request: certified by the agency head, or, typed in from paper, compared with it by staff."""

import uuid
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from app import autosave
from app.accounts.offices.routing import candidates, deciding_office
from app.agency_requests.documents.operations import hashes_of
from app.agency_requests.models import AgencyRequest
from app.agency_requests.sections.queries import applying_answers, certified_content, documents_of, saved_answers
from app.deadlines.clocks import ClockKind
from app.deadlines.clocks import due as due_after
from app.extensions import db, now
from app.filters import format_date
from app.policy import Actor
from app.workflow import engine
from app.workflow.clocks import targets
from app.workflow.journey.facts import Inputs
from app.workflow.journey.request_journey import Action
from app.workflow.refusals import RefusalKind, StepRefused

TRIES = 20


def submit(agency_request: AgencyRequest, actor: Actor, *, certified: bool, expected_version: int, shown: str) -> None:
    """Certifies and sends the request. Whoever posts a second time is refused as too late."""
    _send(Action.SUBMIT, agency_request, actor, certified=certified, expected_version=expected_version, shown=shown)


def record_entry(
    agency_request: AgencyRequest, actor: Actor, *, certified: bool, expected_version: int, shown: str
) -> None:
    """Records the letter: the request gets its number, and its first clock counts from the day the letter came in."""
    received = agency_request.letter_received_on or now().date()
    _send(
        Action.ENTER,
        agency_request,
        actor,
        certified=certified,
        expected_version=expected_version,
        shown=shown,
        due=due_after(received, targets.targets()[ClockKind.ACKNOWLEDGE], targets.closed_days(())),
        mail={"signed": format_date(agency_request.letter_signed_on)},
    )


def has_recorded(request_id: uuid.UUID, actor: Actor) -> bool:
    """Whether this person recorded it before, perhaps by the first of two clicks; they need not see it any more."""
    found = db.session.get(AgencyRequest, request_id)
    return found is not None and found.number is not None and found.entered_by_id == actor.id


def _send(
    action: Action,
    agency_request: AgencyRequest,
    actor: Actor,
    *,
    certified: bool,
    expected_version: int,
    shown: str,
    due: date | None = None,
    mail: dict[str, object] | None = None,
) -> None:
    """Sends a draft by either step: it gets its number, and its office where the state decides it.

    `shown` is the content hash of the content that the certifier read; when it is no longer that, nobody certified what
    would be sent. `due` and `mail` are passed on to the engine.
    """
    engine.check_step(action, agency_request, actor, expected_version=expected_version)
    content = certified_content(agency_request)
    if shown != content:
        sentence = "Somebody changed an answer after you opened this page. Read it again, then certify."
        raise StepRefused(RefusalKind.TOO_LATE, [sentence], case_id=agency_request.id, action=action.value)
    _drop_stale(agency_request)
    agency_request.certified_hash, agency_request.head_note = content, ""
    agency_request.submitted_at, agency_request.submitted_by_id = now(), actor.id
    autosave.delete_forms_below(f"/requests/{agency_request.id}/")
    _route(agency_request)
    _number(agency_request)
    engine.take_step(
        action,
        agency_request,
        actor,
        expected_version=expected_version,
        inputs=Inputs(certified=certified),
        details={"certified_hash": content, "files": hashes_of(documents_of(agency_request))},
        due=due,
        mail=mail,
    )


def _drop_stale(agency_request: AgencyRequest) -> None:
    """Removes answers to questions that no longer apply: they were not shown, so nobody certifies them."""
    asked = applying_answers(agency_request)
    for key, answer in saved_answers(agency_request).items():
        if key not in asked:
            db.session.delete(answer)


def _route(agency_request: AgencyRequest) -> None:
    """Sets the office where the agency's place decides it alone; else the request waits in headquarters' pool."""
    agency_request.state = agency_request.agency.state
    office = deciding_office(candidates(agency_request.agency.state, agency_request.agency.county))
    agency_request.office_id = office.id if office else None


def _number(agency_request: AgencyRequest) -> None:
    """Gives the next number of the year; when two ask at once the constraint refuses one, which tries again."""
    year = now().year
    for _ in range(TRIES):
        taken = select(func.max(AgencyRequest.number)).where(AgencyRequest.number.like(f"ACC-{year}-%"))
        last = db.session.scalar(taken)
        number = int(last.rsplit("-", 1)[1]) + 1 if last else 1
        try:
            with db.session.begin_nested():
                agency_request.number = f"ACC-{year}-{number:06d}"
        except IntegrityError:
            continue
        return
    raise StepRefused(RefusalKind.TOO_LATE, ["Many requests are being sent now. Send yours again in a moment."])
