"""The two journeys, each one table; buttons, refusals, the diagram, the documentation and the tests come from here."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from app.policy import GRANTS, Permission, Role, Side
from app.workflow import conditions as must
from app.workflow.conditions import Condition

RULES_VERSION: Final = "2026.1"  # a running case keeps the version of the rules it began with


class Machine(StrEnum):
    """The two machines."""

    REQUEST = "request"
    AGREEMENT = "agreement"


class Status(StrEnum):
    """Where a request is."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    IN_INTAKE = "in_intake"
    INFORMATION_REQUESTED = "information_requested"
    IN_ASSESSMENT = "in_assessment"
    AWAITING_CONCURRENCE = "awaiting_concurrence"
    IN_REVIEW = "in_review"
    DEFERRED = "deferred"
    DRAFTING = "drafting"
    AGREEMENT_DRAFTED = "agreement_drafted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class AgreementStatus(StrEnum):
    """Where an agreement is."""

    DRAFTING = "drafting"
    LEGAL_REVIEW = "legal_review"
    NEGOTIATION = "negotiation"
    ACCEPTED = "accepted"
    DRAFTED = "drafted"
    ABANDONED = "abandoned"


PREVIOUS: Final = "previous"
FINAL = frozenset({Status.DECLINED, Status.WITHDRAWN})
CLOSED = FINAL | {Status.AGREEMENT_DRAFTED}

STATUS_WORDS: dict[Status, str] = {
    Status.DRAFT: "Draft",
    Status.SUBMITTED: "Received",
    Status.IN_INTAKE: "Intake review",
    Status.INFORMATION_REQUESTED: "We need answers from you",
    Status.IN_ASSESSMENT: "Needs assessment",
    Status.AWAITING_CONCURRENCE: "Your decision on our recommendation",
    Status.IN_REVIEW: "Headquarters review",
    Status.DEFERRED: "Deferred until a date",
    Status.DRAFTING: "Agreement being drafted",
    Status.AGREEMENT_DRAFTED: "Agreement drafted",
    Status.DECLINED: "Declined",
    Status.WITHDRAWN: "Withdrawn",
}
STAFF_STATUS_WORDS: dict[Status, str] = STATUS_WORDS | {
    Status.INFORMATION_REQUESTED: "Answers asked of the agency",
    Status.AWAITING_CONCURRENCE: "Agency's decision on the recommendation",
}
AGREEMENT_STATUS_WORDS: dict[AgreementStatus, str] = {
    AgreementStatus.DRAFTING: "Being drafted",
    AgreementStatus.LEGAL_REVIEW: "With counsel",
    AgreementStatus.NEGOTIATION: "Text open for proposals",
    AgreementStatus.ACCEPTED: "Text accepted by the agency",
    AgreementStatus.DRAFTED: "Drafted",
    AgreementStatus.ABANDONED: "Abandoned",
}
WAITING_ON: dict[Status, Side | None] = {
    Status.DRAFT: Side.AGENCY,
    Status.SUBMITTED: Side.ICE,
    Status.IN_INTAKE: Side.ICE,
    Status.INFORMATION_REQUESTED: Side.AGENCY,
    Status.IN_ASSESSMENT: Side.ICE,
    Status.AWAITING_CONCURRENCE: Side.AGENCY,
    Status.IN_REVIEW: Side.ICE,
    Status.DEFERRED: Side.ICE,
    Status.DRAFTING: Side.ICE,
    Status.AGREEMENT_DRAFTED: None,
    Status.DECLINED: None,
    Status.WITHDRAWN: None,
}


class Action(StrEnum):
    """What can be done, of both machines."""

    SUBMIT = "submit"
    TAKE = "take"
    REQUEST_INFORMATION = "request_information"
    RECALL = "recall"
    ANSWER = "answer"
    BEGIN_ASSESSMENT = "begin_assessment"
    RECOMMEND = "recommend"
    CONCUR = "concur"
    DISSENT = "dissent"
    GIVE_OPINION = "give_opinion"
    DECIDE = "decide"
    APPROVE = "approve"
    REDIRECT = "redirect"
    DEFER = "defer"
    RESUME = "resume"
    DECLINE = "decline"
    WITHDRAW = "withdraw"
    FINISH = "finish"
    START = "start"
    SEND_TO_COUNSEL = "send_to_counsel"
    RETURN_TEXT = "return_text"
    CLEAR = "clear"
    PROPOSE = "propose"
    ANSWER_PROPOSAL = "answer_proposal"
    REVISE = "revise"
    ACCEPT_TEXT = "accept_text"
    FINALISE = "finalise"
    REOPEN = "reopen"
    ABANDON = "abandon"


