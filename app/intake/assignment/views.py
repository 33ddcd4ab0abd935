"""The page of who works on a request: assign it, take it, put it back into the pool."""

import uuid

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for

from app.accounts.models import Person
from app.agency_requests.access import get_request
from app.agency_requests.models import AgencyRequest
from app.agency_requests.recipients import people_named
from app.extensions import db
from app.intake import operations as intake_operations
from app.intake.assignment import consultations, operations
from app.intake.assignment.forms import AskConsultationForm, AssignForm, ConsultationAnswerForm
from app.intake.assignment.operations import parse_holder
from app.intake.assignment.queries import staff_choices
from app.policy import ROLE_WORDS, Permission, Role, allows
from app.security import Page, acting, requires
from app.workflow.journey.request_journey import CLOSED

blueprint = Blueprint("assignment", __name__, url_prefix="/cases/<uuid:request_id>/staff")


@blueprint.get("")
@requires(Permission.CASE_READ)
def people(request_id: uuid.UUID) -> Page:
    """Who works on the request, and what each declared."""
    return _page(get_request(request_id, acting()))


@blueprint.post("/<role>")
@requires(Permission.REQUEST_ASSIGN)
def assign(request_id: uuid.UUID, role: str) -> Page:
    """Gives the request to somebody, or back to the pool."""
    agency_request = get_request(request_id, acting())
    if role not in operations.COLUMNS:
        abort(404)
    form = _form(agency_request, Role(role), to_pool="pool" in request.form)
    if not form.validate_on_submit():
        return _page(agency_request, failed=form, role=Role(role)), 422
    person, was = db.session.get(Person, form.person_id) if form.person_id else None, parse_holder(form.was.data)
    operations.assign(agency_request, acting(), Role(role), person, reason=form.reason.data, was=was)
    db.session.commit()
    flash(f"{person.name} works on the request now." if person else "The request is back in the pool.")
    return redirect(url_for(".people", request_id=request_id), 303)


@blueprint.post("/consult")
@requires(Permission.CONSULT_ASK)
def consult(request_id: uuid.UUID) -> Page:
    """Asks somebody of another office for an opinion on this case."""
    agency_request = get_request(request_id, acting())
    consultations.refuse_unless_may_consult(agency_request, acting())
    form = _consult_form(agency_request)
    if not form.validate_on_submit():
        return _page(agency_request, consult=form), 422
    person = db.session.get_one(Person, uuid.UUID(form.expert.data))
    consultations.ask_consultation(agency_request, acting(), person, form.question.data, form.due.data)
    db.session.commit()
    flash(f"{person.name} has been asked, and sees this case until the question ends.")
    return redirect(url_for(".people", request_id=request_id, _anchor="consults"), 303)


@blueprint.post("/consult/<uuid:consult_id>/recall")
@requires(Permission.CONSULT_ASK)
def recall_consult(request_id: uuid.UUID, consult_id: uuid.UUID) -> Page:
    """Takes the question back."""
    agency_request = get_request(request_id, acting())
    consultations.recall_consultation(
        consultations.get_consultation(agency_request, consult_id), agency_request, acting()
    )
    db.session.commit()
    flash("The question is taken back. They see the case no more.")
    return redirect(url_for(".people", request_id=request_id, _anchor="consults"), 303)


@blueprint.post("/consult/<uuid:consult_id>/answer")
@requires(Permission.CONSULT_ANSWER)
def answer_consult(request_id: uuid.UUID, consult_id: uuid.UUID) -> Page:
    """Gives the opinion that was asked for, once, however often it is clicked."""
    form = ConsultationAnswerForm()
    if consultations.has_answered(consult_id, acting(), form.answer.data):
        return redirect(url_for("cases.queue"), 303)
    agency_request = get_request(request_id, acting())
    asked = consultations.get_consultation(agency_request, consult_id)
    if not form.validate_on_submit():
        return _page(agency_request, opinion=form), 422
    consultations.answer_consultation(asked, agency_request, acting(), form.answer.data)
    db.session.commit()
    flash("Thank you: your opinion is with the people who work on the case. You see it no more.")
    return redirect(url_for("cases.queue"), 303)


def _form(agency_request: AgencyRequest, role: Role, *, to_pool: bool = False) -> AssignForm:
    held = getattr(agency_request, operations.COLUMNS[role])
    choices = [
        (key, words)
        for key, words in staff_choices(agency_request, role)
        if Role.COORDINATOR in acting().roles or key == str(acting().id) != str(held)
    ]
    data = {"was": str(held or ""), "person": str(held or "")}
    return AssignForm(choices, to_pool=to_pool, prefix=role.value, data=data)


def _consult_form(agency_request: AgencyRequest) -> AskConsultationForm:
    return AskConsultationForm(consultations.consultant_choices(agency_request), prefix="consult")


def _page(
    agency_request: AgencyRequest,
    *,
    failed: AssignForm | None = None,
    role: Role | None = None,
    consult: AskConsultationForm | None = None,
    opinion: ConsultationAnswerForm | None = None,
) -> str:
    forms = {each: failed if each is role else _form(agency_request, each) for each in operations.COLUMNS}
    return render_template(
        "intake/assignment.html",
        agency_request=agency_request,
        consults=consultations.consultations_of(agency_request.id),
        people=people_named(agency_request),
        declarations=intake_operations.declarations(agency_request.id),
        parts=[
            {
                "role": each.value,
                "words": ROLE_WORDS[each],
                "holder": getattr(agency_request, operations.COLUMNS[each].removesuffix("_id")),
                "covers": operations.delegate_names(agency_request, each),
                "form": form if operations.offers_assignment(agency_request, acting(), each) else None,
                "may_give_back": operations.may_unassign(agency_request, acting(), each),
            }
            for each, form in forms.items()
        ],
        failed=failed or consult or opinion,
        consult_form=consult or (_consult_form(agency_request) if _may_ask(agency_request) else None),
        my_question=consultations.open_consultations(agency_request, acting()),
        opinion_form=opinion or ConsultationAnswerForm(),
    )


def _may_ask(agency_request: AgencyRequest) -> bool:
    return allows(acting(), Permission.CONSULT_ASK, agency_request) and agency_request.status not in CLOSED
