"""A request as a line of the queue, and filters as chips."""

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from flask import url_for

from app.accounts.models import Person
from app.cases.case_page.headline import task_address, task_of, waiting_words
from app.cases.queue.filters import QueueFilters
from app.cases.queue.queries import QueueEntry
from app.deadlines.business_days import business_days_between, day_of, days_left_words, is_past
from app.filters import format_date
from app.policy import Actor, Permission, allows
from app.workflow.clocks.operations import today
from app.workflow.clocks.targets import Closures
from app.workflow.journey.request_journey import STAFF_STATUS_WORDS, WAITING_ON

SOON = 3  # business days


def queue_row(
    row: QueueEntry,
    actor: Actor,
    asked: QueueFilters,
    *,
    position: int,
    closures: Closures,
    covering: Collection[UUID] = (),
) -> dict[str, object]:
    """The cells of one line, in words; `tone` is "late" past the due date. Its link knows the list and the place."""
    agency_request, day = row.agency_request, today()
    status = agency_request.status
    closed = closures.of(agency_request.office_ids)
    is_late = row.due is not None and is_past(row.due, day, closed)
    left = business_days_between(day, row.due, closed) if row.due else None
    task = task_of(
        agency_request, status, actor,
        is_to_declare=row.is_to_declare, is_for_other_counsel=row.is_for_other_counsel,
    )  # fmt: skip
    person = agency_request.assessor or agency_request.coordinator
    began = day_of(agency_request.submitted_at) if agency_request.submitted_at else day
    return {
        "id": agency_request.id,
        "number": agency_request.number,
        "href": url_for("cases.case", request_id=agency_request.id, at=position, **asked.parameters),
        "agency": agency_request.agency.name,
        "name": agency_request.agency.name,
        "place": f"{agency_request.agency.county}, {agency_request.state}".lstrip(", "),
        "status": STAFF_STATUS_WORDS[status],
        "office": agency_request.office.name if agency_request.office else "Not routed",
        "waiting": waiting_words(status, actor),
        "side": str(WAITING_ON[status] or "ice"),
        "due": format_date(row.due) if row.due else "",
        "days": days_left_words(row.due, day, closed) if row.due else "",
        "kind": "late" if is_late else "soon" if left is not None and left <= SOON else "due" if row.due else "none",
        "age": business_days_between(began, day),
        "assignee": _assignee(person, covering),
        "next": task.button if task else "",
        "next_href": task_address(task, agency_request) if task else "",
        "tone": "late" if is_late else "",
    }


def _assignee(person: Person | None, covering: Collection[UUID]) -> str:
    if person is None:
        return "Nobody yet"
    return f"{person.name} (you cover)" if person.id in covering else person.name


def filter_chips(asked: QueueFilters, choices: Mapping[str, Sequence[tuple[str, str]]]) -> list[tuple[str, str]]:
    """Each filter that is on, in words, with the address without it."""
    return [
        (
            dict(choices.get(name, ())).get(value, value),
            url_for("cases.queue", **{other: v for other, v in asked.parameters.items() if other != name}),
        )
        for name, value in asked.kept.items()
    ]


def queue_actions(actor: Actor, parameters: Mapping[str, str]) -> dict[str, str]:
    """Where the queue sends what can be done from it: an address for each that this person may do."""
    acts = {
        "take": ("bulk_assignment.take", Permission.REQUEST_TAKE),
        "assign": ("bulk_assignment.choose", Permission.REQUEST_ASSIGN),
        "export": ("exports.chosen", Permission.REPORT_READ),
    }
    return {
        name: url_for(endpoint, **parameters)
        for name, (endpoint, permission) in acts.items()
        if allows(actor, permission)
    }
