"""Ties the review to the application: both sides' decision pages, and what it tells the engine and the assessment."""

from flask import Flask

from app.assessment.content_changes import on_content_change
from app.autosave import restoring_endpoints
from app.messages.references import register_references
from app.review import concurrence, decisions, views
from app.review.facts import review_facts
from app.review.forms import answer_name, comment_name
from app.review.references import CIVIL_RIGHTS
from app.workflow.journey.request_journey import Action
from app.workflow.journey.statuses import Machine
from app.workflow.registry import registry


def init_app(app: Flask) -> None:
    """Registers everything of this package."""
    stages = registry(app)
    stages.facts[Machine.REQUEST]["review"] = review_facts
    stages.on(Action.DEFER, decisions.on_deferral)
    stages.on(Action.RESUME, decisions.on_resumption)
    stages.on(Action.DECLINE, decisions.on_decline)
    stages.on(Action.TAKE_BACK, concurrence.on_taking_back)
    register_references(app, CIVIL_RIGHTS)
    on_content_change(app, concurrence.void_concurrence_if_changed)
    app.jinja_env.globals.update(answer_name=answer_name, comment_name=comment_name)
    restoring_endpoints(app).add("review.give_opinion")
    app.register_blueprint(views.blueprint)
