"""What must hold for a step of a request: each returns the sentence to show, or None."""

from datetime import timedelta
from typing import Final

from app.policy import Role
from app.text import listed, plural
from app.workflow.journey.condition import must_hold
from app.workflow.journey.facts import Facts

DAYS_TO_REINSTATE: Final = 30


def is_recommended(facts: Facts) -> bool:
    """Whether there is a recommendation of which the rule could hold."""
    return bool(facts.assessment.programs or facts.assessment.models_missing)


def has_liaison(facts: Facts) -> bool:
    """Whether anybody is named who could declare."""
    return not facts.intake.liaisons_missing


def has_concurrence(facts: Facts) -> bool:
    """Whether the agency concurred with anything that could be decided."""
    return bool(facts.review.concurred)


# --- the agency asks -------------------------------------------------------------------------------------------------


@must_hold("Every section is complete", at="sections")
def sections_complete(facts: Facts) -> str | None:
    names = facts.agency_request.sections_open
    return f"Complete these sections first: {listed(names)}." if names else None


@must_hold("The agency's ORI has the right shape", at="agency")
def ori_well_formed(facts: Facts) -> str | None:
    ori = facts.agency_request.ori
    good = len(ori) == 9 and ori[:2].isalpha() and ori.isalnum() and ori.isupper() and ori.isascii()
    return None if good else "Correct the agency's ORI: two letters, then seven letters or digits."


@must_hold("At least one need or objective is stated", at="needs")
def need_stated(facts: Facts) -> str | None:
    return None if facts.agency_request.has_need else "State at least one objective or one problem you want solved."


@must_hold("Authority to bind the agency is certified", at="authority", asks_input=True)
def authority_certified(facts: Facts) -> str | None:
    held = facts.agency_request.authority_certified and facts.inputs.certified
    return None if held else "Certify that you have the authority to bind the agency."


@must_hold("A signed request letter is attached or written in the form", at="authority")
def letter_present(facts: Facts) -> str | None:
    return None if facts.agency_request.has_letter else "Attach the signed request letter, or write it in the form."


@must_hold("A scan of the signed letter is attached", at="documents")
def letter_scanned(facts: Facts) -> str | None:
    return None if facts.agency_request.has_scanned_letter else "Attach a scan of the signed letter."


@must_hold("What was typed in is compared with the paper", asks_input=True)
def entry_compared(facts: Facts) -> str | None:
    held = facts.agency_request.authority_certified and facts.inputs.certified
    return None if held else "Confirm that you compared every answer with the signed paper."


@must_hold("You typed the letter in")
def entered_by_you(facts: Facts) -> str | None:
    held = facts.actor_id is not None and facts.actor_id == facts.agency_request.entered_by_id
    return None if held else "Whoever typed the letter in takes it back."


@must_hold("You began the draft, or head the agency")
def yours_to_discard(facts: Facts) -> str | None:
    held = facts.actor_id == facts.agency_request.begun_by_id or Role.AGENCY_HEAD in facts.actor_roles
    return None if held else "Whoever began the draft discards it, or the head of the agency."


# --- intake ----------------------------------------------------------------------------------------------------------


@must_hold("A reason is given", asks_input=True)
def reason_given(facts: Facts) -> str | None:
    return None if facts.inputs.reason.strip() else "Give your reason in a sentence."


@must_hold(f"The request was withdrawn within the last {DAYS_TO_REINSTATE} days")
def withdrawn_lately(facts: Facts) -> str | None:
    withdrawn, today = facts.agency_request.withdrawn_on, facts.inputs.today
    if withdrawn and today and today <= withdrawn + timedelta(days=DAYS_TO_REINSTATE):
        return None
    return f"A withdrawal can be taken back within {DAYS_TO_REINSTATE} days. Copy the request into a new one instead."


@must_hold("You declared whether you have an interest in the case", at="intake.declaration#interests")
def interests_declared(facts: Facts) -> str | None:
    is_open = facts.actor_id in facts.intake.undeclared
    return "Declare first whether you have an interest in this case." if is_open else None


@must_hold("At least one item is asked, each tied to a question or a document", asks_input=True)
def items_tied(facts: Facts) -> str | None:
    if not facts.intake.items_asked:
        return "Ask for at least one item."
    return "Tie each item to a question or a document." if facts.intake.items_untied else None


@must_hold("The items have a due date", asks_input=True)
def items_due(facts: Facts) -> str | None:
    return None if facts.intake.has_due_date else "Set the date by which the agency should answer."


