"""An agreement's journey: its statuses, its actions and the one table of its steps, from its start to a frozen text."""

from enum import StrEnum
from typing import Final

from app.policy import Permission, Side
from app.workflow.journey import agreement_conditions as conditions
from app.workflow.journey.request_conditions import reason_given
from app.workflow.journey.statuses import StatusInfo
from app.workflow.journey.steps import Separation, Step, each, reason


class AgreementStatus(StrEnum):
    """Where an agreement is."""

    DRAFTING = "drafting"
    LEGAL_REVIEW = "legal_review"
    NEGOTIATION = "negotiation"
    ACCEPTED = "accepted"
    DRAFTED = "drafted"
    ABANDONED = "abandoned"


class AgreementAction(StrEnum):
    """What can be done with an agreement."""

    START = "start"
    SEND_TO_COUNSEL = "send_to_counsel"
    RETURN_TEXT = "return_text"
    CLEAR = "clear"
    PROPOSE = "propose"
    ANSWER_PROPOSAL = "answer_proposal"
    REVISE = "revise"
    ACCEPT_TEXT = "accept_text"
    TAKE_BACK = "take_back"
    FINALIZE = "finalize"
    REOPEN = "reopen"
    ABANDON = "abandon"


G, A, P = AgreementStatus, AgreementAction, Permission
EDIT_TEXT: Final = "edit_text"  # recorded like a step: who edited a text drafted it
DRAFTED_BY_YOU = Separation(
    frozenset({A.START, A.SEND_TO_COUNSEL, A.REVISE, EDIT_TEXT}),
    "You drafted this text, so somebody else clears and finalizes it.",
)
CLEARED_BY_YOU = Separation(frozenset({A.CLEAR}), "You cleared this text, so somebody else finalizes it.")
READ_WHEN_CLEARED: Final = "You read it when counsel has cleared it"

# fmt: off
AGREEMENT_STATUSES: dict[AgreementStatus, StatusInfo] = {
    G.DRAFTING: StatusInfo(
        label="Being drafted", waits_on=Side.ICE, next_text="Legal review", agency_next_text=READ_WHEN_CLEARED,
        is_editable=True,
    ),
    G.LEGAL_REVIEW: StatusInfo(
        label="With counsel", waits_on=Side.ICE, next_text="Both sides talk about the text",
        agency_next_text=READ_WHEN_CLEARED, is_editable=True,
    ),
    G.NEGOTIATION: StatusInfo(
        label="Text open for proposals", waits_on=Side.AGENCY, next_text="The agency accepts the text",
        agency_next_text="Your agency head accepts the text", shows_text=True, tone="yours",
    ),
    G.ACCEPTED: StatusInfo(
        label="Text accepted by the agency", waits_on=Side.ICE, next_text="The official finalizes it",
        agency_next_text="ICE finalizes it", shows_text=True, tone="good",
    ),
    G.DRAFTED: StatusInfo(
        label="Drafted", waits_on=None, next_text="Signing, outside this service", shows_text=True, tone="good",
        is_closed=True,
    ),
    G.ABANDONED: StatusInfo(
        label="Abandoned", waits_on=None, next_text="Nothing", is_closed=True, is_final=True,
    ),
}
AGREEMENT_STATUS_WORDS = {status: info.label for status, info in AGREEMENT_STATUSES.items()}

