"""What is wrong with the data of the programs: each fault a sentence that names the program. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import MISSING, fields
from typing import Any

from app.needs.catalogue import CATALOGUE as SCORES
from app.needs.finder import TOPICS
from app.needs.questions import QUESTIONS
from app.programs.program import ANY, ASKS, COMPONENTS, RESTS_ON, Model, Need, Program

Data = Mapping[str, Any]


def faults(data: Data) -> Iterator[str]:
    wanted = ("version", "program", "group", "approvers", "sources", "general_sources")
    yield from (f"the catalogue: {name} is missing" for name in wanted if not data.get(name))
    keys = [entry.get("key", "a program without a key") for entry in data.get("program", ())]
    yield from (f"{key} stands twice" for key in dict.fromkeys(keys) if keys.count(key) > 1)
    for key, entry in zip(keys, data.get("program", ()), strict=True):
        yield from (f"{key}: {fault}" for fault in _program_faults(entry, data, keys))
    shown = [key for group in data.get("group", ()) for key in group["programs"]]
    yield from (f"{key}: stands in {shown.count(key)} groups instead of 1" for key in keys if shown.count(key) != 1)
    yield from (f"{key}: is in a group but is no program" for key in shown if key not in keys)
    yield from _unlike_the_score(data)


def _unlike_the_score(data: Data) -> Iterator[str]:
    ours = [
        (entry.get("key"), model)
        for entry in data.get("program", ())
        for model in ([each.get("key") for each in entry.get("models", ())] or [None])
    ]
    if ours != [program.identity for program in SCORES.programs]:
        yield "the catalogue: its programs and models are not those of the score, in their order"


def _program_faults(entry: Data, data: Data, keys: Iterable[str]) -> Iterator[str]:
    yield from _missing(Program, entry)
    allowed = {
        "component": COMPONENTS, "rests_on": RESTS_ON, "approver": data.get("approvers", ()),
        "asks": ASKS, "sources": data.get("sources", ()), "together": keys, "alias_source": data.get("sources", ()),
        "agency_types": (ANY, *QUESTIONS["agency_type"].choice_keys),
    }  # fmt: skip
    for name, values in allowed.items():
        yield from (f"{name} has {each}, which is unknown" for each in _listed(entry.get(name)) if each not in values)
    topics = {topic.key for topic in TOPICS}
    for need in entry.get("needs", ()):
        yield from (f"needs: {fault}" for fault in _missing(Need, need))
        if need.get("topic") not in topics:
            yield f"needs has the topic {need.get('topic')}, which is unknown"
    for each in entry.get("elsewhere", ()):
        if each.get("program") and each["program"] not in keys:
            yield f"elsewhere leads to {each['program']}, which is no program"
    for model in entry.get("models", ()):
        yield from (f"model {model.get('key')}: {fault}" for fault in _missing(Model, model))


def _missing(kind: type, entry: Data) -> Iterator[str]:
    """Facts without a value of their own that the data does not give, and facts that nobody knows."""
    known = {each.name for each in fields(kind)}
    needed = [each.name for each in fields(kind) if each.default is MISSING]
    yield from (f"{name} is missing" for name in needed if not entry.get(name))
    yield from (f"{name} is a fact that no program has" for name in entry if name not in known)


def _listed(value: Any) -> list[Any]:
    """A value as a list: none, one or several."""
    return list(value) if isinstance(value, list | tuple) else [value] if value else []
