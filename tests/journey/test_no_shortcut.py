"""No path, by whatever people try in whatever order, skips a step or puts two duties into one pair of hands."""

from collections.abc import Callable

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from app import audit
from app.agreements import finalization, operations
from app.agreements.drafting.current_text import current_text
from app.agreements.models import Agreement
from app.agreements.negotiation import operations as negotiation_operations
from app.assessment.recommendation.operations import issue_recommendation
from app.assessment.worksheet.operations import confirm_answer
from app.extensions import db
from app.policy import Actor, Role, Seat
from app.review import decisions
from app.review.concurrence import CONCUR, ProgramAnswer, concur, dissent
from app.review.opinions import give_opinion
from app.workflow import engine
from app.workflow.journey.agreement_journey import DRAFTED_BY_YOU, AgreementAction
from app.workflow.journey.facts import Inputs
from app.workflow.journey.journeys import JOURNEYS
from app.workflow.journey.request_journey import Action
from app.workflow.journey.statuses import Machine
from app.workflow.refusals import StepRefused
from tests.agreements.approved_request import fill
from tests.assessment.assessed_request import CAP, Story, concurred, in_assessment, recommended, reviewed
from tests.builders import make_person


def paths_to(machine: Machine, start: str | None, end: str) -> list[set[str]]:
    """The actions of every path without a loop from one status to another."""
    found, open_paths = [], [([start], set())]
    while open_paths:
        statuses, actions = open_paths.pop()
        if statuses[-1] == end:
            found.append(actions)
            continue
        for step in JOURNEYS[machine]:
            if step.source == statuses[-1] and step.target not in statuses and step.target != "previous":
                open_paths.append(([*statuses, str(step.target)], actions | {step.action.value}))
    return found


def test_every_path_to_an_agreement_passes_each_stage() -> None:
    for actions in paths_to(Machine.REQUEST, "draft", "agreement_drafted"):
        assert {"submit", "enter"} & actions  # the agency sends it, or its letter is typed in
        assert {"take", "begin_assessment", "recommend", "concur", "approve", "finish"} <= actions
    for actions in paths_to(Machine.AGREEMENT, None, "drafted"):
        assert {"start", "send_to_counsel", "clear", "accept_text", "finalize"} <= actions


BEGINNINGS: dict[str, Callable[[], Story]] = {
    "assessed": lambda: recommended(in_assessment()),
    "concurred": lambda: concurred(in_assessment()),
    "reviewed": lambda: reviewed(in_assessment()),
}
MOVES = (
    "issue", "concur", "dissent", "edit", "opinion", "decide", "redirect", "start", "fill", "send", "clear", "accept",
    "finalize", "reopen", "abandon", "withdraw", "reinstate",
)  # fmt: skip


def move(story: Story, agreement: Agreement | None, name: str, actor: Actor, n: int) -> None:
    """One attempt by one person; what the engine refuses leaves nothing."""
    r, expected_version = story.agency_request, story.expected_version
    shown = story.recommendation.content_hash
    answers = {program.program_key: ProgramAnswer(CONCUR) for program in story.recommendation.programs}
    of_request: dict[str, Callable[[], object]] = {
        "issue": lambda: issue_recommendation(r, actor, expected_version=expected_version),
        "concur": lambda: concur(r, actor, answers, shown=shown, expected_version=expected_version),
        "dissent": lambda: dissent(r, actor, "No.", expected_version=expected_version),
        "edit": lambda: confirm_answer(r, actor, "jail_bookings", 9000 + n, basis="measured", source="Log"),
        "opinion": lambda: give_opinion(
            r, actor, list(Seat)[n % 5], "support", "Fine.", expected_version=expected_version
        ),
        "decide": lambda: decisions.decide_program(
            r, actor, [*answers][n % len(answers)], "approve", "Sound.", expected_version=expected_version
        ),
        "redirect": lambda: engine.take_step(
            Action.REDIRECT, r, actor, expected_version=expected_version, inputs=Inputs(reason="Again.")
        ),
        "start": lambda: operations.start_agreement(r, actor, CAP),
        "withdraw": lambda: engine.take_step(
            Action.WITHDRAW, r, actor, expected_version=expected_version, inputs=Inputs(reason="Not now.")
        ),
        "reinstate": lambda: engine.take_step(
            Action.REINSTATE, r, actor, expected_version=expected_version, inputs=Inputs(reason="Now.")
        ),
    }
    if name in of_request:
        of_request[name]()
    elif agreement is not None:
        of_agreement(agreement, name, actor)


