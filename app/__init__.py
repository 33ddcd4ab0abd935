"""ACCESS Partnership Requests: from a local agency's request to a drafted agreement."""

from collections.abc import Mapping

from flask import Flask

import config
from app import autosave, errors, extensions, filters, models, pagination, security, storage
from app.accounts import registration as accounts
from app.agency_requests import registration as agency_requests
from app.agreements import registration as agreements
from app.agreements_in_force import registration as agreements_in_force
from app.assessment import registration as assessment
from app.audit import registration as audit_commands
from app.cases import registration as cases
from app.demo import registration as demo
from app.intake import registration as intake
from app.letters import registration as letters
from app.messages import registration as messages
from app.notifications import registration as notifications
from app.programs import registration as programs
from app.reports import registration as reports
from app.review import registration as review
from app.workflow import registration as workflow

SHARED = (errors, security, extensions, filters, pagination, storage, autosave)  # a fault of any has its page
PACKAGES = (
    audit_commands,
    notifications,
    programs,
    accounts,
    agreements_in_force,
    workflow,
    agency_requests,
    messages,
    intake,
    assessment,
    review,
    agreements,
    letters,
    cases,
    reports,
    demo,
)


def create_app(overrides: Mapping[str, object] | None = None) -> Flask:
    """The application, configured by the environment; `overrides` are for tests."""
    app = Flask(__name__)
    app.config.from_object(config.from_environment())
    app.config.update(overrides or {})
    for part in (*SHARED, *PACKAGES):
        part.init_app(app)
    app.extensions["tables"] = models.TABLES
    return app
