"""Takes a step: the only writer of a status. Checks everything under a lock, then changes, records and tells."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any, Final, cast

from app import audit
from app.extensions import db
from app.notifications.notices import NOTICES
from app.notifications.outbox import send_notice
from app.policy import SYSTEM, Actor, Side, allows, can_see
from app.workflow.clocks import operations
from app.workflow.clocks.operations import today
from app.workflow.journey.condition import Condition
from app.workflow.journey.facts import Facts, Inputs
from app.workflow.journey.journeys import JOURNEYS, find, status_of, steps_from
from app.workflow.journey.request_journey import Action, Status
from app.workflow.journey.statuses import PREVIOUS
from app.workflow.journey.steps import Step
from app.workflow.refusals import RefusalKind, StepRefused, not_found
from app.workflow.registry import NOTHING_LOADED, Loaded, Subject, Withdrawable, registry

NO_INPUTS: Final = Inputs()


@dataclass(frozen=True)
class ConditionResult:
    """One line of a checklist: the rule, what is missing (None when it holds), and whether that says anything yet."""

    condition: Condition
    missing: str | None
    is_begun: bool = True

    @property
    def state(self) -> str:
        """held, open, or later where there is nothing yet of which the rule could hold."""
        return "open" if self.missing else "held" if self.is_begun else "later"

    @property
    def sentence(self) -> str:
        """What is missing, or the rule."""
        return self.missing or self.condition.label


def take_step(
    action: StrEnum,
    subject: Subject,
    actor: Actor,
    *,
    expected_version: int | None = None,
    inputs: Inputs = NO_INPUTS,
    note: str = "",
    details: dict[str, Any] | None = None,
    due: date | None = None,
    mail: dict[str, object] | None = None,
) -> audit.Event:
    """Takes one step and returns its event; the caller commits.

    `expected_version` is the version of the subject the person acted on, `note` an addition to the timeline's
    sentence, `due` the date of the clock that starts, `mail` further values for the notices. Raises StepRefused, after
    which nothing is kept.
    """
    lock(subject)
    step = _permitted(action, subject, actor, expected_version)
    _refuse_missing(step, facts_of(subject, actor, inputs), subject)
    source, target = _source(action, subject), target_of(step, subject)
    _write_status(subject, source, target)
    happened = audit.record(
        action.value,
        actor,
        case_id=subject.case_id,
        subject=(subject.machine.value, subject.id),
        role=actor.role_for(step.permission),
        statuses=(source or "", target),
        sentence=f"{step.event_text}{note}",
        reason=inputs.reason,
        details=({"code": inputs.code} if inputs.code else {}) | (details or {}),
        audience=audit.Audience.STAFF if step.staff_only else audit.Audience.BOTH,
    )
    _note(step, subject, actor, inputs)
    operations.move_clocks(subject, source, target, due=due)
    for consequence in registry().consequences_of(step.action):
        consequence(subject, actor, inputs)
    _tell(step, subject, actor, inputs, mail or {})
    db.session.flush()  # constraints speak now, while the step can still be refused
    return happened


def take_step_if_ready(action: StrEnum, subject: Subject, **rest: Any) -> bool:
    """Has the system take an automatic step when everything it needs holds; tells whether it did."""
    step = find(subject.machine, action, subject.status)
    if step is None or unmet_conditions(step, facts_of(subject, SYSTEM, NO_INPUTS)):
        return False
    take_step(action, subject, SYSTEM, **rest)
    return True


def facts_of(subject: Subject, actor: Actor, inputs: Inputs = NO_INPUTS, loaded: Loaded = NOTHING_LOADED) -> Facts:
    """Everything a condition may ask about this subject, from every stage; `loaded` is what is read already."""
    inputs = replace(inputs, today=inputs.today or today())
    return Facts(
        inputs=inputs,
        actor_id=actor.id,
        actor_roles=frozenset(role.value for role in actor.roles),
        actor_programs=actor.programs,
        actor_seats=frozenset(seat.value for seat in actor.seats),
        program_key=getattr(subject, "program_key", ""),
        **registry().load(subject, inputs, loaded),
    )


def unmet_conditions(step: Step, facts: Facts) -> list[str]:
    """The sentences of every condition that does not hold."""
    return [sentence for condition in step.requires if (sentence := condition(facts))]


def checklist(step: Step, facts: Facts) -> list[ConditionResult]:
    """What must hold before the step, line by line, without what is typed for the step itself."""
    return [
        ConditionResult(condition, condition(facts), condition.begun(facts))
        for condition in step.requires
        if not condition.asks_input
    ]


def offered_steps(subject: Subject, actor: Actor) -> list[Step]:
    """The steps this person may take from here, by role, sight and separation of duties, in the table's order."""
    if not can_see(actor, subject):
        return []
    allowed = [s for s in steps_from(subject.machine, subject.status) if allows(actor, s.permission, subject)]
    if not allowed:
        return []
    past = _past(subject, actor)
    barred = _barred(subject, actor, past)
    return [step for step in allowed if not _separated(step, subject, actor, past, barred)]


def check_step(action: StrEnum, subject: Subject, actor: Actor, *, expected_version: int | None = None) -> Step:
    """The step, if this person may take it now; raises StepRefused as `take_step` would, before anything is recorded.

    With `expected_version`, it holds the lock from here on: of two people who act at once the second is refused,
    not overwritten.
    """
    if expected_version is not None:
        lock(subject)
    return _permitted(action, subject, actor, expected_version)


