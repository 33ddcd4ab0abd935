"""Reports over a period: on the page, on paper, and each table as a file."""

from collections.abc import Sequence

from flask import Blueprint, Response, abort, render_template, request, url_for

from app.cases.queue.queries import office_choices, parse_key
from app.extensions import now
from app.policy import Permission
from app.programs.catalog import CATALOG
from app.reports.card import FigureCard
from app.reports.caseload import caseload, status_moves
from app.reports.exports.downloads import card_file, cards_workbook
from app.reports.period_report import cards as period_report_cards
from app.reports.period_report.forms import PeriodForm
from app.reports.period_report.outcomes import reported_refusals, requested_programs
from app.reports.status_durations import status_stays
from app.security import acting, requires
from app.workflow.clocks.operations import today
from app.workflow.journey.decline_reasons import DECLINE_WORDS

blueprint = Blueprint("period_report", __name__, url_prefix="/reports")


@blueprint.get("")
@requires(Permission.REPORT_READ)
def show() -> str | tuple[str, int]:
    """The report of a period, every card below the other so that it prints."""
    form = PeriodForm(request.args, today(), office_choices())
    if not form.validate():
        return render_template("reports/report.html", form=form, cards=(), period=None), 422
    return render_template(
        "reports/report.html",
        form=form,
        period=form.chosen,
        office=dict(office_choices()).get(form.office.data, ""),
        cards=_cards(form),
        file=lambda key, kind: url_for(".download", key=key, kind=kind, **form.address),
        as_of=now(),
    )


@blueprint.get("/<key>.<any(csv, xlsx):kind>")
@requires(Permission.REPORT_READ)
def download(key: str, kind: str) -> Response:
    """One table of the report, or "report" for all of them in one workbook."""
    form = PeriodForm(request.args, today(), office_choices())
    if not form.validate():
        abort(422)
    cards = _cards(form)
    wanted = cards if key == "report" else [card for card in cards if card.key == key]
    if not wanted or (key == "report" and kind == "csv"):
        abort(404)
    name = f"{key}-{form.chosen.first}-{form.chosen.last}"
    return cards_workbook(name, wanted) if kind == "xlsx" else card_file(wanted[0], name)


def _cards(form: PeriodForm) -> Sequence[FigureCard]:
    """The cards, from a constant number of reads."""
    period = form.chosen
    office = parse_key(form.office.data) if form.office.data else None
    loads, moved = caseload(acting(), office), status_moves(acting(), office, since=period.first)
    finished = status_stays(moved)
    received = {load.case_id for load in loads if load.received in period}
    cards = (
        period_report_cards.funnel_card(loads, moved, period),
        period_report_cards.flow_card(loads, moved, period),
        period_report_cards.times_card(finished, period),
        period_report_cards.total_time_card(finished, moved, period),
        period_report_cards.office_card(loads, moved, period),
        period_report_cards.refusals_card(reported_refusals(acting(), office), period, DECLINE_WORDS),
        period_report_cards.programs_card(requested_programs(acting(), office, period), received, CATALOG.labels),
    )
    return [card for card in cards if card]
