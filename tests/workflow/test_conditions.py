"""Each condition has a case in which only it fails, and says what to do."""

import uuid
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from app.workflow.journey import (
    agreement_conditions,
    assessment_conditions,
    request_conditions,
    review_conditions,
)
from app.workflow.journey.condition import Condition
from app.workflow.journey.facts import (
    AgencyRequestFacts,
    AgreementsFacts,
    AssessmentFacts,
    Facts,
    Inputs,
    IntakeFacts,
    ReviewFacts,
    TextFacts,
)
from app.workflow.journey.journeys import JOURNEYS

DRAFTER = uuid.uuid4()
ENTRY = "287g:jail"
HELD = Facts(
    inputs=Inputs(
        reason="Because.", code="no_need", until=date(2027, 1, 4), shown_hash="a1", program_key=ENTRY, seat="legal",
        certified=True, today=date(2026, 11, 24),
    ),
    actor_id=DRAFTER,
    actor_programs=frozenset({ENTRY}),
    actor_seats=frozenset({"legal"}),
    program_key=ENTRY,
    agency_request=AgencyRequestFacts(
        ori="TX9990100", has_need=True, authority_certified=True, has_letter=True, has_scanned_letter=True,
        entered_by_id=DRAFTER, begun_by_id=DRAFTER,
        withdrawn_on=date(2026, 10, 25),
    ),
    intake=IntakeFacts(has_office=True, has_assignee=True, items_asked=1, has_due_date=True),
    assessment=AssessmentFacts(has_meeting=True, programs=(ENTRY,), content_hash="a1", has_no_partnership_finding=True),
    review=ReviewFacts(concurred=(ENTRY,), concurrence_current=True, approved=(ENTRY,)),
    text=TextFacts(
        request_status="drafting", drafter_id=DRAFTER, accepted_proposals=0, content_hash="a1", accepted_hash="a1"
    ),
)  # fmt: skip

