"""What must hold for a step of an agreement: each returns the sentence to show, or None."""

from app.text import listed
from app.workflow.journey.condition import must_hold
from app.workflow.journey.facts import Facts


@must_hold("The request is at the drafting stage", at="")
def request_in_drafting(facts: Facts) -> str | None:
    return None if facts.text.request_status == "drafting" else "The request is no longer at the drafting stage."


@must_hold("The program is approved", at="")
def program_approved(facts: Facts) -> str | None:
    return None if facts.program_key in facts.review.approved else "This program is not approved."


@must_hold("You are the drafter", at="")
def sent_by_drafter(facts: Facts) -> str | None:
    return None if facts.actor_id == facts.text.drafter_id else "Only the drafter sends the draft to counsel."


@must_hold("No fact is missing", at="negotiation.facts#facts")
def facts_complete(facts: Facts) -> str | None:
    names = facts.text.missing_facts
    return f"Fill in what is missing: {listed(names)}." if names else None


@must_hold("Every mandatory clause is in the text", at="negotiation.clauses#clauses")
def clauses_complete(facts: Facts) -> str | None:
    names = facts.text.missing_clauses
    return f"Put back the mandatory clauses: {listed(names)}." if names else None


@must_hold("Each deviation from a standard clause has a reason", at="negotiation.clauses#clauses")
def deviations_explained(facts: Facts) -> str | None:
    names = facts.text.deviations_unexplained
    return f"Give the reason for the changed wording of {listed(names)}." if names else None


@must_hold("No proposal is open", at="agreements.show#proposals")
def proposals_settled(facts: Facts) -> str | None:
    if facts.text.open_proposals:
        return "Answer or withdraw the open proposals first."
    taken = facts.text.accepted_proposals
    return "Accepted proposals wait to be taken into the text." if taken else None


@must_hold("There are accepted proposals to take into the text", at="agreements.show#proposals")
def proposals_to_take(facts: Facts) -> str | None:
    return None if facts.text.accepted_proposals else "No accepted proposal waits to be taken into the text."


@must_hold("The text is the one you were shown", asks_input=True)
def text_is_current(facts: Facts) -> str | None:
    same = facts.inputs.shown_hash and facts.inputs.shown_hash == facts.text.content_hash
    return None if same else "The text changed since you opened it. Read it again, then decide."


@must_hold("The text is the one the agency accepted", at="agreements.show#text")
def acceptance_current(facts: Facts) -> str | None:
    same = facts.text.accepted_hash and facts.text.accepted_hash == facts.text.content_hash
    return None if same else "The text is not the one the agency accepted. Reopen the draft to have it accepted anew."


@must_hold("The governing body's resolution is recorded where one is required", at="agreements.show#resolution")
def resolution_recorded(facts: Facts) -> str | None:
    held = facts.text.has_resolution or not facts.text.needs_resolution
    return None if held else "Record the governing body's resolution: its body, reference and date."


@must_hold("The program is one you may approve")
def program_is_yours(facts: Facts) -> str | None:
    return None if facts.program_key in facts.actor_programs else "Another official approves this program."


@must_hold("Nothing is recorded since the text was accepted")
def nothing_recorded_since(facts: Facts) -> str | None:
    recorded = facts.text.is_recorded_since
    return "The governing body's resolution is recorded. Ask ICE to reopen the draft instead." if recorded else None