EDIT_TEXT: Final = "edit_text"  # recorded like a step: who edited a text drafted it
DRAFTING_ACTS = frozenset({Action.START.value, Action.SEND_TO_COUNSEL.value, Action.REVISE.value, EDIT_TEXT})


@dataclass(frozen=True, kw_only=True)
class Step:
    """One row of a table: an action, from where to where, whose, and what must hold."""

    action: Action
    source: str | None
    target: str
    needs: Permission
    unless: tuple[Condition, ...] = ()
    apart_from: frozenset[str] = frozenset()  # actions whose actors, on this case, may not take this step
    tells: tuple[str, ...] = ()  # keys of notices
    says: str = ""  # the timeline's sentence, past tense
    staff_only: bool = False  # whether the timeline keeps it from the agency: opinions and counsel's advice

    @property
    def roles(self) -> tuple[Role, ...]:
        """The roles that may take it, in the order of Role."""
        return tuple(role for role in Role if role in GRANTS[self.needs])


def _each(sources: Iterable[str], action: Action, target: str, needs: Permission, **rest) -> tuple[Step, ...]:  # type: ignore[no-untyped-def] # passes Step's own keywords on
    return tuple(Step(action=action, source=source, target=target, needs=needs, **rest) for source in sources)


S, G, A, P = Status, AgreementStatus, Action, Permission
OPEN = tuple(status for status in Status if status not in CLOSED)

