"""The queue, the staff's case page, the agency's status page, and the journey shown."""

import uuid

from flask import Blueprint, redirect, render_template, request, url_for
from us.states import STATES_AND_TERRITORIES
from werkzeug.wrappers import Response

from app.accounts.delegation.operations import delegators_of
from app.agency_requests.access import get_request
from app.agency_requests.request_page import render_request_page
from app.cases.case_page.case_page import case_page, status_page
from app.cases.queue import filters, saved_views
from app.cases.queue import queries as queues
from app.cases.queue.rows import filter_chips, queue_actions, queue_row
from app.cases.search.queries import where_found
from app.extensions import db
from app.pagination import page_number
from app.policy import Actor, Permission, Side, allows
from app.programs.catalog import CATALOG
from app.security import acting, public, requires
from app.workflow.clocks.targets import Closures
from app.workflow.diagram import as_mermaid
from app.workflow.journey.journeys import JOURNEYS
from app.workflow.journey.request_journey import STAFF_STATUS_WORDS, Status
from app.workflow.journey.statuses import Machine

blueprint = Blueprint("cases", __name__)
MOST_CASES = 10**7  # positions in a list beyond this are ignored


@blueprint.get("/queue")
@requires(Permission.CASE_READ)
def queue() -> str:
    """One page of the requests this person may act on, or of all they see."""
    actor, asked = acting(), filters.parse_filters(request.args)
    found = queues.queue_page(actor, asked, page_number())
    counts = queues.queue_counts(actor)
    choices = queue_choices(actor)
    closures = Closures()
    covering = set(db.session.scalars(delegators_of(actor)))
    return render_template(
        "cases/queue.html",
        asked=asked,
        views=[(words, url_for(".queue", view=name), getattr(counts, name)) for name, words in filters.VIEWS.items()],
        saved=saved_views.saved_views_of(actor),
        listing=found,
        rows=[
            queue_row(row, actor, asked, position=place, closures=closures, covering=covering)
            for place, row in enumerate(found.rows, start=found.first)
        ],
        acts=queue_actions(actor, asked.parameters),
        found=where_found(asked.filters["q"], actor.side, [row.agency_request.id for row in found.rows]),
        counts=counts,
        choices=choices,
        chips=filter_chips(asked, choices),
    )


def queue_choices(actor: Actor) -> dict[str, list[tuple[str, str]]]:
    """What each filter offers."""
    return {
        "status": [(queues.OPEN, "Any that is open")]
        + [(s.value, words) for s, words in STAFF_STATUS_WORDS.items() if s is not Status.DRAFT],
        "office": queues.office_choices(),
        "program": list(CATALOG.labels.items()),
        "state": [(state.abbr, state.name) for state in STATES_AND_TERRITORIES],
        "assignee": queues.assignee_choices(actor),
        "waiting": [(Side.ICE.value, "ICE"), (Side.AGENCY.value, "The agency")],
        "due": [("late", "Late"), ("week", "Due within a week")],
    }


@blueprint.get("/cases/<uuid:request_id>")
@requires(Permission.REQUEST_READ)
def case(request_id: uuid.UUID) -> Response | str:
    """Everything about one request, for staff."""
    agency_request = get_request(request_id, acting())
    if acting().side is Side.AGENCY:
        return redirect(url_for(".status", request_id=request_id), 303)
    return render_request_page(
        "cases/case.html",
        agency_request,
        file=case_page(agency_request, acting()),
        around=_around(request_id),
    )


def _around(request_id: uuid.UUID) -> dict[str, object] | None:
    """The list that the case was opened from, its place in it, and the next ones; None when it came another way."""
    position = request.args.get("at", 0, type=int)
    if not 0 < position < MOST_CASES:
        return None
    asked = filters.parse_filters(request.args)
    found = queues.neighbors(acting(), asked, request_id, position)
    links = (
        {
            side: url_for(".case", request_id=key, at=found.position + step, **asked.parameters)
            for side, key, step in (("before", found.before, -1), ("after", found.after, 1))
            if key
        }
        if found
        else {}
    )
    return {"found": found, "list": url_for(".queue", **asked.parameters), "name": filters.VIEWS[asked.view], **links}


@blueprint.get("/requests/<uuid:request_id>")
@requires(Permission.REQUEST_READ)
def status(request_id: uuid.UUID) -> Response | str:
    """Where the agency's request is, who has it, what comes next."""
    agency_request = get_request(request_id, acting())
    if acting().side is not Side.AGENCY:
        return redirect(url_for(".case", request_id=request_id), 303)
    if agency_request.status == Status.DRAFT:
        is_editor = allows(acting(), Permission.REQUEST_EDIT)
        page = "agency_requests.tasks" if is_editor else "agency_requests.reading"
        return redirect(url_for(page, request_id=request_id), 303)
    return render_request_page("cases/status.html", agency_request, page=status_page(agency_request, acting()))


@blueprint.get("/journey")
@public
def journey() -> str:
    """Both tables of the journey, as they are."""
    return render_template(
        "cases/journey.html", journeys=JOURNEYS, diagrams={machine: as_mermaid(machine) for machine in Machine}
    )
