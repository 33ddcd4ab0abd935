"""Ties the case pages to the application: the queue, the case, the agency's status page, and every page's head."""

from flask import Flask

from app.cases.headline import headline


def init_app(app: Flask) -> None:
    """Registers everything of this package."""
    app.jinja_env.globals["headline"] = headline
