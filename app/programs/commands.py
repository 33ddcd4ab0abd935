"""`flask rank FILE.json [--json]`: rank the programs for an agency described in a file. Nothing is stored."""

from pathlib import Path

import click

from app.needs.consistency import contradictions_in
from app.needs.profile import BadProfile, Profile, read_profile
from app.needs.scoring import RankedProgram, Ranking, rank
from app.programs.catalog import CATALOG

TOP = 3


@click.command("rank")
@click.argument("file", metavar="FILE.json", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print JSON for another system.")
@click.pass_context
def rank_command(context: click.Context, file: Path, as_json: bool) -> None:
    """Rank the programs for the agency and the answers in FILE.json."""
    try:
        profile = read_profile(file)
    except BadProfile as fault:
        click.echo(str(fault), err=True)
        context.exit(2)
    for contradiction in contradictions_in(profile.answers):
        click.echo(f"Warning: {contradiction.sentence}", err=True)
    ranking = rank(profile.answers, CATALOG.scores)
    click.echo(ranking.dumps() if as_json else table(ranking, profile), nl=not as_json)


def table(ranking: Ranking, profile: Profile) -> str:
    """The ranking for people: a line for each program, its main reasons below."""
    name = profile.agency.get("name", "An agency")
    head = f"{name}: {len(ranking.entries)} entries, version {ranking.catalogue_version}"
    widest = max(len(entry.name) for entry in ranking.entries)
    titles = f"    {'Program':<{widest}}  {'Availability':<18}  Score  Up to  Coverage"
    lines = [line for place, entry in enumerate(ranking.entries, 1) for line in _lines(place, entry, widest)]
    note = "Scores are a starting point. Scores less than 10 points apart are comparable. People decide."
    return "\n".join([head, "", titles, *lines, "", note])


def _lines(place: int, entry: RankedProgram, widest: int) -> list[str]:
    first = (
        f"{place:>2}  {entry.name:<{widest}}  {entry.availability.label:<18}"
        f"  {entry.score:>5.1f}  {entry.up_to:>5.1f}  {entry.coverage:>8.0%}"
    )
    reasons = [f"      {reason.contribution:>+5.1f}  {reason.reason}" for reason in entry.top_reasons[:TOP]]
    closed = [f"             {gate.reason}" for gate in entry.gates if gate.change]
    return [first, *closed, *reasons]
