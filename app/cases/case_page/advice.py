"""Advice on what to look at in a step after intake, and who looked at it when."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from sqlalchemy import select

from app import audit
from app.accounts.models import Person
from app.agency_requests.models import AgencyRequest
from app.data_files import Shape, Words, read
from app.extensions import db
from app.intake.models import ChecklistMark
from app.policy import Actor, Permission, allows
from app.workflow import engine
from app.workflow.journey.request_journey import STAFF_STATUS_WORDS, Status
from app.workflow.refusals import RefusalKind, StepRefused


class AdviceItem(Shape, frozen=True):
    """One thing to look at in a step."""

    key: Words
    step: Status
    text: Words


class AdviceFile(Shape, frozen=True):
    """advice.toml."""

    check: tuple[AdviceItem, ...]


CHECKS: Final = read(Path(__file__).with_name("advice.toml"), AdviceFile).check
STEPS: Final = tuple(dict.fromkeys(check.step for check in CHECKS))


@dataclass(frozen=True)
class AdviceState:
    """One line of a checklist: what, and who found it held, when; nobody while it is open."""

    check: AdviceItem
    who: str
    when: datetime | None

    @property
    def is_held(self) -> bool:
        """Whether somebody looked."""
        return self.when is not None


def advice_of_status(step: Status) -> list[AdviceItem]:
    """The checks of one step."""
    return [check for check in CHECKS if check.step is step]


def advice_by_status(agency_request: AgencyRequest) -> dict[Status, list[AdviceState]]:
    """Every step's lines with who looked and when; one query."""
    query = (
        select(ChecklistMark.key, ChecklistMark.at, Person.name)
        .join(Person, Person.id == ChecklistMark.by_id)
        .where(ChecklistMark.request_id == agency_request.id, ChecklistMark.held)
    )
    held = {key: (name, at) for key, at, name in db.session.execute(query)}
    return {step: [AdviceState(c, *held.get(c.key, ("", None))) for c in advice_of_status(step)] for step in STEPS}


def may_mark_advice(agency_request: AgencyRequest, actor: Actor) -> bool:
    """Whether this person marks the checks of the step that the request is in."""
    is_step = agency_request.status in STEPS
    return (
        is_step
        and allows(actor, Permission.STEP_CHECK, agency_request)
        and not engine.recusal_of(agency_request, actor)
    )


def mark_advice(agency_request: AgencyRequest, actor: Actor, held: Collection[str]) -> None:
    """Records what was looked at in this step; whoever marked a line before keeps it. Raises StepRefused."""
    if not allows(actor, Permission.STEP_CHECK, agency_request) or actor.id is None:
        raise StepRefused(
            RefusalKind.NOT_YOUR_JOB, ["Whoever works on the case marks its checks."], case_id=agency_request.id
        )
    if sentence := engine.recusal_of(agency_request, actor):
        raise StepRefused(RefusalKind.NOT_YOUR_JOB, [sentence], case_id=agency_request.id)
    step = agency_request.status
    if step not in STEPS:
        raise StepRefused(RefusalKind.TOO_LATE, ["This step has no checklist."], case_id=agency_request.id)
    changed = [check for check in advice_of_status(step) if _set(agency_request, actor, check.key, check.key in held)]
    if changed:
        _record(agency_request, actor, step, changed)


def _set(agency_request: AgencyRequest, actor: Actor, key: str, is_held: bool) -> bool:
    """Keeps one mark; tells whether it changed."""
    row = db.session.get(ChecklistMark, (agency_request.id, key))
    if (row.held if row else False) == is_held:
        return False
    row = row or ChecklistMark(request_id=agency_request.id, key=key)
    row.held, row.by_id = is_held, actor.person_id
    db.session.add(row)
    return True


def _record(agency_request: AgencyRequest, actor: Actor, step: Status, changed: Sequence[AdviceItem]) -> None:
    db.session.flush()
    lines = advice_by_status(agency_request)[step]
    done = sum(line.is_held for line in lines)
    audit.record(
        "mark_checks",
        actor,
        case_id=agency_request.id,
        subject=("request", agency_request.id),
        sentence=f"went through the checklist of {STAFF_STATUS_WORDS[step].lower()}: {done} of {len(lines)} checked",
        details={"changed": [check.key for check in changed]},
        audience=audit.Audience.STAFF,
    )
