"""What anybody may know: totals without small numbers, and the agreements in force as ICE publishes them."""

from typing import Final

from flask import Blueprint, Response, abort, redirect, render_template, request, stream_with_context, url_for
from flask.typing import ResponseReturnValue
from us.states import STATES_AND_TERRITORIES

from app.agreements_in_force.tile_map import tile_map
from app.deadlines.business_days import last_months
from app.pagination import page_number, page_of
from app.policy import Actor, Role
from app.programs.catalog import CATALOG
from app.reports.exports.downloads import attachment, card_file, cards_workbook, list_csv, list_workbook
from app.reports.exports.lists import LISTS
from app.reports.public_totals.cards import PublicTotals, public_cards
from app.reports.public_totals.counts import public_counts
from app.reports.public_totals.published_agreements import chosen_agreements, counted_by_state, support_types
from app.reports.public_totals.snapshots import Snapshot, snapshot_of
from app.security import public
from app.text import clean_filter
from app.workflow.clocks.operations import today
from app.workflow.journey.reasons import DECLINE_WORDS

blueprint = Blueprint("public_totals", __name__, url_prefix="/in-numbers")
# Who reads the published agreements for a file.
COUNTING: Final = Actor(id=None, name="Public totals", roles=frozenset({Role.AUDITOR}), is_headquarters=True)
STATES: Final = {place.abbr: place.name for place in STATES_AND_TERRITORIES} | {"DC": "District of Columbia"}
FILTERS: Final = ("words", "state", "support")
MONTHS: Final = 12  # of which the times of each step are told


@blueprint.get("")
@public
def show() -> str:
    """The totals, each with its table and a download."""
    return render_template("reports/in_numbers.html", totals=_totals())


@blueprint.get("/<key>.csv")
@public
def download(key: str) -> ResponseReturnValue:
    """One table as CSV; while it is counted for the first time, the page says so."""
    totals = _totals()
    if totals is None:
        return redirect(url_for(".show"))
    card = next((card for card in totals.content.cards if card.key == key), None) or abort(404)
    return card_file(card, f"{key}-{today()}")


@blueprint.get("/totals.xlsx")
@public
def download_all() -> ResponseReturnValue:
    """Every table, each as a sheet of a workbook."""
    totals = _totals()
    return cards_workbook(f"totals-{today()}", totals.content.cards) if totals else redirect(url_for(".show"))


@blueprint.get("/agreements")
@public
def agreements() -> str:
    """The agreements in force, by state and agency."""
    filters = _filters()
    return render_template(
        "reports/agreements.html",
        listing=page_of(chosen_agreements(filters), page_number()),
        map=tile_map(counted_by_state(filters), own=filters["state"]),
        filters=filters,
        on=sum(1 for value in filters.values() if value),
        states=list(STATES.items()),
        state_names=STATES,
        supports=[(name, name) for name in support_types()],
    )


@blueprint.get("/agreements.<any(csv, xlsx):kind>")
@public
def agreements_file(kind: str) -> Response:
    """The same as a file, as filtered."""
    listed, filters = LISTS["known-agreements"], _filters()
    name = f"agreements-in-force-{today()}"
    if kind == "xlsx":
        return list_workbook(listed, COUNTING, filters, name)
    return attachment(stream_with_context(list_csv(listed, COUNTING, filters)), name, "csv")


def _filters() -> dict[str, str]:
    return {name: clean_filter(request.args.get(name, ""), 100) for name in FILTERS}


def _totals() -> Snapshot[PublicTotals] | None:
    """The totals as last counted; None while they are counted for the first time."""
    return snapshot_of("public-totals", PublicTotals, _counted)


def _counted() -> PublicTotals:
    counts = public_counts(last_months(today(), MONTHS)[0])
    return PublicTotals(public_cards(counts, states=STATES, programs=CATALOG.labels, reasons=DECLINE_WORDS))
