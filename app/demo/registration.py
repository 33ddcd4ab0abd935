"""Ties the demonstration to the application: its command, and the page of components."""

from flask import Flask

from app.demo import style_guide
from app.demo.commands import demo


def init_app(app: Flask) -> None:
    """Adds the command, and outside production the page."""
    app.cli.add_command(demo)
    if app.config["ENV_NAME"] != "production":
        app.register_blueprint(style_guide.blueprint)
