"""The rules of assignment as administrators keep them, and following them when a request arrives or is taken."""

import uuid
from typing import Final

from sqlalchemy import func, select

from app import audit
from app.accounts.models import Office, Person
from app.accounts.offices.routing import candidates, deciding_office
from app.agency_requests.assignment_models import AssignmentRule
from app.agency_requests.models import AgencyRequest
from app.extensions import db
from app.intake.assignment import operations
from app.intake.assignment.rules import RoutingRule, RuleOutcome, apply_rules
from app.policy import SYSTEM, Actor, Role
from app.workflow.journey.facts import Inputs

UP, DOWN = "up", "down"
MOST: Final = 100


def rule_rows() -> list[AssignmentRule]:
    """The rules in their order."""
    return list(
        db.session.scalars(select(AssignmentRule).order_by(AssignmentRule.position, AssignmentRule.id)).unique()
    )


def rules() -> list[RoutingRule]:
    """The rules in their order, as they are evaluated."""
    return [_rule(row) for row in rule_rows()]


def _rule(row: AssignmentRule) -> RoutingRule:
    person = row.person
    return RoutingRule(
        name=row.name,
        from_office=row.from_office_id,
        state=row.state,
        program=row.program,
        to_office=row.to_office_id,
        role=Role(row.role) if row.role else None,
        person=row.person_id,
        person_name=person.name if person else "",
        person_can=person is None or (person.active and row.role in person.roles),
        person_office=None if person is None or person.actor.is_headquarters else person.office_id,
    )


def apply_on_arrival(agency_request: AgencyRequest, _: Actor, __: Inputs) -> None:
    """Follows the rules when a request is sent: where it goes, and who coordinates it."""
    follow_rule(agency_request, Role.COORDINATOR)


def apply_on_taking(agency_request: AgencyRequest, _: Actor, __: Inputs) -> None:
    """Follows the rules when a coordinator takes it: who assesses it."""
    follow_rule(agency_request, Role.ASSESSOR)


def follow_rule(agency_request: AgencyRequest, role: Role) -> RuleOutcome:
    """Has the rules answer for a request in this role: route it where nothing decides, name whom the rule names.

    What somebody did by hand is never overridden: only a request without office is routed, and nobody is replaced.
    """
    office = deciding_office(candidates(agency_request.agency.state, agency_request.agency.county))
    found = apply_rules(
        rules(), office.id if office else None, agency_request.state, set(agency_request.wanted_programs or ())
    )
    for sentence in found.passed_over:
        _record(agency_request, "pass_over_rule", sentence[0].lower() + sentence[1:], "")
    if found.rule is not None:
        _apply(agency_request, found.rule, role)
    return found


def _apply(agency_request: AgencyRequest, rule: RoutingRule, role: Role) -> None:
    if rule.to_office and agency_request.coordinator_id is None and agency_request.office_id != rule.to_office:
        agency_request.office_id = rule.to_office
        name = db.session.get_one(Office, rule.to_office).name
        _record(
            agency_request, "route", f"routed the request to the office {name} by the rule “{rule.name}”", rule.name
        )
    column = operations.COLUMNS[role]
    if rule.person and rule.role is role and getattr(agency_request, column) is None:
        person = db.session.get_one(Person, rule.person)
        if not operations.assignment_obstacle(agency_request, role, person):
            setattr(agency_request, column, person.id)
            _record(agency_request, "assign", f"named {person.name} by the rule “{rule.name}”", rule.name)
            operations.notify_assigned(agency_request, role, person, f"The rule “{rule.name}”.")


def _record(agency_request: AgencyRequest, action: str, sentence: str, rule: str) -> None:
    audit.record(
        action,
        SYSTEM,
        case_id=agency_request.id,
        subject=("request", agency_request.id),
        sentence=sentence,
        details={"rule": rule} if rule else {},
        audience=audit.Audience.STAFF,
    )


def add_rule(actor: Actor, row: AssignmentRule) -> None:
    """Adds a rule after the others."""
    last = db.session.scalar(select(func.max(AssignmentRule.position)))
    row.position = (last or 0) + 1
    db.session.add(row)
    db.session.flush()
    _record_change(actor, "rule_added", row)


def move_rule(actor: Actor, row: AssignmentRule, way: str) -> None:
    """Moves a rule one place up or down; at the end it stays."""
    order = rule_rows()
    here = order.index(row)
    there = here - 1 if way == UP else here + 1
    if 0 <= there < len(order):
        order[here], order[there] = order[there], order[here]
        for position, each in enumerate(order, start=1):
            each.position = position
        _record_change(actor, "rule_moved", row)


def remove_rule(actor: Actor, row: AssignmentRule) -> None:
    """Takes a rule out; what it assigned stays."""
    _record_change(actor, "rule_removed", row)
    db.session.delete(row)


def _record_change(actor: Actor, action: str, row: AssignmentRule) -> None:
    details = {name: str(getattr(row, name) or "") for name in ("name", "state", "program", "role")}
    keys = {name: str(getattr(row, name) or "") for name in ("from_office_id", "to_office_id", "person_id")}
    audit.record(
        action, actor, subject=("assignment_rule", row.id), details=details | keys, audience=audit.Audience.RECORD
    )


def is_taken(name: str) -> bool:
    """Whether a rule has this name already, in capitals or not."""
    return bool(db.session.scalar(select(func.count()).where(func.lower(AssignmentRule.name) == name.strip().lower())))


def get_rule(rule_id: uuid.UUID) -> AssignmentRule | None:
    """A rule by its key."""
    return db.session.get(AssignmentRule, rule_id)
