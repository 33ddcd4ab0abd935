"""What else happens to a request of the demonstration: papers, letters, checks, opinions asked, dates moved."""

import uuid
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Final

from sqlalchemy import select

from app import autosave
from app.agency_requests import operations
from app.agency_requests.collaboration import operations as collaboration_operations
from app.assessment.worksheet.operations import confirm_answer, record_no_partnership
from app.cases.case_page import advice
from app.deadlines.business_days import add_business_days
from app.deadlines.clocks import ClockKind
from app.demo.story import Story
from app.extensions import db
from app.intake import due_date_moves
from app.intake import operations as intake_operations
from app.intake.assignment import consultations
from app.intake.information_requests import acceptance
from app.intake.models import InformationItem, InformationRequest
from app.letters import operations as letters_operations
from app.letters.letter_kinds import LetterKind
from app.pdf import set_pdf
from app.review import opinions
from app.uploads.inspected_file import InspectedFile
from app.uploads.inspection import inspect
from app.workflow.journey.request_journey import Status
from app.workflow.models import StageClock

PAPER: Final = Path(__file__).with_name("paper.typ")
CONFIRMED: Final = (
    "population_served", "sworn_officers", "jail_bookings", "jail_foreign_born_bookings", "jail_screened_percent",
)  # fmt: skip


@cache
def paper(name: str, title: str) -> InspectedFile:
    """A page that an agency could attach, which says that it is made up."""
    return inspect(name, set_pdf(PAPER, {"title": title}, at=datetime(2026, 1, 5, tzinfo=UTC)))


def soon(days: int) -> date:
    """A day to come, in business days from the day the demonstration is loaded."""
    return add_business_days(datetime.now(UTC).date(), days)


def attach(story: Story) -> None:
    """The officer attaches two papers to the draft."""
    with story.after(0):
        for kind, name, title in (
            ("resolution", "resolution-of-the-county.pdf", "Resolution of the county"),
            ("supporting", "bookings-last-year.pdf", "Bookings by month, totals"),
        ):
            operations.attach(story.request, story.who("officer"), kind, paper(name, title))
        db.session.commit()


def share_out(story: Story) -> None:
    """The officer gives two sections to the head and keeps one; the head typed something they have not saved yet."""
    officer, head = (story.people[f"{who}:{story.place.ori}"] for who in ("officer", "head"))
    r = story.request
    wanted = {"authority": head.id, "oversight": head.id, "jail": officer.id}
    path = f"/requests/{r.id}"
    with story.after(0):
        collaboration_operations.assign_sections(
            r,
            officer.actor,
            wanted,
            expected_version=collaboration_operations.assignments_version(r),
            path=f"{path}/tasks",
        )
    form = f"{path}/sections/authority/signatory"
    typed = [("signatory_name", head.name), ("signatory_title", "Sheriff of the county"), ("authority_basis", "State")]
    autosave.save_form(head.id, form, typed)
    db.session.commit()


def acknowledge(story: Story) -> None:
    """The coordinator answers with a letter that the request came."""
    issue(story, LetterKind.ACKNOWLEDGMENT)


def issue(story: Story, kind: LetterKind) -> None:
    """The coordinator issues a letter."""
    with story.after(0):
        written = letters_operations.draft_letter(story.request, story.who(story.desk), kind)
        letters_operations.issue_letter(
            story.request, story.who(story.desk), written, key=uuid.uuid4(), shown=written.content_hash
        )
        db.session.commit()


