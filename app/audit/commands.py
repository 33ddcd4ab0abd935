"""`flask audit head` prints what to keep elsewhere; `flask audit verify` walks the record."""

import sys
from collections.abc import Iterable

import click
from flask.cli import AppGroup, with_appcontext

from app.audit import verification
from app.extensions import only_reading

audit_commands = AppGroup("audit", help="The record of who did what.")


@audit_commands.command("head")
@with_appcontext
def head() -> None:
    """Print the length and last hash of each chain, to be stored where nobody with access to this server can write."""
    with only_reading():
        for line in verification.heads():
            click.echo(line)


@audit_commands.command("verify")
@click.option("--head", "kept", type=click.File(), help="What `flask audit head` printed earlier; - reads the input.")
@with_appcontext
def verify(kept: Iterable[str] | None) -> None:
    """Check the whole record, every status and every frozen file; exit status 1 when something was changed."""
    count = 0
    with only_reading():
        for fault in verification.verify(kept or ()):
            count += 1
            click.echo(fault, err=True)
        click.echo(f"{verification.size()} events read, {count} faults found")
    sys.exit(1 if count else 0)
