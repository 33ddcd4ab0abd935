"""The generic page: what a step does, what must hold, what it asks, and its button. Made from the row of the table."""

import uuid
from typing import Final

from flask import Blueprint, flash, redirect, render_template, request

from app.extensions import db
from app.policy import Permission
from app.security import Page, acting, requires
from app.workflow import engine
from app.workflow.forms import StepForm
from app.workflow.journey.journeys import JOURNEYS
from app.workflow.journey.statuses import Machine
from app.workflow.journey.steps import Step
from app.workflow.refusals import RefusalKind, StepRefused
from app.workflow.registry import Subject, registry
from app.workflow.step_pages import inputs_of, page_of, step_form

blueprint = Blueprint("steps", __name__)

GENERIC: Final = {
    machine: ",".join(dict.fromkeys(step.action.value for step in table if step.is_generic))
    for machine, table in JOURNEYS.items()
}
OF_REQUEST, OF_AGREEMENT = (f"<any({GENERIC[machine]}):action>" for machine in (Machine.REQUEST, Machine.AGREEMENT))


@blueprint.route(f"/cases/<uuid:request_id>/{OF_REQUEST}", methods=["GET", "POST"])
@requires(Permission.CASE_READ)
def case_step(request_id: uuid.UUID, action: str) -> Page:
    """A step of a request, as staff take it."""
    return _step(Machine.REQUEST, request_id, action)


@blueprint.route(f"/requests/<uuid:request_id>/{OF_REQUEST}", methods=["GET", "POST"])
@requires(Permission.REQUEST_READ)
def request_step(request_id: uuid.UUID, action: str) -> Page:
    """A step of a request, as the agency takes it, or who types its letter in."""
    return _step(Machine.REQUEST, request_id, action)


@blueprint.route(f"/agreements/<uuid:agreement_id>/{OF_AGREEMENT}", methods=["GET", "POST"])
@requires(Permission.AGREEMENT_READ)
def agreement_step(agreement_id: uuid.UUID, action: str) -> Page:
    """A step of an agreement."""
    return _step(Machine.AGREEMENT, agreement_id, action)


def _step(machine: Machine, subject_id: uuid.UUID, named: str) -> Page:
    subject: Subject = registry().find[machine](subject_id, acting())
    action = next(step.action for step in JOURNEYS[machine] if step.action == named)
    if request.method == "POST" and engine.has_just_taken(action, subject, acting()):
        return redirect(registry().home[machine](subject, acting()), 303)  # the second of two clicks
    step = engine.check_step(action, subject, acting())
    form = step_form(step, data={"expected_version": subject.version})
    if not form.is_submitted():
        return _page(step, subject, form)
    return _take(step, subject, form) if form.validate() else (_page(step, subject, form), 422)


def _take(step: Step, subject: Subject, form: StepForm) -> Page:
    """Takes it; when it is refused and still there to be taken, the page keeps what was typed."""
    machine, key = subject.machine, subject.id
    try:
        engine.take_step(
            step.action, subject, acting(), expected_version=form.expected_version.data, inputs=inputs_of(form, step)
        )
    except StepRefused as refused:
        if refused.kind not in {RefusalKind.INCOMPLETE, RefusalKind.TOO_LATE}:
            raise
        db.session.rollback()
        return _refused(refused, registry().find[machine](key, acting()), form)
    db.session.commit()
    flash(step.done)
    return redirect(registry().home[machine](subject, acting()), 303)


def _refused(refused: StepRefused, subject: Subject, form: StepForm) -> Page:
    offered = engine.offered_steps(subject, acting())
    step = next((each for each in offered if each.action == refused.action), None)
    if step is None:
        raise refused
    form.expected_version.data = subject.version
    return _page(step, subject, form, refused.sentences), refused.kind.value


def _page(step: Step, subject: Subject, form: StepForm, sentences: tuple[str, ...] = ()) -> str:
    page = page_of(step, subject, acting())
    return render_template(
        "workflow/step.html", page=page, step=step, form=form, sentences=sentences, form_errors=bool(sentences)
    )
