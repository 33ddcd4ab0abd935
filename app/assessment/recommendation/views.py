"""The pages that make a recommendation: choose programs, plan the action, send it, and its memo."""

import uuid
from collections.abc import Sequence
from io import BytesIO
from typing import Any

from flask import flash, redirect, request, send_file, url_for

from app.agency_requests.access import get_request
from app.agency_requests.models import AgencyRequest
from app.agency_requests.request_page import render_request_page
from app.assessment.forms import EMPTY_LINES, PlanForm, ProgramsForm
from app.assessment.memo import memo_of, render
from app.assessment.models import Recommendation
from app.assessment.queries import latest_recommendation
from app.assessment.recommendation.departures import departures
from app.assessment.recommendation.operations import (
    PlanLine,
    ProgramChoice,
    choose_programs,
    issue_recommendation,
    write_plan,
)
from app.assessment.worksheet.operations import may_work, refuse_unless_workable
from app.assessment.worksheet.view_model import Worksheet, worksheet_of
from app.assessment.worksheet.views import Page, blueprint
from app.extensions import db
from app.needs.gates import Availability
from app.needs.keys import ProgramKey
from app.needs.scoring import RankedProgram
from app.policy import Permission
from app.programs.catalog import CATALOG
from app.security import acting, requires
from app.text import plural
from app.workflow import engine
from app.workflow.forms import StepForm
from app.workflow.journey.journeys import find
from app.workflow.journey.request_journey import Action, Status
from app.workflow.journey.statuses import Machine
from app.workflow.refusals import RefusalKind, StepRefused
from app.workflow.shown_again import shows_again
from app.workflow.step_checklist import step_checklist


@blueprint.get("/recommendation")
@requires(Permission.CASE_READ)
def recommendation(request_id: uuid.UUID) -> Page:
    """All programs in computed order, and what people recommend of them."""
    agency_request = get_request(request_id, acting())
    sheet, current = worksheet_of(agency_request.id), latest_recommendation(agency_request.id)
    return _programs_page(agency_request, sheet, _programs_form(sheet, current, is_new=True))


@blueprint.post("/recommendation")
@requires(Permission.ASSESSMENT_WORK)
def save_recommendation(request_id: uuid.UUID) -> Page:
    """Saves which programs are recommended; gaps may stay open until it is sent."""
    agency_request = get_request(request_id, acting())
    refuse_unless_workable(agency_request, acting())
    sheet = worksheet_of(agency_request.id)
    form = _programs_form(sheet, latest_recommendation(agency_request.id))
    if not form.validate_on_submit():
        return _programs_page(agency_request, sheet, form), 422
    choices = [ProgramChoice(*ProgramKey.parse(chosen.key.data).columns, **chosen.texts) for chosen in form.chosen]
    choose_programs(agency_request, acting(), choices, form.summary.data)
    db.session.commit()
    flash("The recommendation is saved. The agency does not see it until you send it.")
    return redirect(url_for(".recommendation", request_id=request_id), 303)


@blueprint.get("/plan")
@requires(Permission.CASE_READ)
def plan(request_id: uuid.UUID) -> Page:
    """The plan of action, with empty lines to fill."""
    agency_request = get_request(request_id, acting())
    current = latest_recommendation(agency_request.id)
    return _plan_page(agency_request, current, _plan_form(current, is_new=True))


@blueprint.post("/plan")
@requires(Permission.ASSESSMENT_WORK)
def save_plan(request_id: uuid.UUID) -> Page:
    """Saves the plan of action; an empty line is left out."""
    agency_request = get_request(request_id, acting())
    refuse_unless_workable(agency_request, acting())
    current = latest_recommendation(agency_request.id)
    form = _plan_form(current)
    if "fill" in request.form:
        return _filled_in(agency_request, current, form)
    if not form.validate_on_submit():
        return _plan_page(agency_request, current, form), 422
    write_plan(agency_request, acting(), [_plan_line(line.data) for line in form.filled])
    db.session.commit()
    flash("The plan of action is saved.")
    return redirect(url_for(".plan", request_id=request_id), 303)


def _filled_in(agency_request: AgencyRequest, current: Recommendation | None, form: PlanForm) -> str:
    """The plan with what can be proposed in its empty lines; nothing is saved."""
    filled = form.fill()
    flash(f"{plural(filled, 'line is', 'lines are')} filled in below. Complete and save the plan.", "info")
    return _plan_page(agency_request, current, form)


@blueprint.get("/recommend")
@requires(Permission.CASE_READ)
def recommend(request_id: uuid.UUID) -> Page:
    """What must hold before the recommendation goes to the agency."""
    return _send_page(get_request(request_id, acting()))


def _send_again(refused: StepRefused, request_id: uuid.UUID) -> Page:
    return _send_page(get_request(request_id, acting()), refused.sentences), 422


@blueprint.post("/recommend")
@requires(Permission.REQUEST_RECOMMEND)
@shows_again(_send_again)
def send(request_id: uuid.UUID) -> Page:
    """Sends the recommendation to the agency, or says everything that is missing."""
    agency_request = get_request(request_id, acting())
    case = url_for("cases.case", request_id=request_id)
    if _was_just_sent(agency_request):
        return redirect(case, 303)
    issue_recommendation(agency_request, acting(), expected_version=StepForm().expected_version.data)
    db.session.commit()
    flash("The recommendation is with the agency. Its head has been told.")
    return redirect(case, 303)


