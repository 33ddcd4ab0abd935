"""The agency's decision on a recommendation, and the headquarters review."""

import uuid
from typing import Any

from flask import Blueprint, abort, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from app import autosave
from app.agency_requests.access import get_request
from app.agency_requests.models import AgencyRequest
from app.agency_requests.request_page import render_request_page
from app.assessment.queries import issued_recommendation
from app.extensions import db
from app.policy import Permission, Seat, Side, allows
from app.review import concurrence, decisions, opinions
from app.review.evidence import evidence
from app.review.forms import BoardOpinionForm, CapacityForm, CivilRightsFindingForm, ProgramDecisionForm, decision_form
from app.review.queries import concurrence_of, open_seats, under_review
from app.security import Page, acting, requires
from app.workflow import engine
from app.workflow.forms import ReasonForm
from app.workflow.journey.request_journey import Action, Status
from app.workflow.refusals import StepRefused
from app.workflow.shown_again import shows_again
from app.workflow.step_checklist import step_checklist

blueprint = Blueprint("review", __name__)


@blueprint.get("/requests/<uuid:request_id>/decision")
@requires(Permission.REQUEST_READ)
def decision(request_id: uuid.UUID) -> Page:
    """The recommendation as it was sent, and the agency head's answers."""
    agency_request = get_request(request_id, acting())
    if acting().side is not Side.AGENCY:
        return redirect(url_for("cases.case", request_id=request_id), 303)
    if agency_request.status != Status.AWAITING_CONCURRENCE:
        return redirect(url_for("cases.status", request_id=request_id), 303)
    return _decision_page(agency_request)


def _decision_again(refused: StepRefused, request_id: uuid.UUID) -> Page:
    """What is missing, above everything that was chosen and written."""
    agency_request = get_request(request_id, acting())
    return _decision_page(agency_request, decision_form(_keys(agency_request)), refused.sentences), 422


@blueprint.post("/requests/<uuid:request_id>/decision")
@requires(Permission.REQUEST_CONCUR)
@shows_again(_decision_again)
def concur(request_id: uuid.UUID) -> Page:
    """Records the answers; they are bound to the content hash of what was shown."""
    agency_request = get_request(request_id, acting())
    if _answered_by_me(agency_request):
        return redirect(url_for("cases.status", request_id=request_id), 303)
    engine.check_step(Action.CONCUR, agency_request, acting())
    form = decision_form(_keys(agency_request))
    if not form.validate_on_submit():
        return _decision_page(agency_request, form), 422
    concurrence.concur(agency_request, acting(), form.answers, **form.seen)
    db.session.commit()
    flash("Your decision is recorded. Headquarters reviews the request next.")
    return redirect(url_for("cases.status", request_id=request_id), 303)


@blueprint.post("/requests/<uuid:request_id>/dissent")
@requires(Permission.REQUEST_CONCUR)
def dissent(request_id: uuid.UUID) -> Page:
    """Sends the recommendation back with the agency head's reason."""
    agency_request = get_request(request_id, acting())
    engine.check_step(Action.DISSENT, agency_request, acting())
    form = ReasonForm(prefix="back")
    if not form.validate_on_submit():
        return _decision_page(agency_request, back=form), 422
    reason = decision_form(_keys(agency_request)).reason_with_comments(form.reason.data)
    concurrence.dissent(agency_request, acting(), reason, expected_version=form.expected_version.data)
    db.session.commit()
    flash("The recommendation is sent back, with your reason.")
    return redirect(url_for("cases.status", request_id=request_id), 303)


def _answered_by_me(agency_request: AgencyRequest) -> bool:
    recommendation = issued_recommendation(agency_request.id)
    answered = concurrence_of(recommendation) if recommendation else None
    return bool(answered and answered.by_id == acting().id and agency_request.status == Status.IN_REVIEW)


def _keys(agency_request: AgencyRequest) -> tuple[str, ...]:
    return tuple(program.program_key for program in under_review(agency_request).programs)


def _decision_page(
    agency_request: AgencyRequest, form: Any = None, sentences: tuple[str, ...] = (), back: ReasonForm | None = None
) -> str:
    recommendation = under_review(agency_request)
    fresh = {"expected_version": agency_request.version, "shown": recommendation.content_hash}
    return render_request_page(
        "review/decision.html",
        agency_request,
        recommendation=recommendation,
        evidence=evidence(recommendation),
        form=form or decision_form(_keys(agency_request), data=fresh),
        back=back or ReasonForm(prefix="back", data={"expected_version": agency_request.version}),
        failed=back,
        sentences=sentences,
    )


@blueprint.get("/cases/<uuid:request_id>/review", endpoint="review")
@requires(Permission.OPINION_READ)
def review_page(request_id: uuid.UUID) -> Page:
    """Everything a review needs on one page, and the forms of those who may act."""
    agency_request = get_request(request_id, acting())
    if not allows(acting(), Permission.OPINION_READ, agency_request):
        abort(404)  # somebody of another office, asked for one opinion, reads nobody else's
    return _review(agency_request)


