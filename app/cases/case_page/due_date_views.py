"""Moving a due date, with its reason."""

import uuid

from flask import Blueprint, flash, redirect, render_template, url_for

from app.agency_requests.access import get_request
from app.agency_requests.models import AgencyRequest
from app.cases.forms import ExtendForm
from app.deadlines.clocks import CLOCK_WORDS
from app.extensions import db
from app.filters import format_date
from app.intake.due_date_moves import extend_due_date
from app.policy import Permission
from app.security import Page, acting, requires
from app.workflow.clocks.due_dates import find_clock
from app.workflow.models import StageClock

blueprint = Blueprint("due_dates", __name__, url_prefix="/cases/<uuid:request_id>/clocks")


@blueprint.get("/<uuid:clock_id>")
@requires(Permission.CLOCK_EXTEND)
def extend(request_id: uuid.UUID, clock_id: uuid.UUID) -> Page:
    """Asks for a later day, and why."""
    agency_request = get_request(request_id, acting())
    clock = find_clock(agency_request, clock_id)
    return _page(agency_request, clock, ExtendForm(clock.due))


@blueprint.post("/<uuid:clock_id>")
@requires(Permission.CLOCK_EXTEND)
def move(request_id: uuid.UUID, clock_id: uuid.UUID) -> Page:
    """Moves the due date of one clock to a later day."""
    agency_request = get_request(request_id, acting())
    clock = find_clock(agency_request, clock_id)
    form = ExtendForm(clock.due)
    if not form.validate_on_submit():
        return _page(agency_request, clock, form), 422
    seen = form.seen_due.data or clock.due
    extend_due_date(agency_request, acting(), clock, form.new_due.data, form.reason.data, expected_version=seen)
    db.session.commit()
    flash(f"The date is moved to {format_date(form.new_due.data)}. Both sides see it, with your reason.")
    return redirect(url_for("cases.case", request_id=request_id, _anchor="clocks"), 303)


def _page(agency_request: AgencyRequest, clock: StageClock, form: ExtendForm) -> str:
    words = CLOCK_WORDS[clock.kind]
    return render_template(
        "cases/extend_due_date.html", agency_request=agency_request, clock=clock, words=words, form=form
    )
