"""Ties the agency's requests to the application: their pages, and what the engine and the record are told of them."""

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
from app.agency_requests.facts import agency_request_facts
from app.agency_requests.models import AgencyRequest
from app.agency_requests.receipt import views as receipt_views
from app.agency_requests.recipients import recipients
from app.agency_requests.sections import paper_form_views
from app.agency_requests.sections import views as sections_views
from app.audit import FrozenFiles, RecordedStatus, proven_by_record
from app.autosave import restoring_endpoints
from app.notifications.notices import RecipientGroup
from app.policy import Actor, Side, enters
from app.workflow.journey.request_journey import Action, Status
from app.workflow.journey.statuses import Machine
from app.workflow.registry import registry

SENDS_DOCUMENTS = (Action.SUBMIT, Action.ENTER, Action.ANSWER)  # the event names what the agency attached until then


def init_app(app: Flask) -> None:
    """Registers everything of this package."""
    stages = registry(app)
    stages.facts[Machine.REQUEST]["agency_request"] = agency_request_facts
    stages.addresses[Machine.REQUEST] = recipients
    stages.values[Machine.REQUEST] = mail_values
    stages.paths[Machine.REQUEST] = mail_path
    stages.find[Machine.REQUEST] = get_draft
    stages.home[Machine.REQUEST] = home_of
    stages.on(Action.DISCARD, operations.on_ending)
    stages.on(Action.WITHDRAW, operations.on_ending)
    stages.on(Action.REINSTATE, operations.on_reinstating)
    rows = select(AgencyRequest.id, AgencyRequest.id.label("chain"), AgencyRequest.status)
    proven_by_record(app).statuses.append(RecordedStatus(Machine.REQUEST.value, rows, Status.DRAFT.value))
    proven_by_record(app).files.extend(FrozenFiles(action.value, hashes_now) for action in SENDS_DOCUMENTS)
    restoring_endpoints(app).add("agency_requests.save")
    pages = (views, sections_views, autosave_views, collaboration_views, check_answers_views, documents_views)
    for blueprint in dict.fromkeys(part.blueprint for part in (*pages, paper_form_views, receipt_views)):
        app.register_blueprint(blueprint)
    app.jinja_env.globals.update(new_key=uuid.uuid4)


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