# the condition, the part of the facts that changes, and how
FAILING: list[tuple[Condition, str, dict[str, Any]]] = [
    (request_conditions.sections_complete, "agency_request", {"sections_open": ("What you need",)}),
    (request_conditions.ori_well_formed, "agency_request", {"ori": "TX99"}),
    (request_conditions.ori_well_formed, "agency_request", {"ori": "tx9990100"}),
    (request_conditions.need_stated, "agency_request", {"has_need": False}),
    (request_conditions.authority_certified, "inputs", {"certified": False}),
    (request_conditions.authority_certified, "agency_request", {"authority_certified": False}),
    (request_conditions.letter_present, "agency_request", {"has_letter": False}),
    (request_conditions.letter_scanned, "agency_request", {"has_scanned_letter": False}),
    (request_conditions.entered_by_you, "agency_request", {"entered_by_id": uuid.uuid4()}),
    (request_conditions.entered_by_you, "agency_request", {"entered_by_id": None}),
    (request_conditions.entry_compared, "inputs", {"certified": False}),
    (request_conditions.entry_compared, "agency_request", {"authority_certified": False}),
    (request_conditions.yours_to_discard, "agency_request", {"begun_by_id": uuid.uuid4()}),
    (request_conditions.reason_given, "inputs", {"reason": "   "}),
    (request_conditions.withdrawn_lately, "agency_request", {"withdrawn_on": date(2026, 10, 24)}),
    (request_conditions.withdrawn_lately, "agency_request", {"withdrawn_on": None}),
    (request_conditions.interests_declared, "intake", {"undeclared": frozenset({DRAFTER})}),
    (request_conditions.assignee_named, "intake", {"has_assignee": False}),
    (request_conditions.items_tied, "intake", {"items_asked": 0}),
    (request_conditions.items_tied, "intake", {"items_untied": 1}),
    (request_conditions.items_due, "intake", {"has_due_date": False}),
    (request_conditions.items_answered, "intake", {"items_open": 1}),
    (request_conditions.checklist_done, "intake", {"checklist_open": ("the letter",)}),
    (request_conditions.office_set, "intake", {"has_office": False}),
    (request_conditions.liaisons_named, "intake", {"liaisons_missing": ("detention liaison",)}),
    (request_conditions.liaisons_clear, "intake", {"liaisons_conflicted": ("the detention liaison",)}),
    (request_conditions.liaisons_clear, "intake", {"liaisons_undeclared": ("the detention liaison",)}),
    (assessment_conditions.meeting_recorded, "assessment", {"has_meeting": False}),
    (assessment_conditions.assessment_complete, "assessment", {"answers_open": 2}),
    (assessment_conditions.survey_complete, "assessment", {"survey_open": 1}),
    (assessment_conditions.program_recommended, "assessment", {"programs": ()}),
    (assessment_conditions.program_recommended, "assessment", {"models_missing": ("287(g)",)}),
    (assessment_conditions.gates_resolved, "assessment", {"gates_open": ("287(g)",)}),
    (assessment_conditions.gates_resolved, "assessment", {"not_available": ("287(g)",)}),
    (assessment_conditions.reasons_written, "assessment", {"reasons_missing": ("287(g)",)}),
    (assessment_conditions.departures_justified, "assessment", {"departures_open": ("287(g)",)}),
    (assessment_conditions.plan_complete, "assessment", {"plan_missing": ("287(g)",)}),
    (assessment_conditions.no_partnership_found, "assessment", {"has_no_partnership_finding": False}),
    (review_conditions.programs_answered, "review", {"answers_missing": ("287(g)",)}),
    (review_conditions.programs_answered, "review", {"comments_missing": ("287(g)",)}),
    (review_conditions.programs_answered, "review", {"concurred": ()}),
    (review_conditions.shown_is_current, "inputs", {"shown_hash": "b2"}),
    (review_conditions.shown_is_current, "inputs", {"shown_hash": ""}),
    (review_conditions.no_opinion_given, "review", {"opinions_given": 1}),
    (review_conditions.seat_is_yours, "inputs", {"seat": "privacy"}),
    (review_conditions.instrument_is_yours, "", {"actor_programs": frozenset({"best"})}),
    (review_conditions.agency_concurred, "review", {"decided": {ENTRY: "approve"}}),
    (review_conditions.agency_concurred, "review", {"concurred": ("best",)}),
    (review_conditions.concurrence_current, "review", {"concurrence_current": False}),
    (review_conditions.opinions_given, "review", {"seats_missing": ("Legal",)}),
    (review_conditions.capacity_confirmed, "review", {"capacity_missing": (ENTRY,)}),
    (review_conditions.finding_written, "review", {"findings_missing": (ENTRY,)}),
    (review_conditions.all_decided, "review", {"decided": {}}),
    (review_conditions.next_look_set, "inputs", {"until": None}),
    (review_conditions.next_look_set, "inputs", {"until": date(2026, 11, 24)}),
    (review_conditions.reason_code_given, "inputs", {"code": ""}),
    (review_conditions.no_agreement_drafted, "agreements", {"statuses": {ENTRY: "drafted"}}),
    (review_conditions.agreements_abandoned, "agreements", {"statuses": {ENTRY: "negotiation"}}),
    (review_conditions.agreements_finished, "agreements", {"statuses": {ENTRY: "abandoned"}}),
    (review_conditions.agreements_finished, "agreements", {"statuses": {"best": "drafted"}}),
    (agreement_conditions.request_in_drafting, "text", {"request_status": "withdrawn"}),
    (agreement_conditions.program_approved, "review", {"approved": ("best",)}),
    (agreement_conditions.sent_by_drafter, "text", {"drafter_id": uuid.uuid4()}),
    (agreement_conditions.facts_complete, "text", {"missing_facts": ("Name of the agency",)}),
    (agreement_conditions.clauses_complete, "text", {"missing_clauses": ("Supervision",)}),
    (agreement_conditions.deviations_explained, "text", {"deviations_unexplained": ("Supervision",)}),
    (agreement_conditions.proposals_settled, "text", {"open_proposals": 1}),
    (agreement_conditions.proposals_settled, "text", {"accepted_proposals": 1}),
    (agreement_conditions.proposals_to_take, "text", {"accepted_proposals": 0}),
    (agreement_conditions.text_is_current, "inputs", {"shown_hash": "b2"}),
    (agreement_conditions.acceptance_current, "text", {"accepted_hash": ""}),
    (agreement_conditions.acceptance_current, "text", {"accepted_hash": "b2", "content_hash": "c3"}),
    (agreement_conditions.program_is_yours, "", {"actor_programs": frozenset({"best"})}),
    (agreement_conditions.nothing_recorded_since, "text", {"is_recorded_since": True}),
    (agreement_conditions.resolution_recorded, "text", {"needs_resolution": True}),
]
# what holds for one condition and would break another of HELD
HOLDING: dict[str, tuple[str, dict[str, Any]]] = {
    "all_decided": ("review", {"decided": {ENTRY: "approve"}}),
    "agreements_finished": ("agreements", {"statuses": {ENTRY: "drafted"}}),
    "proposals_to_take": ("text", {"accepted_proposals": 1}),
}


def changed(facts: Facts, part: str, values: dict[str, Any]) -> Facts:
    """The facts with some values of one part replaced."""
    if not part:
        return replace(facts, **values)
    return replace(facts, **{part: replace(getattr(facts, part), **values)})


def all_conditions() -> set[Condition]:
    """Every condition of both tables."""
    return {condition for table in JOURNEYS.values() for step in table for condition in step.requires}


@pytest.mark.parametrize("condition", sorted(all_conditions(), key=lambda c: c.name), ids=lambda c: c.name)
def test_a_condition_that_holds_says_nothing(condition: Condition) -> None:
    part, values = HOLDING.get(condition.name, ("", {}))
    assert condition(changed(HELD, part, values)) is None


@pytest.mark.parametrize(("condition", "part", "values"), FAILING, ids=lambda v: getattr(v, "name", ""))
def test_only_this_condition_fails_and_it_says_what_to_do(
    condition: Condition, part: str, values: dict[str, Any]
) -> None:
    base_part, base_values = HOLDING.get(condition.name, ("", {}))
    base = changed(HELD, base_part, base_values)
    facts = changed(base, part, values)
    sentence = condition(facts)
    assert sentence
    assert sentence.endswith(".")
    for step in (step for table in JOURNEYS.values() for step in table if condition in step.requires):
        others = [other for other in step.requires if other is not condition]
        assert not [other.name for other in others if other(facts) and not other(base)], step.action


def test_every_condition_has_a_failing_case() -> None:
    assert all_conditions() == {condition for condition, _, _ in FAILING}


def test_the_facts_of_agreements_start_empty() -> None:
    assert AgreementsFacts().statuses == {}
