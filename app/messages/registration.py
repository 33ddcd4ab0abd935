"""Ties conversations to the application: their pages, and what other pages show of them."""

from flask import Flask

from app.messages import views
from app.messages.forms import READERS
from app.messages.queries import heading


def init_app(app: Flask) -> None:
    """Registers everything of this package."""
    app.register_blueprint(views.blueprint)
    app.jinja_env.globals.update(messages_heading=heading, message_readers=READERS)
