"""`flask journey` prints the two tables."""

import json

import click

from app.workflow.diagram import as_json, as_mermaid
from app.workflow.journey.statuses import Machine


@click.command("journey")
@click.option("--json", "wants_json", is_flag=True, help="One entry an edge, for other programs.")
def journey(wants_json: bool) -> None:
    """Print both journeys, as Mermaid diagrams or as JSON."""
    if wants_json:
        click.echo(json.dumps(as_json(), indent=2))
        return
    click.echo("\n\n".join(as_mermaid(machine) for machine in Machine))
