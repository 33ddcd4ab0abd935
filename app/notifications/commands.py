"""`flask deliver` sends what waits in the outbox; `flask daily` does what is due once a day."""

import time

import click
from flask.cli import with_appcontext

from app.notifications import daily
from app.notifications.delivery import deliver


@click.command("deliver")
@click.option("--forever", is_flag=True, help="Go on until stopped, looking every few seconds.")
@click.option("--every", default=3.0, show_default=True, help="Seconds between two looks.")
@with_appcontext
def deliver_command(forever: bool, every: float) -> None:
    """Send waiting mail once, or for ever."""
    sent = failed = 0
    while True:
        now_sent, now_failed = deliver()
        sent, failed = sent + now_sent, failed + now_failed
        if now_sent:
            continue  # there may be more
        if not forever:
            break
        time.sleep(every)
    click.echo(f"sent {sent}, failed {failed}")


@click.command("daily")
@with_appcontext
def daily_command() -> None:
    """Do what is due once a day: reminders, what is late, digests. Harmless when run more often."""
    daily.run_all()
    click.echo(f"{len(daily.ERRANDS)} errands done")
