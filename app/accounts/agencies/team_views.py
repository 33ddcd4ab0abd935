"""The pages of an agency's team: who is in it, invitations, and roles."""

import uuid

from flask import abort, flash, redirect, render_template, url_for

from app.accounts.agencies import access_requests, head_transfer
from app.accounts.agencies.blueprint import blueprint
from app.accounts.forms import TeamForm
from app.accounts.models import Agency, Person
from app.accounts.people import account_actions, operations
from app.accounts.sign_in.mail_links import TakenAddress, invite
from app.extensions import db
from app.policy import Permission, Role
from app.security import Page, acting, requires


@blueprint.get("/team")
@requires(Permission.TEAM_READ)
def team() -> str:
    """Everybody of one's agency."""
    return _team(TeamForm(formdata=None))


@blueprint.post("/team")
@requires(Permission.TEAM_MANAGE)
def add() -> Page:
    """Invites somebody of one's own agency."""
    form = TeamForm()
    if not (form.validate_on_submit() and _is_invited(form)):
        return _team(form), 422
    db.session.commit()
    flash(f"The invitation to {form.values['name']} is on its way. It works once, for 24 hours.")
    return redirect(url_for(".team"), 303)


def _is_invited(form: TeamForm) -> bool:
    """Invites them; where the address is taken, the form says so without telling by whom."""
    who, agency = form.values, db.session.get_one(Agency, acting().agency_id)
    grants = [(Role(who.pop("role")), "")]
    try:
        invite(acting(), **who, grants=grants, agency_id=agency.id, place=agency.name)
    except TakenAddress:
        form.email.errors = ["This address cannot be invited. Use another work address, or ask your coordinator."]
    return not form.errors


@blueprint.post("/team/<uuid:person_id>/<act>")
@requires(Permission.TEAM_MANAGE)
def change(person_id: uuid.UUID, act: str) -> Page:
    """Deactivates, gives back, invites again, or changes what somebody does; nobody does it to themselves."""
    person = _colleague(person_id)
    try:
        done = account_actions.take_account_action(act, person, acting())
    except operations.OwnAccount:
        abort(403)
    except head_transfer.LastHead:
        abort(409)
    if done is None:
        abort(404)
    db.session.commit()
    flash(done)
    return redirect(url_for(".team"), 303)


def _colleague(person_id: uuid.UUID) -> Person:
    """Somebody of one's own agency."""
    person = db.session.get(Person, person_id)
    return person if person is not None and person.agency_id == acting().agency_id else abort(404)


def _team(form: TeamForm) -> str:
    actor = acting()
    return render_template(
        "accounts/team.html", team=access_requests.team_of(actor.agency_id), form=form,
        handing_over=head_transfer.offered_by(actor.agency_id),
    )  # fmt: skip
