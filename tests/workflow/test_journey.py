"""The two tables say what was agreed, written out here a second time by hand, and hang together."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from app.policy import Role
from app.workflow.commands import journey
from app.workflow.journey.agreement_journey import AgreementStatus
from app.workflow.journey.journeys import JOURNEYS
from app.workflow.journey.request_journey import FINAL, Action, Status
from app.workflow.journey.statuses import Machine

ALL_OPEN = (
    "draft submitted in_intake information_requested in_assessment awaiting_concurrence in_review deferred drafting"
)
REQUEST = f"""
submit | draft | submitted | agency_head
enter | draft | submitted | coordinator
discard | draft | withdrawn | agency_officer agency_head coordinator
retract | submitted | draft | coordinator
take | submitted | in_intake | coordinator
request_information | in_intake in_assessment | information_requested | coordinator assessor
recall | information_requested awaiting_concurrence | previous | coordinator assessor
answer | information_requested | previous | agency_officer agency_head
begin_assessment | in_intake | in_assessment | coordinator
recommend | in_assessment | awaiting_concurrence | assessor
concur | awaiting_concurrence | in_review | agency_head
take_back | in_review | awaiting_concurrence | agency_head
dissent | awaiting_concurrence | in_assessment | agency_head
give_opinion | in_review | in_review | reviewer
decide | in_review | in_review | approving_official
approve | in_review | drafting | system
redirect | in_review | in_assessment | coordinator approving_official
defer | in_assessment in_review deferred | deferred | approving_official
resume | deferred | in_assessment | coordinator approving_official
decline | in_intake in_assessment in_review deferred drafting | declined | approving_official
withdraw | {ALL_OPEN} | withdrawn | agency_head
reinstate | withdrawn | previous | agency_head
finish | drafting | agreement_drafted | system
"""
AGREEMENT = """
start | - | drafting | assessor counsel
send_to_counsel | drafting | legal_review | assessor counsel
return_text | legal_review | drafting | counsel
clear | legal_review | negotiation | counsel
propose | negotiation | negotiation | agency_officer agency_head assessor counsel
answer_proposal | negotiation | negotiation | agency_officer agency_head assessor counsel
revise | negotiation | drafting | assessor counsel
accept_text | negotiation | accepted | agency_head
take_back | accepted | negotiation | agency_head
finalize | accepted | drafted | approving_official
reopen | accepted | drafting | assessor counsel
abandon | drafting legal_review negotiation accepted | abandoned | agency_head approving_official
"""
# what must hold before a step, by where it starts from when that differs
REQUIRED = """
submit | sections_complete ori_well_formed need_stated letter_present authority_certified
enter | sections_complete ori_well_formed need_stated letter_scanned entry_compared
discard | yours_to_discard reason_given
retract | entered_by_you reason_given
request_information | interests_declared items_tied items_due
recall | reason_given
answer | items_answered
begin_assessment | interests_declared checklist_done office_set liaisons_named liaisons_clear
recommend | interests_declared meeting_recorded assessment_complete survey_complete program_recommended \
    gates_resolved reasons_written departures_justified plan_complete
concur | programs_answered shown_is_current assignee_named
dissent | reason_given
give_opinion | seat_is_yours concurrence_current
decide | instrument_is_yours agency_concurred reason_given concurrence_current opinions_given capacity_confirmed \
    finding_written
