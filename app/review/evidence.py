"""The evidence of a recommendation in reading order, as it was issued: for the agency's decision and for the review."""

from typing import Any

from app.assessment.models import Recommendation
from app.filters import format_date
from app.needs.keys import ProgramKey
from app.needs.score_rules import Part
from app.policy import SEAT_WORDS
from app.programs.catalog import CATALOG
from app.review.concurrence import ANSWER_WORDS
from app.review.decisions import OUTCOME_WORDS
from app.review.facts import needs_finding
from app.review.opinions import POSITION_WORDS
from app.review.queries import capacities_of, concurrence_of, decisions_on, findings_of, opinions_on

TONES = {"support": "good", "neutral": "warning", "oppose": "bad"}


def evidence(recommendation: Recommendation) -> dict[str, Any]:
    """What was recommended and why, what the agency answered, what the board said, what ICE has."""
    ranked = {_key(entry): entry for entry in recommendation.content["ranking"]["programs"]}
    places = {key: place for place, key in enumerate(ranked, start=1)}
    answered = concurrence_of(recommendation)
    answers = {answer.program_key: answer for answer in answered.answers} if answered else {}
    decided, capacities = decisions_on(recommendation), capacities_of(recommendation)
    findings, wanted = findings_of(recommendation), needs_finding(recommendation)
    return {
        "concurrence": answered,
        "programs": [
            {
                "key": program["program_key"],
                "name": CATALOG.label(program["program_key"]),
                "entry": ranked.get(program["program_key"], {}),
                "parts": _parts(ranked.get(program["program_key"], {})),
                "computed_place": places.get(program["program_key"]),
                "reason": program["reason"],
                "departure": program["departure"],
                "confirmation": program["confirmation"],
                "you": _lines(program["agency_takes_on"]),
                "ice": _lines(program["ice_takes_on"]),
                "plan": [
                    line for line in recommendation.content["plan"] if line["program_key"] == program["program_key"]
                ],
                "answer": _answer(answers.get(program["program_key"])),
                "decision": _decision(decided.get(program["program_key"])),
                "capacity": capacities.get(program["program_key"]),
                "finding": findings.get(program["program_key"]),
                "needs_finding": program["program_key"] in wanted,
            }
            for program in recommendation.content["programs"]
        ],
        "opinions": opinion_rows(recommendation),
    }


def _key(entry: dict[str, Any]) -> str:
    return str(ProgramKey(entry["program"], entry["model"]))


def _parts(entry: dict[str, Any]) -> dict[str, float]:
    """The points of a score by part: need, fit, ice."""
    found = {part.value: 0.0 for part in Part}
    if entry:
        part_of = {
            item.key: item.part.value
            for item in CATALOG.scores.find(ProgramKey(entry["program"], entry["model"])).items
        }
        for reason in entry["reasons"]:
            found[part_of[reason["key"]]] += reason["contribution"]
    return found


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _answer(answer: Any) -> dict[str, str] | None:
    return {"words": ANSWER_WORDS[answer.answer], "comment": answer.comment} if answer else None


def _decision(decision: Any) -> dict[str, Any] | None:
    if decision is None:
        return None
    return {
        "words": OUTCOME_WORDS[decision.outcome],
        "reason": decision.reason,
        "conditions": decision.conditions,
        "by": decision.by.name,
        "at": format_date(decision.at),
    }


def opinion_rows(recommendation: Recommendation) -> list[dict[str, str]]:
    """One line a seat of the board, the empty ones too, for staff."""
    given = {opinion.seat: opinion for opinion in opinions_on(recommendation)}
    return [
        {
            "seat": words,
            "opinion": POSITION_WORDS[given[seat].position] if seat in given else "",
            "tone": TONES[given[seat].position] if seat in given else "good",
            "date_words": f"{given[seat].by.name}, {format_date(given[seat].at)}" if seat in given else "",
            "sentence": given[seat].sentence if seat in given else "",
        }
        for seat, words in SEAT_WORDS.items()
    ]