@blueprint.get("/memo.pdf")
@requires(Permission.CASE_READ)
def memo(request_id: uuid.UUID) -> Page:
    """The recommendation as a memo to file."""
    agency_request = get_request(request_id, acting())
    current = latest_recommendation(agency_request.id)
    if current is None:
        raise StepRefused(RefusalKind.NOT_FOUND, ["There is no recommendation yet."], case_id=agency_request.id)
    name = f"{agency_request.number} recommendation {current.version}.pdf"
    pdf = render(memo_of(agency_request, current))
    return send_file(BytesIO(pdf), mimetype="application/pdf", download_name=name, max_age=0)


def _was_just_sent(agency_request: AgencyRequest) -> bool:
    """Whether this person sent it a moment ago, as with a second click."""
    current = latest_recommendation(agency_request.id)
    is_waiting = agency_request.status == Status.AWAITING_CONCURRENCE
    return is_waiting and current is not None and current.issued_by_id == acting().id


def _by_key(sheet: Worksheet) -> dict[str, RankedProgram]:
    return {str(entry.key): entry for entry in sheet.ranking.entries}


def _programs_form(sheet: Worksheet, current: Recommendation | None, *, is_new: bool = False) -> ProgramsForm:
    entries = _by_key(sheet)
    closed = [key for key, entry in entries.items() if entry.availability is Availability.NOT_AVAILABLE]
    kept = {program.program_key: program for program in current.programs} if current else {}
    rows = [_program_data(key, kept.get(key)) for key in entries]
    data = {"programs": rows, "summary": current.summary if current else ""}
    return ProgramsForm(list(entries), closed, kept, data=data if is_new else None)


def _program_data(key: str, program: Any) -> dict[str, str]:
    if program is None:
        return {"key": key, "place": ""}
    texts = ("reason", "departure", "confirmation", "agency_takes_on", "ice_takes_on")
    return {"key": key, "place": str(program.place)} | {name: getattr(program, name) for name in texts}


def _programs_page(agency_request: AgencyRequest, sheet: Worksheet, form: ProgramsForm) -> str:
    entries = _by_key(sheet)
    chosen = [each.key.data for each in form.chosen if each.key.data in entries] if not form.errors else []
    return render_request_page(
        "assessment/recommendation.html",
        agency_request,
        form=form,
        sheet=sheet,
        entries=entries,
        departures=departures(sheet.ranking.entries, chosen),
        companions={key: CATALOG.scores.companions(entry.key.program) for key, entry in entries.items()},
        name_of=CATALOG.label,
        may_edit=may_work(agency_request, acting()),
    )


def _plan_form(current: Recommendation | None, *, is_new: bool = False) -> PlanForm:
    recommended = (
        [(program.program_key, CATALOG.label(program.program_key)) for program in current.programs] if current else []
    )
    suggested = _suggested([key for key, _ in recommended])
    if not is_new:
        return PlanForm(recommended, suggested)
    names = ("objective", "measure", "unit", "baseline", "target", "owner", "due")
    lines: list[dict[str, Any]] = [
        {"program": item.program_key} | {name: getattr(item, name) for name in names}
        for item in (current.plan if current else ())
    ]
    return PlanForm(recommended, suggested, data={"lines": lines + [{}] * EMPTY_LINES})


def _suggested(keys: Sequence[str]) -> list[tuple[str, str]]:
    """The measures that the public pages name for each program, to pick from."""
    return [
        (f"{key}/{place}", measure)
        for key in keys
        for place, measure in enumerate(CATALOG.program(ProgramKey.parse(key).program).measures)
    ]


def _plan_page(agency_request: AgencyRequest, current: Recommendation | None, form: PlanForm) -> str:
    planned = {item.program_key for item in current.plan} if current else set()
    programs: Sequence[str] = [program.program_key for program in current.programs] if current else []
    return render_request_page(
        "assessment/plan_of_action.html",
        agency_request,
        form=form,
        programs=[CATALOG.label(key) for key in programs],
        suggested=[
            (
                CATALOG.label(key),
                [(value, words) for value, words in form.suggested.items() if value.startswith(f"{key}/")],
            )
            for key in programs
        ],
        unplanned=[CATALOG.label(key) for key in programs if key not in planned],
        may_edit=may_work(agency_request, acting()),
    )


def _plan_line(data: dict[str, Any]) -> PlanLine:
    texts = {name: data[name] for name in ("objective", "measure", "unit", "baseline", "target", "owner", "due")}
    return PlanLine(*ProgramKey.parse(data["program"]).columns, **texts)


def _send_page(agency_request: AgencyRequest, missing: Sequence[str] = ()) -> str:
    step = find(Machine.REQUEST, Action.RECOMMEND, Status.IN_ASSESSMENT)
    is_offered = step in engine.offered_steps(agency_request, acting())
    lines = step_checklist(step, agency_request, acting())
    current = latest_recommendation(agency_request.id)
    return render_request_page(
        "assessment/choose_programs.html",
        agency_request,
        form=StepForm(formdata=None, data={"expected_version": agency_request.version}),
        form_errors=list(missing),
        lines=lines,
        is_ready=is_offered and not any(line.state == "open" for line in lines),
        is_offered=is_offered,
        current=current,
        names=[CATALOG.label(program.program_key) for program in current.programs] if current else [],
    )
