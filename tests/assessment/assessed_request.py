"""A county with a jail, assessed and recommended: the middle of the journey, ready for what a test adds."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from app.accounts.models import Agency, Person
from app.agency_requests.models import AgencyRequest, Answer
from app.assessment.facts import SURVEY, open_answers
from app.assessment.models import Recommendation
from app.assessment.queries import agency_values, issued_recommendation
from app.assessment.recommendation.operations import (
    PlanLine,
    ProgramChoice,
    choose_programs,
    issue_recommendation,
    write_plan,
)
from app.assessment.worksheet.operations import confirm_answer, record_meeting
from app.extensions import db
from app.intake.operations import declare_interests
from app.policy import Actor, Role, Seat
from app.review.concurrence import CONCUR, ProgramAnswer, concur
from app.review.opinions import confirm_capacity, give_opinion
from tests.builders import make_agency, make_person, make_request

JAIL_COUNTY: dict[str, Any] = {
    "agency_type": "sheriff",
    "state_law_immigration": "permits",
    "state_law_customs": "permits",
    "population_served": 410_000,
    "sworn_officers": 420,
    "officers_nominable": 30,
    "jail_operated": "yes",
    "jail_bookings": 12_000,
    "jail_foreign_born_bookings": 2_300,
    "jail_screened_percent": 35,
    "jail_interview_wait_hours": 40,
    "jail_interview_space": "yes",
    "jail_foreign_born_serious_percent": 41,
    "civil_rights_finding": "none",
    "complaint_process": "yes",
    "offence_focus": ["serious_violent"],
    "secure_room": "yes",
}
SURVEYED: dict[str, Any] = {
    "ice_supervisors_free_fte": 2,
    "ice_training_seats": 12,
    "ice_it_lead_days": 150,
    "ice_detention_beds": 60,
    "ice_task_force_seats": 3,
}
JAIL, CAP = "287g:jail", "criminal-alien-program"


@dataclass
class Story:
    """A request on its way, and the people who act on it; `actor` values, ready to act."""

    agency_request: AgencyRequest
    agency: Agency
    head: Actor
    officer: Actor
    coordinator: Actor
    assessor: Actor
    official: Actor
    reviewers: dict[Seat, Actor]
    people: dict[str, Person]

    @property
    def expected_version(self) -> int:
        """The version somebody who looks now sees."""
        return self.agency_request.version

    @property
    def recommendation(self) -> Recommendation:
        """The version that was issued last."""
        found = issued_recommendation(self.agency_request.id)
        assert found is not None
        return found


def in_assessment(values: dict[str, Any] | None = None, *, programs: tuple[str, ...] = (JAIL, CAP)) -> Story:
    """The request at the start of its needs assessment, with the agency's answers."""
    agency = make_agency()
    people = {
        "head": make_person(Role.AGENCY_HEAD, agency=agency),
        "officer": make_person(Role.AGENCY_OFFICER, agency=agency),
        "coordinator": make_person(Role.COORDINATOR),
        "assessor": make_person(Role.ASSESSOR),
        "official": make_person(*((Role.APPROVING_OFFICIAL, key) for key in programs)),
    }
    reviewers = {seat: make_person((Role.REVIEWER, seat.value)).actor for seat in Seat}
    agency_request = make_request(
        agency, status="in_assessment", created_by=people["officer"], assessor=people["assessor"],
        coordinator=people["coordinator"],
    )  # fmt: skip
    for key, value in (values or JAIL_COUNTY).items():
        db.session.add(Answer(request_id=agency_request.id, key=key, value=value, basis="measured"))
    for name in ("coordinator", "assessor"):
        declare_interests(agency_request, people[name].actor, has_conflict=False, sentence="")
    db.session.commit()
    actors = {name: person.actor for name, person in people.items()}
    return Story(agency_request, agency, reviewers=reviewers, people=people, **actors)


def assessed(story: Story) -> Story:
    """Everything before the recommendation: answers confirmed, survey, a meeting."""
    values = agency_values(story.agency_request.id)
    for key in open_answers(story.agency_request, ()):
        value = values.get(key)
        confirm_answer(story.agency_request, story.assessor, key, value, basis="measured", source="Seen at the meeting")
    for key in SURVEY:
        confirm_answer(
            story.agency_request, story.assessor, key, SURVEYED[key], basis="measured", source="Field survey"
        )
    record_meeting(
        story.agency_request, story.assessor, held_on=date(2026, 11, 2), place="Sheriff's Office",
        attendees="Sheriff, jail commander, assessor", summary="We went through the answers.",
    )  # fmt: skip
    db.session.commit()
    return story


def recommended(story: Story) -> Story:
    """The jail model with the Criminal Alien Program recommended, planned, and sent to the agency."""
    assessed(story)
    choices = [
        ProgramChoice(
            program="287g", model="jail", reason="Most bookings are not screened.", departure="The jail is ready."
        ),
        ProgramChoice(program=CAP, reason="Interviews wait too long.", departure="It is the base of the jail model."),
    ]
    choose_programs(story.agency_request, story.assessor, choices, "Screen every booking.")
    write_plan(
        story.agency_request,
        story.assessor,
        [
            PlanLine(
                program=choice.program, model=choice.model, objective="Screen bookings", measure="Share screened",
                unit="percent", baseline="35", target="95", owner="Jail commander", due=date(2027, 6, 30),
            )
            for choice in choices
        ],
    )  # fmt: skip
    issue_recommendation(story.agency_request, story.assessor, expected_version=story.expected_version)
    db.session.commit()
    return story


def concurred(story: Story) -> Story:
    """The agency head agrees to every program."""
    recommended(story)
    answers = {program.program_key: ProgramAnswer(CONCUR) for program in story.recommendation.programs}
    concur(
        story.agency_request,
        story.head,
        answers,
        shown=story.recommendation.content_hash,
        expected_version=story.expected_version,
    )
    db.session.commit()
    return story


def reviewed(story: Story) -> Story:
    """Every seat has spoken and capacity is confirmed; only the decisions are left."""
    concurred(story)
    for seat, actor in story.reviewers.items():
        give_opinion(
            story.agency_request,
            actor,
            seat,
            "support",
            "The plan names who supervises.",
            expected_version=story.expected_version,
        )
    for program in story.recommendation.programs:
        confirm_capacity(
            story.agency_request, story.coordinator, program.program_key, supervisor="Field supervisor 1",
            supervisor_hours=20, training_seats=6, equipment_date=date(2027, 3, 1),
        )  # fmt: skip
    db.session.commit()
    return story
