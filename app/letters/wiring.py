"""Ties letters to the application."""

from flask import Flask

from app.letters import issuing, views


def init_app(app: Flask) -> None:
    """Registers the pages, and gives both sides' pages of a case its letters."""
    app.jinja_env.globals["letters_of"] = issuing.letters_of
    app.register_blueprint(views.blueprint)
