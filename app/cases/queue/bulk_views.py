"""What is done from the queue itself: the next request is taken, and rows that were chosen are assigned together."""

import uuid

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.cases.forms import BulkForm
from app.cases.queue import bulk_assignment, filters
from app.cases.queue.take_next import take_next
from app.extensions import db
from app.intake.assignment.operations import COLUMNS, parse_holder
from app.policy import Permission
from app.security import Page, acting, requires
from app.workflow.journey.request_journey import STAFF_STATUS_WORDS

blueprint = Blueprint("bulk_assignment", __name__, url_prefix="/queue")


@blueprint.post("/next")
@requires(Permission.REQUEST_TAKE)
def take() -> Response:
    """Takes the next request that nobody has."""
    taken = take_next(acting())
    db.session.commit()
    if taken is None:
        flash("Nobody waits: every request that came in is taken.", "info")
        return redirect(_back(), 303)
    flash(f"You took {taken.number}. You are its coordinator now.")
    return redirect(url_for("intake.intake", request_id=taken.id), 303)


@blueprint.post("/chosen")
@requires(Permission.REQUEST_ASSIGN)
def choose() -> Page:
    """Shows what was chosen, and asks who is to work on it."""
    keys = _keys()
    if not 0 < len(keys) <= bulk_assignment.MOST:
        flash(
            f"You chose {len(keys)} requests. At most {bulk_assignment.MOST} go at once."
            if keys
            else "Choose a request first.",
            "error",
        )
        return redirect(_back(), 303)
    return _page(BulkForm(bulk_assignment.assign_targets(acting()), formdata=None), keys)


@blueprint.post("/chosen/assign")
@requires(Permission.REQUEST_ASSIGN)
def assign() -> Page:
    """Gives each where that is allowed, and tells of every one."""
    form, keys = BulkForm(bulk_assignment.assign_targets(acting())), _keys()
    if not keys or len(keys) > bulk_assignment.MOST:
        return choose()
    if not form.validate_on_submit():
        return _page(form, keys), 422
    target = bulk_assignment.parse_target(form.target.data)
    held = {key: parse_holder(request.form.get(f"{target.role}-{key}")) for key in keys}
    outcomes = bulk_assignment.assign_many(
        bulk_assignment.chosen_requests(acting(), keys), acting(), target, reason=form.reason.data, held=held
    )
    db.session.commit()
    return render_template("cases/bulk_done.html", outcomes=outcomes, gone=len(keys) - len(outcomes), back=_back())


def _keys() -> list[uuid.UUID]:
    typed = (parse_holder(each) for each in request.form.getlist("chosen"))
    return list(dict.fromkeys(key for key in typed if key))


def _back() -> str:
    return url_for("cases.queue", **_list())


def _list() -> dict[str, str]:
    """The list that the rows were chosen from, as the address says it."""
    return filters.parse_filters(request.args).parameters


def _page(form: BulkForm, keys: list[uuid.UUID]) -> str:
    found = bulk_assignment.chosen_requests(acting(), keys)
    return render_template(
        "cases/bulk_assign.html",
        form=form,
        found=found,
        status_words=STAFF_STATUS_WORDS,
        gone=len(keys) - len(found),
        held=[(role.value, column) for role, column in COLUMNS.items()],
        address=url_for(".assign", **_list()),
        back=_back(),
    )
