"""Ties the assessment to the application: its pages, and what it tells the engine."""

from zoneinfo import ZoneInfo

from flask import Flask

from app.assessment.facts import assessment_facts
from app.assessment.meetings import views as meetings_views
from app.assessment.recommendation import views as recommendation_views
from app.assessment.references import NO_PARTNERSHIP, RECOMMENDED
from app.assessment.what_if import views as what_if_views
from app.messages.references import register_references
from app.workflow.journey.statuses import Machine
from app.workflow.registry import registry


def init_app(app: Flask) -> None:
    """Registers everything of this package."""
    registry(app).facts[Machine.REQUEST]["assessment"] = assessment_facts
    register_references(app, RECOMMENDED, NO_PARTNERSHIP)
    app.jinja_env.globals.update(zone_of=ZoneInfo)
    for part in (recommendation_views, what_if_views, meetings_views):
        app.register_blueprint(part.blueprint)
