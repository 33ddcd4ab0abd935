"""Where higher stages register what happens when the assessed content of a request changes."""

from collections.abc import Callable

from flask import Flask, current_app

from app.agency_requests.models import AgencyRequest
from app.policy import Actor

EXTENSION = "assessed_content"
Consequence = Callable[[AgencyRequest, Actor], object]


def on_content_change(app: Flask, consequence: Consequence) -> None:
    """Has something done, in the same transaction, whenever the assessed content may have changed."""
    app.extensions.setdefault(EXTENSION, []).append(consequence)


def content_changed(agency_request: AgencyRequest, actor: Actor) -> None:
    """Does what was registered; called by whatever edits the assessed values, the programs or the plan."""
    for consequence in current_app.extensions.get(EXTENSION, ()):
        consequence(agency_request, actor)
