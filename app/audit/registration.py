"""Ties the record to the application: its command."""

from flask import Flask

from app.audit.commands import audit_commands


def init_app(app: Flask) -> None:
    """Adds the command."""
    app.cli.add_command(audit_commands)
