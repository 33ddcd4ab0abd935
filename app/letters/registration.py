"""Ties letters to the application."""

from flask import Flask
from sqlalchemy import select

from app.audit import FrozenFiles, proven_by_record
from app.letters import operations, views
from app.letters.models import Letter


def init_app(app: Flask) -> None:
    """Registers the pages, and gives both sides' pages of a case its letters."""
    app.jinja_env.globals["letters_of"] = operations.letters_of
    letters = FrozenFiles(operations.ISSUE, operations.hashes_now, select(Letter.id))
    proven_by_record(app).files.append(letters)
    app.register_blueprint(views.blueprint)
