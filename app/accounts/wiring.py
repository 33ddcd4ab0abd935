"""Ties accounts to the application: sign-in, people, agencies and offices."""

from flask import Flask

from app.accounts import commands, sessions, views


def init_app(app: Flask) -> None:
    """Registers everything of this package."""
    sessions.init_app(app)
    app.register_blueprint(views.blueprint)
    for group in (commands.agencies, commands.offices, commands.agreements):
        app.cli.add_command(group)
