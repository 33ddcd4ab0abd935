"""Read what a person typed into a form, and suggest a correction when it cannot be read."""

import re
from collections.abc import Sequence
from datetime import date, datetime

from app.needs.answers import BadAnswer, check, range_sentence
from app.needs.questions import Question, QuestionKind, Value, money_words, number_words

NUMBER = re.compile(r"(?P<whole>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)?(?:\.(?P<part>[0-9]+))?")
MAX_DIGITS = 18
THOUSANDS = re.compile(r"([0-9]{1,3})([.,' ][0-9]{3})+")
DECIMALS = re.compile(r"(?P<point>[.,])(?P<part>[0-9]+)$")
WRITTEN_DATES = ("%Y-%m-%d", "%m/%d/%Y", "%B %d, %Y", "%b %d, %Y", "%B %d %Y")
ASK = {
    QuestionKind.INTEGER: "Enter a whole number.",
    QuestionKind.DECIMAL: "Enter a number, such as 2.5.",
    QuestionKind.MONEY: "Enter an amount in dollars.",
    QuestionKind.PERCENT: "Enter a number from 0 to 100.",
}


def parse_text(question: Question, text: str) -> Value:
    """The answer that `text` stands for: "1,021", "$1,200.50", "12 %", "11/24/2026", a choice's key.

    Nothing typed is None. Raises BadAnswer with a sentence for the page.
    """
    typed = text.strip()
    if not typed:
        return None
    if question.is_number:
        return _number(question, typed)
    if question.kind is QuestionKind.DATE:
        return check(question.key, _iso(question, typed))
    if question.kind is QuestionKind.MULTI:
        return parse_several(question, typed.split(","))
    if typed not in question.choice_keys:
        raise BadAnswer(question.key, "Choose one of the answers.")
    return typed


def parse_several(question: Question, picked: Sequence[str]) -> Value:
    """The answer that ticked boxes stand for; none ticked is None."""
    return check(question.key, [each.strip() for each in picked if each.strip()])


def _number(question: Question, typed: str) -> Value:
    bare = typed.removeprefix("$").removesuffix("%").strip()
    match = NUMBER.fullmatch(bare)
    if not match or not bare or len(bare) > MAX_DIGITS:
        raise BadAnswer(question.key, _sentence(question, typed))
    value = float(bare.replace(",", "")) if match["part"] else int(bare.replace(",", ""))
    if question.kind is QuestionKind.INTEGER and isinstance(value, float):
        raise BadAnswer(question.key, _sentence(question, typed))
    if not question.minimum <= value <= question.maximum:
        raise BadAnswer(question.key, range_sentence(question))
    return check(question.key, value)


def _sentence(question: Question, typed: str) -> str:
    ask = ASK[question.kind]
    if len(typed) > MAX_DIGITS and typed.isdigit():
        return range_sentence(question)
    guess = _guess(question, typed)
    if guess is None or not question.minimum <= guess <= question.maximum:
        return f"{ask} If you do not know it, choose “We do not know”."
    words = money_words if question.kind is QuestionKind.MONEY else number_words
    return f"{ask} Did you mean {words(guess)}?"


def _guess(question: Question, typed: str) -> int | float | None:
    """The likeliest number behind a slip: the letter O for 0, a point for a comma, a word or "k" beside it."""
    clean = re.sub(r"(?<=[0-9])[oO]|[oO](?=[0-9])", "0", typed)
    found = re.search(r"[0-9][0-9.,' ]*", clean)
    if found is None or len(found[0]) > MAX_DIGITS:
        return None
    times = 1000 if clean[found.end() :].lower().startswith("k") else 1
    value = _written(question, found[0].strip(" .,'")) * times
    return round(value) if question.kind is QuestionKind.INTEGER else value


def _written(question: Question, digits: str) -> int | float:
    """A number written with any separators; the last one is a decimal point unless thousands follow it."""
    last = DECIMALS.search(digits)
    whole = question.kind is QuestionKind.INTEGER and last is not None and last["point"] == ","
    if last is None or whole or THOUSANDS.fullmatch(digits):
        return int(re.sub(r"[^0-9]", "", digits))
    return float(f"{re.sub(r'[^0-9]', '', digits[: last.start()])}.{last['part']}")


def _iso(question: Question, typed: str) -> str:
    for form in WRITTEN_DATES:
        day = _day(typed, form)
        if day is not None:
            return day.isoformat()
    raise BadAnswer(question.key, "Enter a date that exists, such as November 24, 2026 or 11/24/2026.")


def _day(typed: str, form: str) -> date | None:
    try:
        # The date alone is read: there is no time of day to give a zone to.
        return datetime.strptime(typed, form).date()  # noqa: DTZ007 - see above
    except ValueError:
        return None