def check_half(story: Story) -> None:
    """The assessor goes through half of the step's checklist."""
    checks = advice.advice_of_status(Status(story.request.status))
    with story.after(0):
        advice.mark_advice(
            story.request, story.who(story.field), {check.key for check in checks[: len(checks) // 2 + 1]}
        )
        db.session.commit()


def confirm_some(story: Story) -> None:
    """The assessor begins with the worksheet, and finds one number other than it was given."""
    with story.after(1):
        for key in CONFIRMED:
            value = story.place.officers - 14 if key == "sworn_officers" else story.place.told[key]
            confirm_answer(
                story.request, story.who(story.field), key, value, basis="measured", source="Roster of the agency"
            )
        db.session.commit()


def move_date(story: Story, kind: ClockKind, days: int, reason: str) -> None:
    """A clock gets some business days more, with the reason that both sides read."""
    running = select(StageClock).where(StageClock.subject_id == story.request.id, StageClock.stopped_on.is_(None))
    clock = db.session.scalars(running.where(StageClock.kind == kind.value)).one()
    with story.after(1):
        later = add_business_days(clock.due, days)
        due_date_moves.extend_due_date(
            story.request, story.who(story.desk), clock, later, reason, expected_version=clock.due
        )
        db.session.commit()


def needs_longer(story: Story) -> None:
    """The assessment waits for the records of the jail."""
    move_date(story, ClockKind.ASSESSMENT, 10, "The jail's records system is down until the middle of the month.")


def answers_later(story: Story) -> None:
    """The agency has asked for a week more to answer."""
    move_date(story, ClockKind.INFORMATION_REQUEST, 5, "The agency asked for a week more: its board meets first.")


def consult(story: Story) -> None:
    """Two people of other offices are asked for an opinion; one has answered."""
    coordinator, (miami, denver) = story.who(story.desk), (story.people[name] for name in ("miami2", "denver2"))
    with story.after(1):
        question = "How did you cover the night bookings in a jail of this size?"
        asked = consultations.ask_consultation(story.request, coordinator, miami, question, soon(5))
    with story.after(1):
        consultations.answer_consultation(
            asked, story.request, miami.actor, "By video from the office, on two evenings a week."
        )
        question = "Which training dates of spring still have seats?"
        consultations.ask_consultation(story.request, coordinator, denver, question, soon(8))
        db.session.commit()


def accept_one(story: Story) -> None:
    """The coordinator accepts the first of the answers."""
    with story.after(1):
        acceptance.accept_answer(story.request, story.who(story.desk), _answered(story)[0])
        db.session.commit()


def ask_once_more(story: Story) -> None:
    """The second answer was not enough, so that item alone is asked again."""
    accept_one(story)
    reason = "The letter came without the page that is signed."
    with story.after(1):
        due = add_business_days(story.day.date(), 10)
        acceptance.ask_item_again(
            story.request,
            story.who(story.desk),
            _answered(story)[0],
            reason,
            due,
            expected_version=story.expected_version,
        )
        db.session.commit()


def _answered(story: Story) -> list[InformationItem]:
    query = select(InformationItem).join(InformationRequest).order_by(InformationItem.position)
    mine = query.where(InformationRequest.request_id == story.request.id, InformationRequest.outcome == "answered")
    return [item for item in db.session.scalars(mine) if item.state == "answered"]


def step_aside(story: Story) -> None:
    """A reviewer declares an interest in the case, which they then see no more."""
    with story.after(0):
        sentence = "I worked for this agency until two years ago."
        intake_operations.declare_interests(story.request, story.who("privacy"), has_conflict=True, sentence=sentence)
        db.session.commit()


def write_finding(story: Story, program_key: str) -> None:
    """The civil-rights reviewer writes what the record of the agency shows."""
    words = "No court order or inquiry is open. Complaints can be made in English and in Spanish, and are answered."
    with story.after(1):
        opinions.write_finding(
            story.request, story.who("civil"), program_key, words, "The agency's answers and its published policy"
        )
        db.session.commit()


def find_nothing_fits(story: Story) -> None:
    """The assessor finds that no partnership serves the needs; an approving official will decide."""
    words = (
        "The needs are real, but every program that answers them asks for two officers whom the agency cannot spare. "
        "We considered screening by video, which the jail has no line for."
    )
    with story.after(5):
        record_no_partnership(story.request, story.who(story.field), words)
        db.session.commit()
