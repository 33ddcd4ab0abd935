"""Ties notifications to the application: the demonstration's mail page, and delivery."""

from flask import Flask

from app.background import work_in_background
from app.notifications import views
from app.notifications.commands import daily_command, deliver_command, digest_command
from app.notifications.delivery import DevelopmentDelivery


def init_app(app: Flask) -> None:
    """Registers everything of this package; a development server delivers in the background."""
    app.register_blueprint(views.blueprint)
    app.cli.add_command(deliver_command)
    app.cli.add_command(daily_command)
    app.cli.add_command(digest_command)
    if app.config["DELIVERY_THREAD"]:
        work_in_background(app, "delivery", DevelopmentDelivery())
