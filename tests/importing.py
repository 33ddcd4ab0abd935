"""Writes lists as they are published, and runs the commands that import them."""

import csv
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import Result
from flask import Flask

from app.extensions import db

WORKBOOK_HEAD = ["STATE", "LAW ENFORCEMENT AGENCY", "TYPE", "COUNTY", "SUPPORT TYPE", "SIGNED", "MOA"]
SIGNED = datetime(2025, 9, 22)  # noqa: DTZ001 -- a workbook's day has no zone


def write_csv(path: Path, head: Sequence[str], *rows: Sequence[str]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([head, *rows])
    return path


def write_workbook(path: Path, *rows: Sequence[Any], head: Sequence[str] = WORKBOOK_HEAD) -> Path:
    book = openpyxl.Workbook()
    for row in (head, *rows):
        book.active.append(list(row))
    book.save(path)
    return path


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
