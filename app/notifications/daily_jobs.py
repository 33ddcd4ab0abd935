"""What the service does once a day: the stages register their job, a worker runs them all."""

from collections.abc import Callable
from typing import Final

from flask import Flask, current_app

from app.extensions import db

EXTENSION: Final = "daily_jobs"
DailyJob = Callable[[], object]


def daily_jobs(app: Flask | None = None) -> list[DailyJob]:
    """What is done once a day; stages append theirs.

    A job tells each thing once, however often it runs, and commits.
    """
    return (app or current_app).extensions.setdefault(EXTENSION, [])


def run_daily_jobs() -> int:
    """Runs every job and counts them; one that fails does not keep the others, and is raised when all are done."""
    faults = []
    for job in daily_jobs():
        try:
            job()
        except Exception as fault:
            db.session.rollback()
            faults.append(fault)
    if faults:
        raise ExceptionGroup("daily jobs failed", faults)
    return len(daily_jobs())
