"""Ties the agreements to the application: their pages, and what they tell the engine."""

from flask import Flask, url_for

from app.agency_requests.models import AgencyRequest
from app.agreements import finalization, operations, views
from app.agreements.access import get_agreement
from app.agreements.commands import specimen_command
from app.agreements.drafting import views as drafting_views
from app.agreements.facts.condition_facts import agreements_facts, parent_review_facts, text_facts
from app.agreements.models import Agreement, AgreementVersion
from app.agreements.negotiation import operations as negotiation_operations
from app.agreements.negotiation import views as negotiation_views
from app.agreements.recipients import mail_path, mail_values, recipients
from app.agreements.references import CLAUSE
from app.audit import FrozenFiles, RecordedStatus, proven_by_record
from app.extensions import db
from app.messages.references import register_references
from app.policy import Actor
from app.workflow import engine
from app.workflow.journey.agreement_journey import AgreementAction, AgreementStatus
from app.workflow.journey.facts import Inputs
from app.workflow.journey.request_journey import Action
from app.workflow.journey.statuses import Machine
from app.workflow.registry import registry


def init_app(app: Flask) -> None:
    """Registers everything of this package."""
    stages = registry(app)
    stages.facts[Machine.REQUEST]["agreements"] = agreements_facts
    stages.facts[Machine.AGREEMENT] |= {"text": text_facts, "review": parent_review_facts}
    stages.addresses[Machine.AGREEMENT] = recipients
    stages.values[Machine.AGREEMENT] = mail_values
    stages.paths[Machine.AGREEMENT] = mail_path
    stages.find[Machine.AGREEMENT] = get_agreement
    stages.home[Machine.AGREEMENT] = home_of
    stages.on(Action.WITHDRAW, abandon_with_request)
    rows = db.select(Agreement.id, Agreement.request_id, Agreement.status)
    frozen = db.select(AgreementVersion.id).where(AgreementVersion.frozen)
    proven_by_record(app).statuses.append(RecordedStatus(Machine.AGREEMENT.value, rows))
    proven_by_record(app).files.append(FrozenFiles(finalization.FREEZE, finalization.hashes_now, frozen))
    stages.on(AgreementAction.RETURN_TEXT, operations.on_return)
    stages.on(AgreementAction.CLEAR, operations.on_clearing)
    stages.on(AgreementAction.REVISE, negotiation_operations.on_revision)
    stages.on(AgreementAction.TAKE_BACK, negotiation_operations.void_acceptance)
    stages.on(AgreementAction.REOPEN, negotiation_operations.on_reopening)
    stages.on(AgreementAction.ABANDON, negotiation_operations.on_abandonment)
    register_references(app, CLAUSE)
    app.cli.add_command(specimen_command)
    for blueprint in dict.fromkeys(pages.blueprint for pages in (views, drafting_views, negotiation_views)):
        app.register_blueprint(blueprint)


def abandon_with_request(agency_request: AgencyRequest, actor: Actor, inputs: Inputs) -> None:
    """A request that is withdrawn takes its agreements in the making with it."""
    settled = [AgreementStatus.ABANDONED, AgreementStatus.DRAFTED]
    query = db.select(Agreement).where(Agreement.request_id == agency_request.id, Agreement.status.not_in(settled))
    for agreement in db.session.scalars(query):
        engine.take_step(AgreementAction.ABANDON, agreement, actor, inputs=Inputs(reason=inputs.reason))


def home_of(agreement: Agreement, actor: Actor) -> str:
    """Both sides read the same page."""
    return url_for("agreements.show", agreement_id=agreement.id)
