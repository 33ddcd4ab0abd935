"""ACCESS Partnership Requests: from a local agency's request to a drafted agreement."""

import uuid
from collections.abc import Mapping

from flask import Flask, g
from werkzeug.middleware.proxy_fix import ProxyFix

import config
from app import (
    autosave,
    bundle,
    cli,
    components_page,
    errors,
    extensions,
    filters,
    models,
    pagination,
    security,
    storage,
)
from app.accounts import registration as accounts_wiring
from app.agency_requests import registration as agency_requests_wiring
from app.agreements import registration as agreements_wiring
from app.agreements_in_force import registration as agreements_in_force_wiring
from app.assessment import registration as assessment_wiring
from app.cases import registration as cases_wiring
from app.demo import registration as demo_wiring
from app.intake import registration as intake_wiring
from app.letters import registration as letters_wiring
from app.messages import registration as messages_wiring
from app.notifications import registration as notifications_wiring
from app.programs import registration as programs_wiring
from app.reports import registration as reports_wiring
from app.review import registration as review_wiring
from app.workflow import registration as workflow_wiring

STAGES = (
    workflow_wiring,
    notifications_wiring,
    accounts_wiring,
    programs_wiring,
    agreements_in_force_wiring,
    agency_requests_wiring,
    messages_wiring,
    intake_wiring,
    assessment_wiring,
    review_wiring,
    agreements_wiring,
    letters_wiring,
    cases_wiring,
    reports_wiring,
    demo_wiring,
)


def create_app(overrides: Mapping[str, object] | None = None) -> Flask:
    """The application, configured by the environment; `overrides` are for tests."""
    app = Flask(__name__)
    app.config.from_object(config.from_environment())
    app.config.update(overrides or {})
    app.before_request(name_the_request)
    for part in (
        security,
        bundle,
        extensions,
        filters,
        pagination,
        storage,
        autosave,
        errors,
        cli,
        *STAGES,
        components_page,
    ):
        part.init_app(app)
    if proxies := app.config["PROXIES"]:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=proxies, x_host=proxies)  # type: ignore[method-assign] # Flask's own way
    app.extensions["tables"] = models.TABLES
    return app


def name_the_request() -> None:
    """A short reference for logs and error pages."""
    g.request_id = uuid.uuid4().hex[:12]
