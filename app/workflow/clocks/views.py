"""Administrators' pages about time: the targets of clocks, and the days on which offices are closed."""

import uuid

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from app.accounts.listings import offices
from app.deadlines.business_days import federal_holidays
from app.deadlines.clocks import CLOCK_WORDS, ClockKind
from app.extensions import db
from app.policy import Permission
from app.security import Page, acting, requires
from app.workflow.clocks import targets
from app.workflow.clocks.forms import EVERY_OFFICE, ClosureForm, TargetForm
from app.workflow.clocks.operations import today
from app.workflow.models import OfficeClosure
from app.workflow.refusals import RefusalKind, StepRefused
from app.workflow.shown_again import shows_again

blueprint = Blueprint("clock_settings", __name__, url_prefix="/admin")


@blueprint.get("/clocks")
@requires(Permission.CLOCKS_MANAGE)
def clocks() -> str:
    """What each clock gets, and every change of it."""
    data = {"expected_version": len(targets.target_changes())}
    return _clocks_page(TargetForm(targets.targets(), formdata=None, data=data))


def _clocks_again(refused: StepRefused) -> Page:
    """What was typed, beside the table as somebody else has changed it meanwhile."""
    form = TargetForm(targets.targets())
    form.kind.errors = list(refused.sentences)
    form.expected_version.data = str(len(targets.target_changes()))
    return _clocks_page(form), 409


@blueprint.post("/clocks")
@requires(Permission.CLOCKS_MANAGE)
@shows_again(_clocks_again, kind=RefusalKind.TOO_LATE)
def set_target() -> Page:
    """Gives clocks that start from now on another number of days."""
    form = TargetForm(targets.targets())
    if not form.validate_on_submit():
        return _clocks_page(form), 422
    kind, seen = ClockKind(form.kind.data), form.expected_version.data
    targets.set_target(acting(), kind, form.days.data, form.reason.data, expected_version=seen)
    db.session.commit()
    flash(f"{CLOCK_WORDS[kind]} gets {form.days.data} business days from now on. Clocks that run keep their date.")
    return redirect(url_for(".clocks"), 303)


def _clocks_page(form: TargetForm) -> str:
    changes = targets.target_changes()
    newest = {change.kind: change for change in reversed(changes)}
    rows = [
        {"kind": kind, "name": CLOCK_WORDS[kind], "days": days, "change": newest.get(kind.value)}
        for kind, days in targets.targets().items()
    ]
    return render_template("workflow/clocks.html", form=form, rows=rows, changes=changes, words=CLOCK_WORDS)


@blueprint.get("/closures")
@requires(Permission.CLOCKS_MANAGE)
def closures() -> str:
    """The days on which clocks stand still."""
    return _closures_page(_closure_form(formdata=None))


@blueprint.post("/closures")
@requires(Permission.CLOCKS_MANAGE)
def add_closure() -> Page:
    """Closes an office, or all of them, on a day."""
    form = _closure_form()
    if not form.validate_on_submit():
        return _closures_page(form), 422
    office_id = None if form.office.data == EVERY_OFFICE else uuid.UUID(form.office.data)
    if not targets.add_closure(acting(), form.day.data, office_id, form.name.data):
        form.day.errors = ["This is in the list already."]
        return _closures_page(form), 422
    db.session.commit()
    flash("The day is added. Dates that clocks have already stay as they are.")
    return redirect(url_for(".closures"), 303)


@blueprint.post("/closures/<uuid:closure_id>/remove")
@requires(Permission.CLOCKS_MANAGE)
def remove_closure(closure_id: uuid.UUID) -> Response:
    """Takes a day off the list."""
    targets.remove_closure(acting(), db.session.get(OfficeClosure, closure_id) or abort(404))
    db.session.commit()
    flash("The day counts again. Dates that clocks have already stay as they are.")
    return redirect(url_for(".closures"), 303)


def _closure_form(**rest: None) -> ClosureForm:
    return ClosureForm([(str(office.id), office.name) for office in offices()], **rest)


def _closures_page(form: ClosureForm) -> str:
    years = (today().year, today().year + 1)
    holidays = [{"day": day, "name": name} for year in years for day, name in federal_holidays(year) if day >= today()]
    return render_template("workflow/closures.html", form=form, closures=targets.closures(), holidays=holidays)
