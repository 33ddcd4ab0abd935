"""The pages of negotiation: proposals, the answers to them, and the governing body's resolution."""

import uuid

from flask import flash, redirect, url_for
from werkzeug.wrappers import Response

from app.agreements import finalization
from app.agreements.access import get_agreement
from app.agreements.forms import (
    ProposalForm,
    ReplyForm,
    ResolutionForm,
)
from app.agreements.negotiation import operations as negotiation_operations
from app.agreements.negotiation.blueprint import blueprint
from app.agreements.negotiation.operations import ProposalReply
from app.agreements.views import clause_choices, page_of
from app.extensions import db
from app.policy import Permission
from app.security import Page, acting, requires
from app.workflow import engine
from app.workflow.journey.agreement_journey import AgreementAction
from app.workflow.refusals import StepRefused
from app.workflow.shown_again import shows_again


@blueprint.post("/proposals")
@requires(Permission.AGREEMENT_PROPOSE)
def propose(agreement_id: uuid.UUID) -> Page:
    """Proposes a change of a clause, or comments on it."""
    agreement = get_agreement(agreement_id, acting())
    engine.check_step(AgreementAction.PROPOSE, agreement, acting())
    form = ProposalForm(clause_choices(agreement))
    if not form.validate_on_submit():
        return page_of(agreement, form), 422
    negotiation_operations.propose_change(agreement, acting(), **form.values)
    db.session.commit()
    flash("The other side has been told of your proposal.")
    return _back(agreement_id)


def _reply_again(refused: StepRefused, agreement_id: uuid.UUID, proposal_id: uuid.UUID) -> Page:
    agreement = get_agreement(agreement_id, acting())
    proposal = negotiation_operations.find_proposal(agreement, proposal_id)
    return page_of(agreement, ReplyForm(), refused.sentences, answered=proposal), 422


@blueprint.post("/proposals/<uuid:proposal_id>/answer")
@requires(Permission.AGREEMENT_ANSWER_PROPOSAL)
@shows_again(_reply_again)
def answer(agreement_id: uuid.UUID, proposal_id: uuid.UUID) -> Page:
    """Accepts, declines or counters a proposal of the other side."""
    agreement = get_agreement(agreement_id, acting())
    engine.check_step(AgreementAction.ANSWER_PROPOSAL, agreement, acting())
    proposal = negotiation_operations.find_proposal(agreement, proposal_id)
    form = ReplyForm()
    if not form.validate_on_submit():
        return page_of(agreement, form, answered=proposal), 422
    reply, version = ProposalReply(form.answer.data, form.words.data, form.text.data), form.expected_version.data
    negotiation_operations.answer_proposal(agreement, acting(), proposal, reply, expected_version=version)
    db.session.commit()
    flash("Your answer is recorded.")
    return _back(agreement_id)


@blueprint.post("/proposals/<uuid:proposal_id>/withdraw")
@requires(Permission.AGREEMENT_PROPOSE)
def withdraw(agreement_id: uuid.UUID, proposal_id: uuid.UUID) -> Page:
    """Takes one's own open proposal back."""
    agreement = get_agreement(agreement_id, acting())
    proposal = negotiation_operations.find_proposal(agreement, proposal_id)
    negotiation_operations.withdraw_proposal(agreement, acting(), proposal, expected_version=agreement.version)
    db.session.commit()
    flash("Your proposal is withdrawn.")
    return _back(agreement_id)


@blueprint.post("/resolution")
@requires(Permission.AGREEMENT_RECORD_RESOLUTION)
def record_resolution(agreement_id: uuid.UUID) -> Page:
    """Records the governing body's resolution."""
    agreement = get_agreement(agreement_id, acting())
    finalization.refuse_unless_resolution_is_yours(agreement, acting())
    form = ResolutionForm()
    if not form.validate_on_submit():
        return page_of(agreement, form), 422
    finalization.record_resolution(agreement, acting(), **form.values)
    db.session.commit()
    flash("The resolution is recorded.")
    return _back(agreement_id)


def _back(agreement_id: uuid.UUID) -> Response:
    return redirect(url_for("agreements.show", agreement_id=agreement_id, _anchor="proposals"), 303)
