"""The assessor's pages before a recommendation: the worksheet, the field survey, a finding."""

import uuid
from collections.abc import Mapping, Sequence

from flask import Blueprint, abort, flash, redirect, request, url_for
from sqlalchemy import select

from app.agency_requests.access import get_request
from app.agency_requests.models import AgencyRequest
from app.agency_requests.request_page import render_request_page, request_context
from app.assessment.forms import NoPartnershipForm
from app.assessment.models import NoPartnershipFinding
from app.assessment.worksheet.operations import (
    confirm_answers,
    confirm_measured,
    may_work,
    record_no_partnership,
    refuse_unless_workable,
)
from app.assessment.worksheet.typed_worksheet import USUAL_SOURCES, ParsedGroup, parse_group, unchanged_row
from app.assessment.worksheet.view_model import SHOWN, STAFF, WorksheetSection, worksheet_of
from app.extensions import db
from app.forms import BaseForm
from app.intake.assignment.operations import must_declare
from app.needs.questions import GROUPS
from app.policy import Permission
from app.programs.catalog import CATALOG
from app.security import Page, acting, requires
from app.text import plural

blueprint = Blueprint("assessment", __name__, url_prefix="/cases/<uuid:request_id>")
SURVEY_GROUP = next(group.key for group in GROUPS if group.asked_of == STAFF)
WORKSHEET, SURVEY = "worksheet", "survey"


@blueprint.get("/worksheet")
@requires(Permission.CASE_READ)
def worksheet(request_id: uuid.UUID) -> Page:
    """Every answer with what was confirmed, and the order that the values make."""
    return _sheet_page(get_request(request_id, acting()), WORKSHEET)


@blueprint.get("/survey")
@requires(Permission.CASE_READ)
def survey(request_id: uuid.UUID) -> Page:
    """The questions that staff answer themselves."""
    return _sheet_page(get_request(request_id, acting()), SURVEY)


@blueprint.post("/worksheet/<group>")
@requires(Permission.ASSESSMENT_WORK)
def save_group(request_id: uuid.UUID, group: str) -> Page:
    """Saves whatever was typed into the worksheet, and goes on at the group whose button was pressed."""
    return _save(get_request(request_id, acting()), group, WORKSHEET)


@blueprint.post("/survey")
@requires(Permission.ASSESSMENT_WORK)
def save_survey(request_id: uuid.UUID) -> Page:
    """Saves the field survey."""
    return _save(get_request(request_id, acting()), SURVEY_GROUP, SURVEY)


@blueprint.post("/worksheet")
@requires(Permission.ASSESSMENT_WORK)
def confirm_all(request_id: uuid.UUID) -> Page:
    """Confirms every measured answer that is still open, as the agency gave it."""
    agency_request = get_request(request_id, acting())
    rows = worksheet_of(agency_request.id).rows(staff=False)
    confirmed = confirm_measured(agency_request, acting(), [row.key for row in rows if not row.is_confirmed])
    db.session.commit()
    flash(f"{plural(confirmed, 'measured answer', 'measured answers')} confirmed as the agency gave them.")
    return redirect(url_for(".worksheet", request_id=request_id), 303)


@blueprint.get("/no-partnership")
@requires(Permission.CASE_READ)
def no_partnership(request_id: uuid.UUID) -> Page:
    """The written finding that no partnership fits."""
    return _finding_page(get_request(request_id, acting()), NoPartnershipForm())


@blueprint.post("/no-partnership")
@requires(Permission.ASSESSMENT_WORK)
def write_finding(request_id: uuid.UUID) -> Page:
    """Records the finding."""
    agency_request = get_request(request_id, acting())
    refuse_unless_workable(agency_request, acting())
    form = NoPartnershipForm()
    if not form.validate_on_submit():
        return _finding_page(agency_request, form), 422
    record_no_partnership(agency_request, acting(), form.text.data)
    db.session.commit()
    flash("Your finding is recorded. An approving official may now decline the request.")
    return redirect(url_for("cases.case", request_id=request_id), 303)


def _save(agency_request: AgencyRequest, group: str, page: str) -> Page:
    refuse_unless_workable(agency_request, acting())
    sheet = worksheet_of(agency_request.id)
    if sheet.section(group) is None:
        abort(404)
    entered = parse_group(sheet.sections, request.form)
    if entered.problems:
        return _sheet_page(agency_request, page, entered), 422
    confirm_answers(agency_request, acting(), entered.confirmations)
    db.session.commit()
    _tell_saved(sheet.sections, entered)
    back = url_for(f".{page}", request_id=agency_request.id, **narrowed(), _anchor=f"group-{group}")
    return redirect(back, 303)


def _tell_saved(sections: Sequence[WorksheetSection], entered: ParsedGroup) -> None:
    saved = {confirmation.key for confirmation in entered.confirmations}
    for section in sections:
        if n := sum(row.key in saved for row in section.rows):
            flash(f"{section.group.title}: {plural(n, 'answer', 'answers')} confirmed.")
    if not saved:
        flash("Nothing was saved: a row counts as confirmed once it has a source.", "info")


def narrowed() -> Mapping[str, str]:
    """What the address narrows the page to, and the entry it opens; only what there is."""
    show, entry = request.args.get("show", ""), request.args.get("entry", "")
    known = CATALOG.labels
    chosen = {"show": show if show in SHOWN and show != "all" else "", "entry": entry if entry in known else ""}
    return {name: value for name, value in chosen.items() if value}


def _sheet_page(agency_request: AgencyRequest, page: str, entered: ParsedGroup | None = None) -> str:
    sheet = worksheet_of(agency_request.id)
    kept = narrowed()
    typed = entered.typed if entered else {}
    return render_request_page(
        f"assessment/{page}.html",
        agency_request,
        beside=request_context(agency_request) if page == WORKSHEET else None,
        must_declare=must_declare(agency_request, acting()),
        sheet=sheet,
        show=kept.get("show", "all"),
        narrowed=kept,
        here=url_for(f".{page}", request_id=agency_request.id),
        shown=SHOWN,
        opened=sheet.entry(kept.get("entry", "")),
        marks={row.key: unchanged_row(row).mark for section in sheet.sections for row in section.rows},
        boxes={row.key: typed.get(row.key) or unchanged_row(row) for section in sheet.sections for row in section.rows},
        typed=typed,
        form=BaseForm(),
        form_errors=entered.problems if entered else [],
        may_edit=may_work(agency_request, acting()),
        sources=USUAL_SOURCES,
        inferred=CATALOG.scores.rules.inferred,
    )


def _finding_page(agency_request: AgencyRequest, form: NoPartnershipForm) -> str:
    query = select(NoPartnershipFinding).where(NoPartnershipFinding.request_id == agency_request.id)
    return render_request_page(
        "assessment/no_partnership.html",
        agency_request,
        form=form,
        findings=db.session.scalars(query.order_by(NoPartnershipFinding.at.desc())).all(),
        may_edit=may_work(agency_request, acting()),
    )
