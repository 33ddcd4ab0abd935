"""`flask demo` fills an empty database with the demonstration, and prints how to sign in."""

import sys
from datetime import UTC, datetime, timedelta

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy import func, select

from app.accounts.models import Person
from app.assessment import decisions
from app.demo import story as tell
from app.demo.people import ENTRIES, PASSWORD, PLACES, make_people
from app.demo.story import Story
from app.extensions import db
from app.intake import filing

STATUSES = ("drafting", "legal_review", "negotiation", "accepted", "drafted")
EACH = 5  # programs of one request


@click.command("demo")
@with_appcontext
def demo() -> None:
    """Load the demonstration into an empty database, and print its sign-ins."""
    if current_app.config["ENV_NAME"] == "production":
        click.echo("The demonstration has people with a known password; it is not for production.", err=True)
        sys.exit(2)
    if not db.session.scalar(select(func.count()).select_from(Person)):
        load()
    print_sign_ins()


def load() -> None:
    """A request in every status, and every instrument in every status up to drafted."""
    people = make_people()
    db.session.commit()
    scenes = _scenes(people)
    with click.progressbar(scenes, label="Telling the demonstration", file=sys.stderr) as shown:
        for scene in shown:
            scene()


def _scenes(people: dict[str, Person]) -> list:  # type: ignore[type-arg] # of functions without arguments
    """What happens, request by request."""
    jail, city, tallow, border, port, ashlock = PLACES

    def story(place, days_ago: int) -> Story:  # type: ignore[no-untyped-def] # a Place
        return Story(place, people, datetime.now(UTC) - timedelta(days=days_ago))

    scenes = [
        lambda: _draft(story(jail, 1)),
        lambda: _run(story(port, 3), tell.file_draft, tell.submit),
        lambda: _run(story(tallow, 30), tell.file_draft, tell.submit, tell.take),
        lambda: _run(story(ashlock, 12), tell.file_draft, tell.submit, tell.take, tell.ask),
        lambda: _run(story(jail, 25), tell.file_draft, tell.submit, tell.take, tell.assess),
        lambda: _recommended(story(city, 30), ("customs-cross-designation", "best")),
        lambda: _in_review(story(tallow, 45), ("287g:jail", "lesc")),
        lambda: _deferred(story(port, 60)),
        lambda: _declined(story(ashlock, 70)),
        lambda: _withdrawn(story(city, 20)),
    ]
    for status in STATUSES:
        for start in range(0, len(ENTRIES), EACH):
            entries = ENTRIES[start : start + EACH]
            scenes.append(lambda s=status, e=entries: _agreements(story(border, 60), e, s))
    return scenes


def _run(story: Story, *steps) -> Story:  # type: ignore[no-untyped-def] # functions of a story
    for step in steps:
        step(story)
    return story


def _draft(story: Story) -> None:
    tell.file_draft(story, complete=False)
    db.session.commit()


def _recommended(story: Story, entries: tuple[str, ...]) -> Story:
    _run(story, tell.file_draft, tell.submit, tell.take, tell.assess)
    tell.recommend(story, entries)
    return story


def _in_review(story: Story, entries: tuple[str, ...]) -> None:
    tell.concurs(_recommended(story, entries))
    tell.reviews(story, seats=3)


def _deferred(story: Story) -> None:
    _run(story, tell.file_draft, tell.submit, tell.take, tell.assess)
    with story.after(5):
        until = (datetime.now(UTC) + timedelta(days=60)).date()
        decisions.defer(
            story.request, story.who("official"), "No supervisor is free until spring.", until, seen=story.seen
        )
        db.session.commit()


def _declined(story: Story) -> None:
    _run(story, tell.file_draft, tell.submit, tell.take)
    with story.after(4):
        decisions.decline(
            story.request, story.who("official"), "better_elsewhere",
            "The state's own task force serves this need; we gave you its contact.", seen=story.seen,
        )  # fmt: skip
        db.session.commit()


def _withdrawn(story: Story) -> None:
    _run(story, tell.file_draft, tell.submit, tell.take)
    with story.after(3):
        filing.withdraw(story.request, story.who("head"), "Our council wants to look at it first.", seen=story.seen)
        db.session.commit()


def _agreements(story: Story, entries: tuple[str, ...], status: str) -> None:
    """One request with several programs approved, its agreements all in this status."""
    tell.concurs(_recommended(story, entries))
    tell.reviews(story)
    tell.decides(story)
    with story.after(3):
        for entry in entries:
            tell.draft(story, entry, status)


def print_sign_ins() -> None:
    """Everybody's address, by what they are; one password for all."""
    click.echo("\nSign in with one of these addresses; every password is:\n\n    " + PASSWORD + "\n")
    people = db.session.scalars(select(Person).order_by(Person.agency_id.is_(None), Person.email)).unique()
    for person in people:
        place = person.agency.name if person.agency else f"ICE, {person.office.name if person.office else ''}"
        click.echo(f"  {person.email:<42} {person.name}, {person.title} ({place})")
    click.echo()
