"""Both sides negotiate the cleared text clause by clause, until the agency head accepts it or it is abandoned."""

import uuid
from dataclasses import dataclass

from app.agreements.drafting.current_text import as_literal, clauses_of, current_text
from app.agreements.models import Acceptance, Agreement, ClauseEditRecord, Proposal
from app.agreements.operations import stored_version
from app.extensions import db, now
from app.policy import Actor, Side
from app.workflow import engine
from app.workflow.journey.agreement_journey import AgreementAction
from app.workflow.journey.facts import Inputs
from app.workflow.journey.request_journey import Action, Status
from app.workflow.refusals import RefusalKind, StepRefused

CHANGE, COMMENT = "change", "comment"
KIND_WORDS = {CHANGE: "Change the text", COMMENT: "Comment only"}
STATUS_WORDS = {
    "open": "Open",
    "accepted": "Accepted",
    "declined": "Declined",
    "countered": "Answered with another proposal",
    "withdrawn": "Withdrawn",
    "taken": "Taken into the text",
}


@dataclass(frozen=True)
class ProposalReply:
    """The other side's answer to a proposal: accepted, declined with a reason, or countered with another text."""

    answer: str
    words: str = ""
    text: str = ""


def propose_change(
    agreement: Agreement,
    actor: Actor,
    clause_key: str,
    *,
    kind: str,
    text: str,
    reason: str = "",
    expected_version: int,
) -> Proposal:
    """Proposes a change of one clause, or comments on it."""
    engine.check_step(AgreementAction.PROPOSE, agreement, actor, expected_version=expected_version)
    titles = {clause.key: clause.title for clause in clauses_of(current_text(agreement).draft)}
    title = titles.get(clause_key)
    if title is None:
        raise StepRefused(RefusalKind.NOT_FOUND, ["There is no such clause."], case_id=agreement.case_id)
    proposal = _made(agreement, actor, clause_key, kind=kind, text=text, reason=reason)
    db.session.add(proposal)
    what = "commented on" if kind == COMMENT else "proposed a change of"
    engine.take_step(
        AgreementAction.PROPOSE,
        agreement,
        actor,
        expected_version=expected_version,
        note=f" ({what} “{title}”)",
        inputs=Inputs(reason=reason),
    )
    return proposal


def _made(agreement: Agreement, actor: Actor, clause_key: str, *, kind: str, text: str, reason: str) -> Proposal:
    return Proposal(
        agreement_id=agreement.id, clause_key=clause_key, kind=kind, side=actor.side.value, text=text, reason=reason,
        by_id=actor.id,
    )  # fmt: skip


def find_proposal(agreement: Agreement, proposal_id: uuid.UUID) -> Proposal:
    """A proposal on this agreement, or StepRefused as not found."""
    found = db.session.get(Proposal, proposal_id)
    if found is None or found.agreement_id != agreement.id:
        raise StepRefused(RefusalKind.NOT_FOUND, ["There is no such proposal."], case_id=agreement.case_id)
    return found


def answer_proposal(
    agreement: Agreement, actor: Actor, proposal: Proposal, reply: ProposalReply, *, expected_version: int
) -> None:
    """The other side accepts, declines with a reason, or counters with a text of its own."""
    engine.check_step(AgreementAction.ANSWER_PROPOSAL, agreement, actor, expected_version=expected_version)
    if proposal.status != "open":
        raise StepRefused(RefusalKind.TOO_LATE, ["This proposal is answered already."], case_id=agreement.case_id)
    if proposal.side == actor.side:
        raise StepRefused(
            RefusalKind.NOT_YOUR_JOB, ["The other side answers your proposal."], case_id=agreement.case_id
        )
    if reply.answer == "declined" and not reply.words.strip():
        raise StepRefused(RefusalKind.INCOMPLETE, ["Give the reason why you decline."], case_id=agreement.case_id)
    if reply.answer == "countered":
        if not reply.text.strip():
            raise StepRefused(
                RefusalKind.INCOMPLETE, ["Write the text you propose instead."], case_id=agreement.case_id
            )
        counter = _made(agreement, actor, proposal.clause_key, kind=CHANGE, text=reply.text, reason=reply.words)
        counter.counters_id = proposal.id
        db.session.add(counter)
    proposal.status, proposal.answer = reply.answer, reply.words
    proposal.answered_by_id, proposal.answered_at = actor.id, now()
    said = {"accepted": "accepted", "declined": "declined", "countered": "answered with another text"}[reply.answer]
    engine.take_step(
        AgreementAction.ANSWER_PROPOSAL,
        agreement,
        actor,
        expected_version=expected_version,
        note=f" ({said})",
        inputs=Inputs(reason=reply.words),
    )


