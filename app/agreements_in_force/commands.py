"""`flask agreements`: imports ICE's workbook of agreements in force."""

from pathlib import Path

from flask.cli import AppGroup

from app.accounts.imports.commands import DRY_RUN, FILE, import_file
from app.agreements_in_force import importing

agreements = AppGroup("agreements", help="Agreements in force, as ICE publishes them.")


@agreements.command("import")
@FILE
@DRY_RUN
def import_agreements(file: Path, dry_run: bool) -> None:
    """Take in ICE's workbook of 287(g) agreements in force (.xlsx)."""
    import_file("agreements", importing.read_agreements, importing.import_agreements, file, dry_run)