@must_hold("Every item is answered", at="items")
def items_answered(facts: Facts) -> str | None:
    n = facts.intake.items_open
    return f"Answer every item: {plural(n, 'is', 'are')} still open." if n else None


@must_hold("The completeness check is done", at="intake.intake#checklist")
def checklist_done(facts: Facts) -> str | None:
    n = len(facts.intake.checklist_open)
    return f"Finish the completeness check: {plural(n, 'point is', 'points are')} open." if n else None


@must_hold("The request has an office", at="intake.intake#routing")
def office_set(facts: Facts) -> str | None:
    return None if facts.intake.has_office else "Choose the office that will work on this request."


@must_hold("An investigations and a detention liaison are named", at="intake.intake#liaisons")
def liaisons_named(facts: Facts) -> str | None:
    names = facts.intake.liaisons_missing
    return f"Name the {listed(names)}." if names else None


@must_hold(
    "Both liaisons have declared that they have no conflict of interest", at="intake.intake#liaisons", begun=has_liaison
)
def liaisons_clear(facts: Facts) -> str | None:
    if facts.intake.liaisons_conflicted:
        return f"Name somebody else: {listed(facts.intake.liaisons_conflicted)} declared a conflict of interest."
    names = facts.intake.liaisons_undeclared
    return f"Ask for the declaration of interests of {listed(names)}." if names else None


# --- assessment ------------------------------------------------------------------------------------------------------


@must_hold("A meeting with the agency is recorded", at="meetings.meetings#meetings")
def meeting_recorded(facts: Facts) -> str | None:
    return (
        None
        if facts.assessment.has_meeting
        else "Record a meeting with the agency: its date and who attended, by role."
    )


@must_hold("Every answer is confirmed or corrected", at="assessment.worksheet#worksheet")
def assessment_complete(facts: Facts) -> str | None:
    n = facts.assessment.answers_open
    return f"Confirm or correct {plural(n, 'more answer', 'more answers')} in the worksheet." if n else None


@must_hold("The field survey is complete", at="assessment.survey#survey")
def survey_complete(facts: Facts) -> str | None:
    n = facts.assessment.survey_open
    return f"Answer {plural(n, 'more question', 'more questions')} of the field survey." if n else None


@must_hold("At least one program is recommended", at="assessment.recommendation#recommendation")
def program_recommended(facts: Facts) -> str | None:
    if facts.assessment.models_missing:
        return f"Choose the model of {listed(facts.assessment.models_missing)}."
    return None if facts.assessment.programs else "Recommend at least one program."


@must_hold(
    "Every gate is resolved, or who confirms it is named",
    at="assessment.recommendation#recommendation",
    begun=is_recommended,
)
def gates_resolved(facts: Facts) -> str | None:
    if facts.assessment.not_available:
        return (
            f"Take out {listed(facts.assessment.not_available)}: a gate fails, so it is not available to this agency."
        )
    names = facts.assessment.gates_open
    return f"Say who confirms the open gates, and how, for {listed(names)}." if names else None


@must_hold("Each recommended program has a reason", at="assessment.recommendation#recommendation", begun=is_recommended)
def reasons_written(facts: Facts) -> str | None:
    names = facts.assessment.reasons_missing
    return f"Write why you recommend {listed(names)}." if names else None


@must_hold(
    "Every departure from the computed order is justified",
    at="assessment.recommendation#recommendation",
    begun=is_recommended,
)
def departures_justified(facts: Facts) -> str | None:
    names = facts.assessment.departures_open
    return f"Write why you depart from the computed order for {listed(names)}." if names else None


@must_hold("Each recommended program has a plan of action", at="assessment.plan#plan", begun=is_recommended)
def plan_complete(facts: Facts) -> str | None:
    names = facts.assessment.plan_missing
    return f"Add a line to the plan of action for {listed(names)}." if names else None


@must_hold("The assessor's written finding says that no partnership fits", at="finding")
def no_partnership_found(facts: Facts) -> str | None:
    held = facts.assessment.has_no_partnership_finding
    return None if held else "The assessor first writes the finding that no partnership fits."


@must_hold("Somebody of ICE answers for the request", at="assignment.people#people")
def assignee_named(facts: Facts) -> str | None:
    held = facts.intake.has_assignee
    return (
        None
        if held
        else "Nobody of ICE is named for this request now. Write to us in its messages, and decide when somebody is."
    )


# --- concurrence and review ------------------------------------------------------------------------------------------


