"""What a step's conditions are told: frozen records that the stages fill in while the engine holds the lock."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID


@dataclass(frozen=True, kw_only=True)
class Inputs:
    """What the person typed for this step; empty where the step asks for nothing."""

    reason: str = ""
    note: str = ""  # for staff only
    code: str = ""
    until: date | None = None
    shown_hash: str = ""
    program_key: str = ""
    seat: str = ""
    certified: bool = False
    today: date | None = None


@dataclass(frozen=True, kw_only=True)
class AgencyRequestFacts:
    """The request as the agency filled it in."""

    sections_open: tuple[str, ...] = ()  # titles of sections not complete
    ori: str = ""
    has_need: bool = False
    authority_certified: bool = False
    has_letter: bool = False
    has_scanned_letter: bool = False
    begun_by_id: UUID | None = None  # who opened the draft, or types it in now
    entered_by_id: UUID | None = None  # who of ICE typed the request in from a letter on paper
    withdrawn_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class IntakeFacts:
    """What intake found of a request that came in, and asked back."""

    checklist_open: tuple[str, ...] = ()
    has_office: bool = False
    undeclared: frozenset[UUID] = frozenset()  # who is named for it and did not declare their interests
    has_assignee: bool = False
    liaisons_missing: tuple[str, ...] = ()
    liaisons_undeclared: tuple[str, ...] = ()
    liaisons_conflicted: tuple[str, ...] = ()
    items_asked: int = 0
    items_untied: int = 0
    items_open: int = 0
    has_due_date: bool = False


@dataclass(frozen=True, kw_only=True)
class AssessmentFacts:
    """How far the assessment and its recommendation are."""

    has_meeting: bool = False
    answers_open: int = 0  # answers neither confirmed nor corrected
    survey_open: int = 0  # field-survey questions without an answer
    programs: tuple[str, ...] = ()  # entry keys recommended
    models_missing: tuple[str, ...] = ()  # names recommended without the model they need
    not_available: tuple[str, ...] = ()  # names recommended though a gate fails
    gates_open: tuple[str, ...] = ()  # sentences: open gates without a named confirmation
    reasons_missing: tuple[str, ...] = ()
    departures_open: tuple[str, ...] = ()
    plan_missing: tuple[str, ...] = ()  # names without a line in the plan of action
    content_hash: str = ""
    has_no_partnership_finding: bool = False


@dataclass(frozen=True, kw_only=True)
class ReviewFacts:
    """The agency's answer, the board's opinions, and the decisions so far."""

    answers_missing: tuple[str, ...] = ()  # program names the agency has not answered
    comments_missing: tuple[str, ...] = ()
    concurred: tuple[str, ...] = ()  # entry keys the agency concurs with
    concurrence_current: bool = False
    opinions_given: int = 0
    seats_missing: tuple[str, ...] = ()  # words of seats without an opinion
    capacity_missing: tuple[str, ...] = ()  # entry keys
    findings_missing: tuple[str, ...] = ()  # entry keys whose gate asks for a finding
    decided: Mapping[str, str] = field(default_factory=dict)  # entry key -> outcome
    approved: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class AgreementsFacts:
    """The agreements of a request: entry key -> status of the live one, or "abandoned"."""

    statuses: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class TextFacts:
    """One agreement's text."""

    request_status: str = ""
    drafter_id: UUID | None = None
    missing_facts: tuple[str, ...] = ()
    missing_clauses: tuple[str, ...] = ()
    deviations_unexplained: tuple[str, ...] = ()
    open_proposals: int = 0
    accepted_proposals: int = 0
    content_hash: str = ""
    accepted_hash: str = ""
    needs_resolution: bool = False
    has_resolution: bool = False
    is_recorded_since: bool = False  # whether the governing body's resolution was recorded after the acceptance


@dataclass(frozen=True, kw_only=True)
class Facts:
    """Everything a condition may ask, of one case or one agreement of it."""

    inputs: Inputs = Inputs()
    actor_id: UUID | None = None
    actor_roles: frozenset[str] = frozenset()
    actor_programs: frozenset[str] = frozenset()
    actor_seats: frozenset[str] = frozenset()
    agency_request: AgencyRequestFacts = AgencyRequestFacts()
    intake: IntakeFacts = IntakeFacts()
    assessment: AssessmentFacts = AssessmentFacts()
    review: ReviewFacts = ReviewFacts()
    agreements: AgreementsFacts = AgreementsFacts()
    text: TextFacts = TextFacts()
    program_key: str = ""  # the program of the agreement the step is about
    details: Mapping[str, Any] = field(default_factory=dict)
