"""What the service does once a day: the stages register their job, a worker runs them all."""

from collections.abc import Callable
from typing import Final, TypeVar

from flask import Flask, current_app
from sqlalchemy import Select

from app.extensions import Base, db

EXTENSION: Final = "daily_jobs"
BATCH: Final = 200
DailyJob = Callable[[], object]
Row = TypeVar("Row", bound=Base)


def daily_jobs(app: Flask | None = None) -> list[DailyJob]:
    """What is done once a day; stages append theirs.

    A job tells each thing once, however often it runs, and commits.
    """
    return (app or current_app).extensions.setdefault(EXTENSION, [])


def for_each_locked(query: Select[Row], model: type[Row], act: Callable[[Row], None]) -> int:
    """Does something with every row found, which must then no longer be found; returns how many there were.

    Rows are locked and committed batch by batch, so that a stop loses nothing and two workers share the work.
    """
    locked = query.limit(BATCH).with_for_update(skip_locked=True, of=model)
    done = 0
    while rows := db.session.scalars(locked).unique().all():
        for row in rows:
            act(row)
        done += len(rows)
        db.session.commit()
    return done


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
