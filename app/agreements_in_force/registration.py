"""Ties the agreements in force to the application: the public page, and the command that takes in the list."""

from flask import Flask

from app.agreements_in_force import commands, views


def init_app(app: Flask) -> None:
    """Registers everything of this package."""
    app.register_blueprint(views.blueprint)
    app.cli.add_command(commands.agreements)
