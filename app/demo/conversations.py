"""What people of the demonstration say to each other, and when they will meet."""

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from app.agreements import operations as agreements_operations
from app.agreements.library.library import LIBRARY
from app.agreements.models import Agreement, Proposal
from app.agreements.negotiation import operations as negotiation_operations
from app.agreements.negotiation.operations import ProposalReply
from app.assessment.meetings import operations
from app.assessment.meetings.operations import Appointment
from app.deadlines.business_days import add_business_days
from app.demo.story import Story
from app.extensions import db
from app.messages import operations as messages_operations
from app.messages.references import find_reference

CENTRAL = "America/Chicago"
CLAUSE = "common-duties"  # every agreement has it


def ask_about_numbers(story: Story) -> None:
    """The coordinator asks about a number, the officer answers, and staff keep a note of their own."""
    question = find_reference(story.request, story.who(story.desk), "question:sworn_officers")
    with story.after(0):
        thread = messages_operations.begin_thread(
            story.request, story.who(story.desk), shared=True, about=question, title="Posts filled, or all posts?",
            text="Is your number of sworn officers the posts that are filled, or all of them?",
        )  # fmt: skip
    with story.after(1):
        messages_operations.reply_to_thread(
            thread, story.who("officer"), "The posts that are filled, as of the end of last month."
        )
    with story.after(0):
        note = (
            "Detention beds nearby are short until the middle of next month. Ask the office again before recommending."
        )
        messages_operations.begin_thread(
            story.request, story.who(story.desk), shared=False, title="Detention beds", text=note
        )
        db.session.commit()


def settle(story: Story) -> None:
    """Another conversation, which the agency begins and the assessor settles."""
    with story.after(0):
        thread = messages_operations.begin_thread(
            story.request, story.who("officer"), shared=True, text="May our counsel join the meeting?"
        )
    with story.after(1):
        messages_operations.reply_to_thread(thread, story.who(story.field), "Yes, please bring them.")
        messages_operations.resolve_thread(thread, story.who(story.field))
        db.session.commit()


def meet(story: Story) -> None:
    """The assessor plans a meeting by video in the days to come."""
    day = add_business_days(datetime.now(UTC).date(), 5)
    starts_at = datetime.combine(day, time(10), ZoneInfo(CENTRAL)).astimezone(UTC)
    with story.after(0):
        operations.plan_meeting(
            story.request,
            story.who(story.field),
            Appointment(
                starts_at=starts_at, zone=CENTRAL, minutes=60, video="https://meet.example/access",
                about="We go through your answers and the order of programs they make.",
            ),
        )  # fmt: skip
        db.session.commit()


def about_text(story: Story, agreements: list[Agreement], status: str) -> None:
    """Both sides talk about the text of two agreements; before that, counsel words one clause of their own."""
    first, second = agreements[:2]
    with story.after(1):
        if status == "legal_review":
            standard = LIBRARY.write(LIBRARY.clause(CLAUSE))
            reason = "The county asked who follows the duties up."
            agreements_operations.edit_clause(
                first, story.who("counsel"), CLAUSE, text=f"{standard}\n\nThe points of contact follow it up.",
                reason=reason,
            )  # fmt: skip
        if status == "negotiation":
            _propose(story, first, "The list is looked through together in January and in July of each year.")
            asked = _propose(story, second, "The list is looked through together every month.")
            reply = ProposalReply(
                "countered", "Every month is more than either side can do.", "They look through it each quarter."
            )
            negotiation_operations.answer_proposal(
                second, story.who(story.field), asked, reply, expected_version=second.version
            )
        db.session.commit()


def _propose(story: Story, agreement: Agreement, text: str) -> Proposal:
    return negotiation_operations.propose_change(
        agreement, story.who("officer"), CLAUSE, kind=negotiation_operations.CHANGE, text=text,
        reason="Our board wants to know how the duties are followed up.", expected_version=agreement.version,
    )  # fmt: skip
