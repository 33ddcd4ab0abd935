"""Runs the commands that import public lists."""

from collections.abc import Callable

import pytest
from click.testing import Result
from flask import Flask

from app.extensions import db


@pytest.fixture
def run(app: Flask) -> Callable[..., Result]:
    """Runs a command of `flask` and looks at the database as it was left."""

    def invoke(*words: object) -> Result:
        db.session.remove()
        result = app.test_cli_runner().invoke(args=[str(word) for word in words])
        db.session.remove()
        return result

    return invoke


def last_line(result: Result) -> str:
    """What the command said last: its counts."""
    return result.stdout.strip().splitlines()[-1]