@blueprint.post("/cases/<uuid:request_id>/opinion")
@requires(Permission.REQUEST_OPINE)
def give_opinion(request_id: uuid.UUID) -> Page:
    """Records the opinion of one's seat."""
    agency_request = get_request(request_id, acting())
    engine.check_step(Action.GIVE_OPINION, agency_request, acting())
    if "draft" in request.form:
        return _keep_draft(request_id)
    form = BoardOpinionForm(acting().seats)
    if not form.validate_on_submit():
        return _review(agency_request, opinion=form), 422
    opinions.give_opinion(agency_request, acting(), **form.values)
    autosave.delete_form(acting().id, request.path)
    db.session.commit()
    flash("Your opinion is recorded.")
    return _back(request_id, "opinions")


def _keep_draft(request_id: uuid.UUID) -> Response:
    """Keeps an opinion that is not given yet, for whoever writes it and nobody else."""
    autosave.save_form(acting().id, request.path, autosave.form_pairs(), url_for(".review", request_id=request_id))
    db.session.commit()
    flash("Your draft is kept. Nobody else sees it until you record your opinion.")
    return _back(request_id, "opinions")


def _opinion_form(agency_request: AgencyRequest, seats: frozenset[Seat]) -> BoardOpinionForm:
    """The form of an opinion of one of these seats, with what this person kept of it."""
    mine = autosave.saved_form_at(acting().id, url_for(".give_opinion", request_id=agency_request.id))
    said = dict(mine.pairs) if mine else {}
    data = {name: said.get(name, "") for name in ("seat", "position", "sentence")}
    form = BoardOpinionForm(seats, formdata=None, data=data | {"expected_version": agency_request.version})
    form.kept_at = mine.at if mine else None
    return form


@blueprint.post("/cases/<uuid:request_id>/finding")
@requires(Permission.REQUEST_OPINE)
def write_finding(request_id: uuid.UUID) -> Page:
    """Records a civil-rights finding."""
    agency_request = get_request(request_id, acting())
    opinions.refuse_unless_finding_is_yours(agency_request, acting())
    form = CivilRightsFindingForm(_keys(agency_request))
    if not form.validate_on_submit():
        return _review(agency_request, finding=form), 422
    opinions.write_finding(agency_request, acting(), **form.values)
    db.session.commit()
    flash("The finding is recorded.")
    return _back(request_id, "finding")


@blueprint.post("/cases/<uuid:request_id>/capacity")
@requires(Permission.REVIEW_PREPARE)
def confirm_capacity(request_id: uuid.UUID) -> Page:
    """Records what ICE has for one program."""
    agency_request = get_request(request_id, acting())
    opinions.refuse_unless_in_review(agency_request, acting(), Permission.REVIEW_PREPARE)
    form = CapacityForm(_keys(agency_request))
    if not form.validate_on_submit():
        return _review(agency_request, capacity=form), 422
    opinions.confirm_capacity(agency_request, acting(), **form.values)
    db.session.commit()
    flash("Capacity is confirmed.")
    return _back(request_id, "capacity")


def _review_again(refused: StepRefused, request_id: uuid.UUID) -> Page:
    agency_request = get_request(request_id, acting())
    form = ProgramDecisionForm(_keys(agency_request))
    return _review(agency_request, decision=form, sentences=refused.sentences), 422


@blueprint.post("/cases/<uuid:request_id>/decide")
@requires(Permission.REQUEST_DECIDE)
@shows_again(_review_again)
def decide(request_id: uuid.UUID) -> Page:
    """Decides on one program; with the last decision the request moves on by itself."""
    agency_request = get_request(request_id, acting())
    engine.check_step(Action.DECIDE, agency_request, acting())
    form = ProgramDecisionForm(_keys(agency_request))
    if not form.validate_on_submit():
        return _review(agency_request, decision=form), 422
    decisions.decide_program(agency_request, acting(), **form.values)
    db.session.commit()
    flash("Your decision is recorded.")
    return _back(request_id, "decision")


def _back(request_id: uuid.UUID, anchor: str) -> Response:
    return redirect(url_for(".review", request_id=request_id, _anchor=anchor), 303)


def _review(
    agency_request: AgencyRequest,
    *,
    opinion: BoardOpinionForm | None = None,
    finding: CivilRightsFindingForm | None = None,
    capacity: CapacityForm | None = None,
    decision: ProgramDecisionForm | None = None,
    sentences: tuple[str, ...] = (),
) -> str:
    recommendation = issued_recommendation(agency_request.id)
    seats = open_seats(recommendation, acting()) if recommendation else acting().seats
    offered = {step.action: step for step in engine.offered_steps(agency_request, acting())}
    step = offered.get(Action.DECIDE)
    return render_request_page(
        "review/review.html",
        agency_request,
        recommendation=recommendation,
        evidence=evidence(recommendation) if recommendation else None,
        may_opine=Action.GIVE_OPINION in offered,
        may_decide=Action.DECIDE in offered,
        opinion_form=opinion or _opinion_form(agency_request, seats),
        seats=seats,
        failed=next((form for form in (opinion, finding, capacity, decision) if form), None),
        finding_form=finding or CivilRightsFindingForm(formdata=None),
        capacity_form=capacity or CapacityForm(formdata=None),
        decision_form=decision or ProgramDecisionForm(formdata=None, data={"expected_version": agency_request.version}),
        lines=step_checklist(step, agency_request, acting()),
        sentences=sentences,
        may_prepare=agency_request.status == Status.IN_REVIEW and not engine.recusal_of(agency_request, acting()),
        is_civil_rights=Seat.CIVIL_RIGHTS in acting().seats,
    )
