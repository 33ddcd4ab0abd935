"""The dashboard: how the requests a person sees are doing, as cards that can be downloaded."""

from collections.abc import Sequence
from functools import partial

from flask import Blueprint, Response, abort, render_template, request, url_for

from app.cases.queue.queries import office_choices, parse_key
from app.deadlines.business_days import last_months
from app.extensions import now
from app.policy import Permission
from app.reports.card import FigureCard
from app.reports.caseload import caseload, durations, status_moves
from app.reports.dashboard import cards as dashboard_cards
from app.reports.dashboard.attention import things_to_look_at
from app.reports.dashboard.cards import DashboardFigures
from app.reports.exports.downloads import card_file
from app.security import acting, requires
from app.workflow.clocks.operations import today
from app.workflow.clocks.targets import targets

blueprint = Blueprint("dashboard", __name__, url_prefix="/dashboard")
MONTHS = (("3", "Last 3 months"), ("6", "Last 6 months"), ("12", "Last 12 months"))
USUAL = "6"


@blueprint.get("")
@requires(Permission.REPORT_READ)
def show() -> str:
    """Five figures, what to look at, and the cards."""
    counted, cards = _gathered(chosen := _chosen())
    return render_template(
        "reports/dashboard.html",
        figures=counted,
        notes=things_to_look_at(counted, cards),
        cards=cards,
        chosen=chosen,
        offices=office_choices(),
        months=MONTHS,
        queue=partial(url_for, "cases.queue", view="all", office=chosen["office"] or None),
        as_of=now(),
    )


@blueprint.get("/<key>.csv")
@requires(Permission.REPORT_READ)
def download(key: str) -> Response:
    """The figures of one card, as chosen on the page."""
    _, cards = _gathered(_chosen())
    card = next((card for card in cards if card.key == key), None) or abort(404)
    return card_file(card)


def _chosen() -> dict[str, str]:
    """The office and the months that the address asks for; what cannot be is every office and the usual months."""
    office, months = request.args.get("office", ""), request.args.get("months", USUAL)
    return {
        "office": office if office in dict(office_choices()) else "",
        "months": months if months in dict(MONTHS) else USUAL,
    }


def _gathered(chosen: dict[str, str]) -> tuple[DashboardFigures, Sequence[FigureCard]]:
    """The figures and the cards, counted from three reads."""
    office = parse_key(chosen["office"]) if chosen["office"] else None
    day, months = today(), last_months(today(), int(chosen["months"]))
    everything, moved = caseload(acting(), office), status_moves(acting(), office, since=months[0])
    loads = [load for load in everything if load.is_open]
    cards = (
        dashboard_cards.flow_card([load.received for load in everything], moved, months),
        dashboard_cards.steps_card(durations(acting(), office, since=months[0]), targets()),
        dashboard_cards.waiting_on_card(loads, day),
        dashboard_cards.due_card(loads, day),
        dashboard_cards.status_card(loads, day),
        dashboard_cards.age_card(loads, day),
        dashboard_cards.office_card(loads, day),
        dashboard_cards.people_card(loads, day),
    )
    return dashboard_cards.dashboard_figures(loads, day), cards
