"""The field survey: any office of the case answers it, and each answer says who gave it."""

import re

from flask import Flask

from app.accounts.models import HEADQUARTERS, Person
from app.agency_requests.assignment_models import Consultation
from app.assessment.models import ConfirmedAnswer
from app.extensions import db
from app.filters import format_date
from app.policy import Role
from app.workflow.clocks.operations import today
from tests.assessment.assessed_request import Story, in_assessment
from tests.assessment.worksheet_forms import Rows, path, signed_in, texts, typed
from tests.builders import make_office, make_person
from tests.checked import CheckedClient
from tests.page import Page

SUPERVISORS = {"value": "2", "basis": "measured", "source": "Office plan"}
SEATS = {"value": "12", "basis": "measured", "source": "Training calendar"}


def answer(story: Story, key: str) -> ConfirmedAnswer | None:
    db.session.expire_all()
    return db.session.get(ConfirmedAnswer, (story.agency_request.id, key))


def client_of(app: Flask, person: Person) -> CheckedClient:
    client = app.test_client()
    assert isinstance(client, CheckedClient)
    return client.sign_in(person)


def survey_by(app: Flask, story: Story, person: Person, rows: Rows) -> Page:
    page = client_of(app, person).get_page(path(story, "survey")).submit("Save", texts(rows))
    assert page.path == path(story, "survey")
    assert page.status_code == 200
    return page


def forge(app: Flask, story: Story, person: Person, rows: Rows) -> int:
    """The status of an answer from somebody who has no page to answer on."""
    data = typed(story, "field_survey", rows)
    return client_of(app, person).craft_post(path(story, "survey"), data=data).status_code


def test_each_answer_of_the_field_survey_says_who_gave_it_of_which_office_and_when(app: Flask) -> None:
    story = in_assessment()
    one = make_person(Role.ASSESSOR, name="Ann <One>", office=make_office(HEADQUARTERS, name="Field operations"))
    other = make_person(Role.ASSESSOR, name="Otto Two")
    survey_by(app, story, one, {"ice_supervisors_free_fte": SUPERVISORS})
    survey_by(app, story, other, {"ice_training_seats": SEATS})
    day = format_date(today())
    for who, page in (("assessor", "survey"), ("assessor", "worksheet"), ("coordinator", "survey")):
        shown = signed_in(app, story, who).get(path(story, page)).get_data(as_text=True)
        said = dict(re.findall(r'id="by-(\w+)">([^<]+)<', shown))
        assert said["ice_supervisors_free_fte"] == f"Answered by Ann &lt;One&gt;, Field operations, {day}"
        assert said["ice_training_seats"].startswith("Answered by Otto Two, ")
        assert set(said) == {"ice_supervisors_free_fte", "ice_training_seats"}


def test_an_assessor_of_the_investigations_office_answers_the_field_survey_one_of_another_office_does_not(
    app: Flask,
) -> None:
    story = in_assessment()
    detention, investigations = make_office(), make_office("investigations")
    story.agency_request.office_id = detention.id
    story.agency_request.investigations_office_id = investigations.id
    db.session.commit()
    rows = {"ice_task_force_seats": {"value": "3", "basis": "measured", "source": "Task force roster"}}
    stranger = make_person(Role.ASSESSOR, office=make_office("investigations"))
    assert forge(app, story, stranger, rows) == 404
    assert answer(story, "ice_task_force_seats") is None
    assert forge(app, story, make_person(Role.COORDINATOR, office=investigations), rows) == 403
    agent = make_person(Role.ASSESSOR, name="Ines Agent", office=investigations)
    survey_by(app, story, agent, rows)
    row = answer(story, "ice_task_force_seats")
    assert row is not None
    assert (row.value, row.by_id) == (3, agent.id)


def test_an_assessor_who_is_only_consulted_reads_the_field_survey_and_does_not_answer_it(app: Flask) -> None:
    story = in_assessment()
    asked = make_person(Role.ASSESSOR, office=make_office())
    db.session.add(Consultation(request_id=story.agency_request.id, person_id=asked.id, asked_by_id=story.assessor.id,
                           question="What have you free?", due=today()))  # fmt: skip
    db.session.commit()
    assert client_of(app, asked).get(path(story, "survey")).status_code == 200
    assert forge(app, story, asked, {"ice_training_seats": SEATS}) in {403, 409}
    assert answer(story, "ice_training_seats") is None
