"""The coordinator's pages: take a request, check it, route it, name people, ask back, open the assessment."""

import uuid

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from app import autosave
from app.accounts.models import DETENTION, INVESTIGATIONS, Office
from app.accounts.offices.routing import candidates
from app.agency_requests.access import get_request
from app.agency_requests.models import AgencyRequest
from app.agency_requests.request_page import render_request_page
from app.extensions import db
from app.intake import operations as intake_operations
from app.intake.assignment.operations import must_declare
from app.intake.assignment.queries import staff_choices
from app.intake.canned_texts import CANNED_TEXTS, chosen_texts
from app.intake.forms import MOST_ITEMS, AskForm, ChecklistForm, DeclarationForm, PeopleForm, RoutingForm
from app.intake.information_requests import operations
from app.intake.models import ChecklistMark
from app.policy import Permission, Role
from app.security import Page, acting, requires
from app.workflow import engine
from app.workflow.forms import StepForm
from app.workflow.journey.request_journey import STATUSES, Action
from app.workflow.refusals import StepRefused
from app.workflow.shown_again import shows_again
from app.workflow.step_checklist import step_checklist

blueprint = Blueprint("intake", __name__, url_prefix="/cases/<uuid:request_id>")


@blueprint.get("/intake")
@requires(Permission.CASE_READ)
def intake(request_id: uuid.UUID) -> Page:
    """Everything of the intake review on one page."""
    return _page(get_request(request_id, acting()))


@blueprint.post("/take")
@requires(Permission.REQUEST_TAKE)
def take(request_id: uuid.UUID) -> Page:
    """Takes the request; the taker coordinates it."""
    agency_request = get_request(request_id, acting())
    intake_operations.take_request(agency_request, acting(), expected_version=StepForm().expected_version.data)
    db.session.commit()
    flash("You took this request. You are its coordinator now.")
    return _back(request_id)


@blueprint.post("/checklist")
@requires(Permission.REQUEST_INTAKE)
def mark(request_id: uuid.UUID) -> Page:
    """Saves the completeness check."""
    agency_request = get_request(request_id, acting())
    form = ChecklistForm()
    if not form.validate_on_submit():
        return _page(agency_request, checklist=form), 422
    notes = dict.fromkeys(intake_operations.CHECKLIST, form.note.data)
    intake_operations.mark_checklist(agency_request, acting(), form.held.data, notes)
    db.session.commit()
    flash("The completeness check is saved.")
    return _back(request_id, "checklist")


@blueprint.post("/route")
@requires(Permission.REQUEST_INTAKE)
def route(request_id: uuid.UUID) -> Page:
    """Routes the request to its offices."""
    agency_request = get_request(request_id, acting())
    form = _routing(agency_request)
    if not form.validate_on_submit():
        return _page(agency_request, routing=form), 422
    intake_operations.route_request(
        agency_request, acting(), uuid.UUID(form.office.data), _key(form.investigations_office.data)
    )
    db.session.commit()
    flash("The request is routed.")
    return _back(request_id, "routing")


@blueprint.post("/people")
@requires(Permission.REQUEST_INTAKE)
def name_people(request_id: uuid.UUID) -> Page:
    """Names the liaisons and the assessor."""
    agency_request = get_request(request_id, acting())
    form = _people(agency_request)
    if not form.validate_on_submit():
        return _page(agency_request, people=form), 422
    intake_operations.name_people(agency_request, acting(), **form.named)
    db.session.commit()
    flash("The people are named. Each liaison declares their own interests.")
    return _back(request_id, "liaisons")


@blueprint.get("/declaration")
@requires(Permission.REQUEST_DECLARE)
def declaration(request_id: uuid.UUID) -> Page:
    """Asks for one's own interests in the case."""
    agency_request = get_request(request_id, acting())
    return render_template("intake/declaration.html", agency_request=agency_request, form=DeclarationForm())


@blueprint.post("/declaration")
@requires(Permission.REQUEST_DECLARE)
def declare(request_id: uuid.UUID) -> Page:
    """Records one's own declaration of interests; however often it is clicked, who has one is led to the queue."""
    form = DeclarationForm()
    if form.is_conflict and intake_operations.has_declared_conflict(request_id, acting(), form.sentence.data):
        return redirect(url_for("cases.queue"), 303)
    agency_request = get_request(request_id, acting())
    if not form.validate_on_submit():
        return render_template("intake/declaration.html", agency_request=agency_request, form=form), 422
    intake_operations.declare_interests(
        agency_request, acting(), has_conflict=form.is_conflict, sentence=form.sentence.data
    )
    db.session.commit()
    return _declared(agency_request, is_conflict=form.is_conflict)


def _declared(agency_request: AgencyRequest, *, is_conflict: bool) -> Page:
    if is_conflict:
        flash("Your declaration is recorded. The case is out of your sight, and somebody else takes over.")
        return redirect(url_for("cases.queue"), 303)
    flash("Your declaration is recorded.")
    return redirect(url_for(_work(agency_request), request_id=agency_request.id), 303)


def _work(agency_request: AgencyRequest) -> str:
    """What one declares for: the page of the stage's own task, or that of the people where it has none."""
    tasks = STATUSES[agency_request.status].tasks
    return next(
        (tasks[role].endpoint for role in (Role.COORDINATOR, Role.ASSESSOR) if role in tasks), "assignment.people"
    )


