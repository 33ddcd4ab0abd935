"""The start of a request, and its task list."""

import uuid

from flask import flash, redirect, render_template, request, url_for
from sqlalchemy.orm import selectinload

from app.accounts.models import Agency
from app.agency_requests import operations
from app.agency_requests.access import get_draft, get_request, visible_requests
from app.agency_requests.blueprint import blueprint
from app.agency_requests.check_answers import queries
from app.agency_requests.collaboration import operations as collaboration_operations
from app.agency_requests.copying import copy_into_draft
from app.agency_requests.idempotency import create_once
from app.agency_requests.models import AgencyRequest
from app.agency_requests.prefill import answers_from_query, program_from_query
from app.agency_requests.request_page import render_request_page
from app.agency_requests.sections.queries import saved_content
from app.agency_requests.sections.section_list import (
    OPTIONAL_PART,
    PARTS,
    SECTIONS,
    STATE_WORDS,
    RequestSection,
    SavedContent,
    SectionState,
    incomplete,
    needed,
    open_pages,
    progress,
    section_state,
    shown_pages,
)
from app.agreements_in_force import queries as agreements_in_force
from app.extensions import db
from app.policy import Permission, enters
from app.security import Page, acting, requires
from app.workflow import engine
from app.workflow.journey.request_journey import CLOSED, Status
from app.workflow.step_pages import step_links


@blueprint.get("/requests/new")
@requires(Permission.REQUEST_CREATE)
def new_request() -> Page:
    """What a request takes, the notices that the law asks for, and the button that starts one."""
    actor = acting()
    agency = db.get_or_404(Agency, actor.agency_id)
    return render_template(
        "agency_requests/new.html",
        agency=agency,
        open_requests=db.session.scalars(
            visible_requests(actor)
            .where(AgencyRequest.status.not_in(list(CLOSED)))
            .options(selectinload(AgencyRequest.problems))
        ).all(),
        title_of=queries.title_of,
        in_force=agreements_in_force.of_agency(agency.id),
        brought=answers_from_query(request.args),
        program=program_from_query(request.args),
        query=request.query_string.decode("ascii", "ignore"),
    )


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
        discarded = url_for("paper_entry.listed") if enters(acting(), agency_request) else ""
        return redirect(discarded or url_for("cases.status", request_id=request_id), 303)
    saved = saved_content(agency_request)
    left, total = incomplete(saved), len(needed(saved))
    return render_request_page(
        "agency_requests/tasks.html",
        agency_request,
        parts=_parts(saved),
        done=total - len(left),
        total=total,
        next=_task_row(left[0], saved) if left else None,
        heads=queries.heads_of(agency_request),
        brought=len(saved.unconfirmed),
        given=collaboration_operations.section_assignments(agency_request),
        acts=step_links(
            engine.offered_steps(agency_request, acting()),
            agency_request,
            acting(),
            besides=url_for(".check", request_id=request_id),
        ),
        others=collaboration_operations.other_editors(agency_request, acting()),
    )


@blueprint.get("/requests/<uuid:request_id>/reading")
@requires(Permission.REQUEST_READ)
def reading(request_id: uuid.UUID) -> Page:
    """A draft as it stands, for those of the agency who read and change nothing."""
    agency_request = get_request(request_id, acting())
    if agency_request.status != Status.DRAFT:
        return redirect(url_for("cases.status", request_id=request_id), 303)
    return render_request_page("agency_requests/read.html", agency_request, sections=queries.sections(agency_request))


def _parts(saved: SavedContent) -> list[tuple[str, list[dict[str, object]]]]:
    """The task list by parts; problems that the agency did not name come last."""
    rows = [_task_row(section, saved) for section in SECTIONS]
    return [(part, found) for part in PARTS if (found := [row for row in rows if row["part"] == part])]


def _task_row(section: RequestSection, saved: SavedContent) -> dict[str, object]:
    state = section_state(section, saved)
    done, total = progress(tuple(shown_pages(section, saved)), saved)
    words = STATE_WORDS[state]
    return {
        "section": section,
        "part": OPTIONAL_PART if state is SectionState.OPTIONAL else section.part,
        "state": state,
        "words": f"{words}: {done} of {total}" if state is SectionState.WORKING else words,
        "left": total - done,
        "pages": [page.title for page in open_pages(section, saved)],
    }
