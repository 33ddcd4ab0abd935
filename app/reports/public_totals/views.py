"""The public totals, without small numbers, and the agreements in force as a file."""

from typing import Final

from flask import Blueprint, Response, abort, redirect, render_template, stream_with_context, url_for
from flask.typing import ResponseReturnValue

from app.accounts.place_names import STATE_NAMES
from app.agreements_in_force.views import typed_filters
from app.deadlines.business_days import last_months
from app.policy import Actor, Role
from app.programs.catalog import CATALOG
from app.reports.exports.downloads import card_file, cards_workbook, list_csv, list_workbook, table_file
from app.reports.exports.exported_lists import LISTS
from app.reports.public_totals.cards import PublicTotals, public_cards
from app.reports.public_totals.counts import public_counts
from app.reports.public_totals.snapshots import Snapshot, snapshot_of
from app.security import public
from app.workflow.clocks.operations import today
from app.workflow.journey.decline_reasons import DECLINE_WORDS

blueprint = Blueprint("public_totals", __name__, url_prefix="/in-numbers")
# Who reads the published agreements for a file.
COUNTING: Final = Actor(id=None, name="Public totals", roles=frozenset({Role.AUDITOR}), is_headquarters=True)
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


@blueprint.get("/agreements.<any(csv, xlsx):kind>")
@public
def agreements_file(kind: str) -> Response:
    """The list of agreements in force as a file, as filtered."""
    listed, filters = LISTS["agreements-in-force"], typed_filters()
    name = f"agreements-in-force-{today()}"
    if kind == "xlsx":
        return list_workbook(listed, COUNTING, filters, name)
    return table_file(stream_with_context(list_csv(listed, COUNTING, filters)), name, "csv")


def _totals() -> Snapshot[PublicTotals] | None:
    """The totals as last counted; None while they are counted for the first time."""
    return snapshot_of("public-totals", PublicTotals, _counted)


def _counted() -> PublicTotals:
    counts = public_counts(last_months(today(), MONTHS)[0])
    return PublicTotals(public_cards(counts, states=STATE_NAMES, programs=CATALOG.labels, reasons=DECLINE_WORDS))
