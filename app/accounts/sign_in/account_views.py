"""Links by mail, passwords, and one's own account."""

from flask import Blueprint, flash, redirect, render_template, url_for

from app.accounts.forms import AddressForm, InvitationForm, MailForm, OwnPasswordForm, PasswordForm, ProfileForm
from app.accounts.models import Person, Token
from app.accounts.people.operations import save_mail_preferences, save_profile
from app.accounts.sign_in.mail_links import ask_for_reset, find_link, set_password, use_link
from app.accounts.sign_in.sessions import begin, home_path, signed_in
from app.extensions import db, limiter
from app.notifications.preferences import MailPreference
from app.policy import Permission
from app.security import Page, public, requires

blueprint = Blueprint("own_account", __name__)
SENT = "If there is an account with this address, a link is on its way. It works once, for an hour."


def _context(person: Person) -> list[str]:
    """What a guesser of this person's password would try first."""
    return [person.name, person.email.split("@")[0], person.agency.name if person.agency else "ICE"]


@blueprint.get("/password")
@public
def forgotten() -> str:
    """Where to send a link for a new password."""
    return render_template("accounts/forgotten_password.html", form=AddressForm())


@blueprint.post("/password")
@public
@limiter.limit("10 per hour")
def send_link() -> Page:
    """Sends the link, or nothing; the answer is the same."""
    form = AddressForm()
    if not form.validate_on_submit():
        return render_template("accounts/forgotten_password.html", form=form), 422
    ask_for_reset(form.values["email"])
    db.session.commit()
    flash(SENT)
    return redirect(url_for("accounts.sign_in"), 303)


@blueprint.get("/links/<secret>")
@public
def follow(secret: str) -> Page:
    """The form of a link; opening it does not use it up, since mail scanners open links too."""
    token = find_link(secret)
    if token is None:
        return _dead()
    return render_template("accounts/password.html", form=_form_of(token), person=token.person, purpose=token.purpose)


@blueprint.post("/links/<secret>")
@public
def use(secret: str) -> Page:
    """Sets the password and signs in."""
    token = find_link(secret, to_use=True)
    if token is None:
        return _dead()
    form, person = _form_of(token), token.person
    if not form.validate_on_submit():
        return render_template("accounts/password.html", form=form, person=person, purpose=token.purpose), 422
    use_link(token, form.values["password"], name=form.values.get("name", person.name))
    db.session.commit()
    begin(person)
    flash("Your password is set. You are signed in.")
    return redirect(home_path(), 303)


def _form_of(token: Token) -> PasswordForm:
    if token.purpose == "invitation":
        return InvitationForm(_context(token.person), data={"name": token.person.name})
    return PasswordForm(_context(token.person))


def _dead() -> tuple[str, int]:
    return render_template("accounts/link_used.html"), 404


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
    save_profile(signed_in(), **form.values)
    db.session.commit()
    flash("Your name, title and telephone are saved.")
    return redirect(url_for(".account"), 303)


@blueprint.post("/account/mail")
@requires(Permission.ACCOUNT_OWN)
def choose_mail() -> Page:
    """Saves how one wants mail about cases."""
    form = MailForm()
    if not form.validate_on_submit():
        return _account(mail=form), 422
    save_mail_preferences(signed_in(), MailPreference(form.wish.data))
    db.session.commit()
    flash("Your choice of mail is saved.")
    return redirect(url_for(".account"), 303)


@blueprint.post("/account/password")
@requires(Permission.ACCOUNT_OWN)
@limiter.limit("20 per hour")
def change_password() -> Page:
    """Changes the password; other sessions end."""
    person = signed_in()
    form = OwnPasswordForm(_context(person), person.password_hash)
    if not form.validate_on_submit():
        return _account(password=form), 422
    set_password(person, form.values["password"])
    db.session.commit()
    begin(person)
    flash("Your password is changed. Your other sessions have ended.")
    return redirect(url_for(".account"), 303)


def _account(
    profile: ProfileForm | None = None, password: OwnPasswordForm | None = None, mail: MailForm | None = None
) -> str:
    return render_template(
        "accounts/account.html",
        profile=profile or ProfileForm(formdata=None, obj=signed_in()),
        password=password or OwnPasswordForm(formdata=None),
        mail=mail or MailForm(formdata=None, data={"wish": signed_in().mail_preference}),
        failed=profile or password or mail,
    )