approve | all_decided concurrence_current
redirect | reason_given
defer | reason_given next_look_set
decline | reason_given reason_code_given
decline in_assessment | reason_given reason_code_given no_partnership_found
decline drafting | reason_given reason_code_given agreements_abandoned
withdraw | reason_given
withdraw drafting | reason_given no_agreement_drafted
take_back in_review | reason_given no_opinion_given
take_back accepted | reason_given nothing_recorded_since
reinstate | reason_given withdrawn_lately
finish | agreements_finished
start | request_in_drafting program_approved
send_to_counsel | request_in_drafting sent_by_drafter facts_complete clauses_complete deviations_explained
return_text | reason_given
clear | facts_complete clauses_complete deviations_explained
revise | proposals_to_take
accept_text | proposals_settled text_is_current
finalize | program_is_yours resolution_recorded acceptance_current
reopen | reason_given
abandon | reason_given
"""
CONTRACT = {Machine.REQUEST: REQUEST, Machine.AGREEMENT: AGREEMENT}


def edges(machine: Machine) -> set[tuple[str, str | None, str, frozenset[str]]]:
    """The hand-written contract, one entry an edge: action, from, to, roles."""
    rows = [[part.strip() for part in line.split("|")] for line in CONTRACT[machine].strip().splitlines()]
    return {
        (action, None if source == "-" else source, target, frozenset(roles.split()))
        for action, sources, target, roles in rows
        for source in sources.split()
    }


@pytest.mark.parametrize("machine", Machine)
def test_the_table_says_what_was_agreed(machine: Machine) -> None:
    table = {
        (step.action.value, step.source, str(step.target), frozenset(role.value for role in step.roles))
        for step in JOURNEYS[machine]
    }
    assert table == edges(machine)


def required() -> dict[str, set[str]]:
    """The hand-written contract of conditions: what must hold, by action, or by action and where it starts from."""
    lines = [line.split("|") for line in REQUIRED.replace("\\\n", " ").strip().splitlines()]
    return {step.strip(): set(names.split()) for step, names in lines}


@pytest.mark.parametrize("machine", Machine)
def test_each_step_requires_what_was_agreed(machine: Machine) -> None:
    contract = required()
    for step in JOURNEYS[machine]:
        agreed = contract.get(f"{step.action} {step.source}", contract.get(step.action, set()))
        assert {condition.name for condition in step.requires} == agreed, (step.action, step.source)


def test_the_contract_of_conditions_names_no_step_that_is_not_there() -> None:
    steps = [step for table in JOURNEYS.values() for step in table]
    assert required().keys() <= {name for step in steps for name in (step.action, f"{step.action} {step.source}")}


@pytest.mark.parametrize("machine", Machine)
def test_an_action_leaves_a_status_by_one_row_only(machine: Machine) -> None:
    rows = [(step.action, step.source) for step in JOURNEYS[machine]]
    assert len(rows) == len(set(rows))


@pytest.mark.parametrize(
    ("machine", "first", "statuses"),
    [(Machine.REQUEST, Status.DRAFT, set(Status)), (Machine.AGREEMENT, None, set(AgreementStatus))],
)
def test_every_status_can_be_reached(machine: Machine, first: str | None, statuses: set[str]) -> None:
    reached: set[str | None] = {first}
    for _ in statuses:
        reached |= {str(step.target) for step in JOURNEYS[machine] if step.source in reached}
    assert statuses <= {first, *reached}


def test_every_open_status_has_an_exit_for_a_person() -> None:
    for status in set(Status) - FINAL - {Status.AGREEMENT_DRAFTED}:
        people = {role for step in JOURNEYS[Machine.REQUEST] if step.source == status for role in step.roles}
        assert people - {Role.SYSTEM}, status


def test_only_a_withdrawal_taken_back_leaves_a_final_status() -> None:
    leaving = {(step.source, step.action) for step in JOURNEYS[Machine.REQUEST] if step.source in FINAL}
    assert leaving == {(Status.WITHDRAWN, Action.REINSTATE)}


def test_the_command_prints_every_edge_as_json() -> None:
    printed = json.loads(CliRunner().invoke(journey, ["--json"]).output)
    found = {
        (entry["action"], entry["from"], entry["to"], frozenset(entry["roles"]))
        for entry in printed
        if entry["machine"] == "request"
    }
    assert found == edges(Machine.REQUEST)
    assert all(entry.keys() == {"machine", "action", "from", "to", "roles", "guards"} for entry in printed)


def test_the_diagram_shows_where_an_answer_leads_back_to() -> None:
    printed = CliRunner().invoke(journey, []).output
    assert "information_requested --> in_intake: recall (coordinator or assessor), answer" in printed
    assert "[*] --> drafting: start" in printed


def test_the_documentation_shows_the_journey_as_it_is() -> None:
    page = (Path(__file__).parents[2] / "docs" / "journey.md").read_text(encoding="utf-8")
    for diagram in CliRunner().invoke(journey, []).output.strip().split("\n\n"):
        assert diagram in page
