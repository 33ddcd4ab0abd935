"""Where a request and an agreement can be, what readers call it, and whom it waits on. Pure data."""

from enum import StrEnum
from typing import Final

from app.policy import Side


class Machine(StrEnum):
    """The two machines."""

    REQUEST = "request"
    AGREEMENT = "agreement"


class Status(StrEnum):
    """Where a request is."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    IN_INTAKE = "in_intake"
    INFORMATION_REQUESTED = "information_requested"
    IN_ASSESSMENT = "in_assessment"
    AWAITING_CONCURRENCE = "awaiting_concurrence"
    IN_REVIEW = "in_review"
    DEFERRED = "deferred"
    DRAFTING = "drafting"
    AGREEMENT_DRAFTED = "agreement_drafted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class AgreementStatus(StrEnum):
    """Where an agreement is."""

    DRAFTING = "drafting"
    LEGAL_REVIEW = "legal_review"
    NEGOTIATION = "negotiation"
    ACCEPTED = "accepted"
    DRAFTED = "drafted"
    ABANDONED = "abandoned"


PREVIOUS: Final = "previous"
FINAL = frozenset({Status.DECLINED, Status.WITHDRAWN})
CLOSED = FINAL | {Status.AGREEMENT_DRAFTED}

STATUS_WORDS: dict[Status, str] = {
    Status.DRAFT: "Draft",
    Status.SUBMITTED: "Received",
    Status.IN_INTAKE: "Intake review",
    Status.INFORMATION_REQUESTED: "We need answers from you",
    Status.IN_ASSESSMENT: "Needs assessment",
    Status.AWAITING_CONCURRENCE: "Your decision on our recommendation",
    Status.IN_REVIEW: "Headquarters review",
    Status.DEFERRED: "Deferred until a date",
    Status.DRAFTING: "Agreement being drafted",
    Status.AGREEMENT_DRAFTED: "Agreement drafted",
    Status.DECLINED: "Declined",
    Status.WITHDRAWN: "Withdrawn",
}
STAFF_STATUS_WORDS: dict[Status, str] = STATUS_WORDS | {
    Status.INFORMATION_REQUESTED: "Answers asked of the agency",
    Status.AWAITING_CONCURRENCE: "Agency's decision on the recommendation",
}
AGREEMENT_STATUS_WORDS: dict[AgreementStatus, str] = {
    AgreementStatus.DRAFTING: "Being drafted",
    AgreementStatus.LEGAL_REVIEW: "With counsel",
    AgreementStatus.NEGOTIATION: "Text open for proposals",
    AgreementStatus.ACCEPTED: "Text accepted by the agency",
    AgreementStatus.DRAFTED: "Drafted",
    AgreementStatus.ABANDONED: "Abandoned",
}
WAITING_ON: dict[Status, Side | None] = {
    Status.DRAFT: Side.AGENCY,
    Status.SUBMITTED: Side.ICE,
    Status.IN_INTAKE: Side.ICE,
    Status.INFORMATION_REQUESTED: Side.AGENCY,
    Status.IN_ASSESSMENT: Side.ICE,
    Status.AWAITING_CONCURRENCE: Side.AGENCY,
    Status.IN_REVIEW: Side.ICE,
    Status.DEFERRED: Side.ICE,
    Status.DRAFTING: Side.ICE,
    Status.AGREEMENT_DRAFTED: None,
    Status.DECLINED: None,
    Status.WITHDRAWN: None,
}
