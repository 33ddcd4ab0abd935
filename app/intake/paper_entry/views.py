"""Pages on which staff open the entry of a letter on paper, see their entries, and discard one."""

import uuid

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from sqlalchemy.orm import selectinload

from app.accounts.agencies.access_request_forms import OriForm
from app.accounts.agencies.access_requests import agencies_with
from app.accounts.models import Agency
from app.agency_requests.access import visible_requests
from app.agency_requests.check_answers.queries import title_of
from app.agency_requests.forms import LetterDatesForm
from app.agency_requests.idempotency import create_once
from app.agency_requests.models import AgencyRequest
from app.extensions import db
from app.intake.paper_entry import operations
from app.policy import Permission, can_see
from app.security import Page, acting, requires
from app.workflow.clocks.operations import today
from app.workflow.journey.journeys import find
from app.workflow.journey.request_journey import CLOSED, Action

blueprint = Blueprint("paper_entry", __name__)


@blueprint.get("/requests/from-paper")
@requires(Permission.REQUEST_ENTER)
def listed() -> Page:
    """What this person types in and has recorded, and the ORI that begins another."""
    return _list(OriForm(formdata=None))


@blueprint.get("/requests/from-paper/new")
@requires(Permission.REQUEST_ENTER)
def letter() -> Page:
    """Whose letter it is, and its dates; the ORI says which agencies can be meant."""
    lookup = OriForm(formdata=request.args, meta={"csrf": False})
    if not lookup.validate():
        return _list(lookup), 422
    found = agencies_with(lookup.values["ori"])
    if not found:
        lookup.ori.errors = ["No agency has this ORI here. Check it, or have an administrator add the agency first."]
        return _list(lookup), 422
    only = {"agency": str(found[0].id)} if len(found) == 1 else {}
    return _letter(found, _form(found, formdata=None, data={"ori": lookup.values["ori"], **only}))


@blueprint.post("/requests/from-paper/new")
@requires(Permission.REQUEST_ENTER)
def begin() -> Page:
    """Opens the entry."""
    found = agencies_with(request.form.get("ori", "")[:9]) or abort(404)
    form = _form(found)
    if not form.validate_on_submit():
        return _letter(found, form), 422
    agency = next(each for each in found if str(each.id) == form.agency.data)
    dates = {"signed_on": form.signed_on.data, "received_on": form.received_on.data}
    opened = create_once(
        form.key.data, acting(), lambda key: operations.begin_entry(acting(), agency, **dates, key=key)
    )
    db.session.commit()
    return redirect(url_for("agency_requests.tasks", request_id=opened.id), 303)


@blueprint.post("/requests/<uuid:request_id>/take-over")
@requires(Permission.REQUEST_ENTER)
def take_over(request_id: uuid.UUID) -> Page:
    """Goes on with the letter of somebody who cannot any more."""
    operations.take_over_entry(request_id, acting())
    db.session.commit()
    flash("The letter is yours now: finish it, or discard it.")
    return redirect(url_for("agency_requests.tasks", request_id=request_id), 303)


def _form(found: list[Agency], **values: object) -> LetterDatesForm:
    known = [(str(agency.id), ", ".join(filter(None, (agency.name, agency.county, agency.state)))) for agency in found]
    return LetterDatesForm(known, today(), **values)


def _list(form: OriForm) -> str:
    recorded = [
        (each, can_see(acting(), each), find(each.machine, Action.RETRACT, each.status))
        for each in operations.recorded_by(acting())
    ]
    return render_template(
        "intake/paper_entries.html",
        form=form,
        drafts=operations.entries_of(acting()),
        left=operations.abandoned_entries(acting()),
        recorded=recorded,
        discard=Action.DISCARD.value,
    )


def _letter(found: list[Agency], form: LetterDatesForm) -> str:
    theirs = visible_requests(acting()).where(
        AgencyRequest.agency_id.in_([agency.id for agency in found]), AgencyRequest.status.not_in(list(CLOSED))
    )
    theirs = theirs.options(selectinload(AgencyRequest.problems))
    return render_template(
        "intake/new_paper_entry.html",
        form=form,
        open_requests=db.session.scalars(theirs).all(),
        title_of=title_of,
    )