@must_hold("Each program is answered, and at least one is agreed to", asks_input=True)
def programs_answered(facts: Facts) -> str | None:
    if facts.review.answers_missing:
        return f"Answer for {listed(facts.review.answers_missing)}."
    if facts.review.comments_missing:
        return f"Write your comment or reason for {listed(facts.review.comments_missing)}."
    return None if facts.review.concurred else "Concur with at least one program, or send the recommendation back."


@must_hold("The recommendation is the one you were shown", asks_input=True)
def shown_is_current(facts: Facts) -> str | None:
    same = facts.inputs.shown_hash and facts.inputs.shown_hash == facts.assessment.content_hash
    return None if same else "The recommendation changed since you opened it. Read it again, then decide."


@must_hold("No reviewer has given an opinion yet")
def no_opinion_given(facts: Facts) -> str | None:
    given = facts.review.opinions_given
    return "A reviewer has given an opinion already. Write to us in the request's messages instead." if given else None


@must_hold("The seat is yours to fill", asks_input=True)
def seat_is_yours(facts: Facts) -> str | None:
    return None if facts.inputs.seat in facts.actor_seats else "Give the opinion of a seat you hold."


@must_hold("The program is one you may approve", asks_input=True)
def instrument_is_yours(facts: Facts) -> str | None:
    key = facts.program_key or facts.inputs.program_key
    return None if key in facts.actor_programs else "Another official approves this program."


@must_hold("The agency concurred with the program", asks_input=True)
def agency_concurred(facts: Facts) -> str | None:
    if facts.inputs.program_key in facts.review.decided:
        return "This program is decided already."
    return (
        None if facts.inputs.program_key in facts.review.concurred else "The agency did not concur with this program."
    )


@must_hold("The agency's concurrence still holds", at="review.review#concurrence")
def concurrence_current(facts: Facts) -> str | None:
    held = facts.review.concurrence_current
    return None if held else "The concurrence is void: the assessed content changed. Send the request back to renew it."


@must_hold("Every seat has given its opinion", at="review.review#opinions")
def opinions_given(facts: Facts) -> str | None:
    names = facts.review.seats_missing
    return f"Wait for the opinions of these seats: {listed(names)}." if names else None


@must_hold("Capacity is confirmed", at="review.review#capacity", begun=has_concurrence)
def capacity_confirmed(facts: Facts) -> str | None:
    key = facts.inputs.program_key
    missing = key in facts.review.capacity_missing if key else bool(facts.review.capacity_missing)
    return "Confirm the supervisor, the training seats and the equipment date first." if missing else None


@must_hold("The civil-rights finding is written where it is needed", at="finding", begun=has_concurrence)
def finding_written(facts: Facts) -> str | None:
    key = facts.inputs.program_key
    missing = key in facts.review.findings_missing if key else bool(facts.review.findings_missing)
    return "A civil-rights reviewer writes a finding first: a gate asks for it." if missing else None


@must_hold("Every program the agency concurred with is decided", at="review.review#decision", begun=has_concurrence)
def all_decided(facts: Facts) -> str | None:
    left = [key for key in facts.review.concurred if key not in facts.review.decided]
    if left:
        return "Decide on every program the agency concurred with."
    return None if facts.review.approved else "No program is approved: decline or redirect the request."


@must_hold("A date for the next look is set", asks_input=True)
def next_look_set(facts: Facts) -> str | None:
    until, today = facts.inputs.until, facts.inputs.today
    if until is None:
        return "Set the date on which to look at it again."
    return "Set a date after today." if today and until <= today else None


@must_hold("A reason from the list is chosen", asks_input=True)
def reason_code_given(facts: Facts) -> str | None:
    return None if facts.inputs.code else "Choose the reason that fits best."


@must_hold("No agreement of the request is drafted")
def no_agreement_drafted(facts: Facts) -> str | None:
    held = "drafted" not in facts.agreements.statuses.values()
    return None if held else "An agreement of this request is drafted, so the request can no longer be withdrawn."


@must_hold("Every agreement is abandoned", at="agreements.drafting#agreements")
def agreements_abandoned(facts: Facts) -> str | None:
    live = [status for status in facts.agreements.statuses.values() if status != "abandoned"]
    return "Abandon every agreement in the making first." if live else None


@must_hold(
    "Every approved program's agreement is drafted or abandoned, at least one drafted",
    at="agreements.drafting#agreements",
)
def agreements_finished(facts: Facts) -> str | None:
    statuses = facts.agreements.statuses
    settled = all(statuses.get(key) in {"drafted", "abandoned"} for key in facts.review.approved)
    return (
        None if settled and "drafted" in statuses.values() else "Finish every agreement; at least one must be drafted."
    )
