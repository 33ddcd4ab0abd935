"""Two people changed one page: the differences in words, and the page with what the second person chose."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms import Field, Form

from app.agency_requests.sections.question_forms import SUFFIXES, QuestionsForm
from app.text import visible

MINE, THEIRS = "mine", "theirs"
KEEP, DIFFERS = "keep-", "differs"
UNSAID = frozenset({"expected_version", "csrf_token"})


@dataclass(frozen=True)
class Difference:
    """One question answered differently by two people: both answers, and who saved theirs, when."""

    name: str
    question: str
    mine: str
    theirs: str
    who: str
    when: datetime


def differences(mine: Form, theirs: Form, savers: Mapping[str, tuple[str, datetime]]) -> list[Difference]:
    """What differs between the form as typed and the form as saved; `savers` tells by name who saved and when."""
    typed, saved = _said(mine), _said(theirs)
    return [
        Difference(name, mine[name].label.text, typed[name], saved[name], *savers[name])
        for name in typed
        if typed[name] != saved[name]
    ]


def has_differences(mine: Form, theirs: Form) -> bool:
    """Whether the two say anything different; what cannot be read says something of its own."""
    return any(field.process_errors for field in mine) or _said(mine) != _said(theirs)


def merge_fields(typed: MultiDict[str, str], theirs: Form) -> MultiDict[str, str]:
    """What was typed, with the saved answer put in where its writer chose to keep it."""
    found = typed.copy()
    for name, field in theirs._fields.items():
        if typed.get(KEEP + _owner(name, theirs)) == THEIRS and name not in UNSAID:
            found.setlist(name, _raw(field.data))
    return found


def undecided_fields(typed: MultiDict[str, str]) -> list[str]:
    """The questions that were shown with both answers and for which neither was chosen."""
    return [name for name in typed.getlist(DIFFERS) if typed.get(KEEP + name) not in {MINE, THEIRS}]


def hidden_fields(typed: MultiDict[str, str]) -> list[tuple[str, str]]:
    """Everything typed, as pairs that a page can carry on unseen, without what belongs to one showing of the page."""
    own = {"csrf_token", "expected_version", "then", DIFFERS}
    pairs = [(visible(name), visible(value)) for name, value in typed.items(multi=True)]
    return [(name, value) for name, value in pairs if name not in own and not name.startswith(KEEP)]


def _owner(name: str, form: Form) -> str:
    """The question that a field belongs to: how a number is known, and a note, belong to the answer."""
    owners = (name.removesuffix(suffix) for suffix in SUFFIXES if name.endswith(suffix))
    return next((owner for owner in owners if owner in form._fields), name)


def _said(form: Form) -> dict[str, str]:
    if isinstance(form, QuestionsForm):
        return {question.key: form.said(question) for question in form.questions}
    return {name: _shown(field) or "Nothing" for name, field in form._fields.items() if name not in UNSAID}


def _shown(field: Field) -> str:
    labels = {str(value): str(label) for value, label, *_ in getattr(field, "choices", None) or ()}
    if labels:
        chosen = field.data if isinstance(field.data, list) else [field.data]
        return ", ".join(labels[str(each)] for each in chosen if str(each) in labels)
    return "" if field.data is None else str(field.data).strip()


def _raw(data: Any) -> list[str]:
    """What a browser would send for this value; a box that is not ticked sends nothing."""
    if isinstance(data, bool):
        return ["y"] if data else []
    if isinstance(data, list | tuple):
        return [str(each) for each in data]
    return ["" if data is None else str(data)]