REQUEST_JOURNEY: tuple[Step, ...] = (
    Step(
        action=A.SUBMIT,
        source=S.DRAFT,
        target=S.SUBMITTED,
        needs=P.REQUEST_SUBMIT,
        unless=(
            must.sections_complete,
            must.ori_well_formed,
            must.need_stated,
            must.letter_present,
            must.authority_certified,
        ),
        tells=("received", "new_request"),
        says="submitted the request",
    ),
    Step(
        action=A.TAKE,
        source=S.SUBMITTED,
        target=S.IN_INTAKE,
        needs=P.REQUEST_TAKE,
        tells=("taken",),
        says="took the request into intake",
    ),
    *_each(
        (S.IN_INTAKE, S.IN_ASSESSMENT),
        A.REQUEST_INFORMATION,
        S.INFORMATION_REQUESTED,
        P.REQUEST_ASK,
        unless=(must.items_tied, must.items_due),
        tells=("information_requested",),
        says="asked the agency for information",
    ),
    Step(
        action=A.RECALL,
        source=S.INFORMATION_REQUESTED,
        target=PREVIOUS,
        needs=P.REQUEST_RECALL,
        unless=(must.reason_given,),
        tells=("recalled",),
        says="took the questions back",
    ),
    Step(
        action=A.RECALL,
        source=S.AWAITING_CONCURRENCE,
        target=PREVIOUS,  # always the assessment
        needs=P.REQUEST_RECALL,
        unless=(must.reason_given,),
        tells=("recalled",),
        says="took the recommendation back",
    ),
    Step(
        action=A.ANSWER,
        source=S.INFORMATION_REQUESTED,
        target=PREVIOUS,
        needs=P.REQUEST_ANSWER,
        unless=(must.items_answered,),
        tells=("answered",),
        says="answered every item",
    ),
    Step(
        action=A.BEGIN_ASSESSMENT,
        source=S.IN_INTAKE,
        target=S.IN_ASSESSMENT,
        needs=P.REQUEST_BEGIN_ASSESSMENT,
        unless=(must.checklist_done, must.office_set, must.liaisons_named, must.liaisons_clear),
        tells=("assessment_begun", "assessment_assigned"),
        says="opened the needs assessment",
    ),
    Step(
        action=A.RECOMMEND,
        source=S.IN_ASSESSMENT,
        target=S.AWAITING_CONCURRENCE,
        needs=P.REQUEST_RECOMMEND,
        unless=(
            must.meeting_recorded,
            must.assessment_complete,
            must.survey_complete,
            must.program_recommended,
            must.gates_resolved,
            must.reasons_written,
            must.departures_justified,
            must.plan_complete,
        ),
        tells=("recommended",),
        says="sent the recommendation to the agency",
    ),
    Step(
        action=A.CONCUR,
        source=S.AWAITING_CONCURRENCE,
        target=S.IN_REVIEW,
        needs=P.REQUEST_CONCUR,
        unless=(must.programs_answered, must.shown_is_current),
        tells=("concurred", "review_opened"),
        says="decided on the recommendation",
    ),
    Step(
        action=A.DISSENT,
        source=S.AWAITING_CONCURRENCE,
        target=S.IN_ASSESSMENT,
        needs=P.REQUEST_CONCUR,
        unless=(must.reason_given,),
        tells=("dissented",),
        says="sent the recommendation back",
    ),
    Step(
        action=A.GIVE_OPINION,
        source=S.IN_REVIEW,
        target=S.IN_REVIEW,
        needs=P.REQUEST_OPINE,
        unless=(must.concurrence_current, must.seat_is_yours),
        says="gave an opinion",
        staff_only=True,
    ),
    Step(
        action=A.DECIDE,
        source=S.IN_REVIEW,
        target=S.IN_REVIEW,
        needs=P.REQUEST_DECIDE,
        unless=(
            must.instrument_is_yours,
            must.agency_concurred,
            must.reason_given,
            must.concurrence_current,
            must.opinions_given,
            must.capacity_confirmed,
            must.finding_written,
        ),
        apart_from=frozenset({A.RECOMMEND}),
        says="decided on a program",
    ),
    Step(
        action=A.APPROVE,
        source=S.IN_REVIEW,
        target=S.DRAFTING,
        needs=P.SYSTEM_STEP,
        unless=(must.all_decided, must.concurrence_current),
        tells=("approved", "drafting_assigned"),
        says="recorded the approval",
    ),
    Step(
        action=A.REDIRECT,
        source=S.IN_REVIEW,
        target=S.IN_ASSESSMENT,
        needs=P.REQUEST_REDIRECT,
        unless=(must.reason_given,),
        tells=("redirected",),
        says="sent the request back to assessment",
    ),
    *_each(
        (S.IN_ASSESSMENT, S.IN_REVIEW),
        A.DEFER,
        S.DEFERRED,
        P.REQUEST_DEFER,
        unless=(must.reason_given, must.next_look_set),
        tells=("deferred",),
        says="deferred the request",
    ),
    Step(
        action=A.RESUME,
        source=S.DEFERRED,
        target=S.IN_ASSESSMENT,
        needs=P.REQUEST_RESUME,
        tells=("resumed",),
        says="took the request up again",
    ),
    *_each(
        (S.IN_INTAKE, S.IN_REVIEW),
        A.DECLINE,
        S.DECLINED,
        P.REQUEST_DECLINE,
        unless=(must.reason_code_given, must.reason_given),
        tells=("declined",),
        says="declined the request",
    ),
    Step(
        action=A.DECLINE,
        source=S.IN_ASSESSMENT,
        target=S.DECLINED,
        needs=P.REQUEST_DECLINE,
        unless=(must.reason_code_given, must.reason_given, must.no_partnership_found),
        tells=("declined",),
        says="declined the request",
    ),
    Step(
        action=A.DECLINE,
        source=S.DRAFTING,
        target=S.DECLINED,
        needs=P.REQUEST_DECLINE,
        unless=(must.reason_code_given, must.reason_given, must.agreements_abandoned),
        tells=("declined",),
        says="declined the request",
    ),
    *_each(
        OPEN,
        A.WITHDRAW,
        S.WITHDRAWN,
        P.REQUEST_WITHDRAW,
        unless=(must.reason_given,),
        tells=("withdrawn",),
        says="withdrew the request",
    ),
    Step(
        action=A.FINISH,
        source=S.DRAFTING,
        target=S.AGREEMENT_DRAFTED,
        needs=P.SYSTEM_STEP,
        unless=(must.agreements_finished,),
        tells=("drafted",),
        says="recorded that the agreement is drafted",
    ),
)

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
        unless=(must.reason_given,),
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
        unless=(must.instrument_is_yours, must.resolution_recorded, must.acceptance_current),
        apart_from=DRAFTING_ACTS | {A.CLEAR},
        tells=("finalised",),
        says="finalised the agreement",
    ),
    Step(
        action=A.REOPEN,
        source=G.ACCEPTED,
        target=G.DRAFTING,
        needs=P.AGREEMENT_REOPEN,
        unless=(must.reason_given,),
        tells=("reopened",),
        says="reopened the draft",
    ),
    *_each(
        (G.DRAFTING, G.LEGAL_REVIEW, G.NEGOTIATION, G.ACCEPTED),
        A.ABANDON,
        G.ABANDONED,
        P.AGREEMENT_ABANDON,
        unless=(must.reason_given,),
        tells=("abandoned",),
        says="abandoned the draft",
    ),
)

JOURNEYS = {Machine.REQUEST: REQUEST_JOURNEY, Machine.AGREEMENT: AGREEMENT_JOURNEY}


def find(machine: Machine, action: Action, source: str | None) -> Step | None:
    """The row for this action from this status, or None when the table has none."""
    return next((step for step in JOURNEYS[machine] if step.action == action and step.source == source), None)


def steps_from(machine: Machine, source: str | None) -> tuple[Step, ...]:
    """Every row that leaves this status, in the table's order."""
    return tuple(step for step in JOURNEYS[machine] if step.source == source)
