"""The demonstration's mail page: what the service wrote to whom."""

import re

from flask import Blueprint, abort, current_app, render_template
from sqlalchemy import select

from app.notifications.delivery import mail_is_only_shown
from app.notifications.models import OutboxMessage
from app.pagination import page_number, page_of
from app.security import public

blueprint = Blueprint("notifications", __name__)
ADDRESS = re.compile(r"https?://\S+")


@blueprint.get("/mail")
@public
def mail() -> str:
    """The newest mail first; only in a demonstration that sends none."""
    if not mail_is_only_shown():
        abort(404)
    query = select(OutboxMessage).order_by(OutboxMessage.created_at.desc(), OutboxMessage.id)
    found = page_of(query, page_number())
    page = found.showing([(message, _parts(message.body)) for message in found.rows])
    return render_template("notifications/mail.html", page=page)


def _parts(body: str) -> list[tuple[str, bool]]:
    """The body in pieces: (text, whether it is an address to follow)."""
    base = current_app.config["BASE_URL"]
    links = [link for link in ADDRESS.findall(body) if link.startswith(f"{base}/")]
    pieces = re.split("(" + "|".join(map(re.escape, links)) + ")", body) if links else [body]
    return [(piece, piece in links) for piece in pieces if piece]
