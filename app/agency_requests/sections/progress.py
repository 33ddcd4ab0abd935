"""The sections of a request and how far each is: computed from what was saved, never ticked by hand. Pure."""

from collections.abc import Mapping, Set
from dataclasses import dataclass
from datetime import date, timedelta
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
    """One line of the task list, within a part of it."""

    key: str
    part: str
    title: str
    hint: str
    pages: tuple[SectionPage, ...]


@dataclass(frozen=True)
class Filled:
    """What was saved: the pages that are forms, by slug, the answers by key, and the problems' topics.

    `unconfirmed` are answers that came along from the public finder and that nobody of the agency has looked at.
    """

    forms: Mapping[str, bool]
    answers: Mapping[str, Any]
    topics: Set[str]
    unconfirmed: Set[str] = frozenset()


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
AGENCY_PART, NEED_PART, OPTIONAL_PART, WORK_PART, LAST_PART = (
    "Your agency",
    "What you need",
    "Only if it is a problem of yours",
    "How you work",
    "To finish",
)
PARTS: Final = (AGENCY_PART, NEED_PART, WORK_PART, LAST_PART, OPTIONAL_PART)


def _topic_sections() -> tuple[Section, ...]:
    titles = {group.key: group.title for group in GROUPS}
    return tuple(Section(t.key, NEED_PART, titles[t.key], t.hint, _of(t.key)) for t in TOPICS)


SECTIONS: Final = (
    Section(
        "agency",
        AGENCY_PART,
        "Your agency and contacts",
        "Whom we write to, state law, governing body",
        (SectionPage(CONTACTS, "Your contact for this request"), *_of("agency")),
    ),
    Section(
        "authority",
        AGENCY_PART,
        "Authority to bind",
        "Who signs for your agency, and the request letter",
        (SectionPage(AUTHORITY, "Who signs for your agency"), SectionPage(LETTER, "Your request letter")),
    ),
    Section(
        "capacity",
        AGENCY_PART,
        "Community and staff",
        "Residents, officers, distances, room and equipment",
        _of("community", "it"),
    ),
    Section(
        "needs",
        NEED_PART,
        "Problems and objectives",
        "What troubles you most, and any program you have in mind",
        (SectionPage(NEEDS, "Your problems, most pressing first"), *_of("objectives")),
    ),
    *_topic_sections(),
    Section(
        "oversight",
        WORK_PART,
        "Civil rights and oversight",
        "Complaints, findings, interpreters, offenses you focus on",
        _of("oversight"),
    ),
    Section(
        "attachments",
        LAST_PART,
        "Documents",
        "Signed letter, resolution, and what else helps us",
        (SectionPage(DOCUMENTS, "Your documents"),),
    ),
    Section("else", LAST_PART, "Anything else", "What we did not ask", (SectionPage(ELSE, "Anything else"),)),
)
BY_KEY: Final = {section.key: section for section in SECTIONS}


def asked_on(page: SectionPage, answers: Mapping[str, Any]) -> tuple[Question, ...]:
    """The questions of the page that apply, given the values answered so far."""
    return tuple(q for q in page.questions.questions if q.applies(answers)) if page.questions else ()


def applies(page: SectionPage, filled: Filled) -> bool:
    """Whether the page is shown: its form always, its questions only where one of them applies."""
    return page.questions is None or bool(asked_on(page, filled.answers))


def shown_pages(section: Section, filled: Filled) -> list[SectionPage]:
    """The pages of the section that apply."""
    return [page for page in section.pages if applies(page, filled)]


def is_answered(key: str, filled: Filled) -> bool:
    """Whether somebody of the agency answered the question, "we do not know" included."""
    return key in filled.answers and key not in filled.unconfirmed


def page_state(page: SectionPage, filled: Filled) -> State:
    """How far one page is. Questions about a problem the agency did not name are optional."""
    if page.questions is None:
        return State.COMPLETE if filled.forms.get(page.slug) else State.OPEN
    done, total = progress((page,), filled)
    if done == total:
        return State.COMPLETE
    if done or any(question.key in filled.unconfirmed for question in asked_on(page, filled.answers)):
        return State.WORKING
    return State.OPTIONAL if is_optional(page, filled) else State.OPEN


def progress(pages: tuple[SectionPage, ...], filled: Filled) -> tuple[int, int]:
    """How many of the questions that apply are answered, and how many there are; a form counts as one."""
    done = total = 0
    for page in pages:
        asked = asked_on(page, filled.answers)
        done += sum(is_answered(q.key, filled) for q in asked) if page.questions else bool(filled.forms.get(page.slug))
        total += len(asked) if page.questions else 1
    return done, total


def is_optional(page: SectionPage, filled: Filled) -> bool:
    """Whether the page is about a problem the agency did not name; a jail it runs always counts."""
    return page.group in TOPIC_KEYS - {"jail"} and page.group not in filled.topics


def section_state(section: Section, filled: Filled) -> State:
    """How far a section is: complete when every page that must be is."""
    states = {page_state(page, filled) for page in shown_pages(section, filled)}
    if states == {State.OPTIONAL}:
        return State.OPTIONAL
    if states <= {State.COMPLETE, State.OPTIONAL}:
        return State.COMPLETE
    return State.OPEN if states <= {State.OPEN, State.OPTIONAL} else State.WORKING


def needed(filled: Filled) -> list[Section]:
    """The sections that this request needs: all but those about problems that the agency did not name."""
    return [section for section in SECTIONS if section_state(section, filled) is not State.OPTIONAL]


def incomplete(filled: Filled) -> list[Section]:
    """The sections that must be completed before the request can be sent."""
    return [section for section in needed(filled) if section_state(section, filled) is not State.COMPLETE]


def open_sections(filled: Filled) -> tuple[str, ...]:
    """The titles of the sections that are not complete."""
    return tuple(section.title for section in incomplete(filled))


def open_pages(section: Section, filled: Filled) -> list[SectionPage]:
    """The pages of the section that still need an answer."""
    done = {State.COMPLETE, State.OPTIONAL}
    return [page for page in shown_pages(section, filled) if page_state(page, filled) not in done]


def first_page(section: Section, filled: Filled) -> SectionPage:
    """Where going on with the section leads: the first page not complete, or its first."""
    shown = shown_pages(section, filled)
    return next((page for page in shown if page_state(page, filled) is not State.COMPLETE), shown[0])


def next_page(section: Section, page: SectionPage, filled: Filled) -> SectionPage | None:
    """The page after this one, within the section."""
    shown = [each for each in section.pages if applies(each, filled) or each is page]
    place = shown.index(page)
    return shown[place + 1] if place + 1 < len(shown) else None


def twelve_full_months(today: date) -> tuple[date, date]:
    """The last twelve months that are over: first and last day."""
    last = today.replace(day=1) - timedelta(days=1)
    return today.replace(year=today.year - 1, day=1), last
