"""The page of a request's checklists after intake."""

import uuid

from flask import Blueprint, flash, redirect, render_template, url_for

from app.agency_requests.access import get_request
from app.agency_requests.models import AgencyRequest
from app.cases.case_page import advice
from app.cases.forms import AdviceForm
from app.extensions import db
from app.policy import Permission
from app.security import Page, acting, requires
from app.workflow.journey.request_journey import STAFF_STATUS_WORDS

blueprint = Blueprint("checklists", __name__, url_prefix="/cases/<uuid:request_id>/checks")


@blueprint.get("")
@requires(Permission.CASE_READ)
def show(request_id: uuid.UUID) -> Page:
    """Every step's checks, with who looked and when."""
    agency_request = get_request(request_id, acting())
    return _page(agency_request, _form(agency_request))


@blueprint.post("")
@requires(Permission.STEP_CHECK)
def mark(request_id: uuid.UUID) -> Page:
    """Saves what was looked at in this step."""
    agency_request = get_request(request_id, acting())
    form = _form(agency_request)
    if not form.validate_on_submit():
        return _page(agency_request, form), 422
    advice.mark_advice(agency_request, acting(), form.held.data)
    db.session.commit()
    flash("The checklist is saved.")
    return redirect(url_for(".show", request_id=request_id), 303)


def _form(agency_request: AgencyRequest) -> AdviceForm:
    lines = advice.advice_by_status(agency_request).get(agency_request.status, [])
    form = AdviceForm(data={"held": [line.check.key for line in lines if line.is_held]})
    form.held.offer([(line.check.key, line.check.text) for line in lines])
    return form


def _page(agency_request: AgencyRequest, form: AdviceForm) -> str:
    return render_template(
        "cases/checklist.html",
        agency_request=agency_request,
        form=form,
        may_check=advice.may_mark_advice(agency_request, acting()),
        steps=[(STAFF_STATUS_WORDS[step], lines) for step, lines in advice.advice_by_status(agency_request).items()],
    )
