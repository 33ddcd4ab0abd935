"""ACCESS Partnership Requests: from a local agency's request to a drafted agreement."""

from collections.abc import Mapping

from flask import Flask

import config
from app import autosave, errors, extensions, filters, models, pagination, security, storage
from app.accounts.registration import init_app as init_accounts
from app.agency_requests.registration import init_app as init_agency_requests
from app.agreements.registration import init_app as init_agreements
from app.agreements_in_force.registration import init_app as init_agreements_in_force
from app.assessment.registration import init_app as init_assessment
from app.audit.registration import init_app as init_audit
from app.cases.registration import init_app as init_cases
from app.demo.registration import init_app as init_demo
from app.intake.registration import init_app as init_intake
from app.letters.registration import init_app as init_letters
from app.messages.registration import init_app as init_messages
from app.notifications.registration import init_app as init_notifications
from app.programs.registration import init_app as init_programs
from app.reports.registration import init_app as init_reports
from app.review.registration import init_app as init_review
from app.workflow.registration import init_app as init_workflow

SHARED = (errors, security, extensions, filters, pagination, storage, autosave)  # a fault of any has its page
PACKAGES = (
    init_audit,
    init_notifications,
    init_programs,
    init_accounts,
    init_agreements_in_force,
    init_workflow,
    init_agency_requests,
    init_messages,
    init_intake,
    init_assessment,
    init_review,
    init_agreements,
    init_letters,
    init_cases,
    init_reports,
    init_demo,
)


def create_app(overrides: Mapping[str, object] | None = None) -> Flask:
    """The application, configured by the environment; `overrides` are for tests."""
    app = Flask(__name__)
    app.config.from_object(config.from_environment())
    app.config.update(overrides or {})
    for part in SHARED:
        part.init_app(app)
    for init in PACKAGES:
        init(app)
    app.extensions["tables"] = models.TABLES
    return app
