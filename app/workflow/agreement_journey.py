"""An agreement's journey: one table, from its start on an approved program to a frozen text."""

from app.policy import Permission
from app.workflow import agreement_conditions as must
from app.workflow.conditions import instrument_is_yours, reason_given
from app.workflow.statuses import AgreementStatus
from app.workflow.steps import DRAFTING_ACTS, Action, Step, each

G, A, P = AgreementStatus, Action, Permission

AGREEMENT_JOURNEY: tuple[Step, ...] = (
    Step(
        action=A.START,
        source=None,
        target=G.DRAFTING,
        needs=P.AGREEMENT_START,
        unless=(must.request_in_drafting, must.program_approved),
        says="started the draft",
    ),
    Step(
        action=A.SEND_TO_COUNSEL,
        source=G.DRAFTING,
        target=G.LEGAL_REVIEW,
        needs=P.AGREEMENT_SEND,
        unless=(must.request_in_drafting, must.sent_by_drafter, must.facts_complete, must.clauses_complete),
        tells=("sent_to_counsel",),
        says="sent the draft to counsel",
    ),
    Step(
        action=A.RETURN_TEXT,
        source=G.LEGAL_REVIEW,
        target=G.DRAFTING,
        needs=P.AGREEMENT_RETURN,
        unless=(reason_given,),
        tells=("text_returned",),
        says="returned the draft with a comment",
        staff_only=True,
    ),
    Step(
        action=A.CLEAR,
        source=G.LEGAL_REVIEW,
        target=G.NEGOTIATION,
        needs=P.AGREEMENT_CLEAR,
        unless=(must.facts_complete, must.clauses_complete, must.deviations_explained),
        apart_from=DRAFTING_ACTS,
        tells=("text_cleared",),
        says="cleared the draft",
    ),
    Step(
        action=A.PROPOSE,
        source=G.NEGOTIATION,
        target=G.NEGOTIATION,
        needs=P.AGREEMENT_PROPOSE,
        tells=("proposal_made",),
        says="proposed a change",
    ),
    Step(
        action=A.ANSWER_PROPOSAL,
        source=G.NEGOTIATION,
        target=G.NEGOTIATION,
        needs=P.AGREEMENT_ANSWER_PROPOSAL,
        tells=("proposal_answered",),
        says="answered a proposal",
    ),
    Step(
        action=A.REVISE,
        source=G.NEGOTIATION,
        target=G.DRAFTING,
        needs=P.AGREEMENT_REVISE,
        unless=(must.proposals_to_take,),
        tells=("text_revised",),
        says="took accepted proposals into the text",
    ),
    Step(
        action=A.ACCEPT_TEXT,
        source=G.NEGOTIATION,
        target=G.ACCEPTED,
        needs=P.AGREEMENT_ACCEPT,
        unless=(must.proposals_settled, must.text_is_current),
        tells=("text_accepted",),
        says="accepted the text",
    ),
    Step(
        action=A.FINALISE,
        source=G.ACCEPTED,
        target=G.DRAFTED,
        needs=P.AGREEMENT_FINALISE,
        unless=(instrument_is_yours, must.resolution_recorded, must.acceptance_current),
        apart_from=DRAFTING_ACTS | {A.CLEAR},
        tells=("finalised",),
        says="finalised the agreement",
    ),
    Step(
        action=A.REOPEN,
        source=G.ACCEPTED,
        target=G.DRAFTING,
        needs=P.AGREEMENT_REOPEN,
        unless=(reason_given,),
        tells=("reopened",),
        says="reopened the draft",
    ),
    *each(
        (G.DRAFTING, G.LEGAL_REVIEW, G.NEGOTIATION, G.ACCEPTED),
        A.ABANDON,
        G.ABANDONED,
        P.AGREEMENT_ABANDON,
        unless=(reason_given,),
        tells=("abandoned",),
        says="abandoned the draft",
    ),
)
