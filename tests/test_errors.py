"""Whatever goes wrong, the answer is a page in plain words with the right status, and nothing is kept half done."""

import pytest
from flask import Flask
from sqlalchemy.exc import DataError, IntegrityError, OperationalError
from werkzeug.exceptions import RequestEntityTooLarge, TooManyRequests

from app import errors
from app.agency_requests import operations
from app.extensions import db
from app.policy import Role, Seat
from app.review.opinions import write_finding
from app.storage import StorageUnavailable
from app.workflow.refusals import RefusalKind, StepRefused
from tests.assessment.assessed_request import JAIL, concurred, in_assessment
from tests.builders import make_person
from tests.checked import CheckedClient, check_page

FAULTS = [
    (IntegrityError("", {}, Exception()), errors.show_conflict, 409),
    (DataError("", {}, Exception()), errors.show_unreadable, 400),
    (OperationalError("", {}, Exception()), errors.show_busy, 503),
    (StorageUnavailable("full"), errors.show_busy, 503),
    (RequestEntityTooLarge(), errors.show_http_error, 413),
    (TooManyRequests(), errors.show_http_error, 429),
    (RuntimeError("secret detail"), errors.show_fault, 500),
]


@pytest.mark.parametrize(("fault", "answer", "status"), FAULTS, ids=lambda value: getattr(value, "__name__", ""))
def test_a_fault_becomes_a_page_that_tells_nothing_of_ours(app: Flask, fault: Exception, answer, status: int) -> None:
    with app.test_request_context("/queue"):
        response = answer(fault)
    page = response.get_data(as_text=True)
    assert response.status_code == status
    assert "secret detail" not in page
    check_page(page)
    assert (status == 503) == ("Retry-After" in response.headers)


@pytest.mark.parametrize(("path", "status"), [("/nothing", 404), ("/cases/x", 404), ("/programs/%00", 404)])
def test_what_does_not_exist_says_so(client: CheckedClient, path: str, status: int) -> None:
    assert client.get(path).status_code == status


def test_a_refused_step_shows_its_sentences(client: CheckedClient, app: Flask) -> None:
    officer = make_person(Role.AGENCY_OFFICER)
    draft = operations.create_draft(officer.actor, "TX")
    db.session.commit()
    response = client.sign_in(make_person(Role.AGENCY_HEAD, agency=officer.agency)).craft_post(
        f"/requests/{draft.id}/dissent", data={"back-reason": "No.", "back-seen": "1"}
    )  # no page of a draft offers it
    assert response.status_code == 409
    assert "no longer possible" in response.get_data(as_text=True)


def test_a_finding_is_written_once(app: Flask) -> None:
    story = concurred(in_assessment())
    reviewer = story.reviewers[Seat.CIVIL_RIGHTS]
    write_finding(story.agency_request, reviewer, JAIL, "Safeguards hold.", "The report")
    db.session.commit()
    with pytest.raises(StepRefused, match="written already") as refused:
        write_finding(story.agency_request, reviewer, JAIL, "Again.", "The report")
    assert refused.value.kind is RefusalKind.TOO_LATE
