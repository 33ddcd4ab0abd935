"""Ties accounts to the application: sign-in, people, agencies and offices."""

from flask import Flask

from app.accounts import (
    admin_views,
    commands,
    cover_views,
    handover_views,
    kept_views,
    link_views,
    notice_views,
    office_views,
    people_views,
    proposal_views,
    sessions,
    views,
)
from app.accounts.people import wishes_of
from app.notifications.wishes import wishes


def init_app(app: Flask) -> None:
    """Registers everything of this package."""
    sessions.init_app(app)
    wishes.lookup = wishes_of
    for pages in (
        views,
        link_views,
        people_views,
        admin_views,
        office_views,
        proposal_views,
        notice_views,
        handover_views,
        kept_views,
        cover_views,
    ):
        app.register_blueprint(pages.blueprint)
    for group in (commands.agencies, commands.offices, commands.agreements, commands.administrator):
        app.cli.add_command(group)
