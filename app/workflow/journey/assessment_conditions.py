"""What must hold while a request is assessed: each returns the sentence to show, or None."""

from app.text import listed, plural
from app.workflow.journey.condition import must_hold
from app.workflow.journey.facts import Facts


def is_recommended(facts: Facts) -> bool:
    """Whether there is a recommendation of which the rule could hold."""
    return bool(facts.assessment.programs or facts.assessment.models_missing)


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
