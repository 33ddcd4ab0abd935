"""The commands of `flask` that belong to no single stage."""

from flask import Flask

from app.audit.commands import audit_commands
from app.programs.commands import rank_command

COMMANDS = (audit_commands, rank_command)


def init_app(app: Flask) -> None:
    """Adds the commands."""
    for command in COMMANDS:
        app.cli.add_command(command)
