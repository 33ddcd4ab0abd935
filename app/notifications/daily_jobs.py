"""What the service does once a day: the stages register their errand, a worker runs them all."""

from collections.abc import Callable

from app.extensions import db

ERRANDS: list[Callable[[], object]] = []


def every_day(errand: Callable[[], object]) -> None:
    """Has this done once a day. An errand tells each thing once, however often it runs, and commits."""
    if errand not in ERRANDS:
        ERRANDS.append(errand)


def run_all() -> None:
    """Runs every errand; one that fails does not keep the others, and is raised when all are done."""
    faults = []
    for errand in ERRANDS:
        try:
            errand()
        except Exception as fault:
            db.session.rollback()
            faults.append(fault)
    if faults:
        raise ExceptionGroup("errands of the day failed", faults)
