"""How a step is refused: sentences the person can act on, and the status of the answer.

The sentences themselves are with the conditions of the journey, and in `needed` of what a step asks for
(journey/steps.py).
"""

from collections.abc import Sequence
from enum import IntEnum


class RefusalKind(IntEnum):
    """Why, as the HTTP status the page answers with."""

    NOT_YOUR_JOB = 403
    NOT_FOUND = 404
    TOO_LATE = 409
    INCOMPLETE = 422


class StepRefused(Exception):
    """A step that was not taken; nothing of it was kept."""

    def __init__(
        self, kind: RefusalKind, sentences: Sequence[str], *, case_id: object = None, action: str = ""
    ) -> None:
        super().__init__(" ".join(sentences))
        self.kind = kind
        self.sentences = tuple(sentences)
        self.case_id = case_id
        self.action = action


def not_found(case_id: object = None, action: str = "") -> StepRefused:
    """The refusal of what does not exist or this person may not see: the same answer, so that nobody learns which."""
    return StepRefused(RefusalKind.NOT_FOUND, ["There is no such page."], case_id=case_id, action=action)
