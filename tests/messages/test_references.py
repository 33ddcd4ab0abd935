"""What a conversation may be about: every stage says what it knows of, and its words and pages hold."""

import uuid
from itertools import permutations

import pytest
from flask import Flask

from app.agency_requests.models import AgencyRequest
from app.messages.references import EXTENSION, find_reference, reference_address, reference_words
from app.policy import Role
from tests.builders import make_agency, make_person, make_request

ABOUT = {
    "question:jail_bookings": "Question: ",
    "question:no_longer": "A question that is no longer asked",
    "finding:recommended:287g:jail": "Recommendation: 287(g) jail enforcement",
    "finding:civil_rights:287g:jail": "Civil-rights finding: 287(g) jail enforcement",
    "finding:no_partnership": "Finding that no partnership fits",
    f"clause:{uuid.UUID(int=1)}:common-duties": "Clause: ",
    f"clause:{uuid.UUID(int=1)}:no_longer": "A clause that is no longer in the library",
}


@pytest.fixture
def in_assessment(app: Flask) -> AgencyRequest:
    return make_request(make_agency(), status="in_assessment")


@pytest.mark.parametrize("value", ABOUT)
def test_each_has_words_and_a_page_for_either_side(app: Flask, in_assessment: AgencyRequest, value: str) -> None:
    officer = make_person(Role.AGENCY_OFFICER, agency=in_assessment.agency).actor
    with app.test_request_context():
        assert reference_words(value).startswith(ABOUT[value])
        for actor in (officer, make_person(Role.ASSESSOR).actor):
            assert reference_address(in_assessment.id, value, actor).startswith("/")


def test_every_kind_that_is_registered_is_among_them_and_none_is_part_of_another(app: Flask) -> None:
    kinds = app.extensions[EXTENSION]
    assert all(any(kind.has(value) for value in ABOUT) for kind in kinds)
    assert not [(one, other) for one, other in permutations(kinds, 2) if one.has(other.prefix)]


@pytest.mark.parametrize("value", ["", "x", "finding", "finding:recommended:287g:jail", "clause:x:y", "question:\0"])
def test_what_is_not_of_this_request_is_not_found(app: Flask, in_assessment: AgencyRequest, value: str) -> None:
    assert find_reference(in_assessment, make_person(Role.ASSESSOR).actor, value) is None
