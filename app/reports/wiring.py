"""Ties the reports to the application: pages, and the preparing of files."""

from flask import Flask

from app.notifications.daily import every_day
from app.reports import dashboard_views, export_views, file_views, report_views, transparency_views
from app.reports.background import start_thread
from app.reports.commands import exports_command
from app.reports.exporting import forget_old


def init_app(app: Flask) -> None:
    """Registers everything of this package; a development server prepares files in the background."""
    for pages in (dashboard_views, report_views, export_views, transparency_views, file_views):
        app.register_blueprint(pages.blueprint)
    app.cli.add_command(exports_command)
    every_day(forget_old)
    if app.config["DELIVERY_THREAD"]:
        start_thread(app)
