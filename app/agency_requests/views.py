"""The start of a request, and its task list."""

import uuid
from collections.abc import Sequence

from flask import flash, redirect, render_template, request, url_for
from sqlalchemy.orm import selectinload

from app.accounts.models import Agency
from app.agency_requests import operations
from app.agency_requests.access import get_draft, get_request, open_of_agency
from app.agency_requests.blueprint import blueprint
from app.agency_requests.check_answers import queries
from app.agency_requests.collaboration import operations as collaboration_operations
from app.agency_requests.copying import copy_into_draft
from app.agency_requests.idempotency import create_once
from app.agency_requests.models import AgencyRequest
from app.agency_requests.prefill import answers_from_query, program_from_query
from app.agency_requests.request_page import render_request_page
from app.agency_requests.sections.queries import saved_content
from app.agency_requests.sections.task_list import task_list
from app.agreements_in_force import queries as agreements_in_force
from app.extensions import db
from app.policy import Permission, enters
from app.security import Page, acting, requires
from app.workflow import engine
from app.workflow.journey.request_journey import Status
from app.workflow.step_pages import step_links


@blueprint.get("/requests/new")
@requires(Permission.REQUEST_CREATE)
def new_request() -> Page:
    """What a request takes, the notices that the law asks for, and the button that starts one."""
    agency = db.get_or_404(Agency, acting().agency_id)
    return render_template(
        "agency_requests/new.html",
        agency=agency,
        open_requests=_open_requests(agency),
        title_of=queries.title_of,
        in_force=agreements_in_force.of_agency(agency.id),
        brought=answers_from_query(request.args),
        program=program_from_query(request.args),
        query=request.query_string.decode("ascii", "ignore"),
    )


def _open_requests(agency: Agency) -> Sequence[AgencyRequest]:
    """What the agency asks for already, with what its title is made of."""
    query = open_of_agency(agency.id, acting()).options(selectinload(AgencyRequest.problems))
    return db.session.scalars(query).all()


@blueprint.post("/requests/new")
@requires(Permission.REQUEST_CREATE)
def create() -> Page:
    """Opens a draft, with the answers of the public finder or the program that came along."""
    agency = db.get_or_404(Agency, acting().agency_id)
    brought, program = answers_from_query(request.args), program_from_query(request.args)
    agency_request = create_once(
        request.form.get("key"),
        acting(),
        lambda key: operations.create_draft(acting(), agency.state, brought, program, key),
    )
    db.session.commit()
    return redirect(url_for(".tasks", request_id=agency_request.id), 303)


@blueprint.post("/requests/<uuid:request_id>/copy")
@requires(Permission.REQUEST_CREATE)
def copy_request(request_id: uuid.UUID) -> Page:
    """Opens a new draft with what this request said."""
    old = get_request(request_id, acting())
    new = create_once(request.form.get("key"), acting(), lambda key: copy_into_draft(old, acting(), key))
    db.session.commit()
    flash("A new draft has what the old request said. Look at each answer: numbers change in a year.")
    return redirect(url_for(".tasks", request_id=new.id), 303)


@blueprint.get("/requests/<uuid:request_id>/tasks")
@requires(Permission.REQUEST_EDIT)
def tasks(request_id: uuid.UUID) -> Page:
    """The sections, how far each is, and what comes next."""
    agency_request = get_draft(request_id, acting())
    if agency_request.status != Status.DRAFT:
        return redirect(_after_draft(agency_request), 303)
    return render_request_page(
        "agency_requests/tasks.html",
        agency_request,
        tasks=task_list(saved_content(agency_request)),
        heads=queries.heads_of(agency_request),
        given=collaboration_operations.section_assignments(agency_request),
        acts=_acts(agency_request),
        others=collaboration_operations.other_editors(agency_request, acting()),
    )


def _after_draft(agency_request: AgencyRequest) -> str:
    """Where whoever wrote it follows the request; a letter that was typed in and discarded has no page."""
    if enters(acting(), agency_request):
        return url_for("paper_entry.listed")
    return url_for("cases.status", request_id=agency_request.id)


def _acts(agency_request: AgencyRequest) -> list[tuple[str, str]]:
    """What else can be done with the draft than to check and send it."""
    offered = engine.offered_steps(agency_request, acting())
    return step_links(offered, agency_request, acting(), besides=url_for(".check", request_id=agency_request.id))


@blueprint.get("/requests/<uuid:request_id>/reading")
@requires(Permission.REQUEST_READ)
def reading(request_id: uuid.UUID) -> Page:
    """A draft as it stands, for those of the agency who read and change nothing."""
    agency_request = get_request(request_id, acting())
    if agency_request.status != Status.DRAFT:
        return redirect(url_for("cases.status", request_id=request_id), 303)
    return render_request_page("agency_requests/read.html", agency_request, sections=queries.sections(agency_request))
