"""A request's journey: its statuses, its actions and the one table of its steps, from draft to drafted agreements.

The three stand together, so that a step with its status is one change of one file.
"""

from enum import StrEnum
from typing import Any

from app.deadlines.clocks import ClockKind
from app.policy import Permission, Role, Side
from app.workflow.journey import assessment_conditions as assessment
from app.workflow.journey import request_conditions as conditions
from app.workflow.journey import review_conditions as review
from app.workflow.journey.decline_reasons import ask_code
from app.workflow.journey.request_conditions import DAYS_TO_REINSTATE
from app.workflow.journey.statuses import PREVIOUS, StatusInfo, Task
from app.workflow.journey.steps import Separation, Step, day, each, note, reason


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


class Action(StrEnum):
    """What can be done with a request."""

    SUBMIT = "submit"
    ENTER = "enter"
    DISCARD = "discard"
    RETRACT = "retract"
    TAKE = "take"
    REQUEST_INFORMATION = "request_information"
    RECALL = "recall"
    ANSWER = "answer"
    BEGIN_ASSESSMENT = "begin_assessment"
    RECOMMEND = "recommend"
    CONCUR = "concur"
    TAKE_BACK = "take_back"
    DISSENT = "dissent"
    GIVE_OPINION = "give_opinion"
    DECIDE = "decide"
    APPROVE = "approve"
    REDIRECT = "redirect"
    DEFER = "defer"
    RESUME = "resume"
    DECLINE = "decline"
    WITHDRAW = "withdraw"
    REINSTATE = "reinstate"
    FINISH = "finish"


S, A, P, R = Status, Action, Permission, Role
ANSWERING = Task(
    "Answer our questions", "Your request waits until every item is answered.", "Answer", "information_requests.items"
)
READING = Task(
    "Read the agreement", "Its text is final. Print it or download it.", "Open the agreement", "agreements.drafting"
)
RESUMING = Task("Take it up again when its date comes", "", "Resume", "steps.case_step", action="resume")

