"""The record of who did what: append-only, and chained by hashes within each case so that a change shows."""

from app.audit.history import acts_of, history, last_about, last_of_action
from app.audit.models import OUTSIDE_CASES, Audience, ChainHead, Event
from app.audit.protection import protection
from app.audit.proven import FrozenFiles, RecordedStatus, proven_by_record
from app.audit.recording import record, record_system
from app.audit.verification import heads, size, verify

__all__ = [
    "OUTSIDE_CASES",
    "Audience",
    "ChainHead",
    "Event",
    "FrozenFiles",
    "RecordedStatus",
    "acts_of",
    "heads",
    "history",
    "last_about",
    "last_of_action",
    "protection",
    "proven_by_record",
    "record",
    "record_system",
    "size",
    "verify",
]
