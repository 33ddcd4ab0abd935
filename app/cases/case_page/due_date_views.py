"""Moving a due date, with its reason."""

import uuid

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from app.agency_requests.access import get_request
from app.cases.forms import ExtendForm
from app.deadlines.clocks import CLOCK_WORDS
from app.extensions import db
from app.filters import format_date
from app.intake import due_date_moves as moved
from app.policy import Permission
from app.security import acting, requires
from app.workflow.clocks.due_dates import find_clock

blueprint = Blueprint("due_dates", __name__, url_prefix="/cases/<uuid:request_id>/clocks")


@blueprint.route("/<uuid:clock_id>", methods=["GET", "POST"])
@requires(Permission.CLOCK_EXTEND)
def extend(request_id: uuid.UUID, clock_id: uuid.UUID) -> Response | str | tuple[str, int]:
    """Moves the due date of one clock to a later day."""
    agency_request = get_request(request_id, acting())
    clock = find_clock(agency_request, clock_id)
    form = ExtendForm(clock.due)
    if form.validate_on_submit():
        moved.extend_due_date(
            agency_request,
            acting(),
            clock,
            form.new_due.data,
            form.reason.data,
            expected_version=form.seen_due.data or clock.due,
        )
        db.session.commit()
        flash(f"The date is moved to {format_date(form.new_due.data)}. Both sides see it, with your reason.")
        return redirect(url_for("cases.case", request_id=request_id, _anchor="clocks"), 303)
    words = CLOCK_WORDS[clock.kind]
    page = render_template(
        "cases/extend_due_date.html", agency_request=agency_request, clock=clock, words=words, form=form
    )
    return (page, 422) if form.is_submitted() else page
