"""Administrators' pages: people of ICE with their roles, agencies, offices. No case is read or decided here."""

import uuid

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from sqlalchemy import func, or_, select
from werkzeug.wrappers import Response

from app import audit
from app.accounts import joining
from app.accounts.forms import OfficeForm, StaffForm
from app.accounts.invitations import TakenAddress, invite, send_invitation
from app.accounts.models import INVESTIGATIONS, Agency, Office, Person, RoleGrant
from app.extensions import db
from app.guards import acting, requires
from app.policy import Permission, Role

blueprint = Blueprint("admin", __name__, url_prefix="/admin")
Page = Response | str | tuple[str, int]
PAGE = 50


def _typed(name: str) -> str:
    return request.args.get(name, "").replace("\0", "").strip()[:100]


def _page_number() -> int:
    return min(max(request.args.get("page", 1, type=int), 1), 100_000)


@blueprint.get("/people")
@requires(Permission.PEOPLE_MANAGE)
def people() -> str:
    """Everybody with an account, searched by name or address."""
    text = _typed("q").lower()
    query = select(Person).order_by(Person.name, Person.id)
    if text:
        matches = (func.lower(column).contains(text, autoescape=True) for column in (Person.name, Person.email))
        query = query.where(or_(*matches))
    number = _page_number()
    found = db.session.scalars(query.limit(PAGE + 1).offset((number - 1) * PAGE)).unique().all()
    return render_template(
        "accounts/people.html", people=found[:PAGE], text=text, number=number, has_more=len(found) > PAGE
    )


@blueprint.get("/people/new")
@requires(Permission.PEOPLE_MANAGE)
def new_person() -> str:
    """Somebody new of ICE."""
    return render_template("accounts/person.html", form=StaffForm(_offices()), person=None)


@blueprint.post("/people/new")
@requires(Permission.PEOPLE_MANAGE)
def add_person() -> Page:
    """Invites them."""
    form = StaffForm(_offices())
    if not form.validate_on_submit():
        return render_template("accounts/person.html", form=form, person=None), 422
    office = db.session.get(Office, uuid.UUID(form.office.data))
    try:
        invite(
            acting(), email=form.email.data, name=form.name.data, title=form.title.data, grants=form.grants,
            office_id=uuid.UUID(form.office.data), place=f"ICE, {office.name if office else ''}",
        )  # fmt: skip
    except TakenAddress:
        form.email.errors = ["Somebody has an account with this address already."]
        return render_template("accounts/person.html", form=form, person=None), 422
    db.session.commit()
    flash("The invitation is on its way. It works once, for 24 hours.")
    return redirect(url_for(".people"), 303)


@blueprint.get("/people/<uuid:person_id>")
@requires(Permission.PEOPLE_MANAGE)
def person(person_id: uuid.UUID) -> str:
    """One person of ICE, with roles, seats and programs."""
    found = _staff(person_id)
    data = {
        "name": found.name,
        "title": found.title,
        "email": found.email,
        "office": str(found.office_id),
        "roles": [role.value for role in found.roles],
        "seats": [grant.scope for grant in found.grants if grant.role == Role.REVIEWER],
        "programs": [grant.scope for grant in found.grants if grant.role == Role.APPROVING_OFFICIAL],
    }
    return render_template("accounts/person.html", form=StaffForm(_offices(), formdata=None, data=data), person=found)


@blueprint.post("/people/<uuid:person_id>")
@requires(Permission.PEOPLE_MANAGE)
def save_person(person_id: uuid.UUID) -> Page:
    """Saves office and roles; nobody grants themselves a role, and one administrator always stays."""
    found = _staff(person_id)
    form = StaffForm(_offices())
    good = form.validate_on_submit()
    roles = {role for role, _ in form.grants}
    if good and found.id == acting().id and roles != found.roles:
        form.roles.errors = ["Another administrator changes your roles."]
        good = False
    if good and Role.ADMINISTRATOR not in roles and _is_last_administrator(found):
        form.roles.errors = ["This is the last administrator. Make another one first."]
        good = False
    if not good:
        return render_template("accounts/person.html", form=form, person=found), 422
    found.name, found.title, found.office_id = form.name.data, form.title.data, uuid.UUID(form.office.data)
    if found.id != acting().id:
        joining.set_grants(found, acting(), form.grants)
    db.session.commit()
    flash("Saved.")
    return redirect(url_for(".people"), 303)


