"""Signing in and out."""

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request, session, url_for
from flask_login import current_user, logout_user
from werkzeug.wrappers import Response as AnyResponse

from app import audit
from app.accounts.forms import SignInForm
from app.accounts.sign_in.operations import TooManyTries, authenticate
from app.accounts.sign_in.sessions import begin, home_path, safe_path
from app.deadlines.business_days import ZONE
from app.extensions import db
from app.policy import Permission
from app.security import acting, public, requires

blueprint = Blueprint("accounts", __name__)
TOO_MANY = "Too many tries. Try again after {until:%-I:%M %p} or choose a new password."
WRONG = "The address or the password is not right. After several tries you have to wait a little."


@blueprint.get("/sign-in")
@public
def sign_in() -> AnyResponse | str:
    """The sign-in page; somebody signed in already goes home."""
    target = safe_path(request.args.get("next"))
    if current_user.is_authenticated:
        return redirect(target or home_path(), 303)
    return _sign_in_page(SignInForm(data={"next": target or ""}))


@blueprint.post("/sign-in")
@public
def sign_in_now() -> AnyResponse | tuple[str, int]:
    """Signs in, with a new session, and goes on to the page that was asked for."""
    form = SignInForm()
    if not form.validate_on_submit():
        return _sign_in_page(form), 422
    try:
        person = authenticate(form.values["email"], form.values["password"], request.remote_addr or "")
    except TooManyTries as hasty:
        return _sign_in_page(form, TOO_MANY.format(until=hasty.until.astimezone(ZONE))), 429
    db.session.commit()
    if person is None:
        return _sign_in_page(form, WRONG), 422
    begin(person)
    return redirect(safe_path(form.next.data) or home_path(), 303)


def _sign_in_page(form: SignInForm, wrong: str = "") -> str:
    if wrong:
        form.email.errors = [wrong]
    return render_template("accounts/sign_in.html", form=form)


@blueprint.post("/sign-out")
@requires(Permission.ACCOUNT_OWN)
def sign_out() -> Response:
    """Ends the session, and has the browser forget what it kept of it."""
    audit.record("signed_out", acting(), audience=audit.Audience.RECORD)
    db.session.commit()
    logout_user()
    session.clear()
    flash("You are signed out.")
    response = make_response(redirect(url_for("accounts.sign_in"), 303))
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response
