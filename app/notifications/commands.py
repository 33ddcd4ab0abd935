"""`flask deliver` sends what waits in the outbox; `flask digest` and `flask daily` do what is due once a day."""

import time

import click
from flask.cli import with_appcontext

from app.extensions import db
from app.notifications.daily_jobs import run_daily_jobs
from app.notifications.delivery import can_deliver, deliver_mail, send_digests_when_due
from app.notifications.digest import send_digests


@click.command("deliver")
@click.option("--forever", is_flag=True, help="Go on until stopped, looking every few seconds.")
@click.option("--every", default=3.0, show_default=True, help="Seconds between two looks.")
@with_appcontext
def deliver_command(forever: bool, every: float) -> None:
    """Send waiting mail once, or for ever."""
    if not can_deliver():
        raise click.ClickException("Set MAIL_URL to smtp://… or smtps://…: nothing was sent, and all mail waits.")
    sent = failed = 0
    while True:
        send_digests_when_due()
        now_sent, now_failed = deliver_mail()
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
    """Do what is due once a day: reminders, what is late. Harmless when run more often."""
    click.echo(f"{run_daily_jobs()} jobs done")


@click.command("digest")
@with_appcontext
def digest_command() -> None:
    """Make one mail a person of everything held for their daily summary, now; `flask deliver` sends it."""
    gathered = send_digests()
    db.session.commit()
    click.echo(f"summaries {gathered}")
