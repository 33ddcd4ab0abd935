"""Ties conversations to the application: their pages, and what other pages show of them."""

from flask import Flask

from app.messages import views
from app.messages.forms import READERS
from app.messages.queries import heading
from app.messages.question_references import QUESTION
from app.messages.references import register_references


def init_app(app: Flask) -> None:
    """Registers everything of this package."""
    register_references(app, QUESTION)
    app.register_blueprint(views.blueprint)
    app.jinja_env.globals.update(messages_heading=heading, message_readers=READERS)
