"""The first page of an agency's people."""

from typing import Final

from flask import redirect, render_template, request
from sqlalchemy import select
from werkzeug.wrappers import Response

from app.accounts.models import Agency, Person
from app.agency_requests.check_answers import queries
from app.agreements_in_force import queries as agreements_in_force
from app.cases.agency_home.queries import AgencyHome
from app.cases.queue.queries import LONGEST_SEARCH
from app.cases.search.queries import where_found
from app.extensions import db
from app.policy import Permission, Side
from app.security import acting, requires
from app.text import clean_filter
from app.workflow.journey.request_journey import CLOSED

MANY: Final = 5  # requests from which on one may want to search them


@requires(Permission.REQUEST_READ)
def home() -> Response | str:
    """What waits for the reader, the agency's requests, agreements and team."""
    actor = acting()
    if actor.side is not Side.AGENCY:
        return redirect("/queue", 303)
    agency, page = db.get_or_404(Agency, actor.agency_id), AgencyHome(actor)
    words = clean_filter(request.args.get("q", ""), LONGEST_SEARCH)
    keys = [each.id for each in page.requests]
    found = where_found(words, Side.AGENCY, keys)
    team = select(Person).where(Person.agency_id == actor.agency_id, Person.active).order_by(Person.name, Person.id)
    return render_template(
        "cases/agency_home.html",
        agency=agency,
        home=page,
        requests=[each for each in page.requests if each.id in found] if words else page.requests,
        words=words,
        found=found,
        has_any=bool(keys),
        may_search=bool(words) or len(keys) >= MANY,
        open_requests=[each for each in page.requests if each.status not in CLOSED],
        title_of=queries.title_of,
        team=db.session.scalars(team).all(),
        in_force=agreements_in_force.of_agency(agency.id),
    )
