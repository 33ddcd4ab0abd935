"""What one answer is worth for one item: a strength from 0 to 1, and the sentence that explains it."""

from dataclasses import dataclass

from app.needs.questions import QUESTIONS, Answers, Question, QuestionKind, Value, money_words, number_words
from app.needs.score_rules import MAP, VALUE, Item, Part

FEW = 4
"""How strongly a count is held back: s of a count n is multiplied by n / (n + FEW). Inferred."""

PERCENT = 100
NEARLY_WHOLE = 0.995


@dataclass(frozen=True, slots=True)
class Measurement:
    """An item's answer, measured: `amount` in the unit of the measure (None for a map), strength 0 to 1.

    `held_back` is the factor for a rate from few cases; 1 when the answer is no such rate.
    """

    value: Value
    amount: float | None
    strength: float
    held_back: float = 1.0


def measure(item: Item, answers: Answers) -> Measurement | None:
    """The item measured by these answers; None when they do not tell, or when its rate has no base."""
    question = QUESTIONS[item.key]
    value = answers.get(item.key)
    if value is None or not question.is_known(value):
        return None
    if item.is_map:
        return Measurement(value, None, item.points.get(str(value), 0.0))
    return _measured_number(item, question, value, answers) if isinstance(value, int | float) else None


def _measured_number(item: Item, question: Question, value: float, answers: Answers) -> Measurement | None:
    amount = _amount(item, value, answers)
    if amount is None:
        return None
    share = min(max((amount - item.low) / (item.high - item.low), 0.0), 1.0)
    if item.direction == "less":
        return Measurement(value, amount, 1.0 - share)
    held_back = value / (value + FEW) if item.of and question.kind is QuestionKind.INTEGER else 1.0
    return Measurement(value, amount, share * held_back, held_back)


def _amount(item: Item, value: float, answers: Answers) -> float | None:
    if not item.of:
        return float(value)
    base = answers.get(item.of)
    return item.per * value / base if isinstance(base, int | float) and base > 0 else None


def measurement_sentence(item: Item, found: Measurement) -> str:
    """Why the item counts as it does: what was said, what it comes to, and from where to where it counts."""
    question = QUESTIONS[item.key]
    said = f"{question.short}: {question.words(found.value)}"
    if item.measure == MAP:
        return f"{said}. This answer counts {number_words(round(found.strength * PERCENT))}%{_note(item)}."
    if found.amount is not None and item.measure != VALUE:
        said += f", which is {_in_measure(item, found.amount)}"
    return f"{said}. {_range(item)}{_note(item)}.{_few(found)}"


def _in_measure(item: Item, amount: float) -> str:
    """An amount with its measure: "15% of all bookings", "12.5 per 100,000 residents served"."""
    base = QUESTIONS[item.of].short.lower()
    words = _plain(item, amount)
    if item.measure.startswith("percent"):
        return f"{words} of {base}"
    month = " a month" if item.measure.endswith("a month") else ""
    per = f"per {number_words(int(item.per))} {base}" if item.per > 1 else f"for each of the {base}"
    return f"{words} {per}{month}"


def _range(item: Item) -> str:
    low, high = _plain(item, item.low), _plain(item, item.high)
    if item.direction == "more":
        return f"It starts to count above {low} and counts fully from {high}"
    return f"It counts fully up to {low} and no longer from {high}"


def _plain(item: Item, amount: float) -> str:
    kind = QUESTIONS[item.key].kind
    shown = round(amount, 2)
    if kind is QuestionKind.MONEY:
        return money_words(shown)
    is_percent = kind is QuestionKind.PERCENT or item.measure.startswith("percent")
    unit = "" if item.of or is_percent else f" {QUESTIONS[item.key].unit_words}"
    return f"{number_words(shown)}{'%' if is_percent else ''}{unit}"


def _note(item: Item) -> str:
    return f" ({item.note})" if item.note else ""


def _few(found: Measurement) -> str:
    if found.held_back >= NEARLY_WHOLE:
        return ""
    return f" Few cases say little, so it counts {round(found.held_back * PERCENT)}% of that."


def part_words(part: Part) -> str:
    """The heading of a part for people."""
    return {Part.NEED: "Your need", Part.FIT: "How well it fits you", Part.ICE: "What ICE can give now"}[part]