def of_agreement(agreement: Agreement, name: str, actor: Actor) -> None:
    expected_version = agreement.version
    {
        "fill": lambda: fill(agreement, actor),
        "send": lambda: engine.take_step(
            AgreementAction.SEND_TO_COUNSEL, agreement, actor, expected_version=expected_version
        ),
        "clear": lambda: engine.take_step(AgreementAction.CLEAR, agreement, actor, expected_version=expected_version),
        "accept": lambda: negotiation_operations.accept_text(
            agreement, actor, shown=current_text(agreement).content_hash, expected_version=expected_version
        ),
        "finalize": lambda: finalization.finalize_agreement(agreement, actor, expected_version=expected_version),
        "reopen": lambda: engine.take_step(
            AgreementAction.REOPEN, agreement, actor, expected_version=expected_version, inputs=Inputs(reason="Again.")
        ),
        "abandon": lambda: engine.take_step(
            AgreementAction.ABANDON, agreement, actor, expected_version=expected_version, inputs=Inputs(reason="No.")
        ),
    }[name]()


def actors_of(events: list[audit.Event], *actions: str) -> set[object]:
    return {event.actor_id for event in events if event.action in actions}


def assert_lawful(story: Story) -> None:
    """What must be true of every case that got this far, by its own record."""
    events = list(reversed(audit.history(story.agency_request.id, [audit.Audience.BOTH, audit.Audience.STAFF])))
    names = [event.action for event in events]
    assert not actors_of(events, "recommend") & actors_of(events, "decide")
    assert list(audit.verify()) == []
    if story.agency_request.status in {"drafting", "agreement_drafted"}:
        assert names.index("recommend") < names.index("concur") < names.index("decide") < names.index("approve")
        assert len(actors_of(events[names.index("concur") :], "give_opinion")) == 5
    for agreement in db.session.scalars(select(Agreement)):
        mine = [event for event in events if event.subject_id == agreement.id]
        drafters = actors_of(mine, *DRAFTED_BY_YOU.acts)
        assert not drafters & actors_of(mine, "clear")
        assert not (drafters | actors_of(mine, "clear")) & actors_of(mine, "finalize")
        if agreement.status == "drafted":
            done = [event.action for event in mine]
            assert done.index("clear") < done.index("accept_text") < done.index("finalize")


ATTEMPTS = st.lists(st.tuples(st.sampled_from(MOVES), st.integers(0, 11), st.integers(0, 9)), min_size=8, max_size=30)


@pytest.mark.parametrize("beginning", BEGINNINGS)
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(attempts=ATTEMPTS)
def test_whatever_people_try_no_step_is_skipped_and_duties_stay_apart(
    app: Flask, beginning: str, attempts: list[tuple[str, int, int]]
) -> None:
    story = BEGINNINGS[beginning]()
    cast = [
        story.head, story.officer, story.coordinator, story.assessor, story.official, *story.reviewers.values(),
        make_person(Role.COUNSEL).actor, make_person(Role.COUNSEL, Role.ASSESSOR, (Role.APPROVING_OFFICIAL, CAP)).actor,
    ]  # fmt: skip
    agreement = None
    for name, who, n in attempts:
        try:
            move(story, agreement, name, cast[who % len(cast)], n)
            db.session.commit()
        except StepRefused:
            db.session.rollback()
        agreement = db.session.scalar(
            select(Agreement).where(Agreement.request_id == story.agency_request.id).order_by(Agreement.version.desc())
        )
    assert_lawful(story)
