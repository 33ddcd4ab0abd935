"""Ties accounts to the application: sign-in, people, agencies and offices."""

from flask import Flask

from app.accounts import commands
from app.accounts.administration import mail_log_views
from app.accounts.administration import views as administration_views
from app.accounts.agencies import access_request_views, head_transfer_views, team_views
from app.accounts.delegation import views as delegation_views
from app.accounts.imports import commands as import_commands
from app.accounts.offices import office_finder_views
from app.accounts.offices import views as offices_views
from app.accounts.people.operations import mail_preferences_of
from app.accounts.roles import views as roles_views
from app.accounts.sign_in import account_views, saved_form_views, sessions, views
from app.notifications.preferences import register_preferences


def init_app(app: Flask) -> None:
    """Registers everything of this package."""
    sessions.init_app(app)
    register_preferences(app, mail_preferences_of)
    pages = (
        views,
        account_views,
        access_request_views,
        team_views,
        office_finder_views,
        administration_views,
        offices_views,
        roles_views,
        mail_log_views,
        head_transfer_views,
        saved_form_views,
        delegation_views,
    )
    for blueprint in dict.fromkeys(each.blueprint for each in pages):
        app.register_blueprint(blueprint)
    for group in (import_commands.agencies, import_commands.offices, commands.administrator):
        app.cli.add_command(group)
