"""Which due dates are late or near, asked of the database: the rule of `due_state`, with the closures of offices."""

import uuid
from collections.abc import Callable
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, case, not_

from app.deadlines.business_days import SOON, Closed, add_business_days, last_business_day_before
from app.workflow.clocks.targets import Closures

Column = ColumnElement[Any]


def is_late(due: Column, office_id: Column, today: date) -> ColumnElement[bool]:
    """Whether the date has passed at its office."""
    return _until(due, office_id, lambda closed: last_business_day_before(today, closed))


def is_due_within(due: Column, office_id: Column, today: date, days: int = SOON) -> ColumnElement[bool]:
    """Whether the date comes within these business days of its office, and has not passed."""
    near = _until(due, office_id, lambda closed: add_business_days(today, days, closed))
    return and_(near, not_(is_late(due, office_id, today)))


def _until(due: Column, office_id: Column, last_day: Callable[[Closed], date]) -> ColumnElement[bool]:
    """Whether the date is on this last day or before it; the latest such day comes first, for an index to find."""
    closures = Closures()
    usual = last_day(closures.of(()))
    of_offices: dict[uuid.UUID, date] = {each: last_day(closures.of([each])) for each in closures.offices}
    differing = {each: day for each, day in of_offices.items() if day != usual}
    if not differing:
        return due <= usual
    return and_(due <= max(usual, *differing.values()), due <= case(differing, value=office_id, else_=usual))
