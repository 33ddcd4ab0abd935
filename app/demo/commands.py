"""`flask demo` fills an empty database with the demonstration, and prints how to sign in."""

import sys

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy import func, select

from app.accounts.models import Person
from app.demo.people import PASSWORD, make_people
from app.demo.stories import scenes
from app.extensions import db


@click.command("demo")
@with_appcontext
def demo() -> None:
    """Load the demonstration into an empty database, and print its sign-ins."""
    if not current_app.config["DEMONSTRATION"]:
        click.echo("The demonstration has people with a known password. Set DEMONSTRATION=yes to load it.", err=True)
        sys.exit(2)
    if not db.session.scalar(select(func.count()).select_from(Person)):
        load()
    print_sign_ins()


def load() -> None:
    """Sixty requests of every status and age in six offices, and every instrument in every status up to drafted."""
    people = make_people()
    db.session.commit()
    told = scenes(people)
    with click.progressbar(told, label="Telling the demonstration", file=sys.stderr) as shown:
        for scene in shown:
            scene()


def print_sign_ins() -> None:
    """Everybody's address, by what they are; one password for all."""
    click.echo("\nSign in with one of these addresses; every password is:\n\n    " + PASSWORD + "\n")
    people = db.session.scalars(select(Person).order_by(Person.agency_id.is_(None), Person.email)).unique()
    for person in people:
        place = person.agency.name if person.agency else f"ICE, {person.office.name if person.office else ''}"
        click.echo(f"  {person.email:<42} {person.name}, {person.title} ({place})")
    click.echo()
