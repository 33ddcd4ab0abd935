"""Ties intake to the application: its pages, and what it tells the engine about a request."""

import uuid

from flask import Flask, url_for
from sqlalchemy import select

from app.agency_requests import operations, views
from app.agency_requests.access import get_draft
from app.agency_requests.check_answers import views as check_answers_views
from app.agency_requests.collaboration import autosave_views
from app.agency_requests.collaboration import views as collaboration_views
from app.agency_requests.documents import views as documents_views
from app.agency_requests.documents.operations import hashes_now
from app.agency_requests.models import AgencyRequest
from app.agency_requests.recipients import recipients
from app.agency_requests.sections import views as sections_views
from app.agency_requests.sections.paper_form_views import blueprint as paper_blueprint
from app.audit import FrozenFiles, RecordedStatus, proven_by_record
from app.autosave import autosave_endpoints
from app.intake import views as intake_views
from app.intake.assignment import rule_operations, rule_views
from app.intake.assignment import views as assignment_views
from app.intake.assignment.operations import assign_recommender, has_conflict, must_declare
from app.intake.facts import intake_facts
from app.intake.information_requests import acceptance_views
from app.intake.information_requests import operations as information_requests_operations
from app.intake.information_requests import views as information_requests_views
from app.intake.information_requests.reminders import remind_and_escalate
from app.intake.next_look import tell_of_next_looks
from app.intake.paper_entry import operations as paper_entry_operations
from app.intake.paper_entry import views as paper_entry_views
from app.notifications.daily_jobs import daily_jobs
from app.notifications.notices import RecipientGroup
from app.policy import Actor, Side, enters
from app.workflow.journey.request_journey import Action, Status
from app.workflow.journey.statuses import Machine
from app.workflow.registry import registry

SENDS_DOCUMENTS = (Action.SUBMIT, Action.ENTER, Action.ANSWER)  # the event names what the agency attached until then


def init_app(app: Flask) -> None:
    """Registers everything of this package."""
    stages = registry(app)
    stages.addresses[Machine.REQUEST] = recipients
    stages.values[Machine.REQUEST] = mail_values
    stages.paths[Machine.REQUEST] = mail_path
    stages.conflicts = has_conflict
    stages.on(Action.SUBMIT, rule_operations.apply_on_arrival)
    stages.on(Action.ENTER, rule_operations.apply_on_arrival)
    stages.on(Action.TAKE, rule_operations.apply_on_taking)
    stages.on(Action.RECOMMEND, assign_recommender)
    stages.on(Action.DISCARD, operations.on_ending)
    stages.on(Action.WITHDRAW, operations.on_ending)
    stages.on(Action.REINSTATE, operations.on_reinstating)
    stages.on(Action.RETRACT, paper_entry_operations.on_retracting)
    stages.on(Action.RECALL, information_requests_operations.on_recalling)
    stages.find[Machine.REQUEST] = get_draft
    stages.home[Machine.REQUEST] = home_of
    stages.facts[Machine.REQUEST]["intake"] = intake_facts
    rows = select(AgencyRequest.id, AgencyRequest.id.label("chain"), AgencyRequest.status)
    proven_by_record(app).statuses.append(RecordedStatus(Machine.REQUEST.value, rows, Status.DRAFT.value))
    proven_by_record(app).files.extend(FrozenFiles(action.value, hashes_now) for action in SENDS_DOCUMENTS)
    daily_jobs(app).append(remind_and_escalate)
    daily_jobs(app).append(tell_of_next_looks)
    autosave_endpoints(app).restoring.add("agency_requests.save")
    autosave_endpoints(app).saving.add("agency_requests.keep")
    pages = (
        views,
        sections_views,
        autosave_views,
        collaboration_views,
        check_answers_views,
        paper_entry_views,
        documents_views,
        intake_views,
        assignment_views,
        rule_views,
        information_requests_views,
        acceptance_views,
    )
    for blueprint in dict.fromkeys(part.blueprint for part in pages):
        app.register_blueprint(blueprint)
    app.register_blueprint(paper_blueprint)
    app.jinja_env.globals.update(must_declare=must_declare, new_key=uuid.uuid4)


def mail_values(agency_request: AgencyRequest) -> dict[str, object]:
    """What every notice about a request may name."""
    return {"number": agency_request.number or "", "agency": agency_request.agency.name}


def mail_path(agency_request: AgencyRequest, group: RecipientGroup) -> str:
    """The page a notice links to: each side has its own."""
    side = "requests" if group is RecipientGroup.AGENCY else "cases"
    return f"/{side}/{agency_request.id}"


def home_of(agency_request: AgencyRequest, actor: Actor) -> str:
    """The request's own page for this reader: whoever types it in from paper has its draft, and a list of them."""
    if enters(actor, agency_request):
        return _typed_in(agency_request)
    page = "cases.status" if actor.side is Side.AGENCY else "cases.case"
    return url_for(page, request_id=agency_request.id)


def _typed_in(agency_request: AgencyRequest) -> str:
    if agency_request.status == Status.DRAFT:
        return url_for("agency_requests.tasks", request_id=agency_request.id)
    return url_for("paper_entry.listed")
