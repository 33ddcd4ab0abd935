"""The reasons a request may be declined for. Pure data."""

from typing import Final

from app.workflow.journey.steps import StepField

DUPLICATE: Final = "duplicate"  # given by merging alone, which names the request that goes on
DECLINE_WORDS: Final = {
    "no_need": "The answers show too little need",
    "no_authority": "The agency's law or authority does not allow it",
    "no_capacity": "ICE has no capacity for it now",
    "civil_rights": "A civil-rights concern is not resolved",
    "incomplete": "The request stayed incomplete",
    "better_elsewhere": "Another program or agency serves the need better",
    "no_partnership": "No partnership fits now",
    DUPLICATE: "It duplicates another request of the agency",
}


def ask_code() -> StepField:
    """Asks for the reason that fits best."""
    return StepField(
        name="code",
        label="The reason that fits best",
        needed="Choose the reason that fits best.",
        choices=tuple((code, words) for code, words in DECLINE_WORDS.items() if code != DUPLICATE),
    )
