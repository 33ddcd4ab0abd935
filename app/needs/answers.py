"""Check an answer: each value alone, with a sentence that says how to correct it."""

import math
import re
from collections.abc import Iterable, Mapping
from datetime import date

from app.needs.questions import QUESTIONS, Answers, Question, QuestionKind, Value, money_words, number_words

FIRST_YEAR, LAST_YEAR = 2000, 2099
ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class BadAnswer(ValueError):
    """A value that cannot be an answer: `key` is the question's, `sentence` says what to do."""

    def __init__(self, key: str, sentence: str) -> None:
        super().__init__(f"{key}: {sentence}")
        self.key = key
        self.sentence = sentence


def check(key: str, value: object) -> Value:
    """The value as an answer: None if unknown, whole floats as int, several choices in the catalog's order.

    Raises BadAnswer for an unknown question, a wrong type, and a value outside the question's choices or range.
    Text is never read as a number here; `typed.parse_text` does that for forms.
    """
    question = QUESTIONS.get(key)
    if question is None:
        raise BadAnswer(key, "There is no such question.")
    if value is None:
        return None
    if question.is_number:
        return _number(question, value)
    if question.kind is QuestionKind.MULTI:
        return _several(question, value)
    if not isinstance(value, str):
        raise BadAnswer(key, "Give the answer as text.")
    return _day(question, value) if question.kind is QuestionKind.DATE else _pick(question, value)


def check_all(answers: Mapping[str, object]) -> dict[str, Value]:
    """Every value checked, in the questions' order; BadAnswer for the first bad one. Each is checked alone."""
    checked = {key: check(key, value) for key, value in answers.items()}
    return {key: checked[key] for key in QUESTIONS if key in checked}


def range_sentence(question: Question) -> str:
    """What a number outside the range is asked to be."""
    words = money_words if question.kind is QuestionKind.MONEY else number_words
    return f"Enter a number from {words(question.minimum)} to {words(question.maximum)}."


def _number(question: Question, value: object) -> int | float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise BadAnswer(question.key, "Give a number, not text or anything else.")
    if not math.isfinite(value):
        raise BadAnswer(question.key, "Give an ordinary number; it cannot be endless.")
    if question.kind is QuestionKind.INTEGER and not isinstance(value, int):
        raise BadAnswer(question.key, "Enter a whole number, without a decimal point.")
    if not question.minimum <= value <= question.maximum:
        raise BadAnswer(question.key, range_sentence(question))
    return int(value) if value == int(value) else value


def _pick(question: Question, value: str) -> str:
    if value not in question.choice_keys:
        raise BadAnswer(question.key, f"Choose one of: {', '.join(question.choice_keys)}.")
    return value


def _several(question: Question, value: object) -> Value:
    if not isinstance(value, list | tuple) or not all(isinstance(each, str) for each in value):
        raise BadAnswer(question.key, "Give a list of choices.")
    picked: set[str] = {_pick(question, each) for each in value}
    if len(picked) != len(value):
        raise BadAnswer(question.key, "Give each choice once.")
    if "none" in picked and len(picked) > 1:
        raise BadAnswer(question.key, f"Choose “{question.label('none')}” alone, or leave it out.")
    return in_order(question, picked) or None


def in_order(question: Question, picked: Iterable[str]) -> tuple[str, ...]:
    """Choices in the catalog's order, so that the same answers are the same bytes."""
    chosen = frozenset(picked)
    return tuple(key for key in question.choice_keys if key in chosen)


def _day(question: Question, value: str) -> str:
    try:
        day = date.fromisoformat(value) if ISO_DATE.fullmatch(value) else None
    except ValueError:
        day = None
    if day is None:
        raise BadAnswer(question.key, "Give a date that exists, as year, month and day: 2026-11-24.")
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise BadAnswer(question.key, f"Give a date from {FIRST_YEAR} to {LAST_YEAR}.")
    return value


def known(answers: Answers) -> dict[str, Value]:
    """Only the answers that say something."""
    return {key: value for key, value in answers.items() if QUESTIONS[key].is_known(value)}
