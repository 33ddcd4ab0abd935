"""Ties intake to the application: its pages, and what it tells the engine about a request."""

from flask import Flask

from app.agency_requests.documents.operations import private_documents
from app.autosave import restoring_endpoints
from app.intake import views
from app.intake.assignment import rule_operations, rule_views
from app.intake.assignment import views as assignment_views
from app.intake.assignment.operations import assign_recommender, has_conflict
from app.intake.deferral_notices import announce_next_looks
from app.intake.due_date_notices import remind_and_escalate
from app.intake.facts import intake_facts
from app.intake.information_requests import acceptance_views
from app.intake.information_requests import operations as information_requests_operations
from app.intake.information_requests import views as information_requests_views
from app.intake.paper_entry import operations as paper_entry_operations
from app.intake.paper_entry import views as paper_entry_views
from app.notifications.daily_jobs import daily_jobs
from app.workflow.journey.request_journey import Action
from app.workflow.journey.statuses import Machine
from app.workflow.registry import registry

PAGES = (paper_entry_views, views, assignment_views, rule_views, information_requests_views, acceptance_views)


def init_app(app: Flask) -> None:
    """Registers everything of this package."""
    stages = registry(app)
    stages.facts[Machine.REQUEST]["intake"] = intake_facts
    stages.conflicts = has_conflict
    stages.on(Action.SUBMIT, rule_operations.apply_on_arrival)
    stages.on(Action.ENTER, rule_operations.apply_on_arrival)
    stages.on(Action.TAKE, rule_operations.apply_on_taking)
    stages.on(Action.RECOMMEND, assign_recommender)
    stages.on(Action.RETRACT, paper_entry_operations.on_retracting)
    stages.on(Action.RECALL, information_requests_operations.on_recalling)
    private_documents(app).append(information_requests_operations.is_unsent)
    daily_jobs(app).extend((remind_and_escalate, announce_next_looks))
    restoring_endpoints(app).add("intake.ask_now")
    for blueprint in dict.fromkeys(part.blueprint for part in PAGES):
        app.register_blueprint(blueprint)
