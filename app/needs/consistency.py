"""Answers that are valid alone but contradict each other: warnings, never refusals."""

from collections.abc import Callable
from dataclasses import dataclass

from app.needs.questions import QUESTIONS, Answers, Value
from app.text import listed

FULL_TIME_HOURS = 2080 * 2
BULK_CASH = 10_000


@dataclass(frozen=True, slots=True)
class Contradiction:
    """The questions whose answers do not fit together, and the sentence that says so."""

    keys: tuple[str, ...]
    sentence: str


NOT_MORE_THAN: tuple[tuple[str, str], ...] = (
    ("jail_foreign_born_bookings", "jail_bookings"),
    ("jail_warrants_unserved", "jail_bookings"),
    ("officers_nominable", "sworn_officers"),
    ("officers_assignable_fte", "sworn_officers"),
    ("gang_unit_fte", "sworn_officers"),
    ("interdiction_fte", "sworn_officers"),
    ("sworn_officers", "population_served"),
    ("currency_seizures_over_10k", "currency_seizures"),
    ("gang_homicides", "gang_crimes"),
    ("gangs_documented", "gang_members_documented"),
)

SAYS_SOMETHING_ABOUT_NONE: tuple[tuple[str, str], ...] = (
    ("jail_screened_percent", "jail_foreign_born_bookings"),
    ("jail_foreign_born_serious_percent", "jail_foreign_born_bookings"),
    ("ice_call_wait_minutes", "ice_calls"),
    ("ice_calls_unanswered_percent", "ice_calls"),
    ("gang_members_documented", "gangs_documented"),
    ("cybertip_days_to_action", "cybertips"),
    ("currency_seized_usd", "currency_seizures"),
    ("ip_seized_usd", "ip_complaints"),
)


def contradictions_in(answers: Answers) -> tuple[Contradiction, ...]:
    """Every contradiction in a set of checked answers, in a fixed order."""
    found = [*_more_than(answers), *_about_none(answers)]
    found += [each for rule in _RULES if (each := rule(answers))]
    return tuple(found)


def _number(value: Value) -> float | None:
    return value if isinstance(value, int | float) else None


def _said(key: str, answers: Answers) -> str:
    return f"“{QUESTIONS[key].short}” ({QUESTIONS[key].words(answers[key])})"


def _more_than(answers: Answers) -> list[Contradiction]:
    found = []
    for part, whole in NOT_MORE_THAN:
        small, large = _number(answers.get(part)), _number(answers.get(whole))
        if small is not None and large is not None and small > large:
            sentence = f"{_said(part, answers)} is more than {_said(whole, answers)}. Check both."
            found.append(Contradiction((part, whole), sentence))
    return found


def _about_none(answers: Answers) -> list[Contradiction]:
    return [
        Contradiction(
            (said, none), f"{_said(said, answers)} has an answer, but {_said(none, answers)} is 0. Check both."
        )
        for said, none in SAYS_SOMETHING_ABOUT_NONE
        if answers.get(said) and answers.get(none) == 0
    ]


def _not_asked(answers: Answers) -> Contradiction | None:
    """An answer to a question that other answers rule out: jail numbers of an agency without a jail."""
    stray = tuple(
        key for key, value in answers.items() if QUESTIONS[key].is_known(value) and not QUESTIONS[key].applies(answers)
    )
    if not stray:
        return None
    causes = dict.fromkeys(cause for key in stray for cause, _ in QUESTIONS[key].applies_when)
    said = listed(_said(cause, answers) for cause in causes)
    names = listed((f"“{QUESTIONS[key].short}”" for key in stray), last="or")
    return Contradiction((*causes, *stray), f"After {said} we do not expect an answer to {names}.")


def _any_with_others(answers: Answers) -> Contradiction | None:
    focus = answers.get("offence_focus")
    if isinstance(focus, tuple) and "any" in focus and len(focus) > 1:
        return Contradiction(("offence_focus",), "“Any offense” already includes the other offenses you chose.")
    return None


def _cash_below_count(answers: Answers) -> Contradiction | None:
    total, count = _number(answers.get("currency_seized_usd")), _number(answers.get("currency_seizures_over_10k"))
    if total is not None and count and total < count * BULK_CASH:
        keys = ("currency_seized_usd", "currency_seizures_over_10k")
        said = f"{_said(keys[0], answers)} is less than {_said(keys[1], answers)} at $10,000 each come to."
        return Contradiction(keys, f"{said} Check both.")
    return None


def _hours_beyond_staff(answers: Answers) -> Contradiction | None:
    hours, officers = _number(answers.get("joint_case_hours")), _number(answers.get("sworn_officers"))
    if hours is not None and officers and hours > officers * FULL_TIME_HOURS:
        keys = ("joint_case_hours", "sworn_officers")
        return Contradiction(keys, f"{_said(keys[0], answers)} is more than {_said(keys[1], answers)} can work.")
    return None


def _shares_without_certification(answers: Answers) -> Contradiction | None:
    return _agreement_without("equitable_sharing", "equitable_sharing_certification", "none", answers)


def _icac_without_membership(answers: Answers) -> Contradiction | None:
    return _agreement_without("icac", "icac_member", "no", answers)


def _agreement_without(agreement: str, key: str, denial: str, answers: Answers) -> Contradiction | None:
    held = answers.get("existing_agreements")
    if isinstance(held, tuple) and agreement in held and answers.get(key) == denial:
        label = QUESTIONS["existing_agreements"].label(agreement)
        return Contradiction(("existing_agreements", key), f"“{label}” is in force, but {_said(key, answers)}.")
    return None


_RULES: tuple[Callable[[Answers], Contradiction | None], ...] = (
    _not_asked,
    _any_with_others,
    _cash_below_count,
    _hours_beyond_staff,
    _shares_without_certification,
    _icac_without_membership,
)
