"""Takes a made-up request along its journey, step by step, through the same operations that the pages use."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from app.accounts.models import Office, Person
from app.agency_requests import operations, submission
from app.agency_requests.models import AgencyRequest
from app.agency_requests.sections.queries import certified_content
from app.assessment.facts import SURVEY as SURVEY_KEYS
from app.assessment.facts import open_answers
from app.assessment.queries import agency_values
from app.assessment.recommendation.operations import (
    PlanLine,
    ProgramChoice,
    choose_programs,
    issue_recommendation,
    write_plan,
)
from app.assessment.worksheet.operations import Confirmation, confirm_answers, record_meeting
from app.demo.filing import fill_in
from app.demo.made_up_answers import PLAN, SURVEY
from app.demo.places import Place
from app.extensions import db, frozen_now
from app.intake import operations as intake_operations
from app.intake.information_requests import operations as information_requests_operations
from app.needs.keys import ProgramKey
from app.policy import Actor, Seat
from app.programs.catalog import CATALOG
from app.review import decisions, opinions
from app.review.concurrence import CONCUR, ProgramAnswer, concur
from app.review.queries import under_review

SEATS = {
    Seat.PROGRAM: "program",
    Seat.LEGAL: "legal",
    Seat.PROFESSIONAL_RESPONSIBILITY: "professional",
    Seat.PRIVACY: "privacy",
    Seat.CIVIL_RIGHTS: "civil",
}
REPLIES = {
    "question": "We had counted every post. The number is now of those that are filled.",
    "document": "The head of our agency signs it this week; we send the page then.",
}


@dataclass
class Story:
    """One request on its way, who acts in it, and the day it has reached."""

    place: Place
    people: dict[str, Person]
    day: datetime
    agency_request: AgencyRequest | None = None
    desk: str = "coordinator"  # who coordinates, and who assesses: of headquarters, or of the field office
    field: str = "assessor"

    def who(self, name: str) -> Actor:
        """Somebody by their short name; "head" and "officer" are the agency's own."""
        key = f"{name}:{self.place.ori}" if name in {"head", "officer"} else name
        return self.people[key].actor

    @property
    def request(self) -> AgencyRequest:
        """The request, once it is there."""
        if self.agency_request is None:
            raise LookupError("the request is not filed yet")
        return self.agency_request

    @property
    def expected_version(self) -> int:
        """The version somebody who looks now sees."""
        return self.request.version

    def after(self, days: int) -> Any:
        """Some days later; within it, things happen then."""
        self.day += timedelta(days=days)
        return frozen_now(self.day)


def file_draft(story: Story, *, complete: bool = True) -> None:
    """The officer fills the request in, all of it or only the beginning."""
    officer = story.who("officer")
    with story.after(0):
        story.agency_request = operations.create_draft(officer, story.place.state)
        story.request.contact_name, story.request.contact_title = story.place.officer
        story.request.contact_email = story.people[f"officer:{story.place.ori}"].email
        story.request.contact_phone = "+1 202-555-0101"
        db.session.flush()
        if not complete:
            return
        fill_in(story.request, story.place, officer)
        db.session.commit()


def submit(story: Story) -> None:
    """The head certifies and sends it."""
    with story.after(2):
        shown = certified_content(story.request)
        submission.submit(
            story.request, story.who("head"), certified=True, expected_version=story.expected_version, shown=shown
        )
        db.session.commit()


def take(story: Story) -> None:
    """A coordinator takes it into intake."""
    with story.after(1):
        intake_operations.take_request(story.request, story.who(story.desk), expected_version=story.expected_version)
        intake_operations.declare_interests(story.request, story.who(story.desk), has_conflict=False, sentence="")
        db.session.commit()


def ask(story: Story) -> None:
    """The coordinator asks the agency back."""
    items = [
        information_requests_operations.NewItem(
            "question", "sworn_officers", "Is this the number of posts filled, or of all posts?"
        ),
        information_requests_operations.NewItem("document", "letter", "Please attach the letter with the signature."),
    ]
    with story.after(2):
        due = (story.day + timedelta(days=14)).date()
        information_requests_operations.ask_information(
            story.request, story.who(story.desk), items, due, expected_version=story.expected_version
        )
        db.session.commit()


def answer(story: Story) -> None:
    """The officer answers everything, and sends the answers."""
    answer_items(story)
    with story.after(0):
        information_requests_operations.send_answers(
            story.request, story.who("officer"), expected_version=story.expected_version
        )
        db.session.commit()


def answer_items(story: Story) -> None:
    """The officer answers each item, and corrects the number that was asked about."""
    officer = story.who("officer")
    with story.after(4):
        asked = intake_operations.open_information_request(story.request.id)
        for item in asked.items if asked else ():
            if item.anchor_kind == "question":
                value = story.place.officers - 3
                information_requests_operations.change_answer(
                    story.request, officer, item, value, basis="measured", note="Posts filled"
                )
            information_requests_operations.answer_item(story.request, officer, item, REPLIES[item.anchor_kind])
        db.session.commit()


