"""Whatever anybody types into a page of questions is an answer or a sentence, and nothing typed is lost."""

from typing import Any

import pytest
from flask import Flask, g
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from app.agency_requests.sections.question_forms import QuestionsForm, questions_form
from app.agency_requests.sections.section_list import SECTIONS, SectionPage
from app.needs.answers import check
from app.needs.questions import QUESTIONS, AnswerBasis

PAGES = [page for section in SECTIONS for page in section.pages if page.questions]
TYPED = st.one_of(st.text(max_size=30), st.integers().map(str), st.floats().map(str), st.sampled_from(["", "unknown"]))


def form_of(app: Flask, page: SectionPage, typed: dict[str, Any], *, partial: bool = False) -> QuestionsForm:
    assert page.questions is not None
    with app.test_request_context(method="POST"):
        g.csrf_valid = True  # looked at before any form is made
        form = questions_form(page.questions.questions, {}, MultiDict(typed), expected_version="", partial=partial)
        form.validate()
    return form


@pytest.mark.parametrize("shown", PAGES, ids=lambda page: page.slug)
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_anything_typed_is_an_answer_or_gets_a_sentence(app: Flask, shown: SectionPage, data: st.DataObject) -> None:
    assert shown.questions is not None
    typed: dict[str, Any] = {}
    for question in shown.questions.questions:
        choices = st.one_of(TYPED, st.sampled_from(question.choice_keys)) if question.choices else TYPED
        typed[question.key] = data.draw(choices)
        typed[f"{question.key}_basis"] = data.draw(
            st.one_of(TYPED, st.sampled_from([each.value for each in AnswerBasis]))
        )
        typed[f"{question.key}_note"] = data.draw(TYPED)
    form = form_of(app, shown, typed)
    for question in shown.questions.questions:
        assert question.key in form.given or form[question.key].errors
    if not form.errors:
        for question in shown.questions.questions:
            answer = form.given[question.key]
            assert check(question.key, answer.value) == answer.value
            assert bool(answer.basis) == question.is_number


@pytest.mark.parametrize("shown", PAGES, ids=lambda page: page.slug)
def test_an_empty_page_asks_for_everything_unless_it_is_left_for_later(app: Flask, shown: SectionPage) -> None:
    assert shown.questions is not None
    form = form_of(app, shown, {"then": "next"})
    assert form.errors.keys() == {question.key for question in shown.questions.questions}
    later = form_of(app, shown, {"then": "back"}, partial=True)
    assert (later.errors, later.given) == ({}, {})


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"population_served": "61,400", "population_served_basis": "measured"}, "61,400 people. Measured"),
        ({"population_served": "", "population_served_basis": "unknown"}, "We do not know"),
        ({"population_served": "many", "population_served_basis": "estimated"}, "many. Estimated"),
        ({"population_served": ""}, "Nothing"),
    ],
)
def test_an_answer_is_said_in_words(app: Flask, typed: dict[str, str], said: str) -> None:
    page = next(each for each in PAGES if each.slug == "community-size")
    assert form_of(app, page, typed).said(QUESTIONS["population_served"]) == said
