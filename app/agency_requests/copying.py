"""Copies what an agency asked before into a new draft; each answer counts as open until somebody confirms it."""

import uuid
from typing import Final

from app import audit
from app.agency_requests import operations
from app.agency_requests.models import AgencyRequest, Answer, RankedProblem
from app.extensions import db
from app.policy import Actor, Permission, allows
from app.workflow.journey.request_journey import Status
from app.workflow.refusals import RefusalKind, StepRefused

# Documents, the letter and the certification belong to the old request: they are given again.
CARRIED: Final = (
    "contact_name", "contact_title", "contact_email", "contact_phone", "signatory_name", "signatory_title",
    "authority_basis", "wants_advice", "wanted_programs", "objectives_text", "anything_else",
)  # fmt: skip


def copy_into_draft(old: AgencyRequest, actor: Actor, key: uuid.UUID | None = None) -> AgencyRequest:
    """Opens a new draft of the same agency with what the old request said."""
    if not allows(actor, Permission.REQUEST_CREATE, old):
        raise StepRefused(RefusalKind.NOT_YOUR_JOB, ["The agency files its requests."], case_id=old.id, action="copy")
    if old.status == Status.DRAFT:
        raise StepRefused(
            RefusalKind.TOO_LATE, ["This is a draft already: go on with it."], case_id=old.id, action="copy"
        )
    new = operations.create_draft(actor, old.state, key=key)
    for name in CARRIED:
        setattr(new, name, getattr(old, name))
    for answer in old.answers:
        carried = Answer(request_id=new.id, key=answer.key, value=answer.value, basis="", note=answer.note)
        db.session.add(carried)
    for problem in old.problems:
        new.problems.append(RankedProblem(rank=problem.rank, topic=problem.topic, sentence=problem.sentence))
    audit.record(
        "copy",
        actor,
        case_id=new.id,
        subject=(new.machine.value, new.id),
        role=actor.role_for(Permission.REQUEST_CREATE),
        sentence=f"began this request as a copy of {old.number or 'an earlier draft'}",
        details={"copied_from": str(old.id)},
        audience=audit.Audience.BOTH,
    )
    return new
