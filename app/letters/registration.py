"""Ties letters to the application."""

from flask import Flask
from sqlalchemy import select

from app.audit import FrozenFiles, proven_by_record
from app.letters import operations, views
from app.letters.models import Letter


def init_app(app: Flask) -> None:
    """Registers the pages, and what the record proves."""
    letters = FrozenFiles(operations.ISSUE, operations.hashes_now, select(Letter.id))
    proven_by_record(app).files.append(letters)
    app.register_blueprint(views.blueprint)
