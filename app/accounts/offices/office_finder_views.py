"""The public office finder: which office serves a place."""

from flask import render_template, request

from app.accounts.agencies.blueprint import blueprint
from app.accounts.models import INVESTIGATIONS
from app.accounts.offices.operations import offices_of_kind, serves
from app.accounts.offices.routing import candidates
from app.accounts.place_names import STATE_NAMES, state_code
from app.security import public
from app.text import clean_filter


@blueprint.get("/offices")
@public
def offices() -> str:
    """Which office serves a place."""
    typed = clean_filter(request.args.get("state", ""), 100)
    county = clean_filter(request.args.get("county", ""), 120)
    state = state_code(typed) or ""
    return render_template(
        "accounts/office_finder.html", states=sorted(STATE_NAMES.items(), key=lambda item: item[1]), state=state,
        typed=typed, county=county, state_name=STATE_NAMES.get(state, ""),
        found=[(office, serves(office)) for office in (candidates(state, county) if state else [])],
        investigations=offices_of_kind(INVESTIGATIONS),
    )  # fmt: skip
