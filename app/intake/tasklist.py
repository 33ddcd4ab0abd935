"""The sections of a request and how far each is: computed from what was saved, never ticked by hand. Pure."""

from collections.abc import Mapping, Set
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from app.needs.finder import TOPICS
from app.needs.questions import GROUPS, Page, Question


class State(StrEnum):
    """How far a page or a section is."""

    COMPLETE = "complete"
    WORKING = "working"
    OPEN = "open"
    OPTIONAL = "optional"


STATE_WORDS = {
    State.COMPLETE: "Complete",
    State.WORKING: "In progress",
    State.OPEN: "Not started",
    State.OPTIONAL: "Optional",
}


@dataclass(frozen=True)
class SectionPage:
    """One page of a section: a form of its own, or a page of questions of one group."""

    slug: str
    title: str
    questions: Page | None = None
    group: str = ""


@dataclass(frozen=True)
class Section:
    """One line of the task list."""

    key: str
    title: str
    hint: str
    pages: tuple[SectionPage, ...]


@dataclass(frozen=True)
class Filled:
    """What was saved: the pages that are forms, by slug, the answers by key, and the problems' topics."""

    forms: Mapping[str, bool]
    answers: Mapping[str, tuple[Any, str]]  # value, basis
    topics: Set[str]


def _of(*groups: str) -> tuple[SectionPage, ...]:
    found = {group.key: group for group in GROUPS}
    return tuple(
        SectionPage(f"{group}-{page.key}", page.title, page, group) for group in groups for page in found[group].pages
    )


CONTACTS, AUTHORITY, LETTER, NEEDS, DOCUMENTS, ELSE = (
    "contacts",
    "signatory",
    "letter",
    "problems",
    "files",
    "more",
)
TOPIC_KEYS: Final = frozenset(topic.key for topic in TOPICS)

SECTIONS: Final = (
    Section(
        "agency",
        "Your agency and contacts",
        "Who you are, whom we write to, and what the law allows you",
        (SectionPage(CONTACTS, "Your contact for this request"), *_of("agency")),
    ),
    Section(
        "authority",
        "Authority to bind",
        "Who may sign for your agency, and the request letter",
        (SectionPage(AUTHORITY, "Who signs for your agency"), SectionPage(LETTER, "Your request letter")),
    ),
    Section(
        "needs",
        "What you need",
        "Your objectives and problems, and the numbers that show them",
        (
            SectionPage(NEEDS, "Your problems, most pressing first"),
            *_of("objectives"),
            *_of(
                "encounters", "gangs", "child_exploitation", "money", "joint_operations", "border", "documents",
                "counterfeit",
            ),
        ),
    ),
    Section("capacity", "What you have", "Your community, your officers, your jail", _of("community", "jail", "it")),
    Section(
        "oversight",
        "Oversight and civil rights",
        "Complaints, findings, and the offenses the partnership is for",
        _of("oversight"),
    ),
    Section(
        "documents",
        "Documents",
        "Letter, resolution, and what else helps us",
        (SectionPage(DOCUMENTS, "Your documents"),),
    ),
    Section("else", "Anything else", "What we did not ask", (SectionPage(ELSE, "Anything else"),)),
)  # fmt: skip
BY_KEY: Final = {section.key: section for section in SECTIONS}


def asked_on(page: SectionPage, answers: Mapping[str, Any]) -> tuple[Question, ...]:
    """The questions of the page that apply, given the values answered so far."""
    return tuple(q for q in page.questions.questions if q.applies(answers)) if page.questions else ()


def applies(page: SectionPage, filled: Filled) -> bool:
    """Whether the page is shown: its form always, its questions only where one of them applies."""
    return page.questions is None or bool(asked_on(page, _values(filled)))


def page_state(page: SectionPage, filled: Filled) -> State:
    """How far one page is. Questions about a problem the agency did not name are optional."""
    if page.questions is None:
        return State.COMPLETE if filled.forms.get(page.slug) else State.OPEN
    asked = asked_on(page, _values(filled))
    done = sum(question.key in filled.answers for question in asked)
    if done == len(asked):
        return State.COMPLETE
    if done:
        return State.WORKING
    return State.OPTIONAL if is_optional(page, filled) else State.OPEN


def is_optional(page: SectionPage, filled: Filled) -> bool:
    """Whether the page is about a problem the agency did not name; a jail it runs always counts."""
    return page.group in TOPIC_KEYS - {"jail"} and page.group not in filled.topics


def section_state(section: Section, filled: Filled) -> State:
    """How far a section is: complete when every page that must be is."""
    states = [page_state(page, filled) for page in section.pages if applies(page, filled)]
    needed = [state for state in states if state is not State.OPTIONAL]
    if all(state is State.COMPLETE for state in needed):
        return State.COMPLETE
    return State.OPEN if all(state in {State.OPEN, State.OPTIONAL} for state in states) else State.WORKING


def open_sections(filled: Filled) -> tuple[str, ...]:
    """The titles of the sections that are not complete."""
    return tuple(section.title for section in SECTIONS if section_state(section, filled) is not State.COMPLETE)


def next_page(section: Section, page: SectionPage, filled: Filled) -> SectionPage | None:
    """The page after this one, within the section."""
    shown = [each for each in section.pages if applies(each, filled) or each is page]
    place = shown.index(page)
    return shown[place + 1] if place + 1 < len(shown) else None


def _values(filled: Filled) -> dict[str, Any]:
    return {key: value for key, (value, _) in filled.answers.items()}
