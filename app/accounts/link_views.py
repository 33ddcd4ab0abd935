"""Links by mail, passwords, and one's own account."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_login import current_user, login_user
from werkzeug.wrappers import Response

from app.accounts.forms import AddressForm, PasswordForm, ProfileForm
from app.accounts.invitations import ask_for_reset, find_link, set_password, use_link
from app.accounts.models import Person
from app.accounts.sessions import home_path
from app.extensions import db, limiter
from app.guards import public, requires
from app.policy import Permission

blueprint = Blueprint("links", __name__)
Page = Response | str | tuple[str, int]
SENT = "If there is an account with this address, a link is on its way. It works once, for an hour."


def _context(person: Person) -> list[str]:
    return [person.name, person.email.split("@")[0], person.agency.name if person.agency else "ICE"]


@blueprint.get("/password")
@public
def forgotten() -> str:
    """Where to send a link for a new password."""
    return render_template("accounts/forgotten.html", form=AddressForm())


@blueprint.post("/password")
@public
@limiter.limit("10 per hour")
def send_link() -> Page:
    """Sends the link, or nothing; the answer is the same."""
    form = AddressForm()
    if not form.validate_on_submit():
        return render_template("accounts/forgotten.html", form=form), 422
    ask_for_reset(form.email.data)
    db.session.commit()
    flash(SENT)
    return redirect(url_for("accounts.sign_in"), 303)


@blueprint.get("/links/<secret>")
@public
def follow(secret: str) -> Page:
    """The form of a link; opening it does not use it up."""
    token = find_link(secret)
    if token is None:
        return render_template("accounts/link_used.html"), 404
    return render_template("accounts/password.html", form=PasswordForm(), person=token.person, purpose=token.purpose)


@blueprint.post("/links/<secret>")
@public
def use(secret: str) -> Page:
    """Sets the password and signs in."""
    token = find_link(secret)
    if token is None:
        return render_template("accounts/link_used.html"), 404
    form = PasswordForm(_context(token.person))
    if not form.validate_on_submit():
        return render_template("accounts/password.html", form=form, person=token.person, purpose=token.purpose), 422
    person = use_link(token, form.password.data)
    db.session.commit()
    login_user(person)
    flash("Your password is set. You are signed in.")
    return redirect(home_path(), 303)


@blueprint.get("/account")
@requires(Permission.ACCOUNT_OWN)
def account() -> str:
    """One's own name and password."""
    return _account()


@blueprint.post("/account")
@requires(Permission.ACCOUNT_OWN)
def save_account() -> Page:
    """Saves name, title and telephone."""
    form = ProfileForm()
    if not form.validate_on_submit():
        return _account(profile=form), 422
    person = current_user
    person.name, person.title, person.phone = form.name.data, form.title.data, form.phone.data
    db.session.commit()
    flash("Saved.")
    return redirect(url_for(".account"), 303)


@blueprint.post("/account/password")
@requires(Permission.ACCOUNT_OWN)
def change_password() -> Page:
    """Changes the password; other sessions end."""
    form = PasswordForm(_context(current_user))
    if not form.validate_on_submit():
        return _account(password=form), 422
    set_password(current_user, form.password.data)
    db.session.commit()
    login_user(current_user)
    flash("Your password is changed. Other sessions have ended.")
    return redirect(url_for(".account"), 303)


def _account(profile: ProfileForm | None = None, password: PasswordForm | None = None) -> str:
    return render_template(
        "accounts/account.html",
        profile=profile or ProfileForm(formdata=None, obj=current_user),
        password=password or PasswordForm(formdata=None),
        failed=profile or password,
    )
