"""The middle of the journey: nothing is recommended unassessed, decided without its evidence, or agreed to unseen."""

from datetime import date
from typing import Any

import pytest
from flask import Flask

from app import audit
from app.assessment.queries import agency_values, assessed_values, latest_recommendation
from app.assessment.recommendation.departures import departures
from app.assessment.recommendation.operations import (
    PlanLine,
    ProgramChoice,
    choose_programs,
    issue_recommendation,
    write_plan,
)
from app.assessment.recommendation.snapshot import content_hash_of, ranking_of
from app.assessment.worksheet.operations import confirm_answer
from app.extensions import db
from app.policy import Actor, Role, Seat
from app.review import decisions
from app.review.concurrence import COMMENT, CONCUR, REFUSE, ProgramAnswer, concur, dissent
from app.review.opinions import confirm_capacity, give_opinion, write_finding
from app.review.queries import concurrence_of
from app.workflow.refusals import RefusalKind, StepRefused
from tests.assessment.assessed_request import (
    CAP,
    JAIL,
    JAIL_COUNTY,
    Story,
    assessed,
    concurred,
    in_assessment,
    recommended,
    reviewed,
)


def refused(kind: RefusalKind, match: str | None = None) -> Any:
    """Expects a refusal of this kind with words like these."""
    return pytest.raises(StepRefused, match=match, check=lambda error: error.kind is kind)


def decide_all(story: Story, outcome: str = decisions.APPROVE) -> None:
    for key in (JAIL, CAP):
        decisions.decide_program(
            story.agency_request,
            story.official,
            key,
            outcome,
            "The plan is sound.",
            expected_version=story.expected_version,
        )
    db.session.commit()


def test_a_request_reaches_drafting_by_the_last_decision(app: Flask) -> None:
    story = reviewed(in_assessment())
    decide_all(story)
    assert story.agency_request.status == "drafting"
    last, before = audit.history(story.agency_request.id, [audit.Audience.BOTH])[:2]
    assert (last.action, last.actor_role) == ("approve", "system")
    assert before.action == "decide"


def test_a_confirmed_value_keeps_the_agencys_own_beside_it(app: Flask) -> None:
    story = in_assessment()
    confirm_answer(
        story.agency_request, story.assessor, "jail_bookings", 11_400, basis="measured", source="Booking log"
    )
    db.session.commit()
    assert agency_values(story.agency_request.id)["jail_bookings"] == 12_000
    assert assessed_values(story.agency_request.id)["jail_bookings"] == 11_400


def test_nothing_is_recommended_before_everything_is_assessed(app: Flask) -> None:
    story = in_assessment()
    with refused(RefusalKind.INCOMPLETE) as refusal:
        issue_recommendation(story.agency_request, story.assessor, expected_version=story.expected_version)
    said = " ".join(refusal.value.sentences)
    for missing in ("Record a meeting", "Confirm or correct", "field survey", "Recommend at least one program"):
        assert missing in said


def test_a_program_that_is_not_available_cannot_be_recommended(app: Flask) -> None:
    story = assessed(in_assessment(JAIL_COUNTY | {"jail_operated": "no"}))
    choose_programs(story.agency_request, story.assessor, [ProgramChoice("287g", "jail", "We want it.", "We do.")], "")
    with refused(RefusalKind.INCOMPLETE, "Take out 287"):
        issue_recommendation(story.agency_request, story.assessor, expected_version=story.expected_version)


def test_a_program_without_its_model_cannot_be_recommended(app: Flask) -> None:
    story = assessed(in_assessment())
    choose_programs(story.agency_request, story.assessor, [ProgramChoice("287g", "", "We want it.")], "")
    with refused(RefusalKind.INCOMPLETE, "Choose the model of 287"):
        issue_recommendation(story.agency_request, story.assessor, expected_version=story.expected_version)


def test_a_departure_from_the_computed_order_needs_its_reason(app: Flask) -> None:
    story = assessed(in_assessment())
    ranked = ranking_of(story.agency_request.id).entries
    least = next(str(entry.key) for entry in reversed(ranked) if entry.availability == "available")
    assert least in departures(ranked, [least])
    program, _, model = least.partition(":")
    choose_programs(story.agency_request, story.assessor, [ProgramChoice(program, model, "We want it.")], "")
    with refused(RefusalKind.INCOMPLETE, "Write why you depart"):
        issue_recommendation(story.agency_request, story.assessor, expected_version=story.expected_version)


