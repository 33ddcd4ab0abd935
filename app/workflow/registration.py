"""Ties the journey to the application: what templates ask of it."""

from flask import Flask

from app.policy import allows
from app.programs.views import register_clock_targets
from app.workflow import step_views
from app.workflow.clocks import targets, views
from app.workflow.commands import journey


def init_app(app: Flask) -> None:
    """Gives templates the same questions that the engine asks."""
    app.register_blueprint(views.blueprint)
    app.register_blueprint(step_views.blueprint)
    register_clock_targets(app, targets.targets)
    app.cli.add_command(journey)
    app.jinja_env.globals.update(allows=allows)
