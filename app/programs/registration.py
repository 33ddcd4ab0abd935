"""Ties the programs to the application: their public pages, and the ranking as a command."""

from flask import Flask

from app.programs import finder_views, views
from app.programs.commands import rank_command


def init_app(app: Flask) -> None:
    """Registers everything of this package."""
    app.register_blueprint(views.blueprint)
    app.register_blueprint(finder_views.blueprint)
    app.cli.add_command(rank_command)
