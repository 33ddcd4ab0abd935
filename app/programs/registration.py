"""Ties the public pages to the application."""

from flask import Flask

from app.programs import finder_views, views


def init_app(app: Flask) -> None:
    """Registers everything of this package."""
    app.register_blueprint(views.blueprint)
    app.register_blueprint(finder_views.blueprint)