def assess(story: Story) -> None:
    """Intake is finished and the needs assessment opens."""
    finish_intake(story)
    with story.after(0):
        intake_operations.begin_assessment(
            story.request, story.who(story.desk), expected_version=story.expected_version
        )
        db.session.commit()


def finish_intake(story: Story) -> None:
    """The coordinator checks the request and routes it; whoever is named for it has no interest in it."""
    coordinator = story.who(story.desk)
    with story.after(3):
        intake_operations.mark_checklist(story.request, coordinator, list(intake_operations.CHECKLIST), {})
        if story.request.office_id is None:
            office = db.session.scalars(db.select(Office).where(Office.name == "Houston")).one()
            intake_operations.route_request(story.request, coordinator, office.id, None)
        liaisons = story.people["assessor2"], story.people[story.desk]
        intake_operations.name_people(
            story.request, coordinator, investigations_liaison_id=liaisons[0].id,
            detention_liaison_id=liaisons[1].id, assessor_id=story.people[story.field].id,
        )  # fmt: skip
        for liaison in (*liaisons, story.people[story.field]):
            intake_operations.declare_interests(story.request, liaison.actor, has_conflict=False, sentence="")
        db.session.commit()


def recommend(story: Story, entries: Sequence[str]) -> None:
    """The assessor finishes the assessment, and sends the recommendation to the agency."""
    finish_assessment(story, entries)
    with story.after(0):
        issue_recommendation(story.request, story.who(story.field), expected_version=story.expected_version)
        db.session.commit()


def finish_assessment(story: Story, entries: Sequence[str]) -> None:
    """The assessor confirms, meets, surveys, recommends and plans."""
    assessor = story.who(story.field)
    with story.after(6):
        values = agency_values(story.request.id)
        answers = {key: (values.get(key), "Seen at the meeting") for key in open_answers(story.request, ())}
        answers |= {key: (SURVEY[key], "Field survey of the office") for key in SURVEY_KEYS}
        confirm_answers(
            story.request,
            assessor,
            [Confirmation(key, value, "measured", source) for key, (value, source) in answers.items()],
        )
        record_meeting(
            story.request, assessor, held_on=story.day.date(), place=story.place.name,
            attendees="Head of the agency, contact, assessor, liaison", summary="We went through all numbers.",
        )  # fmt: skip
        choose_programs(
            story.request, assessor, [_choice(key) for key in entries], "What serves the assessed needs best."
        )
        write_plan(story.request, assessor, [_line(key, story.day.date()) for key in entries])
        db.session.commit()


def _choice(key: str) -> ProgramChoice:
    program, model = ProgramKey.parse(key).columns
    return ProgramChoice(
        program=program,
        model=model,
        reason=f"{CATALOG.label(key)} answers a need that the numbers and the meeting showed.",
        departure="The agency is ready for it now, and the meeting showed more need than the numbers.",
        confirmation="The legal reviewer confirms what is open, from the papers of the agency.",
        agency_takes_on="Name a project lead\nReport the totals of the data schedule",
        ice_takes_on="Name a supervisor\nProvide training",
    )


def _line(key: str, day: date) -> PlanLine:
    return PlanLine(*ProgramKey.parse(key).columns, due=day + timedelta(days=270), **PLAN)


def concurs(story: Story) -> None:
    """The head agrees to every program."""
    with story.after(4):
        recommendation = under_review(story.request)
        answers = {program.program_key: ProgramAnswer(CONCUR) for program in recommendation.programs}
        concur(
            story.request,
            story.who("head"),
            answers,
            shown=recommendation.content_hash,
            expected_version=story.expected_version,
        )
        db.session.commit()


def reviews(story: Story, *, seats: int = 5) -> None:
    """The seats give their opinions and capacity is confirmed."""
    with story.after(3):
        for seat, name in list(SEATS.items())[:seats]:
            words = "The plan names who supervises, what is counted and by when."
            opinions.give_opinion(
                story.request, story.who(name), seat, "support", words, expected_version=story.expected_version
            )
        recommendation = under_review(story.request)
        for program in recommendation.programs:
            opinions.confirm_capacity(
                story.request, story.who(story.desk), program.program_key, supervisor="Field supervisor, seat 3",
                supervisor_hours=20, training_seats=6, equipment_date=(story.day + timedelta(days=120)).date(),
            )  # fmt: skip
        db.session.commit()


def decides(story: Story) -> None:
    """The official approves every program; drafting begins."""
    with story.after(2):
        for program in under_review(story.request).programs:
            decisions.decide_program(
                story.request, story.who("official"), program.program_key, decisions.CONDITIONS,
                "The need is shown, the plan is sound and the board supports it.",
                conditions="Report the first quarter before the second class of training.",
                expected_version=story.expected_version,
            )  # fmt: skip
        db.session.commit()