def test_the_agency_decides_on_exactly_what_it_was_shown(app: Flask) -> None:
    story = recommended(in_assessment())
    recommendation = story.recommendation
    assert recommendation.content_hash == content_hash_of(recommendation.content)
    answers = {key: ProgramAnswer(CONCUR) for key in (JAIL, CAP)}
    with refused(RefusalKind.INCOMPLETE, "changed since you opened it"):
        concur(story.agency_request, story.head, answers, shown="0" * 64, expected_version=story.expected_version)


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ({JAIL: ProgramAnswer(CONCUR)}, "Answer for Criminal Alien Program"),
        ({JAIL: ProgramAnswer(CONCUR), CAP: ProgramAnswer(REFUSE)}, "Write your comment or reason"),
        ({JAIL: ProgramAnswer(COMMENT), CAP: ProgramAnswer(CONCUR)}, "Write your comment or reason"),
        ({JAIL: ProgramAnswer(REFUSE, "No."), CAP: ProgramAnswer(REFUSE, "No.")}, "Concur with at least one"),
        ({JAIL: ProgramAnswer("yes"), CAP: ProgramAnswer(CONCUR)}, "Answer for 287"),
    ],
)
def test_an_answer_to_every_program_and_a_yes_to_one(
    app: Flask, answers: dict[str, ProgramAnswer], sentence: str
) -> None:
    story = recommended(in_assessment())
    with refused(RefusalKind.INCOMPLETE, sentence):
        concur(
            story.agency_request,
            story.head,
            answers,
            shown=story.recommendation.content_hash,
            expected_version=story.expected_version,
        )


def test_only_the_agency_head_concurs(app: Flask) -> None:
    story = recommended(in_assessment())
    with refused(RefusalKind.NOT_YOUR_JOB):
        concur(story.agency_request, story.officer, {}, shown="", expected_version=story.expected_version)


def test_a_recommendation_sent_back_becomes_a_new_version_with_the_old_content(app: Flask) -> None:
    story = recommended(in_assessment())
    dissent(
        story.agency_request, story.head, "Leave out the jail model for now.", expected_version=story.expected_version
    )
    db.session.commit()
    issue_recommendation(story.agency_request, story.assessor, expected_version=story.expected_version)
    db.session.commit()
    last = latest_recommendation(story.agency_request.id)
    assert last is not None
    assert (last.version, [program.program_key for program in last.programs]) == (2, [JAIL, CAP])


def test_an_edit_in_review_voids_the_concurrence_and_says_what_changed(app: Flask) -> None:
    story = reviewed(in_assessment())
    confirm_answer(story.agency_request, story.assessor, "jail_bookings", 9_000, basis="measured", source="Booking log")
    db.session.commit()
    answered = concurrence_of(story.recommendation)
    assert answered is not None
    assert answered.voided_at is not None
    (change,) = [change for change in answered.void_changes if "12,000" in change["was"]]
    assert "9,000" in change["now"]
    with refused(RefusalKind.INCOMPLETE, "The concurrence is void"):
        decisions.decide_program(
            story.agency_request, story.official, JAIL, "approve", "Sound.", expected_version=story.expected_version
        )


def test_confirming_the_same_value_again_voids_nothing(app: Flask) -> None:
    story = concurred(in_assessment())
    confirm_answer(
        story.agency_request, story.assessor, "jail_bookings", 12_000, basis="measured", source="Booking log"
    )
    answered = concurrence_of(story.recommendation)
    assert answered is not None
    assert answered.voided_at is None


def test_a_seat_speaks_once_and_a_person_fills_one_seat(app: Flask) -> None:
    story = concurred(in_assessment())
    legal = story.reviewers[Seat.LEGAL]
    two_seats = Actor(**{**vars(legal), "seats": frozenset({Seat.LEGAL, Seat.PRIVACY})})
    give_opinion(
        story.agency_request,
        two_seats,
        Seat.LEGAL,
        "support",
        "The authority is clear.",
        expected_version=story.expected_version,
    )
    db.session.commit()
    with refused(RefusalKind.NOT_YOUR_JOB, "You filled another seat"):
        give_opinion(
            story.agency_request, two_seats, Seat.PRIVACY, "support", "Also.", expected_version=story.expected_version
        )
    other = Actor(**{**vars(story.reviewers[Seat.PROGRAM]), "seats": frozenset({Seat.LEGAL})})
    with refused(RefusalKind.TOO_LATE, "has given its opinion"):
        give_opinion(story.agency_request, other, Seat.LEGAL, "oppose", "No.", expected_version=story.expected_version)


def test_nobody_gives_the_opinion_of_a_seat_they_do_not_hold(app: Flask) -> None:
    story = concurred(in_assessment())
    with refused(RefusalKind.INCOMPLETE, "a seat you hold"):
        give_opinion(
            story.agency_request,
            story.reviewers[Seat.LEGAL],
            Seat.PRIVACY,
            "support",
            "Fine.",
            expected_version=story.expected_version,
        )


