"""What must hold while both sides decide: each returns the sentence to show, or None."""

from app.text import listed
from app.workflow.journey.condition import must_hold
from app.workflow.journey.facts import Facts


def has_concurrence(facts: Facts) -> bool:
    """Whether the agency concurred with anything that could be decided."""
    return bool(facts.review.concurred)


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
