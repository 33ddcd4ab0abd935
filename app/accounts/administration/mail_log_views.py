"""Administrators' page of mail: to whom, about what, and whether it was delivered."""

import uuid

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.accounts.administration import mail_log
from app.extensions import db
from app.pagination import page_number
from app.policy import Permission
from app.security import acting, requires
from app.text import clean_filter

blueprint = Blueprint("mail_log", __name__, url_prefix="/admin/notices")


@blueprint.get("")
@requires(Permission.NOTICES_MANAGE)
def listed() -> str:
    """The mail, the newest first."""
    filters = {name: clean_filter(request.args.get(name, ""), 100) for name in ("words", "state")}
    return render_template(
        "accounts/mail_log.html",
        listing=mail_log.mail_log(**filters, page=page_number()),
        filters=filters,
        states=[(key, words) for key, (words, _) in mail_log.STATES.items()],
        state_of=mail_log.mail_state,
    )


@blueprint.post("/<uuid:message_id>/again")
@requires(Permission.NOTICES_MANAGE)
def send_again(message_id: uuid.UUID) -> Response:
    """Has a mail sent again."""
    try:
        message = mail_log.send_again(message_id, acting()) or abort(404)
    except mail_log.AlreadyQueued:
        flash("This mail waits to be sent already.", "warning")
        return redirect(url_for(".listed"), 303)
    db.session.commit()
    flash(f"The mail to {message.address} goes out again.")
    return redirect(url_for(".listed"), 303)
