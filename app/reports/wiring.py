"""Ties the reports to the application."""

from flask import Flask

from app.reports import dashboard_views


def init_app(app: Flask) -> None:
    """Registers everything of this package."""
    app.register_blueprint(dashboard_views.blueprint)
