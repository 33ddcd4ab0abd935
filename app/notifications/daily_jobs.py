"""What the service does once a day: the stages register their errand, a worker runs them all."""

from collections.abc import Callable

from app.extensions import db

DAILY_JOBS: list[Callable[[], object]] = []


def register_daily_job(errand: Callable[[], object]) -> None:
    """Has this done once a day. An errand tells each thing once, however often it runs, and commits."""
    if errand not in DAILY_JOBS:
        DAILY_JOBS.append(errand)


def run_daily_jobs() -> None:
    """Runs every errand; one that fails does not keep the others, and is raised when all are done."""
    faults = []
    for errand in DAILY_JOBS:
        try:
            errand()
        except Exception as fault:
            db.session.rollback()
            faults.append(fault)
    if faults:
        raise ExceptionGroup("errands of the day failed", faults)
