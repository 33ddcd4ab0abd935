"""The page of what overlaps with a request: link it, take the link off, merge a duplicate."""

import uuid

from flask import Blueprint, flash, redirect, render_template, url_for

from app.agency_requests.access import get_request
from app.agency_requests.models import AgencyRequest
from app.cases.forms import LinkForm, MergeForm
from app.cases.related import operations
from app.extensions import db
from app.policy import Permission
from app.security import Page, acting, requires
from app.workflow import engine
from app.workflow.journey.request_journey import Action

blueprint = Blueprint("related", __name__, url_prefix="/cases/<uuid:request_id>/related")


@blueprint.get("")
@requires(Permission.CASE_READ)
def related(request_id: uuid.UUID) -> Page:
    """Everything beside this request."""
    return _page(get_request(request_id, acting()))


@blueprint.post("")
@requires(Permission.REQUEST_LINK)
def link(request_id: uuid.UUID) -> Page:
    """Links the request with another one."""
    agency_request = get_request(request_id, acting())
    operations.refuse_unless_may_link(agency_request, acting())
    form = LinkForm(prefix="link")
    other = operations.find_request(form.number.data or "", acting())
    if form.validate_on_submit() and other is None:
        form.number.errors = ["There is no request with this number that you see."]
    if form.errors or other is None:
        return _page(agency_request, linking=form), 422
    operations.link_requests(agency_request, other, acting(), form.reason.data)
    db.session.commit()
    flash(f"Linked with {other.number}. Each shows the other.")
    return redirect(url_for(".related", request_id=request_id), 303)


@blueprint.post("/<uuid:link_id>/off")
@requires(Permission.REQUEST_LINK)
def unlink(request_id: uuid.UUID, link_id: uuid.UUID) -> Page:
    """Takes a link off."""
    operations.unlink_requests(get_request(request_id, acting()), link_id, acting())
    db.session.commit()
    flash("The link is taken off.")
    return redirect(url_for(".related", request_id=request_id), 303)


@blueprint.post("/merge")
@requires(Permission.REQUEST_DECLINE)
def merge(request_id: uuid.UUID) -> Page:
    """Ends a duplicate in favor of another request of the agency."""
    agency_request = get_request(request_id, acting())
    engine.check_step(Action.DECLINE, agency_request, acting())
    form = _merge_form(agency_request)
    if not form.validate_on_submit():
        return _page(agency_request, merging=form), 422
    survivor = get_request(uuid.UUID(form.survivor.data), acting())
    operations.merge_requests(
        agency_request, survivor, acting(), form.reason.data, expected_version=form.expected_version.data
    )
    db.session.commit()
    flash(f"The request is merged into {survivor.number}. The agency has been told.")
    return redirect(url_for("cases.case", request_id=survivor.id), 303)


def _merge_form(agency_request: AgencyRequest) -> MergeForm:
    choices = [(str(r.id), str(r.number)) for r in operations.survivors(agency_request, acting())]
    return MergeForm(choices, prefix="merge", data={"expected_version": agency_request.version})


def _page(agency_request: AgencyRequest, *, linking: LinkForm | None = None, merging: MergeForm | None = None) -> str:
    offered = {step.action for step in engine.offered_steps(agency_request, acting())}
    merge_form = merging or (_merge_form(agency_request) if Action.DECLINE in offered else None)
    return render_template(
        "cases/related.html",
        agency_request=agency_request,
        beside=operations.related_requests(agency_request, acting()),
        link_form=linking or LinkForm(prefix="link"),
        may_link=operations.may_link(agency_request, acting()),
        merge_form=merge_form if merge_form and (merging or merge_form.survivor.offered) else None,
        failed=linking or merging,
    )
