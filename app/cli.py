"""The commands of `flask` that belong to no single stage."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Adds the commands."""
