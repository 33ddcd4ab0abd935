"""Every question of the agency is asked once; a section is complete when all that applies is answered."""

from dataclasses import replace
from datetime import date

import pytest

from app.agency_requests.sections.section_list import (
    BY_KEY,
    SECTIONS,
    TOPIC_KEYS,
    SavedContent,
    SectionState,
    applies,
    asked_on,
    is_optional,
    open_sections,
    page_state,
    section_state,
    twelve_full_months,
)
from app.needs.questions import QUESTIONS

NOTHING = SavedContent(forms={}, answers={}, topics=frozenset())


def page(slug: str):
    return next(each for section in SECTIONS for each in section.pages if each.slug == slug)


def test_every_question_of_the_agency_is_asked_exactly_once() -> None:
    asked = [
        q.key for section in SECTIONS for each in section.pages if each.questions for q in each.questions.questions
    ]
    assert sorted(asked) == sorted(key for key, question in QUESTIONS.items() if question.asked_of == "agency")


def test_no_two_sections_or_pages_share_an_address() -> None:
    assert len({section.key for section in SECTIONS}) == len(SECTIONS)
    slugs = [each.slug for section in SECTIONS for each in section.pages]
    assert len(set(slugs)) == len(slugs)


def test_a_new_request_has_every_section_open_but_those_about_problems() -> None:
    optional = {section.key for section in SECTIONS if section_state(section, NOTHING) is SectionState.OPTIONAL}
    assert optional == TOPIC_KEYS - {"jail"}
    assert {section_state(BY_KEY[key], NOTHING) for key in BY_KEY.keys() - optional} == {SectionState.OPEN}
    assert len(open_sections(NOTHING)) == len(SECTIONS) - len(optional)


@pytest.mark.parametrize("topic", sorted(TOPIC_KEYS - {"jail"}))
def test_a_problem_that_is_named_needs_its_numbers(topic: str) -> None:
    named = replace(NOTHING, topics=frozenset({topic}))
    assert section_state(BY_KEY[topic], named) is SectionState.OPEN
    assert BY_KEY[topic].title in open_sections(named)


def test_an_answer_from_the_finder_is_open_until_somebody_confirms_it() -> None:
    brought = replace(NOTHING, answers={"gangs_documented": 3}, unconfirmed=frozenset({"gangs_documented"}))
    assert page_state(page("gangs-files"), brought) is SectionState.WORKING
    assert section_state(BY_KEY["gangs"], brought) is SectionState.WORKING


@pytest.mark.parametrize(
    ("day", "first", "last"),
    [
        (date(2026, 11, 24), date(2025, 11, 1), date(2026, 10, 31)),
        (date(2026, 1, 1), date(2025, 1, 1), date(2025, 12, 31)),
        (date(2028, 3, 1), date(2027, 3, 1), date(2028, 2, 29)),
        (date(2028, 2, 29), date(2027, 2, 1), date(2028, 1, 31)),
    ],
)
def test_numbers_cover_the_last_twelve_full_months(day: date, first: date, last: date) -> None:
    assert twelve_full_months(day) == (first, last)


def test_without_a_jail_there_are_no_questions_about_it() -> None:
    none = replace(NOTHING, answers={"jail_operated": "no"})
    assert not applies(page("jail-bookings"), none)
    assert applies(page("jail-bookings"), NOTHING)


def test_we_do_not_know_is_an_answer() -> None:
    shown = asked_on(page("community-size"), {})
    unknown = replace(NOTHING, answers={question.key: None for question in shown})
    assert page_state(page("community-size"), unknown) is SectionState.COMPLETE


def test_a_page_half_answered_is_in_progress() -> None:
    first = asked_on(page("community-size"), {})[0]
    half = replace(NOTHING, answers={first.key: 10})
    assert page_state(page("community-size"), half) is SectionState.WORKING


@pytest.mark.parametrize(("topics", "expected"), [(set(), SectionState.OPTIONAL), ({"gangs"}, SectionState.OPEN)])
def test_questions_about_a_problem_nobody_named_are_optional(topics: set[str], expected: SectionState) -> None:
    filled = replace(NOTHING, topics=frozenset(topics))
    assert page_state(page("gangs-files"), filled) is expected


def test_a_jail_that_is_run_is_never_optional() -> None:
    assert not is_optional(page("jail-bookings"), NOTHING)


def test_an_optional_page_that_was_begun_is_finished_before_sending() -> None:
    begun = replace(NOTHING, answers={"gangs_documented": 3})
    assert page_state(page("gangs-files"), begun) is SectionState.WORKING


def test_a_section_is_complete_without_its_optional_pages() -> None:
    needs = BY_KEY["needs"]
    answers = {q.key: ["gangs"] for each in needs.pages if each.group == "objectives" for q in asked_on(each, {})}
    filled = SavedContent(forms={"problems": True}, answers=answers, topics=frozenset())
    assert section_state(needs, filled) is SectionState.COMPLETE
