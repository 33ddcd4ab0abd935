"""Who gets in: agencies that ask for access, an agency's team, and the public office finder."""

import uuid

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from sqlalchemy import select
from us.states import STATES_AND_TERRITORIES
from werkzeug.wrappers import Response

from app.accounts import joining
from app.accounts.forms import JoinForm, RefuseForm, TeamForm
from app.accounts.invitations import TakenAddress, invite, send_invitation
from app.accounts.models import AccessApplication, Agency, Person
from app.accounts.routing import candidates
from app.extensions import db, limiter
from app.guards import acting, public, requires
from app.policy import AGENCY_ROLES, Permission, Role
from app.text import visible

blueprint = Blueprint("people", __name__)
Page = Response | str | tuple[str, int]


@blueprint.get("/offices")
@public
def offices() -> str:
    """Which office serves a place."""
    state = request.args.get("state", "").strip().upper()[:2]
    county = visible(request.args.get("county", "").strip()[:120])
    names = {place.abbr: place.name for place in STATES_AND_TERRITORIES}
    found = candidates(state, county.replace("\ufffd", "")) if state in names else []
    return render_template(
        "accounts/offices.html", states=sorted(names.items(), key=lambda item: item[1]), state=state, county=county,
        state_name=names.get(state, ""), found=found,
    )  # fmt: skip


@blueprint.get("/join")
@public
def join() -> str:
    """An agency asks for access; a known ORI fills in what is known."""
    ori = request.args.get("ori", "").strip().upper()[:9]
    known = joining.agencies_with(ori) if ori.isascii() and ori.isalnum() else []
    data = {"ori": ori}
    if len(known) == 1:
        agency = known[0]
        data |= {"agency_name": agency.name, "state": agency.state, "county": agency.county, "kind": agency.kind}
    return render_template("accounts/join.html", form=JoinForm(formdata=None, data=data), known=known, ori=ori)


@blueprint.post("/join")
@public
@limiter.limit("10 per hour")
def apply() -> Page:
    """Keeps the application."""
    form = JoinForm()
    if not form.validate_on_submit():
        return render_template("accounts/join.html", form=form, known=[], ori=""), 422
    joining.apply(**{name: field.data for name, field in form._fields.items() if name != "csrf_token"})
    db.session.commit()
    return redirect(url_for(".applied"), 303)


@blueprint.get("/join/thanks")
@public
def applied() -> str:
    """What happens next."""
    return render_template("accounts/applied.html")


@blueprint.get("/applications")
@requires(Permission.APPLICATION_DECIDE)
def applications() -> str:
    """The agencies that wait for access."""
    return render_template("accounts/applications.html", waiting=joining.waiting(), form=RefuseForm(formdata=None))


@blueprint.post("/applications/<uuid:application_id>/approve")
@requires(Permission.APPLICATION_DECIDE)
def approve(application_id: uuid.UUID) -> Page:
    """Lets the agency in, and invites its head and the applicant."""
    application = db.session.get(AccessApplication, application_id) or abort(404)
    try:
        taken = joining.approve(application, acting())
    except joining.Decided:
        abort(409)
    db.session.commit()
    flash("Approved. Invitations are on their way." + (f" Already known: {', '.join(taken)}." if taken else ""))
    return redirect(url_for(".applications"), 303)


@blueprint.post("/applications/<uuid:application_id>/refuse")
@requires(Permission.APPLICATION_DECIDE)
def refuse(application_id: uuid.UUID) -> Page:
    """Refuses, with a reason that the applicant reads."""
    application = db.session.get(AccessApplication, application_id) or abort(404)
    form = RefuseForm()
    if not form.validate_on_submit():
        return render_template("accounts/applications.html", waiting=joining.waiting(), form=form), 422
    try:
        joining.refuse(application, acting(), form.reason.data)
    except joining.Decided:
        abort(409)
    db.session.commit()
    flash("Refused. The applicant has been told why.")
    return redirect(url_for(".applications"), 303)


@blueprint.get("/team")
@requires(Permission.AGENCY_EDIT)
def team() -> str:
    """Everybody of one's agency."""
    return _team(TeamForm())


@blueprint.post("/team")
@requires(Permission.TEAM_MANAGE)
def add() -> Page:
    """Invites somebody of one's own agency."""
    form = TeamForm()
    if not form.validate_on_submit():
        return _team(form), 422
    agency = db.session.get(Agency, acting().agency_id)
    try:
        invite(
            acting(), email=form.email.data, name=form.name.data, title=form.title.data,
            grants=[(Role(form.role.data), "")], agency_id=acting().agency_id, place=agency.name if agency else "",
        )  # fmt: skip
    except TakenAddress:
        form.email.errors = ["This address cannot be invited. Use another work address, or ask a coordinator."]
        return _team(form), 422
    db.session.commit()
    flash("The invitation is on its way. It works once, for 24 hours.")
    return redirect(url_for(".team"), 303)


@blueprint.post("/team/<uuid:person_id>/<act>")
@requires(Permission.TEAM_MANAGE)
def change(person_id: uuid.UUID, act: str) -> Page:
    """Deactivates, gives back, invites again, or changes what somebody does."""
    person = db.session.get(Person, person_id)
    if person is None or person.agency_id != acting().agency_id:
        abort(404)
    if person.id == acting().id:
        abort(403)
    if act in {role.value for role in AGENCY_ROLES}:
        joining.set_grants(person, acting(), [(Role(act), "")])
    elif act == "deactivate":
        joining.deactivate(person, acting())
    elif act == "activate":
        joining.activate(person, acting())
    elif act == "invite":
        send_invitation(acting(), person, person.agency.name if person.agency else "")
    else:
        abort(404)
    db.session.commit()
    flash("Done.")
    return redirect(url_for(".team"), 303)


def _team(form: TeamForm) -> str:
    query = select(Person).where(Person.agency_id == acting().agency_id).order_by(Person.name, Person.id)
    return render_template("accounts/team.html", team=db.session.scalars(query).unique().all(), form=form)
