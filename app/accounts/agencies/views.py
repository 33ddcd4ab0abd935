"""Who gets in: agencies that ask for access, an agency's team, and the public office finder."""

import uuid

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for

from app.accounts.agencies import access_requests, head_transfer
from app.accounts.agencies.access_request_forms import JoinForm, OriForm
from app.accounts.forms import KINDS, NONE_OF_THESE, RefuseForm, TeamForm
from app.accounts.models import INVESTIGATIONS, AccessApplication, Agency, Person
from app.accounts.offices.operations import offices_of_kind, serves
from app.accounts.offices.routing import candidates
from app.accounts.people import account_actions, operations
from app.accounts.place_names import STATE_NAMES, state_code
from app.accounts.sign_in.mail_links import TakenAddress, invite
from app.extensions import db, limiter
from app.policy import Permission, Role
from app.security import Page, acting, public, requires
from app.text import clean_filter

blueprint = Blueprint("agency_access", __name__)
KIND_WORDS = dict(KINDS)


@blueprint.get("/offices")
@public
def offices() -> str:
    """Which office serves a place."""
    typed = clean_filter(request.args.get("state", ""), 100)
    county = clean_filter(request.args.get("county", ""), 120)
    state = state_code(typed) or ""
    return render_template(
        "accounts/office_finder.html", states=sorted(STATE_NAMES.items(), key=lambda item: item[1]), state=state,
        typed=typed, county=county, state_name=STATE_NAMES.get(state, ""),
        found=[(office, serves(office)) for office in (candidates(state, county) if state else [])],
        investigations=offices_of_kind(INVESTIGATIONS),
    )  # fmt: skip


@blueprint.get("/join")
@public
def join() -> Page:
    """An agency asks for access: first its ORI, then the rest with what the list knows."""
    if "ori" not in request.args:
        return render_template("accounts/ask_for_access_ori.html", form=OriForm(formdata=None))
    lookup = OriForm(formdata=request.args, meta={"csrf": False})
    if not lookup.validate():
        return render_template("accounts/ask_for_access_ori.html", form=lookup), 422
    return _join(JoinForm(_known(lookup.values["ori"]), formdata=None, data={"ori": lookup.values["ori"]}))


@blueprint.post("/join")
@public
@limiter.limit("10 per hour")
def apply() -> Page:
    """Keeps the application."""
    form = JoinForm(_known(request.form.get("ori", "").strip().upper()))
    if not form.validate_on_submit():
        return _join(form), 422
    access_requests.request_access(**form.values)
    db.session.commit()
    return redirect(url_for(".applied"), 303)


def _known(ori: str) -> list[tuple[str, str]]:
    """The agencies under an ORI as choices; nothing for what cannot be one."""
    if not (ori.isascii() and ori.isalnum() and len(ori) == 9):
        return []
    return [(str(agency.id), _words(agency)) for agency in access_requests.agencies_with(ori)]


def _words(agency: Agency) -> str:
    place = ", ".join(filter(None, (agency.county, STATE_NAMES.get(agency.state, agency.state))))
    kind = KIND_WORDS.get(agency.kind, "")
    return f"{agency.name} ({kind[0].lower()}{kind[1:]}, {place})" if kind else f"{agency.name} ({place})"


def _join(form: JoinForm) -> str:
    return render_template("accounts/ask_for_access.html", form=form, none_of_these=NONE_OF_THESE)


@blueprint.get("/join/thanks")
@public
def applied() -> str:
    """What happens next."""
    return render_template("accounts/access_requested.html")


@blueprint.get("/applications")
@requires(Permission.APPLICATION_DECIDE)
def applications() -> str:
    """The agencies that wait for access."""
    return render_template("accounts/access_requests.html", waiting=access_requests.open_access_requests())


@blueprint.get("/applications/<uuid:application_id>")
@requires(Permission.APPLICATION_DECIDE)
def application(application_id: uuid.UUID) -> str:
    """One application, to check and decide."""
    return _application(_of(application_id), RefuseForm(formdata=None))


@blueprint.post("/applications/<uuid:application_id>/approve")
@requires(Permission.APPLICATION_DECIDE)
def approve(application_id: uuid.UUID) -> Page:
    """Lets the agency in, and invites its head and the applicant."""
    try:
        taken = access_requests.approve_access(_of(application_id), acting())
    except access_requests.AlreadyDecided:
        abort(409)
    db.session.commit()
    flash("Approved. The invitations are on their way.")
    if taken:
        flash(f"Not invited, because they have an account already: {', '.join(taken)}.", "warning")
    return redirect(url_for(".applications"), 303)


@blueprint.post("/applications/<uuid:application_id>/refuse")
@requires(Permission.APPLICATION_DECIDE)
def refuse(application_id: uuid.UUID) -> Page:
    """Refuses, with a reason that the applicant reads."""
    asked, form = _of(application_id), RefuseForm()
    if not form.validate_on_submit():
        return _application(asked, form), 422
    try:
        access_requests.refuse_access(asked, acting(), form.values["reason"])
    except access_requests.AlreadyDecided:
        abort(409)
    db.session.commit()
    flash("Refused. The applicant has been told why.")
    return redirect(url_for(".applications"), 303)


def _of(application_id: uuid.UUID) -> AccessApplication:
    return db.session.get(AccessApplication, application_id) or abort(404)


def _application(asked: AccessApplication, form: RefuseForm) -> str:
    team = access_requests.team_of(asked.agency_id)
    return render_template(
        "accounts/access_request.html", asked=asked, form=form, team=team, kind=KIND_WORDS.get(asked.kind, asked.kind)
    )


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
