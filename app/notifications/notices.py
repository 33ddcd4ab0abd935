"""Every notice the service sends, by its key, and the function that writes its words."""

from collections.abc import Mapping

from app.notifications.conversation_notices import TALK_NOTICES
from app.notifications.date_notices import DATE_NOTICES
from app.notifications.notice import Notice, RecipientGroup, Urgency

LINKED = "\n\n{link}"
SIGNED = "\n\nThis message was sent by ACCESS Partnership Requests. Do not answer it; sign in instead.\n"
G = RecipientGroup

NOTICES: dict[str, Notice] = TALK_NOTICES | {
    **DATE_NOTICES,
    "received": Notice(
        (G.AGENCY,),
        "We received your request {number}",
        "Thank you. Your agency's request for ICE ACCESS assistance has the number {number}.\n\n"
        "A coordinator checks that it is complete and tells you who works on it. You need to do nothing now.",
    ),
    "entered": Notice(
        (G.AGENCY,),
        "We entered your letter as request {number}",
        "Your agency's letter of {signed} asks for ICE ACCESS assistance. We typed it in as {number}.\n\n"
        "Please compare what we typed with your letter. If something is wrong, write to us in the request.",
    ),
    "retracted": Notice(
        (),
        "Request {number} is taken back",
        "We had typed in a letter as request {number} of your agency. It was recorded wrongly, so we took it back. "
        "If it is your letter, you will hear of it again. You need to do nothing.",
    ),
    "ask_head": Notice(
        (G.PERSON,),
        "A request for ICE ACCESS assistance is ready for you",
        "{officer} filled in a request of {agency} and asks you to check, certify and send it.",
    ),
    "handed_back": Notice(
        (G.PERSON,),
        "Your agency head gave the draft request back",
        "Before {agency}'s request for ICE ACCESS assistance is certified, your agency head asks for this:\n\n{reason}",
    ),
    "sections_given": Notice(
        (G.PERSON,),
        "{giver} gave you part of a request to fill in",
        "{giver} asks you to fill in this part of {agency}'s request for ICE ACCESS assistance:\n\n{sections}\n\n"
        "Open the request, fill in what you know, and leave what you do not.",
    ),
    "new_request": Notice(
        (G.COORDINATORS,), "New request {number} from {agency}", "{agency} sent request {number}. Take it into intake."
    ),
    "taken": Notice(
        (G.AGENCY,),
        "Your request {number} is in intake review",
        "A coordinator has begun the intake review of request {number}. You need to do nothing now.",
    ),
    "information_requested": Notice(
        (G.AGENCY,),
        "We need answers about request {number}",
        "We asked your agency for the following, by {due}:\n\n{items}\n\n"
        "Your request keeps its place. It waits until every item is answered.",
    ),
    "view_matches": Notice((), "New in your view: {view}", "Requests that newly match the view you follow: {count}."),
    "recalled": Notice(
        (G.AGENCY,),
        "Request {number}: you no longer need to answer",
        "We took back what we had asked of you. The reason: {reason}\n\nYou need to do nothing now.",
    ),
    "taken_back": Notice(
        (G.COORDINATORS, G.ASSESSOR),
        "Request {number} is with you again",
        "What we had asked of {agency} was taken back. The reason: {reason}",
    ),
    "answered": Notice(
        (G.COORDINATORS, G.ASSESSOR),
        "{agency} answered about request {number}",
        "Every item is answered. What changed is marked on the case page.",
    ),
    "assessment_begun": Notice(
        (G.AGENCY,),
        "The needs assessment of request {number} has begun",
        "Intake is finished. An assessor will arrange a meeting with your agency and go through your answers.",
    ),
    "assessment_assigned": Notice(
        (G.ASSESSOR,), "Needs assessment of request {number}", "The needs assessment of {agency} is open for you."
    ),
    "recommended": Notice(
        (G.AGENCY,),
        "Our recommendation on request {number} waits for your decision",
        "We recommend which ICE ACCESS programs fit your agency, with the reasons. "
        "Your agency head decides on each program, or sends the recommendation back.",
    ),
    "concurred": Notice(
        (G.AGENCY, G.ASSESSOR, G.COORDINATORS),
        "{agency} decided on the recommendation in request {number}",
        "The decision is recorded. Headquarters reviews the request next.",
    ),
    "review_opened": Notice(
        (G.REVIEWERS, G.OFFICIALS), "Review of request {number} from {agency}", "Request {number} is ready for review."
    ),
    "dissented": Notice(
        (G.ASSESSOR, G.COORDINATORS),
        "{agency} sent back the recommendation in request {number}",
        "The reason: {reason}",
    ),
    "concurrence_taken_back": Notice(
        (G.AGENCY, G.COORDINATORS, G.REVIEWERS),
        "{agency} took its decision on request {number} back",
        "The agency head decides again on the recommendation. The reason: {reason}",
    ),
    "approved": Notice(
        (G.AGENCY,),
        "Request {number} is approved for drafting",
        "The decisions on your request are recorded with their reasons. We now draft the agreement.",
    ),
    "drafting_assigned": Notice(
        (G.ASSESSOR, G.COUNSEL), "Request {number}: start the agreement", "{agency}'s request is approved for drafting."
    ),
    "redirected": Notice(
        (G.AGENCY, G.ASSESSOR),
        "Request {number} goes back to assessment",
        "The review sent the request back to assessment. The reason: {reason}",
    ),
    "deferred": Notice(
        (G.AGENCY, G.ASSESSOR, G.COORDINATORS),
        "Request {number} is deferred",
        "We will look at it again on {until}. The reason: {reason}",
    ),
    "resumed": Notice(
        (G.AGENCY, G.ASSESSOR),
        "We took request {number} up again",
        "The request is no longer deferred: the needs assessment goes on.",
    ),
    "declined": Notice(
        (G.AGENCY, G.ASSESSOR, G.COORDINATORS),
        "Request {number} is declined",
        "The reason: {reason}\n\nYou may file a new request at any time.",
    ),
    "withdrawn": Notice(
        (G.AGENCY, G.COORDINATORS, G.ASSESSOR),
        "Request {number} is withdrawn",
        "{agency} withdrew the request. The reason: {reason}",
    ),
    "reinstated": Notice(
        (G.AGENCY, G.COORDINATORS, G.ASSESSOR),
        "Request {number} goes on",
        "{agency} took back its withdrawal. The reason: {reason}\n\nThe request goes on where it stood.",
    ),
    "drafted": Notice(
        (G.AGENCY, G.ASSESSOR, G.COORDINATORS),
        "The agreement of request {number} is drafted",
        "The agreement's text is final. Read, print or download it from the request's page.",
    ),
    "assigned": Notice(
        (),
        "Request {number} from {agency} is yours",
        "You are the {role} of request {number} now. The reason: {reason}\n\n"
        "Declare your interests in the case first; if you have one, somebody else acts.",
    ),
    "named": Notice(
        (),
        "You are named for request {number} from {agency}",
        "You are its {role}. Declare first whether you have an interest in the case; "
        "until then the needs assessment cannot begin. If you have one, somebody else acts.",
    ),
    "many_assigned": Notice(
        (),
        "{count} requests are yours",
        "You are the {role} of these requests now. The reason: {reason}\n\n{requests}\n\n"
        "Declare your interests in each first; if you have one, somebody else acts.",
    ),
    "many_in_pool": Notice(
        (),
        "{count} requests have no {role}",
        "They keep their place and their age. Whoever can, takes them. The reason: {reason}\n\n{requests}",
    ),
    "consulted": Notice(
        (),
        "Your opinion on request {number} from {agency}, by {due}",
        "A colleague of another office asks you for an opinion on this one case. You can read the case until you "
        "have answered.",
    ),
    "consult_answered": Notice(
        (),
        "Request {number}: {name} gave the opinion you asked for",
        "Read it on the page of the people on the case.",
    ),
    "consult_recalled": Notice(
        (),
        "Request {number}: your opinion is no longer asked for",
        "The question was taken back. You need to do nothing.",
    ),
    "back_in_pool": Notice(
        (),
        "Request {number} from {agency} has no {role}",
        "It keeps its place and its age. Whoever can, takes it. The reason: {reason}",
    ),
    "sent_to_counsel": Notice(
        (G.COUNSEL,), "Draft for legal review: {title}, {agency}", "The draft is ready for your review."
    ),
    "text_returned": Notice((G.DRAFTER,), "Counsel returned the draft: {title}", "Counsel's comment: {reason}"),
    "text_cleared": Notice(
        (G.AGENCY, G.DRAFTER),
        "The draft agreement is open for your proposals: {title}",
        "Read the text. You may propose changes or comment on each clause; your agency head may accept it.",
    ),
    "proposal_made": Notice((G.OTHER_SIDE,), "A proposal on the draft: {title}", "There is a proposal to answer."),
    "proposal_answered": Notice((G.OTHER_SIDE,), "An answer on the draft: {title}", "A proposal was answered."),
    "text_revised": Notice(
        (G.AGENCY, G.DRAFTER),
        "The draft is being revised: {title}",
        "Accepted proposals are being taken into the text. You will hear when it is open again.",
    ),
    "text_accepted": Notice(
        (G.DRAFTER, G.OFFICIALS, G.AGENCY),
        "The agency accepted the text: {title}",
        "{agency} accepted the text as it stands. The approving official can finalize it.",
    ),
    "acceptance_taken_back": Notice(
        (G.DRAFTER, G.OFFICIALS, G.AGENCY),
        "The acceptance was taken back: {title}",
        "{agency} took its acceptance of the text back; it is open for proposals again. The reason: {reason}",
    ),
    "finalized": Notice(
        (G.AGENCY, G.DRAFTER), "The agreement is drafted: {title}", "The text is frozen under the number {agreement}."
    ),
    "reopened": Notice(
        (G.AGENCY, G.DRAFTER),
        "The draft was reopened: {title}",
        "The acceptance of the text is void. The reason: {reason}",
    ),
    "abandoned": Notice(
        (G.AGENCY, G.DRAFTER), "The draft was abandoned: {title}", "The draft goes no further. The reason: {reason}"
    ),
    "invitation": Notice(
        (G.PERSON,),
        "Set up your account at ACCESS Partnership Requests",
        "{inviter} invited you as {role} of {place}. Open the link within 24 hours and choose a password. "
        "It works once.",
        Urgency.ALWAYS_AT_ONCE,
    ),
    "role_proposed": Notice(
        (G.PERSON,),
        "A role for {person} waits for a second administrator",
        "{proposer} proposes for {person}: {roles}. The reason: {reason}\n\n"
        "Another administrator confirms or refuses it.",
    ),
    "reset": Notice(
        (G.PERSON,),
        "Choose a new password",
        "Somebody, we hope you, asked for a new password. Open the link within an hour; it works once. "
        "If it was not you, do nothing: your password stays as it is.",
        Urgency.ALWAYS_AT_ONCE,
    ),
    "handover_asked": Notice(
        (G.PERSON,),
        "Become the head of {agency}?",
        "{giver} asks you to take over as head of {agency} in ACCESS Partnership Requests. "
        "Read what it means, then accept or decline. Until you accept, nothing changes.",
    ),
    "handover_answered": Notice(
        (G.PERSON,), "{successor} answered whether to become the head", "{successor} {answer}."
    ),
    "application_received": Notice(
        (G.PERSON,),
        "We received {agency}'s request for access",
        "A coordinator checks it, and then invites the head of your agency and you by mail.",
        Urgency.ALWAYS_AT_ONCE,
    ),
    "application_waiting": Notice(
        (G.COORDINATORS,), "{agency} asks for access", "Check the application and decide on it."
    ),
    "application_refused": Notice(
        (G.PERSON,), "{agency}'s request for access was not approved", "The reason: {reason}", Urgency.ALWAYS_AT_ONCE
    ),
    "letter_issued": Notice(
        (G.AGENCY,),
        "A letter about your request {number}: {title}",
        "ICE issued a letter to {agency}. Sign in to read it, or to save it as a PDF.",
    ),
}


class _Values(dict[str, object]):
    def __missing__(self, key: str) -> str:
        return ""


def notice_words(key: str, values: Mapping[str, object], *, signed: bool = True) -> tuple[str, str]:
    """The subject (one line) and the body of a notice. Raises KeyError for a notice that does not exist."""
    notice = NOTICES[key]
    known = _Values(values)
    subject = " ".join(notice.subject.format_map(known).split())
    return subject[:300], (notice.body + LINKED + (SIGNED if signed else "")).format_map(known)
