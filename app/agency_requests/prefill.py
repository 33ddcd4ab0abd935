"""What the public pages carry into a request as parameters: answers and a program; anything else is ignored."""

from typing import Any

from werkzeug.datastructures import MultiDict

from app.needs.answers import BadAnswer
from app.needs.parsing import parse_several, parse_text
from app.needs.questions import QUESTIONS, QuestionKind
from app.programs.catalog import CATALOG


def answers_from_query(parameters: MultiDict[str, str]) -> dict[str, Any]:
    """The checked answers among the parameters, by question key."""
    if parameters.get("from") != "finder":
        return {}
    found: dict[str, Any] = {}
    for key in (key for key in parameters if key in QUESTIONS and QUESTIONS[key].asked_of == "agency"):
        question = QUESTIONS[key]
        try:
            several = question.kind is QuestionKind.MULTI
            value = (
                parse_several(question, parameters.getlist(key)) if several else parse_text(question, parameters[key])
            )
        except BadAnswer:
            continue
        if value is not None:
            found[key] = list(value) if isinstance(value, tuple) else value
    return found


def program_from_query(parameters: MultiDict[str, str]) -> str:
    """The entry whose public page leads here, or "" when none does; 287(g) comes with its model."""
    wanted = parameters.get("program", "")
    return wanted if wanted in CATALOG.labels else ""
