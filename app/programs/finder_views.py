"""The public finder: which programs fit, from a dozen questions, without an account and without storing anything."""

from typing import Any

from flask import Blueprint, render_template, request, url_for
from werkzeug.datastructures import MultiDict

from app.guards import public
from app.needs.answers import BadAnswer
from app.needs.catalogue import CATALOGUE
from app.needs.finder import MOST_TOPICS, TOPICS, next_questions, questions_for
from app.needs.gates import Availability
from app.needs.questions import QUESTIONS, Kind, Question
from app.needs.scoring import rank
from app.needs.typed import parse_several, parse_text
from app.text import visible

blueprint = Blueprint("finder", __name__, url_prefix="/finder")
TOPIC_KEYS = {topic.key for topic in TOPICS}
IN_FULL = 3
HEADINGS = {
    Availability.AVAILABLE: "Available to you",
    Availability.NEEDS_CONFIRMATION: "Possible, once something is confirmed",
    Availability.NOT_AVAILABLE: "Not available to you now",
}


@blueprint.get("")
@public
def start() -> str | tuple[str, int]:
    """First: what the problems are, up to three."""
    return render_template("programs/finder.html", topics=TOPICS, most=MOST_TOPICS, chosen=[], fault="")


@blueprint.get("/questions")
@public
def questions() -> str | tuple[str, int]:
    """Then: the questions that those problems and the gates need."""
    topics = _topics()
    if not 1 <= len(topics) <= MOST_TOPICS:
        fault = "Choose at least one problem." if not topics else f"Choose at most {MOST_TOPICS} problems."
        return render_template("programs/finder.html", topics=TOPICS, most=MOST_TOPICS, chosen=topics, fault=fault), 422
    return _ask(topics, {}, 200)


@blueprint.get("/result")
@public
def result() -> str | tuple[str, int]:
    """All fifteen entries in order, with reasons; nothing is kept."""
    topics = _topics()[:MOST_TOPICS]
    answers, faults = _answers(request.args)
    if faults and topics:
        return _ask(topics, faults, 422)
    ranking = rank(answers)
    groups = [
        (heading, [entry for entry in ranking.entries if entry.availability is availability])
        for availability, heading in HEADINGS.items()
    ]
    known = [key for key, value in answers.items() if QUESTIONS[key].is_known(value)]
    return render_template(
        "programs/finder_result.html",
        ranking=ranking,
        groups=groups,
        in_full=IN_FULL,
        answers=[(QUESTIONS[key].short, QUESTIONS[key].words(value)) for key, value in answers.items()],
        known=len(known),
        ask_next=next_questions(answers, ranking),
        carry=url_for("intake.new_request", **{"from": "finder"}, **_plain(answers)),
        again=url_for(".questions", topic=topics, **_plain(answers)) if topics else url_for(".start"),
        catalogue=CATALOGUE,
    )


@blueprint.get("/weights")
@public
def weights() -> str:
    """Every weight, low and high of the score, with what is inferred."""
    return render_template("programs/weights.html", catalogue=CATALOGUE, questions=QUESTIONS)


def _topics() -> list[str]:
    return [topic for topic in dict.fromkeys(request.args.getlist("topic")) if topic in TOPIC_KEYS]


def _ask(topics: list[str], faults: dict[str, str], status: int) -> tuple[str, int]:
    asked = questions_for(topics)
    typed = {question.key: [visible(each) for each in request.args.getlist(question.key)] for question in asked}
    return render_template(
        "programs/finder_questions.html", questions=asked, topics=topics, typed=typed, faults=faults
    ), status


def _answers(parameters: MultiDict[str, str]) -> tuple[dict[str, Any], dict[str, str]]:
    """The checked answers, and a sentence for each that cannot be read."""
    answers: dict[str, Any] = {}
    faults: dict[str, str] = {}
    for key in (key for key in QUESTIONS if key in parameters and QUESTIONS[key].asked_of == "agency"):
        try:
            value = _read(QUESTIONS[key], parameters.getlist(key))
        except BadAnswer as bad:
            faults[key] = bad.sentence
            continue
        if value is not None:
            answers[key] = value
    return answers, faults


def _read(question: Question, typed: list[str]) -> Any:
    return parse_several(question, typed) if question.kind is Kind.MULTI else parse_text(question, typed[0])


def _plain(answers: dict[str, Any]) -> dict[str, Any]:
    return {key: list(value) if isinstance(value, tuple) else value for key, value in answers.items()}
