"""The pages by which an agency asks for access, and those on which a coordinator decides."""

import uuid

from flask import abort, flash, redirect, render_template, request, url_for

from app.accounts.agencies import access_requests
from app.accounts.agencies.access_request_forms import JoinForm, OriForm
from app.accounts.agencies.blueprint import blueprint
from app.accounts.forms import KINDS, NONE_OF_THESE, RefuseForm
from app.accounts.models import AccessApplication, Agency
from app.accounts.place_names import STATE_NAMES
from app.extensions import db, limiter
from app.policy import Permission
from app.security import Page, acting, public, requires

KIND_WORDS = dict(KINDS)


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
