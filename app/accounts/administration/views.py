"""Administrators' pages: people of ICE with their roles, agencies, offices. No case is read or decided here."""

import uuid
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for

from app.accounts import listings
from app.accounts.administration.home_entries import PROGRAM_CHOICES
from app.accounts.agencies.operations import edit_agency
from app.accounts.forms import KINDS, AgencyForm, StaffEditForm, StaffForm
from app.accounts.models import HEADQUARTERS, Agency, Office, Person
from app.accounts.offices.views import OFFICE_WORDS
from app.accounts.people import account_actions, operations
from app.accounts.place_names import STATE_NAMES
from app.accounts.roles import confirmations
from app.accounts.roles import operations as roles_operations
from app.accounts.sign_in.mail_links import TakenAddress
from app.extensions import db
from app.pagination import page_number
from app.policy import ROLE_WORDS, Permission, Role, allows
from app.security import Page, acting, requires
from app.text import clean_filter

blueprint = Blueprint("admin", __name__, url_prefix="/admin")
WHY = "Give your reason: these roles carry power, so a second administrator reads it and confirms."
STATES_OF_ACCOUNTS = [("active", "Active"), ("invited", "Invited"), ("deactivated", "Deactivated")]


def _typed(name: str) -> str:
    return clean_filter(request.args.get(name, ""), 100)


@blueprint.get("")
@requires(Permission.PEOPLE_MANAGE)
def index() -> str:
    """Everything that can be managed."""
    entries = [entry for entry in PROGRAM_CHOICES if allows(acting(), entry.needs)]
    return render_template("accounts/administration.html", entries=entries)


@blueprint.get("/people")
@requires(Permission.PEOPLE_MANAGE)
def list_people() -> str:
    """Everybody with an account."""
    filters = {name: _typed(name) for name in ("words", "role", "state")}
    return render_template(
        "accounts/people.html", listing=listings.people(**filters, page=page_number()), filters=filters,
        roles=[(role.value, ROLE_WORDS[role]) for role in Role if role is not Role.SYSTEM], states=STATES_OF_ACCOUNTS,
    )  # fmt: skip


@blueprint.get("/people/new")
@requires(Permission.PEOPLE_MANAGE)
def new_person() -> str:
    """Somebody new of ICE."""
    return _person_page(StaffForm(_offices(), formdata=None))


@blueprint.post("/people/new")
@requires(Permission.PEOPLE_MANAGE)
def add_person() -> Page:
    """Invites them."""
    form = StaffForm(_offices())
    if not (form.validate_on_submit() and (told := _invited(form))):
        return _person_page(form), 422
    db.session.commit()
    flash(told)
    return redirect(url_for(".list_people"), 303)


def _invited(form: StaffForm) -> str:
    """What to tell of the invitation; "" where they may not be invited, and the form says why."""
    try:
        return roles_operations.invite_staff(acting(), form.values, form.grants)
    except TakenAddress:
        form.email.errors = ["Somebody has an account with this address already."]
    except roles_operations.ReasonMissing:
        form.reason.errors = [WHY]
    return ""


@blueprint.get("/people/<uuid:person_id>")
@requires(Permission.PEOPLE_MANAGE)
def person(person_id: uuid.UUID) -> str:
    """One person: of ICE with roles, seats and programs, of an agency to look at."""
    found = db.session.get(Person, person_id) or abort(404)
    return _person_page(StaffEditForm(_offices(), formdata=None, data=_data(found)), found)


@blueprint.post("/people/<uuid:person_id>")
@requires(Permission.PEOPLE_MANAGE)
def save_person(person_id: uuid.UUID) -> Page:
    """Saves name, office and roles; nobody grants themselves a role, and one administrator always stays."""
    found = _staff(person_id)
    form = StaffEditForm(_offices())
    if not (form.validate_on_submit() and _granted(found, form)):
        return _person_page(form, found), 422
    values = form.values
    operations.move_to_office(
        found, acting(), name=values["name"], title=values["title"], office_id=uuid.UUID(values["office"])
    )
    db.session.commit()
    waits = " The new roles wait for a second administrator." if confirmations.open_proposals(found.id) else ""
    flash(f"{found.name} is saved.{waits}")
    return redirect(url_for(".list_people"), 303)


