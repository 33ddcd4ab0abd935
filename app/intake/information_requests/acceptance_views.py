"""Staff settle what the agency answered, item by item."""

import uuid

from flask import Blueprint, flash, redirect, render_template, url_for

from app.agency_requests.access import get_request
from app.agency_requests.models import AgencyRequest
from app.extensions import db
from app.intake.forms import AskAgainForm
from app.intake.information_requests import acceptance
from app.intake.information_requests.operations import anchor_words
from app.intake.models import InformationItem
from app.policy import Permission
from app.security import Page, acting, requires
from app.workflow import engine
from app.workflow.journey.request_journey import Action

blueprint = Blueprint("answer_acceptance", __name__, url_prefix="/cases/<uuid:request_id>/items/<uuid:item_id>")


@blueprint.post("/accept")
@requires(Permission.REQUEST_ASK)
def accept(request_id: uuid.UUID, item_id: uuid.UUID) -> Page:
    """Settles one item."""
    agency_request = get_request(request_id, acting())
    item = acceptance.find_answered(agency_request, acting(), item_id)
    acceptance.accept_answer(agency_request, acting(), item)
    db.session.commit()
    flash("The answer is accepted.")
    return redirect(url_for("cases.case", request_id=request_id, _anchor="information"), 303)


@blueprint.get("/ask-again")
@requires(Permission.REQUEST_ASK)
def ask_again(request_id: uuid.UUID, item_id: uuid.UUID) -> Page:
    """Asks why, and by when the agency answers."""
    agency_request = get_request(request_id, acting())
    item = acceptance.find_answered(agency_request, acting(), item_id)
    engine.check_step(Action.REQUEST_INFORMATION, agency_request, acting())
    return _page(agency_request, item, AskAgainForm(data={"expected_version": agency_request.version}))


@blueprint.post("/ask-again")
@requires(Permission.REQUEST_ASK)
def ask_item_again(request_id: uuid.UUID, item_id: uuid.UUID) -> Page:
    """Asks for one item once more, with the reason and a date."""
    agency_request = get_request(request_id, acting())
    item = acceptance.find_answered(agency_request, acting(), item_id)
    engine.check_step(Action.REQUEST_INFORMATION, agency_request, acting())
    form = AskAgainForm()
    if not form.validate_on_submit():
        return _page(agency_request, item, form), 422
    acceptance.ask_item_again(agency_request, acting(), item, **form.values)
    db.session.commit()
    flash("The agency has been asked again, for this item alone.")
    return redirect(url_for("cases.case", request_id=request_id, _anchor="information"), 303)


def _page(agency_request: AgencyRequest, item: InformationItem, form: AskAgainForm) -> str:
    about = anchor_words(item)
    return render_template("intake/ask_again.html", agency_request=agency_request, form=form, item=item, about=about)
