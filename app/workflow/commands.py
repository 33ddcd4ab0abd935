"""`flask journey` prints the two tables; `flask audit verify` walks the record."""

import json
import sys

import click
from flask.cli import AppGroup, with_appcontext

from app import audit
from app.workflow.diagram import as_json, as_mermaid
from app.workflow.journey.statuses import Machine

audit_commands = AppGroup("audit", help="The record of who did what.")


@click.command("journey")
@click.option("--json", "wants_json", is_flag=True, help="One entry an edge, for other programs.")
def journey(wants_json: bool) -> None:
    """Print both journeys, as Mermaid diagrams or as JSON."""
    if wants_json:
        click.echo(json.dumps(as_json(), indent=2))
        return
    click.echo("\n\n".join(as_mermaid(machine) for machine in Machine))


@audit_commands.command("verify")
@with_appcontext
def verify() -> None:
    """Check every chain of the record; exit status 1 when something was changed."""
    count, faults = audit.verify()
    for fault in faults:
        click.echo(fault, err=True)
    click.echo(f"{count} events read, {len(faults)} faults found")
    sys.exit(1 if faults else 0)