def test_no_decision_before_every_seat_has_spoken_and_capacity_is_confirmed(app: Flask) -> None:
    story = concurred(in_assessment())
    with refused(RefusalKind.INCOMPLETE) as refusal:
        decisions.decide_program(
            story.agency_request, story.official, JAIL, "approve", "Sound.", expected_version=story.expected_version
        )
    said = " ".join(refusal.value.sentences)
    assert "Civil rights" in said
    assert "Confirm the supervisor" in said


def test_an_official_decides_only_on_programs_of_their_own(app: Flask) -> None:
    story = reviewed(in_assessment(programs=(CAP,)))
    with refused(RefusalKind.INCOMPLETE, "Another official approves"):
        decisions.decide_program(
            story.agency_request, story.official, JAIL, "approve", "Sound.", expected_version=story.expected_version
        )


def test_conditions_that_are_announced_are_written(app: Flask) -> None:
    story = reviewed(in_assessment())
    with refused(RefusalKind.INCOMPLETE, "Write the conditions"):
        decisions.decide_program(
            story.agency_request,
            story.official,
            JAIL,
            decisions.CONDITIONS,
            "Sound.",
            expected_version=story.expected_version,
        )


def test_a_civil_rights_gate_asks_for_a_written_finding_before_approval(app: Flask) -> None:
    values = JAIL_COUNTY | {"civil_rights_finding": "open"}
    story = assessed(in_assessment(values))
    choices = [ProgramChoice("287g", "jail", "Most bookings are not screened.", "Ready.", "The reviewer confirms it.")]
    choose_programs(story.agency_request, story.assessor, choices, "")
    assert "287(g) jail enforcement" in [e.name for e in ranking_of(story.agency_request.id).entries]
    story = _through_review(story)
    with refused(RefusalKind.INCOMPLETE, "writes a finding first"):
        decisions.decide_program(
            story.agency_request, story.official, JAIL, "approve", "Sound.", expected_version=story.expected_version
        )
    db.session.rollback()
    write_finding(
        story.agency_request,
        story.reviewers[Seat.CIVIL_RIGHTS],
        JAIL,
        "Safeguards are in place.",
        "The decree's report",
    )
    decisions.decide_program(
        story.agency_request, story.official, JAIL, "approve", "Sound.", expected_version=story.expected_version
    )
    assert story.agency_request.status == "drafting"


def _through_review(story: Story) -> Story:
    line = PlanLine("287g", "jail", "Screen", "Share", "percent", "35", "95", "Commander", date(2027, 6, 30))
    write_plan(story.agency_request, story.assessor, [line])
    issue_recommendation(story.agency_request, story.assessor, expected_version=story.expected_version)
    db.session.commit()
    shown = story.recommendation.content_hash
    concur(
        story.agency_request,
        story.head,
        {JAIL: ProgramAnswer(CONCUR)},
        shown=shown,
        expected_version=story.expected_version,
    )
    for seat, actor in story.reviewers.items():
        give_opinion(
            story.agency_request, actor, seat, "neutral", "See the finding.", expected_version=story.expected_version
        )
    confirm_capacity(
        story.agency_request, story.coordinator, JAIL, supervisor="Supervisor 1", supervisor_hours=20,
        training_seats=4, equipment_date=None,
    )  # fmt: skip
    db.session.commit()
    return story


def test_declining_every_program_does_not_approve_the_request(app: Flask) -> None:
    story = reviewed(in_assessment())
    decide_all(story, decisions.DECLINE)
    assert story.agency_request.status == "in_review"
    decisions.decline(
        story.agency_request,
        story.official,
        "no_capacity",
        "No supervisor is free.",
        expected_version=story.expected_version,
    )
    assert story.agency_request.status == "declined"


def test_an_assessment_is_declined_only_after_the_written_finding(app: Flask) -> None:
    story = in_assessment()
    with refused(RefusalKind.INCOMPLETE, "The assessor first writes"):
        decisions.decline(
            story.agency_request, story.official, "no_need", "Little need.", expected_version=story.expected_version
        )


def test_a_reason_outside_the_list_is_no_reason(app: Flask) -> None:
    story = reviewed(in_assessment())
    with refused(RefusalKind.INCOMPLETE, "Choose the reason"):
        decisions.decline(
            story.agency_request, story.official, "whim", "Because.", expected_version=story.expected_version
        )


def test_the_assessor_who_became_an_official_does_not_decide(app: Flask) -> None:
    story = reviewed(in_assessment())
    promoted = Actor(
        **{**vars(story.assessor), "roles": frozenset({Role.APPROVING_OFFICIAL}), "programs": frozenset({JAIL, CAP})}
    )
    with refused(RefusalKind.NOT_YOUR_JOB, "You recommended in this case"):
        decisions.decide_program(
            story.agency_request, promoted, JAIL, "approve", "Sound.", expected_version=story.expected_version
        )