@blueprint.post("/begin-assessment")
@requires(Permission.REQUEST_BEGIN_ASSESSMENT)
def begin_assessment(request_id: uuid.UUID) -> Page:
    """Opens the needs assessment."""
    agency_request = get_request(request_id, acting())
    intake_operations.begin_assessment(agency_request, acting(), expected_version=StepForm().expected_version.data)
    db.session.commit()
    flash("The needs assessment is open. The assessor has been told.")
    return redirect(url_for("cases.case", request_id=request_id), 303)


@blueprint.get("/ask")
@requires(Permission.REQUEST_ASK)
def ask(request_id: uuid.UUID) -> Page:
    """The form that asks the agency back."""
    agency_request = get_request(request_id, acting())
    engine.check_step(Action.REQUEST_INFORMATION, agency_request, acting())
    ready = request.args.getlist("ready")
    mine = None if ready else autosave.saved_form_at(acting().id, request.path)
    form = AskForm(formdata=MultiDict(mine.pairs) if mine else None, data={"items": chosen_texts(ready)[:MOST_ITEMS]})
    form.expected_version.data = str(agency_request.version)
    return _ask_page(agency_request, form, ready=CANNED_TEXTS, picked=ready, kept=mine)


def _ask_again(refused: StepRefused, request_id: uuid.UUID) -> Page:
    return _not_asked(request_id, AskForm(), refused.sentences), 422


@blueprint.post("/ask")
@requires(Permission.REQUEST_ASK)
@shows_again(_ask_again)
def ask_now(request_id: uuid.UUID) -> Page:
    """Asks the agency; its request waits until every item is answered."""
    agency_request = get_request(request_id, acting())
    engine.check_step(Action.REQUEST_INFORMATION, agency_request, acting())
    form = AskForm()
    if not form.validate_on_submit():
        return _not_asked(request_id, form), 422
    seen = form.expected_version.data
    operations.ask_information(agency_request, acting(), form.asked, form.due.data, expected_version=seen)
    autosave.delete_form(acting().id, request.path)
    db.session.commit()
    flash("The agency has been asked. The clock of this stage stands still until it answers.")
    return redirect(url_for("cases.case", request_id=request_id), 303)


def _ask_page(agency_request: AgencyRequest, form: AskForm, **shown: object) -> str:
    to_declare = must_declare(agency_request, acting())
    return render_template(
        "intake/ask.html", agency_request=agency_request, form=form, must_declare=to_declare, **shown
    )


def _not_asked(request_id: uuid.UUID, form: AskForm, sentences: tuple[str, ...] = ()) -> str:
    """The page with everything typed, which stays there until it is sent, and what must hold first."""
    autosave.save_form(acting().id, request.path, autosave.form_pairs())
    db.session.commit()
    return _ask_page(get_request(request_id, acting()), form, sentences=sentences, form_errors=True)


def _page(
    agency_request: AgencyRequest,
    *,
    checklist: ChecklistForm | None = None,
    routing: RoutingForm | None = None,
    people: PeopleForm | None = None,
) -> str:
    query = db.select(ChecklistMark).where(ChecklistMark.request_id == agency_request.id)
    marks = list(db.session.scalars(query))
    offered = {step.action: step for step in engine.offered_steps(agency_request, acting())}
    step = offered.get(Action.BEGIN_ASSESSMENT)
    return render_request_page(
        "intake/intake.html",
        agency_request,
        must_declare=must_declare(agency_request, acting()),
        checklist_form=checklist
        or ChecklistForm(data={"held": [m.key for m in marks if m.held], "note": marks[0].note if marks else ""}),
        routing_form=routing or _routing(agency_request),
        people_form=people or _people(agency_request),
        step_form=StepForm(data={"expected_version": agency_request.version}),
        failed=next((form for form in (checklist, routing, people) if form), None),
        declarations=intake_operations.declarations(agency_request.id),
        lines=step_checklist(step, agency_request, acting()),
        may_take=Action.TAKE in offered,
        may_ask=Action.REQUEST_INFORMATION in offered,
        candidates=candidates(agency_request.agency.state, agency_request.agency.county),
    )


def _routing(agency_request: AgencyRequest) -> RoutingForm:
    likely = candidates(agency_request.agency.state, agency_request.agency.county)
    detention = db.session.scalars(db.select(Office).where(Office.kind == DETENTION).order_by(Office.name)).all()
    others = [office for office in detention if office not in likely]
    investigations = db.session.scalars(
        db.select(Office).where(Office.kind == INVESTIGATIONS).order_by(Office.name)
    ).all()
    return RoutingForm(
        [(str(o.id), f"{o.name} (serves this place)") for o in likely] + [(str(o.id), o.name) for o in others],
        [(str(office.id), office.name) for office in investigations],
        data={
            "office": str(agency_request.office_id or ""),
            "investigations_office": str(agency_request.investigations_office_id or ""),
        },
    )


def _people(agency_request: AgencyRequest) -> PeopleForm:
    return PeopleForm(
        staff_choices(agency_request, None),
        staff_choices(agency_request, Role.ASSESSOR),
        data={
            "investigations_liaison": str(agency_request.investigations_liaison_id or ""),
            "detention_liaison": str(agency_request.detention_liaison_id or ""),
            "assessor": str(agency_request.assessor_id or ""),
        },
    )


def _key(typed: str | None) -> uuid.UUID | None:
    return uuid.UUID(typed) if typed else None


def _back(request_id: uuid.UUID, anchor: str = "") -> Response:
    return redirect(url_for("intake.intake", request_id=request_id, _anchor=anchor or None), 303)
