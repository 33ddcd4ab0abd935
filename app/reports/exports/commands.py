"""`flask exports` prepares the files that people asked for."""

import time

import click
from flask.cli import with_appcontext

from app.reports.exports.operations import work_on_exports


@click.command("exports")
@click.option("--forever", is_flag=True, help="Go on until stopped, looking every few seconds.")
@click.option("--every", default=3.0, show_default=True, help="Seconds between two looks.")
@with_appcontext
def exports_command(forever: bool, every: float) -> None:
    """Prepare the files that wait, once or for ever."""
    done = 0
    while True:
        if work_on_exports():
            done += 1
            continue  # there may be more
        if not forever:
            break
        time.sleep(every)
    click.echo(f"prepared {done}")
