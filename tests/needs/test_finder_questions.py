"""The public finder asks about a dozen questions, then what matters most."""

from itertools import combinations

import pytest

from app.needs.finder_questions import TOPICS, next_questions, questions_for
from app.needs.questions import GROUPS, QUESTIONS
from tests.needs.scored import SCORES, rank

KEYS = [topic.key for topic in TOPICS]


def test_every_topic_is_a_group_of_questions() -> None:
    assert set(KEYS) <= {group.key for group in GROUPS}


@pytest.mark.parametrize("count", [1, 2, 3])
def test_about_a_dozen_questions_are_asked_whatever_the_topics(count: int) -> None:
    sizes = {len(questions_for(topics, SCORES)) for topics in combinations(KEYS, count)}
    assert min(sizes) >= 3
    assert max(sizes) <= 15


def test_a_topic_asks_for_its_needs_their_bases_and_the_gates() -> None:
    asked = [question.key for question in questions_for(["jail"], SCORES)]
    assert asked == [
        "state_law_immigration",
        "jail_operated",
        "jail_bookings",
        "jail_foreign_born_bookings",
        "jail_screened_percent",
        "jail_interview_wait_hours",
        "jail_warrants_unserved",
        "jail_foreign_born_serious_percent",
    ]


def test_the_same_topics_in_another_order_ask_the_same() -> None:
    assert questions_for(["gangs", "money"], SCORES) == questions_for(["money", "gangs"], SCORES)


def test_nothing_of_the_field_survey_is_asked_of_the_public() -> None:
    assert all(question.asked_of == "agency" for topic in KEYS for question in questions_for([topic], SCORES))


@pytest.mark.parametrize("topics", [[], ["weather"], ["jail", "gangs", "money", "border"], ["oversight"]])
def test_none_too_many_or_other_topics_are_refused(topics: list[str]) -> None:
    with pytest.raises(ValueError, match="one to 3 topics"):
        questions_for(topics, SCORES)


def test_what_is_asked_next_is_open_and_starts_with_what_must_be_confirmed() -> None:
    answers = {
        "jail_operated": "yes",
        "jail_bookings": 4_860,
        "jail_foreign_born_bookings": 1_021,
        "nlets_access": "yes",
        "sworn_officers": 20,
    }
    following = [question.key for question in next_questions(answers, rank(answers), most=80)]
    assert not set(following) & set(answers)
    assert following == list(dict.fromkeys(following))
    assert all(QUESTIONS[key].asked_of == "agency" for key in following)


def test_nothing_is_asked_next_that_does_not_apply() -> None:
    answers = {"jail_operated": "no"}
    following = next_questions(answers, rank(answers), most=80)
    assert following
    assert not any(question.group == "jail" for question in following)


def test_no_more_is_asked_next_than_wanted() -> None:
    assert len(next_questions({}, rank({}), most=3)) == 3
