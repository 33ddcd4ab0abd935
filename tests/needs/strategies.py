"""Made-up answers for the rules that must hold whatever an agency says."""

from typing import Any

from hypothesis import strategies as st

from app.needs.questions import QUESTIONS, Question, QuestionKind
from tests.needs.scored import SCORES

RATED = frozenset(item.key for program in SCORES.programs for item in program.items if item.of)
BASES = frozenset(item.of for program in SCORES.programs for item in program.items if item.of)


def value_of(question: Question) -> st.SearchStrategy[Any]:
    """Any checked value of a question, with the small numbers that real answers are."""
    if question.kind is QuestionKind.MULTI:
        return st.sampled_from(question.choice_keys).map(lambda key: (key,))
    if question.choices:
        return st.sampled_from(question.choice_keys)
    if question.kind is QuestionKind.DATE:
        return st.dates().filter(lambda day: 2000 <= day.year <= 2099).map(lambda day: day.isoformat())
    if question.kind is QuestionKind.PERCENT:
        return st.integers(0, 100)
    usual = st.integers(0, 2_000) | st.integers(question.minimum, question.maximum)
    return usual if question.kind is QuestionKind.INTEGER else usual | st.floats(0, 2_000, allow_subnormal=False)


def answers() -> st.SearchStrategy[dict[str, Any]]:
    """None to all answers, each checked value or unknown."""
    return st.fixed_dictionaries({}, optional={key: st.none() | value_of(q) for key, q in QUESTIONS.items()})
