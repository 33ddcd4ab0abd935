"""Ties the reports to the application: pages, and the preparing of files."""

from flask import Flask

from app.background import work_in_background
from app.notifications.daily_jobs import daily_jobs
from app.reports.dashboard import views
from app.reports.exports import case_file_views
from app.reports.exports import views as exports_views
from app.reports.exports.commands import exports_command
from app.reports.exports.operations import delete_old_exports, work_on_exports
from app.reports.period_report import views as period_report_views
from app.reports.public_totals import views as public_totals_views


def init_app(app: Flask) -> None:
    """Registers everything of this package; a development server prepares files in the background."""
    for pages in (views, period_report_views, exports_views, public_totals_views, case_file_views):
        app.register_blueprint(pages.blueprint)
    app.cli.add_command(exports_command)
    daily_jobs(app).append(delete_old_exports)
    if app.config["DELIVERY_THREAD"]:
        work_in_background(app, "exports", work_on_exports)
