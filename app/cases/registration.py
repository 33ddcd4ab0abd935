"""Ties the case pages to the application: the queue, the case, the agency's status page, and every page's head."""

from flask import Flask

from app.agency_requests.request_page import PageParts, register_page_parts
from app.cases.agency_home import views as agency_home_views
from app.cases.case_page import advice_views, due_date_views, views
from app.cases.case_page.context import request_context
from app.cases.case_page.headline import headline
from app.cases.queue import bulk_views, filters, saved_view_views, saved_views
from app.cases.related import views as related_views  # fmt: skip
from app.cases.search.indexing import search_index_command
from app.deadlines.clocks import CLOCK_WORDS
from app.needs.finder_questions import TOPICS
from app.notifications.daily_jobs import daily_jobs
from app.policy import ROLE_WORDS, Role, Side
from app.programs.catalog import CATALOG
from app.workflow.journey.journeys import INFOS
from app.workflow.journey.request_journey import STAFF_STATUS_WORDS
from app.workflow.journey.statuses import Machine


def init_app(app: Flask) -> None:
    """Registers everything of this package."""
    app.add_url_rule("/home", "agency_requests.home", agency_home_views.home)  # named with the agency's other pages
    for part in (views, advice_views, related_views, bulk_views, due_date_views, saved_view_views):
        app.register_blueprint(part.blueprint)
    app.cli.add_command(search_index_command)
    register_page_parts(app, PageParts(headline=headline, context=request_context))
    daily_jobs(app).append(saved_views.alert_followers)
    app.jinja_env.globals.update(
        clock_words=CLOCK_WORDS,
        program_words=CATALOG.label,
        role_name=lambda role: ROLE_WORDS[Role(role)],
        topic_words=lambda key: {topic.key: topic.label for topic in TOPICS}.get(key, key),
        sort_words=sort_words,
        staff_words=STAFF_STATUS_WORDS,
        words_of=status_words,
    )


def status_words(machine: Machine, status: str) -> str:
    """A status of either machine in words."""
    return INFOS[machine][status].label_for(Side.AGENCY)


def sort_words(sort: str) -> str:
    """The order of a list in words."""
    words = filters.SORTS[sort.removeprefix("-")].lower()
    if sort.removeprefix("-") in {"due", "age"}:
        return {"due": "due first", "-due": "due last", "age": "youngest first", "-age": "oldest first"}[sort]
    return f"by {words}{', backwards' if sort.startswith('-') else ''}"
