"""`flask agencies`, `flask offices`: import public lists row by row; what is there already is not added twice."""

import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import click
from flask.cli import AppGroup

from app import audit
from app.accounts.imports import agency_import as imports_agencies
from app.accounts.imports import service_area_import
from app.accounts.imports.import_report import ImportReport, UnreadableFile
from app.accounts.offices.operations import load_offices
from app.extensions import db

agencies = AppGroup("agencies", help="Law-enforcement agencies.")
offices = AppGroup("offices", help="ICE's offices and the areas they serve.")

FILE = click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
DRY_RUN = click.option("--dry-run", is_flag=True, help="Say what would happen; keep nothing.")


@agencies.command("import")
@FILE
@DRY_RUN
def import_agencies(file: Path, dry_run: bool) -> None:
    """Take in the FBI's police-employee CSV: agencies with ORI, state, county, kind, population, officers."""
    import_file("agencies", imports_agencies.read_agencies, imports_agencies.import_agencies, file, dry_run)


@offices.command("import")
@FILE
@DRY_RUN
def import_areas(file: Path, dry_run: bool) -> None:
    """Take in a CSV of office, state and county: the areas of the detention offices."""
    import_file("areas", service_area_import.read_areas, service_area_import.import_areas, file, dry_run)


@offices.command("seed")
def seed_offices() -> None:
    """Add the offices that the product knows and the database does not."""
    added = load_offices()
    db.session.commit()
    click.echo(f"added {added}")


def import_file(
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