@blueprint.post("/people/<uuid:person_id>/<act>")
@requires(Permission.PEOPLE_MANAGE)
def change(person_id: uuid.UUID, act: str) -> Page:
    """Deactivates at once, gives back, or invites again."""
    found = db.session.get(Person, person_id) or abort(404)
    if found.id == acting().id or (act == "deactivate" and _is_last_administrator(found)):
        abort(403)
    if act == "deactivate":
        joining.deactivate(found, acting())
    elif act == "activate":
        joining.activate(found, acting())
    elif act == "invite":
        send_invitation(acting(), found, found.agency.name if found.agency else "ICE")
    else:
        abort(404)
    db.session.commit()
    flash("Done.")
    return redirect(url_for(".people"), 303)


def _staff(person_id: uuid.UUID) -> Person:
    found = db.session.get(Person, person_id)
    if found is None or found.office_id is None:
        abort(404)
    return found


def _is_last_administrator(person: Person) -> bool:
    others = (
        select(func.count())
        .select_from(RoleGrant)
        .join(Person, Person.id == RoleGrant.person_id)
        .where(RoleGrant.role == Role.ADMINISTRATOR.value, Person.active, Person.id != person.id)
    )
    return Role.ADMINISTRATOR in person.roles and not db.session.scalar(others)


def _offices() -> list[tuple[str, str]]:
    rows = db.session.execute(select(Office.id, Office.name, Office.kind).order_by(Office.kind, Office.name))
    return [(str(key), f"{name} ({kind})") for key, name, kind in rows]


@blueprint.get("/agencies")
@requires(Permission.AGENCIES_MANAGE)
def agencies() -> str:
    """The agencies, searched by name, ORI or state."""
    text = _typed("q").lower()
    query = select(Agency).order_by(Agency.name, Agency.id)
    if text:
        columns = (Agency.name, Agency.ori, Agency.state)
        query = query.where(or_(*(func.lower(column).contains(text, autoescape=True) for column in columns)))
    number = _page_number()
    found = db.session.scalars(query.limit(PAGE + 1).offset((number - 1) * PAGE)).all()
    return render_template(
        "accounts/agencies.html", agencies=found[:PAGE], text=text, number=number, has_more=len(found) > PAGE
    )


@blueprint.get("/offices")
@requires(Permission.OFFICES_MANAGE)
def offices() -> str:
    """The offices with what they serve."""
    return _offices_page(OfficeForm())


@blueprint.post("/offices")
@requires(Permission.OFFICES_MANAGE)
def add_office() -> Page:
    """Adds an investigations office."""
    form = OfficeForm()
    good = form.validate_on_submit()
    taken = select(Office).where(Office.kind == INVESTIGATIONS, Office.name == form.name.data)
    if good and db.session.scalar(taken):
        form.name.errors = ["There is an office with this name."]
        good = False
    if not good:
        return _offices_page(form), 422
    db.session.add(Office(kind=INVESTIGATIONS, name=form.name.data, address=form.address.data))
    audit.record("office_added", acting(), details={"name": form.name.data}, audience=audit.Audience.RECORD)
    db.session.commit()
    flash("The office is added.")
    return redirect(url_for(".offices"), 303)


def _offices_page(form: OfficeForm) -> str:
    found = db.session.scalars(select(Office).order_by(Office.kind, Office.name)).all()
    return render_template("accounts/admin_offices.html", offices=found, form=form)
