"""Administrators' pages of offices: added, corrected, and given the states and counties they serve."""

import uuid

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from app.accounts import listings
from app.accounts.forms import AreaForm, NewOfficeForm, OfficeForm
from app.accounts.models import DETENTION, HEADQUARTERS, INVESTIGATIONS, Office, OfficeArea
from app.accounts.offices import service_areas
from app.accounts.offices.operations import TakenName, add_office, edit_office, is_of_the_product, serves
from app.accounts.place_names import STATE_NAMES
from app.extensions import db
from app.policy import Permission
from app.security import Page, acting, requires

blueprint = Blueprint("offices", __name__, url_prefix="/admin/offices")
OFFICE_WORDS = {
    HEADQUARTERS: "Headquarters",
    DETENTION: "Detention and removal",
    INVESTIGATIONS: "Investigations",
}
TAKEN = "There is an office of this kind with this name."


@blueprint.get("")
@requires(Permission.OFFICES_MANAGE)
def listed() -> str:
    """The offices with what they serve."""
    return _list_page(NewOfficeForm(formdata=None))


@blueprint.post("")
@requires(Permission.OFFICES_MANAGE)
def add() -> Page:
    """Adds an investigations office, or a staff office of headquarters."""
    form = NewOfficeForm()
    if not form.validate_on_submit():
        return _list_page(form), 422
    try:
        add_office(acting(), form.kind.data, form.values["name"], form.values["address"])
    except TakenName:
        form.name.errors = [TAKEN]
        return _list_page(form), 422
    db.session.commit()
    flash(f"{form.values['name']} is added.")
    return redirect(url_for(".listed"), 303)


@blueprint.get("/<uuid:office_id>")
@requires(Permission.OFFICES_MANAGE)
def show(office_id: uuid.UUID) -> str:
    """One office and its areas."""
    office = _office(office_id)
    return _page(office, OfficeForm(formdata=None, obj=office), AreaForm(formdata=None))


@blueprint.post("/<uuid:office_id>")
@requires(Permission.OFFICES_MANAGE)
def save(office_id: uuid.UUID) -> Page:
    """Puts its name and address right."""
    office, form = _office(office_id), OfficeForm()
    if not form.validate_on_submit():
        return _page(office, form, AreaForm(formdata=None)), 422
    try:
        edit_office(office, acting(), form.values["name"], form.values["address"])
    except TakenName:
        form.name.errors = [TAKEN]
        return _page(office, form, AreaForm(formdata=None)), 422
    db.session.commit()
    flash(f"{office.name} is saved.")
    return redirect(url_for(".show", office_id=office_id), 303)


@blueprint.post("/<uuid:office_id>/areas")
@requires(Permission.OFFICES_MANAGE)
def add_area(office_id: uuid.UUID) -> Page:
    """Gives it a state or a county to serve."""
    office, form = _office(office_id), AreaForm()
    if not form.validate_on_submit():
        return _page(office, OfficeForm(formdata=None, obj=office), form), 422
    try:
        area = service_areas.add_service_area(office, acting(), form.state.data, form.county.data)
    except service_areas.AlreadyServed as served:
        form.state.errors = [f"{served.office} serves this already. Remove it there first."]
        return _page(office, OfficeForm(formdata=None, obj=office), form), 422
    db.session.commit()
    flash(f"{office.name} serves {service_areas.service_area_words(area)} now.")
    return redirect(url_for(".show", office_id=office_id), 303)


@blueprint.post("/areas/<uuid:area_id>/remove")
@requires(Permission.OFFICES_MANAGE)
def remove_area(area_id: uuid.UUID) -> Response:
    """Takes a state or a county from its office."""
    area = db.session.get(OfficeArea, area_id) or abort(404)
    office_id, told = area.office_id, f"{area.office.name} no longer serves {service_areas.service_area_words(area)}."
    service_areas.remove_service_area(area, acting())
    db.session.commit()
    flash(told)
    return redirect(url_for(".show", office_id=office_id), 303)


def _office(office_id: uuid.UUID) -> Office:
    return db.session.get(Office, office_id) or abort(404)


def _list_page(form: NewOfficeForm) -> str:
    return render_template(
        "accounts/offices.html", offices=listings.offices(), form=form, words=OFFICE_WORDS, serves=serves
    )


def _page(office: Office, form: OfficeForm, area_form: AreaForm) -> str:
    return render_template(
        "accounts/office.html", office=office, form=form, area_form=area_form, words=service_areas.service_area_words,
        kind=OFFICE_WORDS[office.kind], has_areas=office.kind == DETENTION, is_fixed=is_of_the_product(office),
        areas=sorted(office.areas, key=lambda area: (STATE_NAMES.get(area.state, area.state), area.county)),
    )  # fmt: skip
