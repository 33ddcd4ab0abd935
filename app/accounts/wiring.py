"""Ties accounts to the application: sign-in, people, agencies and offices."""

from flask import Flask

from app.accounts import admin_views, commands, kept_views, link_views, people_views, sessions, views


def init_app(app: Flask) -> None:
    """Registers everything of this package."""
    sessions.init_app(app)
    for pages in (views, link_views, people_views, admin_views, kept_views):
        app.register_blueprint(pages.blueprint)
    for group in (commands.agencies, commands.offices, commands.agreements, commands.administrator):
        app.cli.add_command(group)
