"""Ties the assessment to the application: its pages, and what it tells the engine."""

from zoneinfo import ZoneInfo

from flask import Flask

from app.assessment.facts import assessment_facts, review_facts
from app.assessment.meetings import views
from app.assessment.meetings.operations import upcoming_meetings
from app.assessment.recommendation import views as recommendation_views
from app.assessment.what_if import views as what_if_views
from app.review import concurrence, decisions
from app.review import views as review_views
from app.review.forms import answer_name, comment_name
from app.workflow.journey.request_journey import Action
from app.workflow.journey.statuses import Machine
from app.workflow.registry import registry


def init_app(app: Flask) -> None:
    """Registers everything of this package."""
    stages = registry(app)
    stages.facts[Machine.REQUEST] |= {"assessment": assessment_facts, "review": review_facts}
    stages.on(Action.DEFER, decisions.on_deferral)
    stages.on(Action.RESUME, decisions.on_resumption)
    stages.on(Action.DECLINE, decisions.on_decline)
    stages.on(Action.TAKE_BACK, concurrence.on_taking_back)
    app.jinja_env.globals.update(
        answer_name=answer_name, comment_name=comment_name, meetings_to_come=upcoming_meetings, zone_of=ZoneInfo
    )
    for module in (recommendation_views, what_if_views, views, review_views):
        app.register_blueprint(module.blueprint)
