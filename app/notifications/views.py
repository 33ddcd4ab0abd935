"""The demonstration's mail page: what the service wrote to whom."""

import re

from flask import Blueprint, abort, current_app, render_template, request
from sqlalchemy import select

from app.extensions import db
from app.notifications.delivery import mail_is_only_shown
from app.notifications.models import OutboxMessage
from app.security import public

blueprint = Blueprint("notifications", __name__)
PAGE = 20
ADDRESS = re.compile(r"https?://\S+")


@blueprint.get("/mail")
@public
def mail() -> str:
    """The newest mail first; only in a demonstration that sends none."""
    if not mail_is_only_shown():
        abort(404)
    number = min(max(request.args.get("page", 1, type=int), 1), 100_000)
    query = select(OutboxMessage).order_by(OutboxMessage.created_at.desc(), OutboxMessage.id)
    found = db.session.scalars(query.limit(PAGE + 1).offset((number - 1) * PAGE)).all()
    messages = [(message, _parts(message.body)) for message in found[:PAGE]]
    return render_template("notifications/mail.html", messages=messages, number=number, has_more=len(found) > PAGE)


def _parts(body: str) -> list[tuple[str, bool]]:
    """The body in pieces: (text, whether it is an address to follow)."""
    base = current_app.config["BASE_URL"]
    links = [link for link in ADDRESS.findall(body) if link.startswith(f"{base}/")]
    pieces = re.split("(" + "|".join(map(re.escape, links)) + ")", body) if links else [body]
    return [(piece, piece in links) for piece in pieces if piece]