AGREEMENT_JOURNEY: tuple[Step, ...] = (
    Step(
        action=A.START, source=None, target=G.DRAFTING, permission=P.AGREEMENT_START,
        requires=(conditions.request_in_drafting, conditions.program_approved), event_text="started the draft",
        button="Start the agreement", page="agreements.drafting",
    ),
    Step(
        action=A.SEND_TO_COUNSEL, source=G.DRAFTING, target=G.LEGAL_REVIEW, permission=P.AGREEMENT_SEND,
        requires=(
            conditions.request_in_drafting, conditions.sent_by_drafter, conditions.facts_complete,
            conditions.clauses_complete, conditions.deviations_explained,
        ),
        notices=("sent_to_counsel",), event_text="sent the draft to counsel", leads_on=True,
        button="Send to counsel", title="Send the draft to counsel",
        effect="Counsel reads it next. No required fact may be missing.",
        then=("Counsel is told.", "Counsel clears the text, or returns it with a comment."),
        done="Counsel has the draft.",
    ),
    Step(
        action=A.RETURN_TEXT, source=G.LEGAL_REVIEW, target=G.DRAFTING, permission=P.AGREEMENT_RETURN,
        requires=(reason_given,), notices=("text_returned",), event_text="returned the draft with a comment",
        staff_only=True,
        button="Return it with a comment", title="Return the draft",
        effect="Gives the draft back to its drafter, with what is to be changed.",
        then=("The drafter is told. The agency does not see your comment.",
              "The drafter changes the text and sends it to you again."),
        asks=(reason("Your comment for the drafter"),), done="The draft is returned.",
    ),
    Step(
        action=A.CLEAR, source=G.LEGAL_REVIEW, target=G.NEGOTIATION, permission=P.AGREEMENT_CLEAR,
        requires=(conditions.facts_complete, conditions.clauses_complete, conditions.deviations_explained),
        separated_from=(DRAFTED_BY_YOU,), notices=("text_cleared",), event_text="cleared the draft", leads_on=True,
        button="Clear the text", title="Clear the text, or return it",
        effect="You did not draft it, so you may clear it.",
        then=("Both sides are told, and the agency reads the text.",
              "Either side may propose changes until the agency head accepts it."),
        done="The draft is cleared.",
    ),
    Step(
        action=A.PROPOSE, source=G.NEGOTIATION, target=G.NEGOTIATION, permission=P.AGREEMENT_PROPOSE,
        notices=("proposal_made",), event_text="proposed a change",
        button="Propose a change", title="Read the text and propose what should change",
        effect="The other side answers each proposal. The agency head accepts the text once none is open.",
        page="agreements.show",
    ),
    Step(
        action=A.ANSWER_PROPOSAL, source=G.NEGOTIATION, target=G.NEGOTIATION, permission=P.AGREEMENT_ANSWER_PROPOSAL,
        notices=("proposal_answered",), event_text="answered a proposal",
        button="Answer the proposals", page="agreements.show",
    ),
    Step(
        action=A.REVISE, source=G.NEGOTIATION, target=G.DRAFTING, permission=P.AGREEMENT_REVISE,
        requires=(conditions.proposals_to_take,), notices=("text_revised",),
        event_text="took accepted proposals into the text",
        button="Take accepted proposals into the text",
        effect="Opens the text for drafting again, with every accepted proposal in it.",
        then=("The agency is told.", "The drafter sends the text to counsel again."),
        done="The accepted proposals are in the text. Send it to counsel again.",
    ),
    Step(
        action=A.ACCEPT_TEXT, source=G.NEGOTIATION, target=G.ACCEPTED, permission=P.AGREEMENT_ACCEPT,
        requires=(conditions.proposals_settled, conditions.text_is_current), notices=("text_accepted",),
        event_text="accepted the text", leads_on=True,
        button="Accept this text", title="Read the text, then accept it or propose a change",
        effect="Your acceptance is bound to exactly this text.", page="agreements.show",
    ),
    Step(
        action=A.TAKE_BACK, source=G.ACCEPTED, target=G.NEGOTIATION, permission=P.AGREEMENT_ACCEPT,
        requires=(conditions.nothing_recorded_since, reason_given), notices=("acceptance_taken_back",),
        event_text="took the acceptance of the text back",
        button="Take your acceptance back",
        effect="Voids your acceptance, so that both sides talk about the text again.",
        then=("ICE is told, with your reason.", "Propose a change, or accept the text anew."),
        asks=(reason(),), done="Your acceptance is taken back. The text is open for proposals again.",
    ),
    Step(
        action=A.FINALIZE, source=G.ACCEPTED, target=G.DRAFTED, permission=P.AGREEMENT_FINALIZE,
        requires=(conditions.program_is_yours, conditions.resolution_recorded, conditions.acceptance_current),
        separated_from=(DRAFTED_BY_YOU, CLEARED_BY_YOU), notices=("finalized",),
        event_text="finalized the agreement", leads_on=True,
        button="Finalize the agreement", page="agreements.show",
        effect="Its number, fingerprint and files are then fixed.",
    ),
    Step(
        action=A.REOPEN, source=G.ACCEPTED, target=G.DRAFTING, permission=P.AGREEMENT_REOPEN,
        requires=(reason_given,), notices=("reopened",), event_text="reopened the draft",
        button="Reopen the draft", effect="Opens the accepted text for drafting again. The acceptance becomes void.",
        then=("The agency is told, with your reason.", "The changed text goes to counsel, then to the agency again."),
        asks=(reason(hint="The agency reads this, word for word."),), done="The draft is reopened.",
    ),
    *each(
        (G.DRAFTING, G.LEGAL_REVIEW, G.NEGOTIATION, G.ACCEPTED),
        action=A.ABANDON, target=G.ABANDONED, permission=P.AGREEMENT_ABANDON, requires=(reason_given,),
        notices=("abandoned",), event_text="abandoned the draft",
        button="Abandon the draft", effect="Ends this draft for good.",
        then=(
            "Both sides are told, with your reason.", "The agreement can be started again while the request is open.",
        ),
        asks=(reason(hint="Both sides read this, word for word."),), done="The draft is abandoned.",
    ),
)
# fmt: on
