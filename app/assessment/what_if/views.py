"""The order as one types, and a page to try other values on; neither stores anything."""

import uuid

from flask import Blueprint, get_template_attribute, jsonify, render_template, request, url_for
from werkzeug.wrappers import Response

from app.agency_requests.access import get_request
from app.agency_requests.models import AgencyRequest
from app.assessment.what_if.comparison import (
    WhatIfValues,
    change_words,
    compare_rankings,
    comparison_summary,
    parse_what_if,
    what_if_query,
)
from app.assessment.worksheet.typed_worksheet import unchanged_row
from app.assessment.worksheet.view_model import Worksheet, worksheet_of
from app.assessment.worksheet.views import Page, narrowed
from app.forms import BaseForm
from app.policy import Permission
from app.programs.catalog import CATALOG
from app.security import acting, requires

blueprint = Blueprint("what_if", __name__, url_prefix="/cases/<uuid:request_id>")
LONGEST_ADDRESS = 1500  # characters; a longer one is cut by some mail programs


@blueprint.post("/worksheet/order")
@requires(Permission.CASE_READ)
def order(request_id: uuid.UUID) -> Response:
    """The order with the values in the boxes, as a piece of the page, for the script that asks while one types."""
    agency_request = get_request(request_id, acting())
    saved = worksheet_of(agency_request.id)
    what_if_values = parse_what_if(saved, request.form)
    sheet = what_if_values.sheet(saved)
    first = sheet.ranking.entries[0]
    return jsonify(
        html=_order_box(sheet, agency_request.id, is_tried=bool(what_if_values.values)),
        name=first.name,
        score=f"{first.score:.1f}",
        unread=len(what_if_values.problems),
    )


def _order_box(sheet: Worksheet, request_id: uuid.UUID, *, is_tried: bool) -> str:
    """The order as the worksheet draws it."""
    draw, kept = get_template_attribute("assessment/order.html", "order_box"), narrowed()
    here, opened = url_for("assessment.worksheet", request_id=request_id), sheet.entry(kept.get("entry", ""))
    return str(draw(sheet, opened, kept, CATALOG.scores.rules.inferred, here, is_tried=is_tried))


@blueprint.get("/what-if")
@requires(Permission.CASE_READ)
def what_if(request_id: uuid.UUID) -> Page:
    """Boxes with the worksheet's values, to be changed freely; an address may carry some."""
    return _what_if_page(get_request(request_id, acting()), request.args)


@blueprint.post("/what-if")
@requires(Permission.CASE_READ)
def try_values(request_id: uuid.UUID) -> Page:
    """The order before and after with the values in the boxes; nothing is saved."""
    return _what_if_page(get_request(request_id, acting()), request.form)


def _what_if_page(agency_request: AgencyRequest, posted: object) -> Page:
    sheet = worksheet_of(agency_request.id)
    what_if_values = parse_what_if(sheet, posted)  # type: ignore[arg-type] # both are what Werkzeug reads forms into
    moved = compare_rankings(sheet.ranking, what_if_values.ranking(sheet))
    page = render_template(
        "assessment/what_if.html",
        agency_request=agency_request,
        sheet=sheet,
        what_if_values=what_if_values,
        moved=moved,
        summary=comparison_summary(moved),
        tried=change_words(sheet, what_if_values),
        address=_address(agency_request, what_if_values),
        boxes={
            row.key: what_if_values.typed.get(row.key) or unchanged_row(row)
            for section in sheet.sections
            for row in section.rows
        },
        form=BaseForm(),
        form_errors=list(what_if_values.problems),
    )
    return (page, 422) if what_if_values.problems else page


def _address(agency_request: AgencyRequest, what_if_values: WhatIfValues) -> str:
    """The address that shows the same values; "" where nothing was tried, or the address would be too long."""
    if not what_if_values.values:
        return ""
    address = url_for(".what_if", request_id=agency_request.id, _external=True, **what_if_query(what_if_values))
    return address if len(address) <= LONGEST_ADDRESS else ""
