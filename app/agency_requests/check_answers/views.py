"""Check, certify and send; ask the head, or give the draft back."""

import uuid

from flask import flash, redirect, render_template, url_for

from app.agency_requests import operations, submission
from app.agency_requests.access import get_draft, get_request, open_of_agency
from app.agency_requests.blueprint import blueprint
from app.agency_requests.check_answers import queries
from app.agency_requests.forms import CertifyForm, CompareForm, HandBackForm
from app.agency_requests.models import AgencyRequest
from app.agency_requests.sections.queries import certified_content
from app.agency_requests.similar_requests import similar_requests
from app.deadlines.clocks import ClockKind
from app.extensions import db
from app.policy import Permission
from app.security import Page, acting, requires
from app.workflow import engine
from app.workflow.clocks.targets import targets
from app.workflow.journey.request_journey import Action, Status
from app.workflow.refusals import RefusalKind as Why
from app.workflow.refusals import StepRefused


@blueprint.get("/requests/<uuid:request_id>/check")
@requires(Permission.REQUEST_EDIT)
def check(request_id: uuid.UUID) -> Page:
    """Every answer on one page, and the certification for the agency head."""
    agency_request = get_draft(request_id, acting())
    operations.refuse_unless_draft(agency_request, acting())
    return _check_page(agency_request, _fresh(agency_request))


@blueprint.post("/requests/<uuid:request_id>/submit")
@requires(Permission.REQUEST_EDIT)
def submit(request_id: uuid.UUID) -> Page:
    """Sends the request once, however often it is clicked; or records the letter that staff typed in."""
    if submission.has_recorded(request_id, acting()):
        return redirect(url_for("paper_entry.listed"), 303)
    agency_request = get_draft(request_id, acting())
    if _sent_by_me(agency_request):
        return redirect(url_for(".receipt", request_id=request_id), 303)
    return _send(agency_request)


def _send(agency_request: AgencyRequest) -> Page:
    """Staff record what they typed in; an agency head certifies and sends."""
    on_paper, request_id = bool(agency_request.entered_by_id), agency_request.id
    engine.check_step(Action.ENTER if on_paper else Action.SUBMIT, agency_request, acting())
    form = _form_of(agency_request)()
    if not form.validate_on_submit():
        return _check_page(agency_request, form), 422
    send = submission.record_entry if on_paper else submission.submit
    try:
        send(agency_request, acting(), certified=form.is_certified, **form.seen)
    except StepRefused as refused:
        return _not_sent(request_id, refused, form)
    db.session.commit()
    return _sent_page(agency_request)


def _sent_page(agency_request: AgencyRequest) -> Page:
    if agency_request.entered_by_id:
        flash(f"The letter is recorded as {agency_request.number}. Somebody else takes it into intake.")
        return redirect(url_for("paper_entry.listed"), 303)
    return redirect(url_for(".receipt", request_id=agency_request.id), 303)


def _form_of(agency_request: AgencyRequest) -> type[CertifyForm] | type[CompareForm]:
    return CompareForm if agency_request.entered_by_id else CertifyForm


def _not_sent(request_id: uuid.UUID, refused: StepRefused, form: CertifyForm | CompareForm) -> Page:
    """The receipt after a second click; otherwise the page again with what is missing, or with what has changed."""
    db.session.rollback()
    agency_request = get_draft(request_id, acting())
    if _sent_by_me(agency_request):
        return redirect(url_for(".receipt", request_id=request_id), 303)
    if agency_request.status != Status.DRAFT:
        raise refused
    if refused.kind is Why.TOO_LATE:
        form = _fresh(agency_request)
    return _check_page(agency_request, form, refused.sentences), refused.kind.value


def _fresh(agency_request: AgencyRequest) -> CertifyForm | CompareForm:
    """The certification bound to what the page shows now, no box ticked."""
    shown = certified_content(agency_request)
    return _form_of(agency_request)(formdata=None, data={"expected_version": agency_request.version, "shown": shown})


def _sent_by_me(agency_request: AgencyRequest) -> bool:
    return agency_request.submitted_by_id == acting().id and agency_request.number is not None


def _check_page(
    agency_request: AgencyRequest,
    form: CertifyForm | CompareForm,
    sentences: tuple[str, ...] = (),
    back: HandBackForm | None = None,
) -> str:
    return render_template(
        "agency_requests/check.html",
        agency_request=agency_request,
        sections=queries.link_to_change(agency_request),
        missing=queries.missing(agency_request),
        unsure=queries.unconfirmed(agency_request),
        doubts=queries.contradictions(agency_request),
        alike=similar_requests(
            agency_request, db.session.scalars(open_of_agency(agency_request.agency_id, acting())).unique()
        ),
        title_of=queries.title_of,
        form=form,
        back=back or HandBackForm(formdata=None),
        form_errors=bool(sentences or (back and back.errors)),
        sentences=sentences,
        heads=queries.heads_of(agency_request),
        days=targets()[ClockKind.ACKNOWLEDGE],
    )


@blueprint.post("/requests/<uuid:request_id>/ask-head")
@requires(Permission.REQUEST_EDIT)
def ask_head(request_id: uuid.UUID) -> Page:
    """Tells the agency head by mail that the request is ready to be checked and certified."""
    agency_request = get_draft(request_id, acting())
    operations.lock_draft(agency_request, acting())
    path = url_for(".check", request_id=request_id)
    operations.ask_head(agency_request, acting(), path)
    db.session.commit()
    flash("Your agency head has been told that the request is ready.")
    return redirect(path, 303)


@blueprint.post("/requests/<uuid:request_id>/hand-back")
@requires(Permission.REQUEST_SUBMIT)
def hand_back(request_id: uuid.UUID) -> Page:
    """The agency head gives the draft back to the officers, with a note."""
    agency_request = get_request(request_id, acting())
    operations.lock_draft(agency_request, acting())
    form = HandBackForm()
    if not form.validate_on_submit():
        return _check_page(agency_request, _fresh(agency_request), back=form), 422
    path = url_for(".tasks", request_id=request_id)
    operations.hand_back(agency_request, acting(), form.note.data or "", path)
    db.session.commit()
    flash("Your note is sent, and stands above the task list.")
    return redirect(path, 303)
