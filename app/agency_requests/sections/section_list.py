"""The sections of a request and how far each is: computed from what was saved, never ticked by hand. Pure."""

from collections.abc import Mapping, Set
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, Final

from app.needs.finder_questions import TOPICS
from app.needs.questions import GROUPS, Question, QuestionPage


class SectionState(StrEnum):
    """How far a page or a section is."""

    COMPLETE = "complete"
    WORKING = "working"
    OPEN = "open"
    OPTIONAL = "optional"


STATE_WORDS = {
    SectionState.COMPLETE: "Complete",
    SectionState.WORKING: "In progress",
    SectionState.OPEN: "Not started",
    SectionState.OPTIONAL: "Optional",
}


@dataclass(frozen=True)
class SectionPage:
    """One page of a section: a form of its own, or a page of questions of one group."""

    slug: str
    title: str
    questions: QuestionPage | None = None
    group: str = ""


@dataclass(frozen=True)
class RequestSection:
    """One line of the task list, within a part of it."""

    key: str
    part: str
    title: str
    hint: str
    pages: tuple[SectionPage, ...]


@dataclass(frozen=True)
class SavedContent:
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


def _topic_sections() -> tuple[RequestSection, ...]:
    titles = {group.key: group.title for group in GROUPS}
    return tuple(RequestSection(t.key, NEED_PART, titles[t.key], t.hint, _of(t.key)) for t in TOPICS)


SECTIONS: Final = (
    RequestSection(
        "agency",
        AGENCY_PART,
        "Your agency and contacts",
        "Whom we write to, state law, governing body",
        (SectionPage(CONTACTS, "Your contact for this request"), *_of("agency")),
    ),
    RequestSection(
        "authority",
        AGENCY_PART,
        "Authority to bind",
        "Who signs for your agency, and the request letter",
        (SectionPage(AUTHORITY, "Who signs for your agency"), SectionPage(LETTER, "Your request letter")),
    ),
    RequestSection(
        "capacity",
        AGENCY_PART,
        "Community and staff",
        "Residents, officers, distances, room and equipment",
        _of("community", "it"),
    ),
    RequestSection(
        "needs",
        NEED_PART,
        "Problems and objectives",
        "What troubles you most, and any program you have in mind",
        (SectionPage(NEEDS, "Your problems, most pressing first"), *_of("objectives")),
    ),
    *_topic_sections(),
    RequestSection(
        "oversight",
        WORK_PART,
        "Civil rights and oversight",
        "Complaints, findings, interpreters, offenses you focus on",
        _of("oversight"),
    ),
    RequestSection(
        "attachments",
        LAST_PART,
        "Documents",
        "Signed letter, resolution, and what else helps us",
        (SectionPage(DOCUMENTS, "Your documents"),),
    ),
    RequestSection("else", LAST_PART, "Anything else", "What we did not ask", (SectionPage(ELSE, "Anything else"),)),
)
BY_KEY: Final = {section.key: section for section in SECTIONS}


def asked_on(page: SectionPage, answers: Mapping[str, Any]) -> tuple[Question, ...]:
    """The questions of the page that apply, given the values answered so far."""
    return tuple(q for q in page.questions.questions if q.applies(answers)) if page.questions else ()


def applies(page: SectionPage, filled: SavedContent) -> bool:
    """Whether the page is shown: its form always, its questions only where one of them applies."""
    return page.questions is None or bool(asked_on(page, filled.answers))


def shown_pages(section: RequestSection, filled: SavedContent) -> list[SectionPage]:
    """The pages of the section that apply."""
    return [page for page in section.pages if applies(page, filled)]


def is_answered(key: str, filled: SavedContent) -> bool:
    """Whether somebody of the agency answered the question, "we do not know" included."""
    return key in filled.answers and key not in filled.unconfirmed


def page_state(page: SectionPage, filled: SavedContent) -> SectionState:
    """How far one page is. Questions about a problem the agency did not name are optional."""
    if page.questions is None:
        return SectionState.COMPLETE if filled.forms.get(page.slug) else SectionState.OPEN
    done, total = progress((page,), filled)
    if done == total:
        return SectionState.COMPLETE
    if done or any(question.key in filled.unconfirmed for question in asked_on(page, filled.answers)):
        return SectionState.WORKING
    return SectionState.OPTIONAL if is_optional(page, filled) else SectionState.OPEN


def progress(pages: tuple[SectionPage, ...], filled: SavedContent) -> tuple[int, int]:
    """How many of the questions that apply are answered, and how many there are; a form counts as one."""
    done = total = 0
    for page in pages:
        asked = asked_on(page, filled.answers)
        done += sum(is_answered(q.key, filled) for q in asked) if page.questions else bool(filled.forms.get(page.slug))
        total += len(asked) if page.questions else 1
    return done, total


def is_optional(page: SectionPage, filled: SavedContent) -> bool:
    """Whether the page is about a problem the agency did not name; a jail it runs always counts."""
    return page.group in TOPIC_KEYS - {"jail"} and page.group not in filled.topics


def section_state(section: RequestSection, filled: SavedContent) -> SectionState:
    """How far a section is: complete when every page that must be is."""
    states = {page_state(page, filled) for page in shown_pages(section, filled)}
    if states == {SectionState.OPTIONAL}:
        return SectionState.OPTIONAL
    if states <= {SectionState.COMPLETE, SectionState.OPTIONAL}:
        return SectionState.COMPLETE
    return SectionState.OPEN if states <= {SectionState.OPEN, SectionState.OPTIONAL} else SectionState.WORKING


def needed(filled: SavedContent) -> list[RequestSection]:
    """The sections that this request needs: all but those about problems that the agency did not name."""
    return [section for section in SECTIONS if section_state(section, filled) is not SectionState.OPTIONAL]


def incomplete(filled: SavedContent) -> list[RequestSection]:
    """The sections that must be completed before the request can be sent."""
    return [section for section in needed(filled) if section_state(section, filled) is not SectionState.COMPLETE]


def open_sections(filled: SavedContent) -> tuple[str, ...]:
    """The titles of the sections that are not complete."""
    return tuple(section.title for section in incomplete(filled))


def open_pages(section: RequestSection, filled: SavedContent) -> list[SectionPage]:
    """The pages of the section that still need an answer."""
    done = {SectionState.COMPLETE, SectionState.OPTIONAL}
    return [page for page in shown_pages(section, filled) if page_state(page, filled) not in done]


def first_page(section: RequestSection, filled: SavedContent) -> SectionPage:
    """Where going on with the section leads: the first page not complete, or its first."""
    shown = shown_pages(section, filled)
    return next((page for page in shown if page_state(page, filled) is not SectionState.COMPLETE), shown[0])


def next_page(section: RequestSection, page: SectionPage, filled: SavedContent) -> SectionPage | None:
    """The page after this one, within the section."""
    shown = [each for each in section.pages if applies(each, filled) or each is page]
    place = shown.index(page)
    return shown[place + 1] if place + 1 < len(shown) else None


def twelve_full_months(today: date) -> tuple[date, date]:
    """The last twelve months that are over: first and last day."""
    last = today.replace(day=1) - timedelta(days=1)
    return today.replace(year=today.year - 1, day=1), last
