"""The words of the case head: what each role does next in each status, and what the others wait for."""

from dataclasses import dataclass

from app.policy import Role
from app.workflow.journey.conditions import DAYS_TO_REINSTATE
from app.workflow.journey.statuses import Status

R, S = Role, Status


@dataclass(frozen=True)
class Task:
    """What a role does next: a heading, why, the button's label and the page it leads to."""

    title: str
    text: str
    button: str
    endpoint: str
    anchor: str = ""


CONSULT_TASK = Task(  # for somebody of another office who is asked about this one case
    "Give the opinion you are asked for",
    "You read this one case until you have answered.",
    "Answer",
    "staffing.people",
    "#opinion",
)
DECLARE_TASK = Task(  # for whoever is named for this case, before anything else
    "Declare your interests in this case",
    "You are named for it. Until you have declared, it cannot go on.",
    "Declare your interests",
    "triage.declaration",
)
TASKS: dict[Status, dict[Role, Task]] = {
    S.DRAFT: {
        R.AGENCY_HEAD: Task(
            "Finish your request", "Fill in the sections, then check and certify.", "Go on", "intake.tasks"
        ),
        R.AGENCY_OFFICER: Task(
            "Fill in your request", "Your agency head certifies and sends it.", "Go on", "intake.tasks"
        ),
    },
    S.SUBMITTED: {
        R.COORDINATOR: Task(
            "Take this request into intake", "You become its coordinator.", "Review and take", "triage.intake"
        ),
    },
    S.IN_INTAKE: {
        R.COORDINATOR: Task(
            "Finish the intake review",
            "Check that it is complete, route it, name both liaisons.",
            "Open intake",
            "triage.intake",
        ),
    },
    S.INFORMATION_REQUESTED: {
        R.AGENCY_HEAD: Task(
            "Answer our questions", "Your request waits until every item is answered.", "Answer", "answers.items"
        ),
        R.AGENCY_OFFICER: Task(
            "Answer our questions", "Your request waits until every item is answered.", "Answer", "answers.items"
        ),
    },
    S.IN_ASSESSMENT: {
        R.ASSESSOR: Task(
            "Assess the agency's needs",
            "Confirm the answers, record the meeting and the survey, recommend programs.",
            "Open the worksheet",
            "assessment.worksheet",
        ),
    },
    S.AWAITING_CONCURRENCE: {
        R.AGENCY_HEAD: Task(
            "Decide on our recommendation",
            "Answer for each program, or send it back.",
            "Read and decide",
            "review.decision",
        ),
    },
    S.IN_REVIEW: {
        R.REVIEWER: Task(
            "Give your opinion", "One sentence for your seat, with its reason.", "Open the review", "review.review"
        ),
        R.APPROVING_OFFICIAL: Task(
            "Decide on the programs that are yours",
            "Read the evidence and the opinions first.",
            "Open the review",
            "review.review",
        ),
    },
    S.DEFERRED: {
        R.COORDINATOR: Task("Take it up again when its date comes", "", "Resume", "outcomes.resume"),
        R.APPROVING_OFFICIAL: Task("Take it up again when its date comes", "", "Resume", "outcomes.resume"),
    },
    S.DRAFTING: {
        R.ASSESSOR: Task(
            "Draft the agreement", "One for each approved program.", "Open the drafts", "agreements.drafting"
        ),
        R.COUNSEL: Task(
            "Draft or clear the agreement", "One for each approved program.", "Open the drafts", "agreements.drafting"
        ),
        R.APPROVING_OFFICIAL: Task("Finalise what the agency accepts", "", "Open the drafts", "agreements.drafting"),
        R.AGENCY_HEAD: Task(
            "Follow the draft of your agreement",
            "You can propose changes when counsel has cleared a text, and accept it.",
            "Open the drafts",
            "agreements.drafting",
        ),
        R.AGENCY_OFFICER: Task(
            "Follow the draft of your agreement",
            "You can propose changes when counsel has cleared a text.",
            "Open the drafts",
            "agreements.drafting",
        ),
    },
    S.AGREEMENT_DRAFTED: {
        role: Task(
            "Read the agreement",
            "Its text is final. Print it or download it.",
            "Open the agreement",
            "agreements.drafting",
        )
        for role in (R.AGENCY_HEAD, R.AGENCY_OFFICER)
    },
}

WAITS: dict[Status, tuple[str, str]] = {
    S.DRAFT: ("The agency is filling in its request", "ICE sees it once it is submitted."),
    S.SUBMITTED: ("We check that the request is complete", "A coordinator takes it first."),
    S.IN_INTAKE: ("We check that the request is complete", "You will hear if something is missing."),
    S.INFORMATION_REQUESTED: ("The agency answers our questions", "The clock of this stage stands still until then."),
    S.IN_ASSESSMENT: ("An assessor looks at the agency's needs", "A meeting belongs to it."),
    S.AWAITING_CONCURRENCE: ("The agency head decides on the recommendation", "Program by program."),
    S.IN_REVIEW: ("Headquarters reviews the recommendation", "Five seats give opinions; an official decides."),
    S.DEFERRED: ("The request is deferred", "We look at it again on its date."),
    S.DRAFTING: ("The agreement is being drafted", "Counsel clears it before the agency reads it."),
    S.AGREEMENT_DRAFTED: ("The agreement is drafted", "Its text is frozen."),
    S.DECLINED: ("The request was declined", "The reason is below."),
    S.WITHDRAWN: ("The request was withdrawn", "The reason is below."),
}
AFTER: dict[Status, str] = {
    S.DRAFT: "We check that it is complete",
    S.SUBMITTED: "Intake review",
    S.IN_INTAKE: "Needs assessment",
    S.INFORMATION_REQUESTED: "The review goes on where it stopped",
    S.IN_ASSESSMENT: "A recommendation to the agency",
    S.AWAITING_CONCURRENCE: "Headquarters review",
    S.IN_REVIEW: "Drafting of the agreement",
    S.DEFERRED: "The needs assessment goes on",
    S.DRAFTING: "A drafted agreement",
    S.AGREEMENT_DRAFTED: "Signing, outside this service",
    S.DECLINED: "The agency may file a new request",
    S.WITHDRAWN: f"Its agency head may take it back within {DAYS_TO_REINSTATE} days",
}
INDICATOR: dict[Status, int] = {
    S.DRAFT: 1,
    S.SUBMITTED: 2,
    S.IN_INTAKE: 2,
    S.INFORMATION_REQUESTED: 2,
    S.IN_ASSESSMENT: 3,
    S.AWAITING_CONCURRENCE: 4,
    S.IN_REVIEW: 4,
    S.DEFERRED: 3,
    S.DRAFTING: 5,
    S.AGREEMENT_DRAFTED: 5,
    S.DECLINED: 4,
    S.WITHDRAWN: 1,
}
