"""Ties the demonstration's command to the application."""

from flask import Flask

from app.demo.commands import demo


def init_app(app: Flask) -> None:
    """Adds the command."""
    app.cli.add_command(demo)
