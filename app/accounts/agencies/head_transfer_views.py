"""The transfer of an agency's headship: the head names a successor, who accepts or declines."""

import uuid

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from app.accounts.agencies import head_transfer
from app.accounts.agencies.head_transfer import TransferNotPossible
from app.accounts.sign_in.sessions import begin
from app.extensions import db
from app.policy import Permission
from app.security import Page, acting, requires

blueprint = Blueprint("head_transfer", __name__, url_prefix="/team")


@blueprint.post("/<uuid:person_id>/hand-over")
@requires(Permission.TEAM_MANAGE)
def ask(person_id: uuid.UUID) -> Page:
    """Asks a colleague to become the head."""
    try:
        successor = head_transfer.ask_successor(acting().agency_id, acting(), person_id)
    except TransferNotPossible as reason:
        return _back(str(reason))
    if successor is None:
        abort(404)
    db.session.commit()
    flash(f"{successor.name} has been asked. You stay the head until they accept.")
    return redirect(url_for("agency_access.team"), 303)


@blueprint.post("/handover/take-back")
@requires(Permission.TEAM_MANAGE)
def take_back() -> Page:
    """Takes the question back."""
    try:
        head_transfer.cancel_transfer(acting().agency_id, acting())
    except TransferNotPossible as reason:
        return _back(str(reason))
    db.session.commit()
    flash("Taken back. Nothing has changed.")
    return redirect(url_for("agency_access.team"), 303)


@blueprint.get("/handover")
@requires(Permission.ACCOUNT_OWN)
def question() -> Page:
    """What becoming the head means, for who was asked."""
    asked = head_transfer.offered_to(acting().id)
    if asked is None:
        return _back("Nobody asks you to become the head of your agency now.")
    return render_template("accounts/head_transfer.html", asked=asked)


@blueprint.post("/handover/accept")
@requires(Permission.ACCOUNT_OWN)
def accept() -> Page:
    """Becomes the head."""
    try:
        successor = head_transfer.accept_transfer(acting())
    except TransferNotPossible as reason:
        return _back(str(reason))
    db.session.commit()
    begin(successor)  # the role is new, so the session is
    flash("You are the head of your agency now.")
    return redirect(url_for("agency_access.team"), 303)


@blueprint.post("/handover/decline")
@requires(Permission.ACCOUNT_OWN)
def decline() -> Page:
    """Stays what one is."""
    try:
        head_transfer.decline_transfer(acting())
    except TransferNotPossible as reason:
        return _back(str(reason))
    db.session.commit()
    flash("Declined. Nothing has changed, and your head has been told.")
    return redirect(url_for("agency_access.team"), 303)


def _back(sentence: str) -> Response:
    db.session.rollback()
    flash(sentence, "warning")
    return redirect(url_for("agency_access.team") if acting().agency_id else "/", 303)
