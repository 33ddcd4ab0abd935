"""What must hold while the agency asks and ICE takes the request in: each returns the sentence to show, or None."""

from datetime import timedelta
from typing import Final

from app.policy import Role
from app.text import listed, plural
from app.workflow.journey.condition import must_hold
from app.workflow.journey.facts import Facts

DAYS_TO_REINSTATE: Final = 30


def has_liaison(facts: Facts) -> bool:
    """Whether anybody is named who could declare."""
    return not facts.intake.liaisons_missing


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


@must_hold("Somebody of ICE answers for the request", at="assignment.people#people")
def assignee_named(facts: Facts) -> str | None:
    held = facts.intake.has_assignee
    return (
        None
        if held
        else "Nobody of ICE is named for this request now. Write to us in its messages, and decide when somebody is."
    )
