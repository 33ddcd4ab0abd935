"""What anybody may know: totals without small numbers, and the agreements in force as ICE publishes them."""

from collections.abc import Mapping, Sequence
from typing import Final

from flask import Blueprint, Response, abort, current_app, render_template, request, stream_with_context, url_for
from us.states import STATES_AND_TERRITORIES

from app.accounts.directory import Listing
from app.accounts.models import KnownAgreement
from app.accounts.tile_grid import tile_map
from app.assessment.decisions import DECLINE_WORDS
from app.assessment.order import NAMES
from app.audit import Event
from app.clocks import last_months
from app.extensions import db, now
from app.guards import public
from app.intake.models import AgencyRequest
from app.policy import Actor, Role
from app.reports import totals
from app.reports.cards import Card
from app.reports.caseload import caseload, moves
from app.reports.downloads import attachment, card_file, cards_workbook, list_csv, list_workbook
from app.reports.known import chosen_agreements, counted_by_state, support_types
from app.reports.lists import LISTS
from app.reports.outcomes import refusals, wishes
from app.reports.stays import stays
from app.text import visible
from app.workflow.timing import today

blueprint = Blueprint("transparency", __name__, url_prefix="/in-numbers")
# Counts for everybody, as oversight sees them; only what totals.py lets through leaves this module.
COUNTING: Final = Actor(id=None, name="Public totals", roles=frozenset({Role.AUDITOR}), is_headquarters=True)
STATES: Final = {place.abbr: place.name for place in STATES_AND_TERRITORIES} | {"DC": "District of Columbia"}
FILTERS: Final = ("words", "state", "support")
PAGE: Final = 50
MONTHS: Final = 12  # of which the times of each step are told


@blueprint.get("")
@public
def show() -> str:
    """The totals, each with its table and a download."""
    return render_template("reports/in_numbers.html", cards=_cards(), as_of=now())


@blueprint.get("/<key>.<any(csv, xlsx):kind>")
@public
def download(key: str, kind: str) -> Response:
    """One table as CSV, or all of them as a workbook."""
    cards = _cards()
    if key == "totals" and kind == "xlsx":
        return cards_workbook(f"totals-{today()}", cards)
    card = next((card for card in cards if card.key == key), None)
    if card is None or kind == "xlsx":
        abort(404)
    return card_file(card, f"{key}-{today()}")


@blueprint.get("/agreements")
@public
def agreements() -> str:
    """The agreements in force, by state and agency."""
    filters = _filters()
    listing = _listing(filters, request.args.get("page", 1, type=int))
    return render_template(
        "reports/agreements.html",
        listing=listing,
        map=tile_map(counted_by_state(filters), own=filters["state"]),
        filters=filters,
        on=sum(1 for value in filters.values() if value),
        states=list(STATES.items()),
        state_names=STATES,
        supports=[(name, name) for name in support_types()],
        address=url_for(".agreements", **filters, page="PAGE"),
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
    return {name: visible(request.args.get(name, "").strip()[:100]) for name in FILTERS}


def _listing(filters: Mapping[str, str], page: int) -> Listing[KnownAgreement]:
    query = chosen_agreements(filters)
    total = db.session.scalar(db.select(db.func.count()).select_from(query.order_by(None).subquery())) or 0
    shown = min(max(page, 1), max(1, -(-total // PAGE)))
    return Listing(db.session.scalars(query.limit(PAGE).offset((shown - 1) * PAGE)).all(), total, shown, PAGE)


def _cards() -> Sequence[Card]:
    """The totals; counted anew only when something happened since, because anybody may ask at any time."""
    state = (today(), *db.session.execute(_CHANGES).one())
    kept: dict[object, Sequence[Card]] = current_app.extensions.setdefault("public_totals", {})
    if state not in kept:
        cards = _counted()
        kept.clear()
        kept[state] = cards
    return kept[state]


_CHANGES: Final = db.select(
    db.select(db.func.max(Event.id)).scalar_subquery(),
    db.select(db.func.count(AgencyRequest.id)).scalar_subquery(),
    db.select(db.func.max(AgencyRequest.updated_at)).scalar_subquery(),
)


def _counted() -> Sequence[Card]:
    since = last_months(today(), MONTHS)[0]
    loads, moved = caseload(COUNTING), moves(COUNTING, since=since)
    cards = (
        totals.status_card(loads),
        totals.times_card([stay for stay in stays(moved) if stay.ended >= since]),
        totals.state_card(loads, STATES),
        totals.refusals_card(loads, refusals(COUNTING), DECLINE_WORDS),
        totals.program_card(wishes(COUNTING), NAMES),
    )
    return [card for card in cards if card]
