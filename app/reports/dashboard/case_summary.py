"""One open or closed request as the figures need it. Pure."""

import uuid
from dataclasses import dataclass
from datetime import date

from app.deadlines.business_days import NONE_CLOSED, Closed
from app.workflow.journey.request_journey import CLOSED, Status


@dataclass(frozen=True)
class CaseSummary:
    """One request as the figures need it."""

    case_id: uuid.UUID
    status: Status
    state: str
    office: str
    person: str
    is_taken: bool
    received: date
    due: date | None
    closed: Closed = NONE_CLOSED  # days on which its office is closed

    @property
    def is_open(self) -> bool:
        """Whether somebody still has something to do with it."""
        return self.status not in CLOSED