def withdraw_proposal(agreement: Agreement, actor: Actor, proposal: Proposal, *, expected_version: int) -> None:
    """Its author takes an open proposal back."""
    engine.check_step(AgreementAction.PROPOSE, agreement, actor, expected_version=expected_version)
    if proposal.by_id != actor.id:
        raise StepRefused(
            RefusalKind.NOT_YOUR_JOB, ["Only its author withdraws a proposal."], case_id=agreement.case_id
        )
    if proposal.status != "open":
        raise StepRefused(RefusalKind.TOO_LATE, ["This proposal is answered already."], case_id=agreement.case_id)
    proposal.status = "withdrawn"
    engine.take_step(
        AgreementAction.PROPOSE, agreement, actor, expected_version=expected_version, note=" (withdrew a proposal)"
    )


def on_revision(agreement: Agreement, actor: Actor, inputs: Inputs) -> None:
    """Takes every accepted proposal into the text, which goes back to drafting."""
    agreement.text_version += 1
    for proposal in (p for p in agreement.proposals if p.status == "accepted"):
        if proposal.kind == CHANGE:
            _take_in(agreement, actor, proposal)
        proposal.status = "taken"


def _take_in(agreement: Agreement, actor: Actor, proposal: Proposal) -> None:
    record = next((edit for edit in agreement.edits if edit.clause_key == proposal.clause_key), None)
    if record is None:
        record = ClauseEditRecord(clause_key=proposal.clause_key)
        agreement.edits.append(record)
    record.text = as_literal(proposal.text)
    record.reason = proposal.reason or "Agreed by both sides in the talks about the text."
    record.by_id = actor.person_id


def accept_text(agreement: Agreement, actor: Actor, *, shown: str, expected_version: int) -> Acceptance:
    """The agency head accepts exactly the text whose content hash is `shown`."""
    engine.check_step(AgreementAction.ACCEPT_TEXT, agreement, actor, expected_version=expected_version)
    engine.take_step(
        AgreementAction.ACCEPT_TEXT,
        agreement,
        actor,
        expected_version=expected_version,
        inputs=Inputs(shown_hash=shown),
        details={"hash": shown},
    )
    version = stored_version(agreement, current_text(agreement))
    if version is None:
        raise StepRefused(
            RefusalKind.TOO_LATE, ["The text changed since counsel cleared it."], case_id=agreement.case_id
        )
    acceptance = Acceptance(version_id=version.id, content_hash=shown, by_id=actor.id)
    agreement.acceptances.append(acceptance)
    return acceptance


def current_acceptance(agreement: Agreement) -> Acceptance | None:
    """The acceptance that still holds."""
    return next((each for each in reversed(agreement.acceptances) if each.voided_at is None), None)


def on_reopening(agreement: Agreement, actor: Actor, inputs: Inputs) -> None:
    """Reopens the text for wording; the acceptance is void, with the reason kept."""
    agreement.text_version += 1
    void_acceptance(agreement, actor, inputs)


def void_acceptance(agreement: Agreement, actor: Actor, inputs: Inputs) -> None:
    """The acceptance no longer holds, and says why."""
    if acceptance := current_acceptance(agreement):
        acceptance.voided_at, acceptance.void_reason = now(), inputs.reason


def on_abandonment(agreement: Agreement, actor: Actor, inputs: Inputs) -> None:
    """With the last agreement settled the request is finished too, if one was drafted."""
    if agreement.agency_request.status == Status.DRAFTING:
        engine.take_step_if_ready(Action.FINISH, agreement.agency_request)


def may_answer(proposal: Proposal, actor: Actor) -> bool:
    """Whether the reader's side is the one to answer."""
    return proposal.status == "open" and actor.side in (Side.AGENCY, Side.ICE) and proposal.side != actor.side