def has_just_taken(action: StrEnum, subject: Subject, actor: Actor) -> bool:
    """Whether the last thing that happened to the subject is this step, by this person."""
    last = audit.last_about(subject.case_id, subject.id)
    return last is not None and (last.action, last.actor_id) == (action.value, actor.id)


def lock(subject: Subject) -> None:
    """Locks the subject, its request first, and reads its current values."""
    db.session.flush()  # what the caller recorded takes part in the facts
    for row in subject.lock_order:
        db.session.refresh(row, with_for_update={"of": type(row)})


def _source(action: StrEnum, subject: Subject) -> str | None:
    return None if find(subject.machine, action, None) else subject.status


def _permitted(action: StrEnum, subject: Subject, actor: Actor, expected_version: int | None) -> Step:
    def refuse(kind: RefusalKind, *sentences: str) -> StepRefused:
        return StepRefused(kind, sentences, case_id=subject.case_id, action=action.value)

    if not can_see(actor, subject):
        raise not_found(subject.case_id, action.value)
    step = find(subject.machine, action, _source(action, subject))
    if step is None:
        if not _could_ever(action, subject, actor):
            raise refuse(RefusalKind.NOT_YOUR_JOB, "This is not yours to do.")
        raise refuse(RefusalKind.TOO_LATE, "This is no longer possible: the status has changed.")
    if not allows(actor, step.permission, subject):
        raise refuse(RefusalKind.NOT_YOUR_JOB, "This is not yours to do.")
    past = _past(subject, actor)
    if sentence := _separated(step, subject, actor, past, _barred(subject, actor, past)):
        raise refuse(RefusalKind.NOT_YOUR_JOB, sentence)
    if expected_version is not None and expected_version != subject.version:
        raise refuse(
            RefusalKind.TOO_LATE, "Somebody was faster: this changed since you opened it. Look again, then decide."
        )
    return step


def _could_ever(action: StrEnum, subject: Subject, actor: Actor) -> bool:
    return any(step.action == action and actor.role_for(step.permission) for step in JOURNEYS[subject.machine])


def _past(subject: Subject, actor: Actor) -> frozenset[tuple[str, Any, str]]:
    return audit.acts_of(subject.case_id, actor.id) if actor.id else frozenset()


def _separated(
    step: Step, subject: Subject, actor: Actor, past: frozenset[tuple[str, Any, str]], barred: str | None
) -> str | None:
    """The sentence of the duty this person may not also take on, or None; `barred` keeps them from every one."""
    if actor.side is not Side.ICE:
        return None
    stands_in = step.on_behalf and subject.entered_by_id == actor.id
    if barred and not stands_in:
        return barred
    acts = {action for action, about, _ in past if about == subject.id}
    return next((apart.sentence for apart in step.separated_from if acts & apart.acts), None)


def recusal_of(subject: Subject, actor: Actor) -> str | None:
    """The sentence that keeps this person from any act for ICE on the case, or None; for work that is no step."""
    return _barred(subject, actor, _past(subject, actor))


def _barred(subject: Subject, actor: Actor, past: frozenset[tuple[str, Any, str]]) -> str | None:
    if actor.side is not Side.ICE:
        return None
    if any(side == Side.AGENCY for _, _, side in past):
        return "You acted for the agency in this case, so you cannot act for ICE in it."
    if any(action == Action.ENTER for action, _, _ in past):
        return "You typed this request in for the agency, so somebody else acts for ICE in it."
    if actor.id and registry().conflicts(subject.case_id, actor.id):
        return "You declared a conflict of interest in this case, so you cannot act in it."
    return None


def _refuse_missing(step: Step, facts: Facts, subject: Subject) -> None:
    if sentences := unmet_conditions(step, facts):
        raise StepRefused(RefusalKind.INCOMPLETE, sentences, case_id=subject.case_id, action=step.action.value)


def target_of(step: Step, subject: Subject) -> str:
    """Where the step leads from where the subject is."""
    if step.action is Action.REINSTATE:
        return str(cast(Withdrawable, subject).withdrawn_from)
    if step.target == PREVIOUS:
        return str(subject.status_before)
    return str(step.target)


def _write_status(subject: Subject, source: str | None, target: str) -> None:
    if target == Status.WITHDRAWN:
        cast(Withdrawable, subject).withdrawn_from = source  # and where it would have gone back to stays known
    elif source not in {target, Status.WITHDRAWN}:
        subject.status_before = source
    subject.status = status_of(subject.machine, target)
    subject.version += 1


def _note(step: Step, subject: Subject, actor: Actor, inputs: Inputs) -> None:
    """What staff wrote for staff stands beside the step, out of the agency's sight."""
    if not inputs.note:
        return
    audit.record(
        "note",
        actor,
        case_id=subject.case_id,
        subject=(subject.machine.value, subject.id),
        role=actor.role_for(step.permission),
        sentence="left a note for staff",
        reason=inputs.note,
        audience=audit.Audience.STAFF,
    )


def _tell(step: Step, subject: Subject, actor: Actor, inputs: Inputs, mail: dict[str, object]) -> None:
    machine = subject.machine
    values = {
        "reason": inputs.reason,
        "until": f"{inputs.until:%B} {inputs.until.day}, {inputs.until.year}" if inputs.until else "",
        **registry().values[machine](subject),
        **mail,
    }
    for key in step.notices:
        for group in NOTICES[key].to:
            addresses = registry().addresses[machine](subject, group, actor)
            send_notice(key, addresses, values, path=registry().paths[machine](subject, group), case_id=subject.case_id)
