"""Sending back, deferring, taking up again and declining: one page each, with what it means and why."""

import uuid
from collections.abc import Callable

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from app.assessment import decisions
from app.assessment.review_forms import DeclineForm, DeferForm
from app.extensions import db
from app.guards import acting, requires
from app.intake.access import get_request
from app.intake.models import AgencyRequest
from app.policy import Permission
from app.workflow import engine
from app.workflow.forms import ReasonForm, StepForm
from app.workflow.journey.steps import Action

blueprint = Blueprint("outcomes", __name__, url_prefix="/cases/<uuid:request_id>")
Page = Response | str | tuple[str, int]

WORDS: dict[Action, tuple[str, str, tuple[str, ...]]] = {
    Action.REDIRECT: (
        "Send back to assessment",
        "Send it back",
        ("The assessor goes on with the case.", "The agency decides anew on what is then recommended.",
         "The agency reads your reason."),
    ),
    Action.DEFER: (
        "Defer the request",
        "Defer it",
        ("Nothing happens until the date.", "The agency reads the date and your reason."),
    ),
    Action.RESUME: (
        "Take the request up again",
        "Take it up again",
        ("The needs assessment goes on.", "The agency is told."),
    ),
    Action.DECLINE: (
        "Decline the request",
        "Decline it",
        ("The request ends here.", "The agency reads the reason and may file a new request."),
    ),
}  # fmt: skip


@blueprint.get("/redirect")
@requires(Permission.REQUEST_REDIRECT)
def redirect_request(request_id: uuid.UUID) -> Page:
    """Why the request goes back to assessment."""
    return _ask(request_id, Action.REDIRECT, ReasonForm)


@blueprint.post("/redirect")
@requires(Permission.REQUEST_REDIRECT)
def redirect_now(request_id: uuid.UUID) -> Page:
    """Sends the request back."""
    return _take(
        request_id,
        Action.REDIRECT,
        ReasonForm(),
        lambda r, form: decisions.redirect(r, acting(), form.reason.data, seen=form.seen.data),
        "The request is back in assessment.",
    )


@blueprint.get("/defer")
@requires(Permission.REQUEST_DEFER)
def defer(request_id: uuid.UUID) -> Page:
    """Until when, and why."""
    return _ask(request_id, Action.DEFER, DeferForm)


@blueprint.post("/defer")
@requires(Permission.REQUEST_DEFER)
def defer_now(request_id: uuid.UUID) -> Page:
    """Puts the request aside."""
    return _take(
        request_id,
        Action.DEFER,
        DeferForm(),
        lambda r, form: decisions.defer(r, acting(), form.reason.data, form.until.data, seen=form.seen.data),
        "The request is deferred.",
    )


@blueprint.get("/resume")
@requires(Permission.REQUEST_RESUME)
def resume(request_id: uuid.UUID) -> Page:
    """What taking it up again means."""
    return _ask(request_id, Action.RESUME, StepForm)


@blueprint.post("/resume")
@requires(Permission.REQUEST_RESUME)
def resume_now(request_id: uuid.UUID) -> Page:
    """Takes the request up again."""
    return _take(
        request_id,
        Action.RESUME,
        StepForm(),
        lambda r, form: decisions.resume(r, acting(), seen=form.seen.data),
        "The needs assessment goes on.",
    )


@blueprint.get("/decline")
@requires(Permission.REQUEST_DECLINE)
def decline(request_id: uuid.UUID) -> Page:
    """Which reason, in a sentence."""
    return _ask(request_id, Action.DECLINE, DeclineForm)


@blueprint.post("/decline")
@requires(Permission.REQUEST_DECLINE)
def decline_now(request_id: uuid.UUID) -> Page:
    """Declines the request."""
    return _take(
        request_id,
        Action.DECLINE,
        DeclineForm(),
        lambda r, form: decisions.decline(r, acting(), form.code.data, form.reason.data, seen=form.seen.data),
        "The request is declined.",
    )


def _ask(request_id: uuid.UUID, action: Action, form: type[StepForm]) -> Page:
    agency_request = get_request(request_id, acting())
    engine.check(action, agency_request, acting())
    return _page(agency_request, action, form(data={"seen": agency_request.version}))


def _take(
    request_id: uuid.UUID,
    action: Action,
    form: StepForm,
    operation: Callable[[AgencyRequest, StepForm], None],
    said: str,
) -> Page:
    agency_request = get_request(request_id, acting())
    engine.check(action, agency_request, acting())
    if not form.validate_on_submit():
        return _page(agency_request, action, form), 422
    operation(agency_request, form)
    db.session.commit()
    flash(said)
    return redirect(url_for("cases.case", request_id=request_id), 303)


def _page(agency_request: AgencyRequest, action: Action, form: StepForm) -> str:
    title, button, means = WORDS[action]
    return render_template(
        "review/outcome.html", agency_request=agency_request, form=form, title=title, button=button, means=means
    )
