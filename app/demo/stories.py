"""What happens in the demonstration, request by request."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from app.accounts.models import Person
from app.demo import conversations, office_work, staff_work
from app.demo import story as tell
from app.demo.agreement_story import draft
from app.demo.offices import (
    ANSWERED,
    ASKED,
    ASKED_AGAIN,
    ASSESSED,
    DECLINED,
    DRAFT,
    MORE_PLACES,
    NOTHING_FITS,
    RECOMMENDED,
    REQUESTS,
    REVIEWED,
    SENT,
    TAKEN,
    WITHDRAWN,
)  # fmt: skip
from app.demo.people import PLACES, PROGRAM_CHOICES
from app.demo.story import Story
from app.extensions import db
from app.letters.letter_kinds import LetterKind
from app.review import decisions
from app.workflow import engine
from app.workflow.journey.facts import Inputs
from app.workflow.journey.request_journey import Action

LETTER = LetterKind.RECOMMENDATION
STATUSES = ("drafting", "legal_review", "negotiation", "accepted", "drafted")
EACH = 5  # programs of one request
DESKS = {"FL": "miami", "IL": "chicago", "WI": "chicago", "CO": "denver", "WY": "denver", "LA": "neworleans",
         "TN": "neworleans", "SC": "atlanta"}  # fmt: skip
Scene = Callable[[], object]
ASSESSING = (
    tell.file_draft,
    tell.submit,
    tell.take,
    conversations.ask_about_numbers,
    tell.assess,
    conversations.settle,
    conversations.meet,
)

ANSWERING = (tell.file_draft, tell.submit, tell.take, tell.ask, tell.answer)


def scenes(people: dict[str, Person]) -> list[Scene]:
    """What happens, request by request."""
    jail, city, tallow, border, port, ashlock = PLACES

    def story(place, days_ago: int) -> Story:  # type: ignore[no-untyped-def] # a Place
        return Story(place, people, datetime.now(UTC) - timedelta(days=days_ago))

    told: list[Scene] = [
        lambda: _run(story(jail, 1), _draft, staff_work.attach, staff_work.share_out),
        lambda: _run(story(port, 3), tell.file_draft, tell.submit),
        lambda: _run(
            story(tallow, 30), tell.file_draft, tell.submit, tell.take, staff_work.acknowledge, staff_work.step_aside
        ),
        lambda: _run(story(ashlock, 12), tell.file_draft, tell.submit, tell.take, tell.ask, staff_work.answers_later),
        lambda: _run(
            story(jail, 25),
            tell.file_draft,
            staff_work.attach,
            tell.submit,
            tell.take,
            staff_work.acknowledge,
            conversations.ask_about_numbers,
            tell.assess,
            staff_work.consult,
            staff_work.confirm_some,
            staff_work.check_half,
            staff_work.needs_longer,
            conversations.settle,
            conversations.meet,
        ),
        lambda: staff_work.issue(_recommended(story(city, 30), ("customs-cross-designation", "best")), LETTER),
        lambda: _in_review(story(tallow, 45), ("287g:jail", "lesc")),
        lambda: _deferred(story(port, 60)),
        lambda: _declined(story(ashlock, 70)),
        lambda: _withdrawn(story(city, 20)),
    ]
    for status in STATUSES:
        for start in range(0, len(PROGRAM_CHOICES), EACH):
            entries = PROGRAM_CHOICES[start : start + EACH]
            told.append(lambda s=status, e=entries: _agreements(story(border, 60), e, s))
    told += [of_an_office(people, ori, reached, days) for ori, requests in REQUESTS for reached, days in requests]
    return [*told, lambda: office_work.tie_together(people), lambda: office_work.make_surroundings(people)]


def _run(story: Story, *steps) -> Story:  # type: ignore[no-untyped-def] # functions of a story
    for step in steps:
        step(story)
    return story


def _draft(story: Story) -> None:
    tell.file_draft(story, complete=False)
    db.session.commit()


def _recommended(story: Story, entries: tuple[str, ...]) -> Story:
    _run(
        story,
        tell.file_draft,
        tell.submit,
        tell.take,
        conversations.ask_about_numbers,
        tell.assess,
        conversations.settle,
    )
    tell.recommend(story, entries)
    return story


def _in_review(story: Story, entries: tuple[str, ...]) -> None:
    tell.concurs(_recommended(story, entries))
    tell.reviews(story, seats=3)
    staff_work.check_half(story)
    staff_work.write_finding(story, entries[0])


def _deferred(story: Story) -> None:
    _run(story, tell.file_draft, tell.submit, tell.take, tell.assess)
    with story.after(5):
        until = (datetime.now(UTC) + timedelta(days=60)).date()
        engine.take_step(
            Action.DEFER,
            story.request,
            story.who("official"),
            expected_version=story.expected_version,
            inputs=Inputs(reason="No supervisor is free until spring.", until=until),
        )
        db.session.commit()


def _declined(story: Story) -> None:
    _run(story, tell.file_draft, tell.submit, tell.take)
    with story.after(4):
        decisions.decline(
            story.request, story.who("official"), "better_elsewhere",
            "The state's own task force serves this need; we gave you its contact.",
                expected_version=story.expected_version,
        )  # fmt: skip
    staff_work.issue(story, LetterKind.DECISION)


def _withdrawn(story: Story) -> None:
    _run(story, tell.file_draft, tell.submit, tell.take)
    with story.after(3):
        engine.take_step(
            Action.WITHDRAW,
            story.request,
            story.who("head"),
            expected_version=story.expected_version,
            inputs=Inputs(reason="Our council wants to look at it first."),
        )
        db.session.commit()


def _agreements(story: Story, entries: tuple[str, ...], status: str) -> None:
    """One request with several programs approved, its agreements all in this status."""
    tell.concurs(_recommended(story, entries))
    tell.reviews(story)
    tell.decides(story)
    with story.after(3):
        drafted = [draft(story, entry, status) for entry in entries]
    conversations.about_text(story, drafted, status)


def of_an_office(people: dict[str, Person], ori: str, reached: int, days_ago: int) -> Scene:
    """A request that a field office works on; Texas has several offices, so headquarters takes its requests in."""
    place = next(place for place in MORE_PLACES if place.ori == ori)
    desk = DESKS.get(place.state, "coordinator")
    field = f"{DESKS.get(place.state, 'houston')}2"
    story = Story(place, people, datetime.now(UTC) - timedelta(days=days_ago), desk=desk, field=field)
    return lambda: WAYS[reached](story)


def _until(*steps: Callable[[Story], object]) -> Callable[[Story], object]:
    return lambda story: _run(story, *steps)


JAIL_PROGRAMS, CITY_PROGRAMS = ("287g:jail", "criminal-alien-program"), ("customs-cross-designation", "lesc")
WAYS: dict[int, Callable[[Story], object]] = {
    DRAFT: _draft,
    SENT: _until(tell.file_draft, tell.submit),
    TAKEN: _until(tell.file_draft, tell.submit, tell.take, conversations.ask_about_numbers),
    ASKED: _until(tell.file_draft, tell.submit, tell.take, tell.ask),
    ANSWERED: _until(*ANSWERING, staff_work.accept_one),
    ASSESSED: _until(*ASSESSING),
    RECOMMENDED: lambda story: _recommended(story, _programs(story)),
    REVIEWED: lambda story: _in_review(story, _programs(story)),
    DECLINED: _declined,
    WITHDRAWN: _withdrawn,
    ASKED_AGAIN: _until(*ANSWERING, staff_work.ask_once_more),
    NOTHING_FITS: _until(*ASSESSING, staff_work.find_nothing_fits),
}


def _programs(story: Story) -> tuple[str, ...]:
    return JAIL_PROGRAMS if story.place.kind == "sheriff" else CITY_PROGRAMS
