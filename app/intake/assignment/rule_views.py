"""Administrators' pages of the rules of assignment, and their truth table."""

import uuid
from collections.abc import Sequence

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from sqlalchemy import select

from app.accounts.models import HEADQUARTERS, Office, Person, RoleGrant
from app.accounts.offices.routing import deciding_office, offices_by_state
from app.accounts.place_names import STATE_NAMES
from app.agency_requests.assignment_models import AssignmentRule
from app.agency_requests.forms import PROGRAM_CHOICES
from app.extensions import db
from app.intake.assignment import rule_operations
from app.intake.assignment.operations import COLUMNS
from app.intake.assignment.rule_forms import RuleForm
from app.intake.assignment.rules import PlaceOffices, TruthTableLine, truth_table
from app.policy import ROLE_WORDS, Permission, Role
from app.security import Page, acting, requires

blueprint = Blueprint("assignment_rules", __name__, url_prefix="/admin/rules")
ADVICE = "Advice, no program"


@blueprint.get("")
@requires(Permission.RULES_MANAGE)
def index() -> Page:
    """The rules in their order, and the form that adds one."""
    return _page(_form())


@blueprint.post("")
@requires(Permission.RULES_MANAGE)
def add() -> Page:
    """Adds a rule after the others."""
    form = _form()
    if not form.validate_on_submit():
        return _page(form), 422
    keys = {f"{name}_id": _key(form[name].data) for name in ("from_office", "to_office", "person")}
    row = AssignmentRule(
        name=form.name.data, state=form.state.data, program=form.program.data, role=form.role.data, **keys
    )
    rule_operations.add_rule(acting(), row)
    db.session.commit()
    flash(f"The rule “{row.name}” is added. It applies to requests that come from now on.")
    return redirect(url_for(".index"), 303)


@blueprint.post("/<uuid:rule_id>/move")
@requires(Permission.RULES_MANAGE)
def move(rule_id: uuid.UUID) -> Page:
    """Moves a rule one place up or down."""
    rule_operations.move_rule(
        acting(),
        _row(rule_id),
        rule_operations.UP if request.form.get("way") == rule_operations.UP else rule_operations.DOWN,
    )
    db.session.commit()
    return redirect(url_for(".index"), 303)


@blueprint.post("/<uuid:rule_id>/remove")
@requires(Permission.RULES_MANAGE)
def remove(rule_id: uuid.UUID) -> Page:
    """Takes a rule out."""
    row = _row(rule_id)
    rule_operations.remove_rule(acting(), row)
    db.session.commit()
    flash(f"The rule “{row.name}” is removed. What it assigned stays as it is.")
    return redirect(url_for(".index"), 303)


@blueprint.get("/table")
@requires(Permission.RULES_MANAGE)
def table() -> Page:
    """What answers for each state and each program."""
    names = {office.id: office.name for office in db.session.scalars(select(Office))}
    places = (_place(state, offices) for state, offices in offices_by_state().items())
    lines = truth_table(rule_operations.rules(), places, ["", *dict(PROGRAM_CHOICES)])
    return render_template("intake/assignment_rules_table.html", lines=[_line(line, names) for line in lines])


def _place(state: str, offices: Sequence[Office]) -> PlaceOffices:
    decided = deciding_office(offices)
    return PlaceOffices(state, tuple(office.id for office in offices), decided.id if decided else None)


def _line(line: TruthTableLine, names: dict[uuid.UUID, str]) -> dict[str, object]:
    """One state in words: programs with the same answer stand together."""
    programs = {"": ADVICE, **dict(PROGRAM_CHOICES)}
    grouped: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for program, found in line.answers:
        grouped.setdefault((found.rule.name if found.rule else "", found.passed_over), []).append(programs[program])
    return {
        "state": STATE_NAMES.get(line.place.state, line.place.state),
        "offices": [names[key] for key in line.place.offices],
        "answers": [
            {"rule": rule, "passed": passed, "programs": [] if len(grouped) == 1 else found}
            for (rule, passed), found in grouped.items()
        ],
    }


def _row(rule_id: uuid.UUID) -> AssignmentRule:
    return rule_operations.get_rule(rule_id) or abort(404)


def _key(typed: str | None) -> uuid.UUID | None:
    return uuid.UUID(typed) if typed else None


def _form() -> RuleForm:
    offices = db.session.scalars(select(Office).where(Office.kind != HEADQUARTERS).order_by(Office.kind, Office.name))
    holders = select(RoleGrant.person_id).where(RoleGrant.role.in_([role.value for role in COLUMNS]))
    people = select(Person).where(Person.active, Person.id.in_(holders)).order_by(Person.name, Person.id)
    return RuleForm(
        [(str(office.id), f"{office.name} ({office.kind})") for office in offices],
        [(str(p.id), f"{p.name} ({p.office.name if p.office else ''})") for p in db.session.scalars(people)],
    )


def _page(form: RuleForm) -> str:
    rows = [
        {
            "id": row.id,
            "name": row.name,
            "when": _when(row),
            "gives": _gives(row),
            "fits": rule.person_can,
            "who": rule.person_name,
        }
        for row, rule in zip(rule_operations.rule_rows(), rule_operations.rules(), strict=True)
    ]
    return render_template("intake/assignment_rules.html", rows=rows, form=form)


def _when(row: AssignmentRule) -> str:
    programs = dict(PROGRAM_CHOICES)
    parts = [
        STATE_NAMES.get(row.state, row.state) if row.state else "",
        f"the place decides {row.from_office.name}" if row.from_office else "",
        f"{programs.get(row.program, row.program)} is asked for" if row.program else "",
    ]
    return "; ".join(filter(None, parts)) or "Every request"


def _gives(row: AssignmentRule) -> str:
    parts = [
        f"goes to {row.to_office.name}" if row.to_office else "",
        f"{row.person.name} as {ROLE_WORDS[Role(row.role)].lower()}" if row.person else "",
    ]
    return "; ".join(filter(None, parts))
