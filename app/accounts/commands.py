"""`flask agencies`, `flask offices`, `flask agreements`: public lists come in, row by row, and nothing twice."""

import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import click
from email_validator import EmailNotValidError, validate_email
from flask import current_app
from flask.cli import AppGroup
from sqlalchemy import select

from app import audit
from app.accounts.imports import agencies as imports_agencies
from app.accounts.imports import service_areas
from app.accounts.imports.reading import ImportReport, UnreadableFile
from app.accounts.models import Person, RoleGrant
from app.accounts.offices.operations import headquarters, load_offices
from app.accounts.sign_in.mail_links import make_link
from app.agreements_in_force import importing
from app.extensions import db
from app.policy import Role
from app.text import BadText, clean_line

agencies = AppGroup("agencies", help="Law-enforcement agencies.")
offices = AppGroup("offices", help="ICE's offices and the areas they serve.")
agreements = AppGroup("agreements", help="Agreements in force, as ICE publishes them.")

FILE = click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
DRY_RUN = click.option("--dry-run", is_flag=True, help="Say what would happen; keep nothing.")


@agencies.command("import")
@FILE
@DRY_RUN
def import_agencies(file: Path, dry_run: bool) -> None:
    """Take in the FBI's police-employee CSV: agencies with ORI, state, county, kind, population, officers."""
    _import("agencies", imports_agencies.read_agencies, imports_agencies.import_agencies, file, dry_run)


@offices.command("import")
@FILE
@DRY_RUN
def import_areas(file: Path, dry_run: bool) -> None:
    """Take in a CSV of office, state and county: the areas of the detention offices."""
    _import("areas", service_areas.read_areas, service_areas.import_areas, file, dry_run)


@offices.command("seed")
def seed_offices() -> None:
    """Add the offices that the product knows and the database does not."""
    added = load_offices()
    db.session.commit()
    click.echo(f"added {added}")


@agreements.command("import")
@FILE
@DRY_RUN
def import_agreements(file: Path, dry_run: bool) -> None:
    """Take in ICE's workbook of 287(g) agreements in force (.xlsx)."""
    _import("agreements", importing.read_agreements, importing.import_agreements, file, dry_run)


def _import(
    what: str,
    read: Callable[[Path], Sequence[Any]],
    take: Callable[[Iterable[Any]], ImportReport],
    file: Path,
    dry_run: bool,
) -> None:
    """Reads the file, takes it in under a progress bar, and says what came of it."""
    try:
        rows = read(file)
    except UnreadableFile as fault:
        click.echo(str(fault), err=True)
        raise SystemExit(2) from None
    with click.progressbar(rows, label=f"Reading {what}", file=sys.stderr) as bar:
        report = take(bar)
    if dry_run:
        db.session.rollback()
    else:
        audit.record_system("imported", details={"what": what, "file": file.name} | report.counts)
        db.session.commit()
    for line in report.explanations():
        click.echo(line, err=True)
    if dry_run:
        click.echo("Nothing was kept: this was a dry run.", err=True)
    click.echo(report.closing_line)


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
