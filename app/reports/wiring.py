"""Ties the reports to the application."""

from flask import Flask

from app.reports import dashboard_views, report_views


def init_app(app: Flask) -> None:
    """Registers everything of this package."""
    for pages in (dashboard_views, report_views):
        app.register_blueprint(pages.blueprint)