def _staff(person_id: uuid.UUID) -> Person:
    """Somebody of ICE; an agency looks after its own people."""
    found = db.session.get(Person, person_id)
    return found if found is not None and found.office_id is not None else abort(404)


def _granted(person: Person, form: StaffForm) -> bool:
    """Sets the roles; where they may not be set, the form says why."""
    try:
        roles_operations.give_roles(person, acting(), form.grants, form.reason.data)
    except roles_operations.ReasonMissing:
        form.reason.errors = [WHY]
    except operations.OwnAccount:
        form.roles.errors = ["Nobody changes their own roles. Ask another administrator."]
    except operations.LastAdministrator:
        form.roles.errors = ["This is the last administrator. Make another one first."]
    return not form.errors


@blueprint.post("/people/<uuid:person_id>/<act>")
@requires(Permission.PEOPLE_MANAGE)
def change(person_id: uuid.UUID, act: str) -> Page:
    """Deactivates at once, gives back, or invites again."""
    found = db.session.get(Person, person_id) or abort(404)
    try:
        done = account_actions.take_account_action(act, found, acting())
    except (operations.OwnAccount, operations.LastAdministrator):
        abort(403)
    if done is None:
        abort(404)
    db.session.commit()
    flash(done)
    return redirect(url_for(".person", person_id=person_id), 303)


def _data(person: Person) -> dict[str, Any]:
    return {
        "name": person.name,
        "title": person.title,
        "office": str(person.office_id or ""),
        "roles": sorted(person.roles),
        "seats": [grant.scope for grant in person.grants if grant.role == Role.REVIEWER],
        "programs": [grant.scope for grant in person.grants if grant.role == Role.APPROVING_OFFICIAL],
    }


def _person_page(form: StaffForm, person: Person | None = None) -> str:
    waiting = confirmations.open_proposals(person.id) if person else ()
    return render_template(
        "accounts/person.html", form=form, person=person, waiting=waiting, words=confirmations.proposal_words,
        is_sole=confirmations.is_sole_administrator(acting()),
    )  # fmt: skip


def _offices() -> list[tuple[str, str]]:
    return [(str(office.id), _office_words(office)) for office in listings.offices()]


def _office_words(office: Office) -> str:
    return office.name if office.kind == HEADQUARTERS else f"{office.name}, {OFFICE_WORDS[office.kind].lower()}"


@blueprint.get("/agencies")
@requires(Permission.AGENCIES_MANAGE)
def agencies() -> str:
    """The agencies, searched by name, ORI or county."""
    filters = {name: _typed(name) for name in ("words", "state")}
    return render_template(
        "accounts/agencies.html", listing=listings.agencies(**filters, page=page_number()), filters=filters,
        states=sorted(STATE_NAMES.items(), key=lambda item: item[1]), kinds=dict(KINDS), state_names=STATE_NAMES,
    )  # fmt: skip


@blueprint.get("/agencies/<uuid:agency_id>")
@requires(Permission.AGENCIES_MANAGE)
def agency(agency_id: uuid.UUID) -> str:
    """One agency, to put right."""
    found = db.session.get(Agency, agency_id) or abort(404)
    return render_template("accounts/agency.html", form=AgencyForm(formdata=None, obj=found), agency=found)


@blueprint.post("/agencies/<uuid:agency_id>")
@requires(Permission.AGENCIES_MANAGE)
def save_agency(agency_id: uuid.UUID) -> Page:
    """Saves it, with what it said before in the record."""
    found, form = db.session.get(Agency, agency_id) or abort(404), AgencyForm()
    if not form.validate_on_submit():
        return render_template("accounts/agency.html", form=form, agency=found), 422
    edit_agency(found, acting(), form.values)
    db.session.commit()
    flash(f"{found.name} is saved.")
    return redirect(url_for(".agencies", words=found.ori), 303)
