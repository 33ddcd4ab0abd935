"""An agreement's journey: one table, from its start on an approved program to a frozen text."""

from app.policy import Permission
from app.workflow.journey import agreement_conditions as conditions
from app.workflow.journey.conditions import instrument_is_yours, reason_given
from app.workflow.journey.statuses import AgreementStatus
from app.workflow.journey.steps import DRAFTING_ACTS, Action, Step, each

G, A, P = AgreementStatus, Action, Permission

AGREEMENT_JOURNEY: tuple[Step, ...] = (
    Step(
        action=A.START,
        source=None,
        target=G.DRAFTING,
        permission=P.AGREEMENT_START,
        requires=(conditions.request_in_drafting, conditions.program_approved),
        event_text="started the draft",
    ),
    Step(
        action=A.SEND_TO_COUNSEL,
        source=G.DRAFTING,
        target=G.LEGAL_REVIEW,
        permission=P.AGREEMENT_SEND,
        requires=(
            conditions.request_in_drafting,
            conditions.sent_by_drafter,
            conditions.facts_complete,
            conditions.clauses_complete,
        ),
        notices=("sent_to_counsel",),
        event_text="sent the draft to counsel",
    ),
    Step(
        action=A.RETURN_TEXT,
        source=G.LEGAL_REVIEW,
        target=G.DRAFTING,
        permission=P.AGREEMENT_RETURN,
        requires=(reason_given,),
        notices=("text_returned",),
        event_text="returned the draft with a comment",
        staff_only=True,
    ),
    Step(
        action=A.CLEAR,
        source=G.LEGAL_REVIEW,
        target=G.NEGOTIATION,
        permission=P.AGREEMENT_CLEAR,
        requires=(conditions.facts_complete, conditions.clauses_complete, conditions.deviations_explained),
        separated_from=DRAFTING_ACTS,
        notices=("text_cleared",),
        event_text="cleared the draft",
    ),
    Step(
        action=A.PROPOSE,
        source=G.NEGOTIATION,
        target=G.NEGOTIATION,
        permission=P.AGREEMENT_PROPOSE,
        notices=("proposal_made",),
        event_text="proposed a change",
    ),
    Step(
        action=A.ANSWER_PROPOSAL,
        source=G.NEGOTIATION,
        target=G.NEGOTIATION,
        permission=P.AGREEMENT_ANSWER_PROPOSAL,
        notices=("proposal_answered",),
        event_text="answered a proposal",
    ),
    Step(
        action=A.REVISE,
        source=G.NEGOTIATION,
        target=G.DRAFTING,
        permission=P.AGREEMENT_REVISE,
        requires=(conditions.proposals_to_take,),
        notices=("text_revised",),
        event_text="took accepted proposals into the text",
    ),
    Step(
        action=A.ACCEPT_TEXT,
        source=G.NEGOTIATION,
        target=G.ACCEPTED,
        permission=P.AGREEMENT_ACCEPT,
        requires=(conditions.proposals_settled, conditions.text_is_current),
        notices=("text_accepted",),
        event_text="accepted the text",
    ),
    Step(
        action=A.FINALISE,
        source=G.ACCEPTED,
        target=G.DRAFTED,
        permission=P.AGREEMENT_FINALISE,
        requires=(instrument_is_yours, conditions.resolution_recorded, conditions.acceptance_current),
        separated_from=DRAFTING_ACTS | {A.CLEAR},
        notices=("finalised",),
        event_text="finalised the agreement",
    ),
    Step(
        action=A.REOPEN,
        source=G.ACCEPTED,
        target=G.DRAFTING,
        permission=P.AGREEMENT_REOPEN,
        requires=(reason_given,),
        notices=("reopened",),
        event_text="reopened the draft",
    ),
    *each(
        (G.DRAFTING, G.LEGAL_REVIEW, G.NEGOTIATION, G.ACCEPTED),
        A.ABANDON,
        G.ABANDONED,
        P.AGREEMENT_ABANDON,
        requires=(reason_given,),
        notices=("abandoned",),
        event_text="abandoned the draft",
    ),
)
