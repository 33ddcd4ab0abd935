"""`flask administrator`: makes the first administrator."""

from collections.abc import Sequence

import click
from email_validator import EmailNotValidError, validate_email
from flask import current_app
from flask.cli import AppGroup
from sqlalchemy import select

from app import audit
from app.accounts.models import Person, RoleGrant
from app.accounts.offices.operations import headquarters, load_offices
from app.accounts.sign_in.mail_links import make_link
from app.extensions import db
from app.policy import Role
from app.text import BadText, clean_line

administrator = AppGroup("administrator", help="The first administrator, and the second who confirms.")


def _administrators() -> Sequence[Person]:
    query = select(Person).join(RoleGrant, RoleGrant.person_id == Person.id)
    return db.session.scalars(query.where(RoleGrant.role == Role.ADMINISTRATOR.value, Person.active)).all()


@administrator.command("create")
@click.argument("email")
@click.argument("name")
def create_administrator(email: str, name: str) -> None:
    """Make the first or the second administrator, and print a link that works once; these two make all others."""
    if len(_administrators()) > 1:
        click.echo("There are two administrators already; they invite others on their page.", err=True)
        raise SystemExit(2)
    load_offices()
    try:
        address = validate_email(email, check_deliverability=False, test_environment=True).normalized.casefold()
        office = headquarters()
        person = Person(email=address, name=clean_line(name), office_id=office.id if office else None)
    except (EmailNotValidError, BadText) as fault:
        click.echo(str(fault), err=True)
        raise SystemExit(2) from None
    person.grants = [RoleGrant(role=Role.ADMINISTRATOR.value)]
    db.session.add(person)
    db.session.flush()  # its key is in the link
    link = make_link(person, "invitation")
    audit.record_system("administrator_made", details={"person": str(person.id)})
    db.session.commit()
    click.echo(f"{current_app.config['BASE_URL']}{link}")
