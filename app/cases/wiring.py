"""Ties this package to the application: its pages, and what it tells the engine."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Registers everything of this package."""
