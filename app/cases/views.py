"""The queue, the staff's case page, the agency's status page, and the journey shown."""

import uuid

from flask import Blueprint, redirect, render_template, request, url_for
from us.states import STATES_AND_TERRITORIES
from werkzeug.wrappers import Response

from app.accounts.covering import covered_by
from app.assessment.order import NAMES
from app.cases import queue as queues
from app.cases.casefile import casefile, status_page
from app.cases.rows import chips, queue_acts, queue_row
from app.cases.search import where_found
from app.extensions import db
from app.guards import acting, public, requires
from app.intake.access import get_request
from app.policy import Permission, Side, allows
from app.workflow.diagram import as_mermaid
from app.workflow.journey import JOURNEYS
from app.workflow.statuses import STAFF_STATUS_WORDS, Machine, Status

blueprint = Blueprint("cases", __name__)
VIEWS = (("mine", "For me"), ("all", "All"), ("unassigned", "Not taken yet"))


@blueprint.get("/queue")
@requires(Permission.CASE_READ)
def queue() -> str:
    """One page of the requests this person may act on, or of all they see."""
    actor = acting()
    view = request.args.get("view", "mine")
    view = view if view in dict(VIEWS) else "mine"
    filters = {name: request.args.get(name, "").replace("\0", "").strip() for name in queues.FILTERS}
    found = queues.listing(actor, view, filters, request.args.get("page", 1, type=int))
    counts = queues.figures(actor)
    covering = set(db.session.scalars(covered_by(actor)))
    choices = {
        "status": [(queues.OPEN, "Any that is open")]
        + [(s.value, words) for s, words in STAFF_STATUS_WORDS.items() if s is not Status.DRAFT],
        "office": queues.offices(),
        "program": list(NAMES.items()),
        "state": [(state.abbr, state.name) for state in STATES_AND_TERRITORIES],
        "assignee": queues.assignees(actor),
        "waiting": [(Side.ICE.value, "ICE"), (Side.AGENCY.value, "The agency")],
        "due": [("late", "Late"), ("week", "Due within a week")],
    }
    kept = {name: value for name, value in filters.items() if value}
    return render_template(
        "cases/queue.html",
        view=view,
        views=[(words, url_for(".queue", view=name), getattr(counts, name)) for name, words in VIEWS],
        listing=found,
        rows=[queue_row(row, actor, covering) for row in found.rows],
        found=where_found(filters["q"], actor.side, [row.agency_request.id for row in found.rows]),
        acts=queue_acts(actor, {"view": view, **kept}),
        counts=counts,
        filters=filters,
        choices=choices,
        chips=chips(view, kept, choices),
        take_away={"view": view, **kept},
        address=url_for(".queue", view=view, **kept, page="PAGE"),
    )


@blueprint.get("/cases/<uuid:request_id>")
@requires(Permission.REQUEST_READ)
def case(request_id: uuid.UUID) -> Response | str:
    """Everything about one request, for staff."""
    agency_request = get_request(request_id, acting())
    if acting().side is Side.AGENCY:
        return redirect(url_for(".status", request_id=request_id), 303)
    return render_template("cases/case.html", agency_request=agency_request, file=casefile(agency_request, acting()))


@blueprint.get("/requests/<uuid:request_id>")
@requires(Permission.REQUEST_READ)
def status(request_id: uuid.UUID) -> Response | str:
    """Where the agency's request is, who has it, what comes next."""
    agency_request = get_request(request_id, acting())
    if acting().side is not Side.AGENCY:
        return redirect(url_for(".case", request_id=request_id), 303)
    if agency_request.status == Status.DRAFT:
        page = "tasks" if allows(acting(), Permission.REQUEST_EDIT) else "reading"
        return redirect(url_for(f"intake.{page}", request_id=request_id), 303)
    return render_template(
        "cases/status.html", agency_request=agency_request, page=status_page(agency_request, acting())
    )


@blueprint.get("/journey")
@public
def journey() -> str:
    """Both tables of the journey, as they are."""
    return render_template(
        "cases/journey.html", journeys=JOURNEYS, diagrams={machine: as_mermaid(machine) for machine in Machine}
    )