# fmt: off
STATUSES: dict[Status, StatusInfo] = {
    S.DRAFT: StatusInfo(
        label="Draft", waits_on=Side.AGENCY, progress=1, cuts_short=True,
        now=("The agency is filling in its request", "ICE sees it once it is submitted."),
        next_text="We check that it is complete",
        tasks={
            R.AGENCY_HEAD: Task("Finish your request", "Fill in the sections, then check and certify.", "Go on",
                                "agency_requests.tasks"),
            R.AGENCY_OFFICER: Task("Fill in your request", "Your agency head certifies and sends it.", "Go on",
                                   "agency_requests.tasks"),
        },
    ),
    S.SUBMITTED: StatusInfo(
        label="Received", waits_on=Side.ICE, progress=2, clock=ClockKind.ACKNOWLEDGE,
        now=("We check that the request is complete", "A coordinator takes it first."),
        next_text="Intake review",
        tasks={R.COORDINATOR: Task("Take this request into intake", "You become its coordinator.", "Review and take",
                                   "intake.intake")},
    ),
    S.IN_INTAKE: StatusInfo(
        label="Intake review", waits_on=Side.ICE, progress=2, clock=ClockKind.INTAKE,
        now=("We check that the request is complete", "You will hear if something is missing."),
        next_text="Needs assessment",
        tasks={R.COORDINATOR: Task("Finish the intake review",
                                   "Check that it is complete, route it, name both liaisons.", "Open intake",
                                   "intake.intake")},
    ),
    S.INFORMATION_REQUESTED: StatusInfo(
        label="Answers asked of the agency", agency_label="We need answers from you", waits_on=Side.AGENCY,
        progress=2, clock=ClockKind.INFORMATION_REQUEST,
        now=("The agency answers our questions", "The clock of this stage stands still until then."),
        next_text="The review goes on where it stopped",
        tasks={R.AGENCY_HEAD: ANSWERING, R.AGENCY_OFFICER: ANSWERING},
    ),
    S.IN_ASSESSMENT: StatusInfo(
        label="Needs assessment", waits_on=Side.ICE, progress=3, clock=ClockKind.ASSESSMENT,
        now=("An assessor looks at the agency's needs", "A meeting belongs to it."),
        next_text="A recommendation to the agency",
        tasks={R.ASSESSOR: Task("Assess the agency's needs",
                                "Confirm the answers, record the meeting and the survey, recommend programs.",
                                "Open the worksheet", "assessment.worksheet")},
    ),
    S.AWAITING_CONCURRENCE: StatusInfo(
        label="Agency's decision on the recommendation", agency_label="Your decision on our recommendation",
        waits_on=Side.AGENCY, progress=4, clock=ClockKind.CONCURRENCE,
        now=("The agency head decides on the recommendation", "Program by program."),
        next_text="Headquarters review",
        tasks={R.AGENCY_HEAD: Task("Decide on our recommendation", "Answer for each program, or send it back.",
                                   "Read and decide", "review.decision")},
    ),
    S.IN_REVIEW: StatusInfo(
        label="Headquarters review", waits_on=Side.ICE, progress=4, clock=ClockKind.REVIEW,
        now=("Headquarters reviews the recommendation", "Five seats give opinions; an official decides."),
        next_text="Drafting of the agreement",
        tasks={
            R.REVIEWER: Task("Give your opinion", "One sentence for your seat, with its reason.", "Open the review",
                             "review.review"),
            R.APPROVING_OFFICIAL: Task("Decide on the programs that are yours",
                                       "Read the evidence and the opinions first.", "Open the review",
                                       "review.review"),
        },
    ),
    S.DEFERRED: StatusInfo(
        label="Deferred until a date", waits_on=Side.ICE, progress=3, ended="Deferred", cuts_short=True,
        now=("The request is deferred", "We look at it again on its date."),
        next_text="The needs assessment goes on",
        letter_text="We have put the request aside for now.",
        tasks={R.COORDINATOR: RESUMING, R.APPROVING_OFFICIAL: RESUMING},
    ),
    S.DRAFTING: StatusInfo(
        label="Agreement being drafted", waits_on=Side.ICE, progress=5, clock=ClockKind.DRAFTING,
        now=("The agreement is being drafted", "Counsel clears it before the agency reads it."),
        next_text="A drafted agreement",
        letter_text="We decided on every program that we recommended to you.",
        tasks={
            R.ASSESSOR: Task("Draft the agreement", "One for each approved program.", "Open the drafts",
                             "agreements.drafting"),
            R.COUNSEL: Task("Draft or clear the agreement", "One for each approved program.", "Open the drafts",
                            "agreements.drafting"),
            R.APPROVING_OFFICIAL: Task("Finalize what the agency accepts", "", "Open the drafts",
                                       "agreements.drafting"),
            R.AGENCY_HEAD: Task("Follow the draft of your agreement",
                                "You can propose changes when counsel has cleared a text, and accept it.",
                                "Open the drafts", "agreements.drafting"),
            R.AGENCY_OFFICER: Task("Follow the draft of your agreement",
                                   "You can propose changes when counsel has cleared a text.", "Open the drafts",
                                   "agreements.drafting"),
        },
    ),
    S.AGREEMENT_DRAFTED: StatusInfo(
        label="Agreement drafted", waits_on=None, progress=5, ended="Finished", is_closed=True,
        now=("The agreement is drafted", "Its text is frozen."),
        next_text="Signing, outside this service",
        letter_text="We decided on every program that we recommended to you.",
        tasks={R.AGENCY_HEAD: READING, R.AGENCY_OFFICER: READING},
    ),
    S.DECLINED: StatusInfo(
        label="Declined", waits_on=None, progress=4, ended="Declined", is_closed=True, is_final=True,
        now=("The request was declined", "The reason is below."),
        next_text="The agency may file a new request",
        letter_text="We cannot grant the request.",
    ),
    S.WITHDRAWN: StatusInfo(
        label="Withdrawn", waits_on=None, progress=1, ended="Withdrawn", cuts_short=True, is_closed=True,
        is_final=True,
        now=("The request was withdrawn", "The reason is below."),
        next_text=f"Its agency head may take it back within {DAYS_TO_REINSTATE} days",
    ),
}
# fmt: on
FINAL = frozenset(status for status, info in STATUSES.items() if info.is_final)
CLOSED = frozenset(status for status, info in STATUSES.items() if info.is_closed)
OPEN = tuple(status for status in Status if status not in CLOSED)
STATUS_WORDS = {status: info.label_for(Side.AGENCY) for status, info in STATUSES.items()}
STAFF_STATUS_WORDS = {status: info.label for status, info in STATUSES.items()}
WAITING_ON = {status: info.waits_on for status, info in STATUSES.items()}
RECOMMENDED = Separation(frozenset({A.RECOMMEND}), "You recommended in this case, so somebody else decides.")
# fmt: off
DECLINING: dict[str, Any] = {
    "action": A.DECLINE, "target": S.DECLINED, "permission": P.REQUEST_DECLINE, "notices": ("declined",),
    "event_text": "declined the request", "button": "Decline", "title": "Decline the request",
    "effect": "Ends the request here. The agency reads the reason.",
    "then": ("The agency is told, with the reason.", "It may file a new request at any time."),
    "asks": (ask_code(), reason(hint="The agency reads this, word for word."), note()),
    "done": "The request is declined.",
}
DEFERRING: dict[str, Any] = {
    "action": A.DEFER, "target": S.DEFERRED, "permission": P.REQUEST_DEFER,
    "requires": (conditions.reason_given, review.next_look_set), "notices": ("deferred",),
    "asks": (
        day("Look at it again on", "A day after today."), reason(hint="The agency reads this, word for word."), note(),
    ),
    "then": (
        "The agency is told, with your reason and the date.", "Until the date nothing happens: no clock runs.",
        "On the date it is taken up again, deferred anew or declined.",
    ),
    "done": "The request is deferred.",
}
WITHDRAWING: dict[str, Any] = {
    "action": A.WITHDRAW, "target": S.WITHDRAWN, "permission": P.REQUEST_WITHDRAW, "notices": ("withdrawn",),
    "event_text": "withdrew the request", "button": "Withdraw the request", "title": "Withdraw your request",
    "effect": "Ends the request here. It stays readable for you.",
    "then": (
        "ICE is told, with your reason, if you had sent it.", "Agreements in the making are abandoned with it.",
        f"You can take the withdrawal back within {DAYS_TO_REINSTATE} days, or file a new request at any time.",
    ),
    "asks": (reason(),), "done": "Your request is withdrawn.",
}
REQUEST_JOURNEY: tuple[Step, ...] = (
    Step(
        action=A.SUBMIT, source=S.DRAFT, target=S.SUBMITTED, permission=P.REQUEST_SUBMIT,
        requires=(
            conditions.sections_complete, conditions.ori_well_formed, conditions.need_stated,
            conditions.letter_present, conditions.authority_certified,
        ),
        notices=("received", "new_request"), event_text="submitted the request",
        button="Check and send", page="agency_requests.check",
    ),
    Step(
        action=A.ENTER, source=S.DRAFT, target=S.SUBMITTED, permission=P.REQUEST_ENTER,
        requires=(
            conditions.sections_complete, conditions.ori_well_formed, conditions.need_stated,
            conditions.letter_scanned, conditions.entry_compared,
        ),
        notices=("entered", "new_request"), event_text="entered the request from a letter on paper", on_behalf=True,
        button="Compare and record", page="agency_requests.check",
    ),
    Step(
        action=A.RETRACT, source=S.SUBMITTED, target=S.DRAFT, permission=P.REQUEST_ENTER,
        requires=(conditions.entered_by_you, conditions.reason_given),
        event_text="took back the entry of a letter on paper", on_behalf=True, staff_only=True,
        button="Take it back", title="Take the entry back",
        effect="Makes it a draft again that only you see, until a coordinator takes it.",
        then=(
            "The agency and the queue lose sight of it at once, and the agency is told by mail.",
            "Correct it and record it again, or discard it where it was the wrong agency’s.",
        ),
        asks=(reason(hint="It stays in the record."),),
        done="It is a draft again that only you see. Correct it and record it again, or discard it.",
    ),
    Step(
        action=A.DISCARD, source=S.DRAFT, target=S.WITHDRAWN, permission=P.REQUEST_DISCARD,
        requires=(conditions.yours_to_discard, conditions.reason_given),
        event_text="discarded the draft", on_behalf=True,
        button="Discard the draft", effect="Ends the draft. ICE never had it as a request.",
        then=("Nobody is told.", "Your reason stays in the record. A letter that is real still needs its answer."),
        asks=(reason(),), done="The draft is discarded.",
    ),
    Step(
        action=A.TAKE, source=S.SUBMITTED, target=S.IN_INTAKE, permission=P.REQUEST_TAKE,
        notices=("taken",), event_text="took the request into intake", leads_on=True,
        button="Take it into intake", page="intake.intake",
    ),
    *each(
        (S.IN_INTAKE, S.IN_ASSESSMENT),
        action=A.REQUEST_INFORMATION, target=S.INFORMATION_REQUESTED, permission=P.REQUEST_ASK,
        requires=(conditions.interests_declared, conditions.items_tied, conditions.items_due),
        notices=("information_requested",), event_text="asked the agency for information",
        button="Ask the agency", page="intake.ask",
    ),
    Step(
        action=A.RECALL, source=S.INFORMATION_REQUESTED, target=PREVIOUS, permission=P.REQUEST_RECALL,
        requires=(conditions.reason_given,), notices=("recalled", "taken_back"), event_text="took the questions back",
        button="Take it back", title="Take the questions back",
        effect="Puts the request back where it was; the agency need not answer any more.",
        then=("The agency is told, with your reason.", "The clock of the stage goes on."),
        asks=(reason(hint="The agency reads this, word for word."),), done="Taken back. The agency has been told.",
    ),
    Step(
        action=A.RECALL, source=S.AWAITING_CONCURRENCE, target=PREVIOUS,  # always the assessment
        permission=P.REQUEST_RECALL,
        requires=(conditions.reason_given,), notices=("recalled", "taken_back"),
        event_text="took the recommendation back",
        button="Take it back", title="Take the recommendation back",
        effect="Puts the request back into assessment; the agency need not decide now.",
        then=("The agency is told, with your reason.", "The assessor changes the recommendation and sends it anew."),
        asks=(reason(hint="The agency reads this, word for word."),), done="Taken back. The agency has been told.",
    ),
    Step(
        action=A.ANSWER, source=S.INFORMATION_REQUESTED, target=PREVIOUS, permission=P.REQUEST_ANSWER,
        requires=(conditions.items_answered,), notices=("answered",), event_text="answered every item",
        button="Send the answers", page="information_requests.items",
    ),
    Step(
        action=A.BEGIN_ASSESSMENT, source=S.IN_INTAKE, target=S.IN_ASSESSMENT, permission=P.REQUEST_BEGIN_ASSESSMENT,
        requires=(
            conditions.interests_declared, conditions.checklist_done, conditions.office_set,
            conditions.liaisons_named, conditions.liaisons_clear,
        ),
        notices=("assessment_begun", "assessment_assigned"), event_text="opened the needs assessment", leads_on=True,
        button="Open the needs assessment", page="intake.intake",
    ),
    Step(
        action=A.RECOMMEND, source=S.IN_ASSESSMENT, target=S.AWAITING_CONCURRENCE, permission=P.REQUEST_RECOMMEND,
        requires=(
            conditions.interests_declared, assessment.meeting_recorded, assessment.assessment_complete,
            assessment.survey_complete, assessment.program_recommended, assessment.gates_resolved,
            assessment.reasons_written, assessment.departures_justified, assessment.plan_complete,
        ),
        notices=("recommended",), event_text="sent the recommendation to the agency", leads_on=True,
        button="Send the recommendation", page="assessment.recommend",
    ),
    Step(
        action=A.CONCUR, source=S.AWAITING_CONCURRENCE, target=S.IN_REVIEW, permission=P.REQUEST_CONCUR,
        requires=(review.programs_answered, review.shown_is_current, conditions.assignee_named),
        notices=("concurred", "review_opened"), event_text="decided on the recommendation",
        button="Decide on the recommendation", page="review.decision",
    ),
    Step(
        action=A.TAKE_BACK, source=S.IN_REVIEW, target=S.AWAITING_CONCURRENCE, permission=P.REQUEST_CONCUR,
        requires=(review.no_opinion_given, conditions.reason_given), notices=("concurrence_taken_back",),
        event_text="took the decision on the recommendation back",
        button="Take your decision back",
        effect="Voids what you decided on our recommendation, so that you decide anew.",
        then=(
            "The office and the reviewers are told, with your reason.",
            "The recommendation waits for your decision again, with a new date.",
        ),
        asks=(reason(),), done="Your decision is taken back. The recommendation waits for you again.",
    ),
    Step(
        action=A.DISSENT, source=S.AWAITING_CONCURRENCE, target=S.IN_ASSESSMENT, permission=P.REQUEST_CONCUR,
        requires=(conditions.reason_given,), notices=("dissented",), event_text="sent the recommendation back",
        button="Send it back", page="review.decision",
    ),
    Step(
        action=A.GIVE_OPINION, source=S.IN_REVIEW, target=S.IN_REVIEW, permission=P.REQUEST_OPINE,
        requires=(review.concurrence_current, review.seat_is_yours), separated_from=(RECOMMENDED,),
        event_text="gave an opinion", staff_only=True,
        button="Give an opinion", page="review.review",
    ),
    Step(
        action=A.DECIDE, source=S.IN_REVIEW, target=S.IN_REVIEW, permission=P.REQUEST_DECIDE,
        requires=(
            review.instrument_is_yours, review.agency_concurred, conditions.reason_given,
            review.concurrence_current, review.opinions_given, review.capacity_confirmed,
            review.finding_written,
        ),
        separated_from=(RECOMMENDED,), event_text="decided on a program",
        button="Decide on a program", page="review.review",
    ),
    Step(
        action=A.APPROVE, source=S.IN_REVIEW, target=S.DRAFTING, permission=P.SYSTEM_STEP,
        requires=(review.all_decided, review.concurrence_current),
        notices=("approved", "drafting_assigned"), event_text="recorded the approval", leads_on=True,
    ),
    Step(
        action=A.REDIRECT, source=S.IN_REVIEW, target=S.IN_ASSESSMENT, permission=P.REQUEST_REDIRECT,
        requires=(conditions.reason_given,), notices=("redirected",),
        event_text="sent the request back to assessment",
        button="Send back to assessment",
        effect="Has the assessor look at the case again, or renews a concurrence that is void.",
        then=(
            "The agency and the assessor are told, with your reason.",
            "The agency decides anew on what is then recommended.",
        ),
        asks=(reason(hint="The agency reads this, word for word."), note()),
        done="The request is back in assessment.",
    ),
    *each(
        (S.IN_ASSESSMENT, S.IN_REVIEW), **DEFERRING, event_text="deferred the request",
        button="Defer", title="Defer the request",
        effect="Puts it aside until a day that you name. It is neither approved nor declined.",
    ),
    Step(
        source=S.DEFERRED, **DEFERRING, event_text="deferred the request to another date",
        button="Set a new date", title="Defer the request again",
        effect="Puts it aside until another day than was named.",
    ),
    Step(
        action=A.RESUME, source=S.DEFERRED, target=S.IN_ASSESSMENT, permission=P.REQUEST_RESUME,
        notices=("resumed",), event_text="took the request up again",
        button="Take up again", title="Take the request up again", effect="Has the needs assessment go on.",
        then=("The agency and the assessor are told.", "A new clock of the assessment starts."),
        done="The needs assessment goes on.",
    ),
    *each(
        (S.IN_INTAKE, S.IN_REVIEW, S.DEFERRED), **DECLINING,
        requires=(review.reason_code_given, conditions.reason_given),
    ),
    Step(
        source=S.IN_ASSESSMENT, **DECLINING,
        requires=(review.reason_code_given, conditions.reason_given, assessment.no_partnership_found),
    ),
    Step(
        source=S.DRAFTING, **DECLINING,
        requires=(review.reason_code_given, conditions.reason_given, review.agreements_abandoned),
    ),
    *each(
        (status for status in OPEN if status is not S.DRAFTING), **WITHDRAWING, requires=(conditions.reason_given,)
    ),
    Step(source=S.DRAFTING, **WITHDRAWING, requires=(review.no_agreement_drafted, conditions.reason_given)),
    Step(
        action=A.REINSTATE, source=S.WITHDRAWN, target=PREVIOUS,  # where it was withdrawn from
        permission=P.REQUEST_REINSTATE, requires=(conditions.withdrawn_lately, conditions.reason_given),
        notices=("reinstated",), event_text="took the withdrawal back",
        button="Take the withdrawal back",
        effect="Has the request go on where it stood when you withdrew it, with everything in it.",
        then=(
            "ICE is told, with your reason, if you had sent it. The clock of that stage starts anew.",
            "Agreements that were abandoned with it stay abandoned; they can be started again.",
        ),
        asks=(reason(),), done="Your request goes on where it stood.",
    ),
    Step(
        action=A.FINISH, source=S.DRAFTING, target=S.AGREEMENT_DRAFTED, permission=P.SYSTEM_STEP,
        requires=(review.agreements_finished,), notices=("drafted",),
        event_text="recorded that the agreement is drafted", leads_on=True,
    ),
)
# fmt: on
