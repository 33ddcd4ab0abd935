"""Who sees a case beyond their office, and who no longer: opinions asked of other offices, and recusals."""

import re
import uuid
from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from app import audit
from app.accounts.models import Person
from app.agency_requests import operations
from app.agency_requests.access import get_request, visible_requests
from app.agency_requests.assignment_models import ConflictDeclaration, Consultation
from app.agency_requests.models import Document
from app.agency_requests.recipients import staff_recipients
from app.agreements.access import visible_agreements
from app.agreements.models import Agreement
from app.demo import story as tell
from app.demo.agreement_story import draft
from app.demo.people import PLACES, make_people
from app.demo.story import Story
from app.extensions import db
from app.intake import operations as intake_operations
from app.intake.assignment import consultations
from app.intake.assignment import operations as assignment_operations
from app.messages import operations as messages_operations
from app.messages.models import Thread
from app.notifications.models import OutboxMessage
from app.policy import CONSULTED, GRANTS, Permission, Role, Seat, allows, can_see
from app.uploads.inspection import inspect
from app.workflow.clocks.operations import today
from app.workflow.refusals import RefusalKind, StepRefused
from tests.architecture.test_tenants import keyed, plain
from tests.builders import make_office, make_person, make_request
from tests.checked import CheckedClient
from tests.uploads.samples import pdf

TOMORROW = date(2027, 3, 1)
DECLARE = "Record my declaration"
EVERYTHING = (
    *(Role.COORDINATOR, Role.ASSESSOR, Role.COUNSEL),
    *((Role.REVIEWER, Seat.PRIVACY.value), (Role.APPROVING_OFFICIAL, "lesc")),
)


@pytest.fixture
def told(app: Flask) -> Story:
    """A case with a document, a conversation, a recommendation, opinions and an agreement, of an office in Atlanta."""
    story = Story(PLACES[2], make_people(), datetime.now(UTC) - timedelta(days=60), desk="atlanta", field="atlanta2")
    tell.file_draft(story)
    operations.attach(story.request, story.who("officer"), "supporting", inspect("policy.pdf", pdf()))
    for step in (tell.submit, tell.take, tell.assess):
        step(story)
    tell.recommend(story, ["lesc"])
    tell.concurs(story)
    tell.reviews(story)
    tell.decides(story)
    draft(story, "lesc", "negotiation")
    messages_operations.begin_thread(story.request, story.who("officer"), shared=True, text="See our policy")
    db.session.commit()
    return story


@pytest.fixture
def expert(told: Story) -> Person:
    """Somebody of another office who could do anything, were the case theirs."""
    return make_person(*EVERYTHING, office=make_office(name="Elsewhere"))


def ask(told: Story, person: Person) -> Consultation:
    found = consultations.ask_consultation(
        told.request, told.who("atlanta"), person, "Is the jail wing secure?", TOMORROW
    )
    db.session.commit()
    return found


def pages_of(told: Story) -> list[str]:
    key = told.request.id
    document = db.session.scalars(select(Document).where(Document.request_id == key)).first()
    agreement = db.session.scalars(select(Agreement).where(Agreement.request_id == key)).one()
    thread = db.session.scalars(select(Thread).where(Thread.request_id == key)).first()
    assert document
    assert thread
    return [
        f"/cases/{key}", f"/cases/{key}/staff", f"/documents/{document.id}",
        f"/agreements/{agreement.id}", f"/threads/{thread.id}",
    ]  # fmt: skip


def test_scenario_22_who_is_consulted_sees_that_one_case_and_no_opinions(
    told: Story, expert: Person, client: CheckedClient
) -> None:
    other = make_request(status="in_assessment", office_id=told.request.office_id)
    visitor = client.sign_in(expert)
    assert {visitor.get(path).status_code for path in pages_of(told)} == {404}
    ask(told, expert)
    assert {visitor.get(path).status_code for path in pages_of(told)} == {200}
    assert visitor.get(f"/cases/{other.id}").status_code == 404
    assert db.session.scalars(visible_requests(expert.actor)).unique().all() == [told.request]
    case = visitor.get(f"/cases/{told.request.id}").get_data(as_text=True)
    assert "Give the opinion you are asked for" in case
    assert visitor.get(f"/cases/{told.request.id}/review").status_code == 404
    queue = visitor.get("/queue?view=mine").get_data(as_text=True)
    assert str(told.request.number) in queue
    assert "The plan names who supervises" not in case
    assert "board’s opinions are for those who work on the case" in case


def test_who_is_consulted_changes_nothing_but_the_answer(told: Story, expert: Person, client: CheckedClient) -> None:
    ask(told, expert)
    visitor = client.sign_in(expert)
    count = select(func.count()).where(audit.Event.chain == told.request.id, audit.Event.audience != "record")
    before = db.session.scalar(count)
    for rule, address in keyed(client.application):
        if "POST" not in (rule.methods or ()) or "answer_consult" in rule.endpoint or "declar" in rule.endpoint:
            continue
        typed = {
            "reason": "x",
            "expected_version": str(told.expected_version),
            "text": "x",
            "question": "x",
            "person": "x",
        }
        answer = visitor.craft_post(plain(address), data=typed).status_code
        tries = rule.endpoint.startswith("what_if.")  # trying other values keeps nothing
        assert tries or answer >= 400, rule
    assert db.session.scalar(count) == before
    assert {p for p in Permission if p in GRANTS and allows(expert.actor, p, told.request)} <= CONSULTED


def test_the_answer_is_kept_told_and_ends_their_sight(told: Story, expert: Person, client: CheckedClient) -> None:
    asked = ask(told, expert)
    visitor = client.sign_in(expert)
    refused = visitor.get_page(f"/cases/{told.request.id}/staff").submit("Give my opinion", answer="")
    assert refused.status_code == 422
    for _ in range(2):  # clicked twice
        assert refused.submit("Give my opinion", answer="Yes, since <b>2025</b>.").path == "/queue"
    assert {visitor.get(path).status_code for path in pages_of(told)} == {404}
    assert refused.submit("Give my opinion", answer="And again.").status_code == 404
    asker = db.session.get_one(Person, told.who("atlanta").id)
    page = client.sign_in(asker).get(f"/cases/{told.request.id}/staff").get_data(as_text=True)
    assert "Yes, since &lt;b&gt;2025&lt;/b&gt;." in page
    notices = select(OutboxMessage.notice).where(OutboxMessage.address.in_([expert.email, asker.email]))
    assert {"consulted", "consult_answered"} <= set(db.session.scalars(notices))
    db.session.refresh(asked)
    assert (asked.outcome, asked.answer) == ("answered", "Yes, since <b>2025</b>.")


def test_a_question_taken_back_ends_their_sight(told: Story, expert: Person, client: CheckedClient) -> None:
    asked = ask(told, expert)
    address = f"/cases/{told.request.id}/staff/consult/{asked.id}/recall"
    asker = db.session.get_one(Person, told.who("atlanta").id)
    assert client.sign_in(expert).craft_post(address).status_code in {403, 404}
    page = client.sign_in(asker).get_page(f"/cases/{told.request.id}/staff")
    after = page.submit(f"Take the question to {expert.name} back")
    assert "The question is taken back." in after.text
    assert page.submit(f"Take the question to {expert.name} back").status_code == 409
    assert client.sign_in(expert).get(f"/cases/{told.request.id}").status_code == 404


def test_only_the_cases_coordinators_and_assessors_ask_and_only_of_who_does_not_see_it(
    told: Story, expert: Person, client: CheckedClient
) -> None:
    colleague = db.session.get_one(Person, told.who("atlanta2").id)
    for who in (make_person(Role.COUNSEL), make_person(Role.AUDITOR)):
        with pytest.raises(StepRefused, match="coordinator or an assessor"):
            consultations.ask_consultation(told.request, who.actor, expert, "May I?", TOMORROW)
        db.session.rollback()
    for person in (colleague, make_person(Role.COUNSEL), make_person(Role.AUDITOR, office=make_office()), None):
        with pytest.raises(StepRefused, match="does not see this case yet"):
            consultations.ask_consultation(told.request, told.who("atlanta"), person, "May I?", TOMORROW)
        db.session.rollback()
    ask(told, expert)
    with pytest.raises(StepRefused, match="does not see this case yet"):
        ask(told, expert)
    db.session.rollback()
    with pytest.raises(StepRefused, match="after today"):
        consultations.ask_consultation(
            told.request, told.who("atlanta"), make_person(Role.COUNSEL, office=make_office()), "Now?", today()
        )
    db.session.rollback()
    with pytest.raises(StepRefused) as refused:
        assignment_operations.assign(told.request, told.who("atlanta"), Role.ASSESSOR, expert)
    assert refused.value.kind is RefusalKind.INCOMPLETE


def test_a_question_is_asked_on_the_page(told: Story, expert: Person, client: CheckedClient) -> None:
    asker = client.sign_in(db.session.get_one(Person, told.who("atlanta").id))
    page = asker.get_page(f"/cases/{told.request.id}/staff")
    half = page.submit("Ask", {"consult-question": "Is it secure?"})
    assert half.status_code == 422
    assert "Is it secure?" in half.text
    after = half.submit("Ask", {"consult-expert": str(expert.id), "consult-due": str(TOMORROW)})
    assert f"{expert.name} has been asked" in after.text
    assert client.sign_in(expert).get(f"/cases/{told.request.id}").status_code == 200


@pytest.mark.parametrize("name", ["atlanta", "atlanta2", "official"])
def test_scenario_24_a_recusal_takes_the_case_out_of_sight_at_once(
    told: Story, client: CheckedClient, name: str
) -> None:
    person = db.session.get_one(Person, told.who(name).id)
    visitor = client.sign_in(person)
    assert {visitor.get(path).status_code for path in pages_of(told)} == {200}
    page = visitor.get_page(f"/cases/{told.request.id}/declaration")
    for _ in range(2):  # clicked twice
        after = page.submit(DECLARE, has_conflict="yes", sentence="My brother is a deputy there.")
        assert after.path == "/queue"
    assert {visitor.get(path).status_code for path in pages_of(told)} == {404}
    for listing in ("/queue?view=all", f"/queue?view=all&q={told.request.number}", "/agreements"):
        assert told.place.name not in visitor.get(listing).get_data(as_text=True)
    assert person.email not in {
        *staff_recipients(Role.COORDINATOR, told.request), *staff_recipients(Role.ASSESSOR, told.request),
        *staff_recipients(Role.APPROVING_OFFICIAL, told.request),
    }  # fmt: skip
    assert person.id not in {told.request.coordinator_id, told.request.assessor_id}
    agreements = visible_agreements(person.actor).where(Agreement.request_id == told.request.id)
    assert db.session.scalars(agreements).unique().all() == []


def test_a_recusal_goes_back_to_the_pool_and_keeps_the_private_detail_to_itself(
    told: Story, client: CheckedClient
) -> None:
    actor = told.who("atlanta2")
    intake_operations.declare_interests(
        told.request, actor, has_conflict=True, sentence="My brother is a deputy there."
    )
    db.session.commit()
    mail = select(OutboxMessage).where(OutboxMessage.notice == "back_in_pool")
    told_of = db.session.scalars(mail).all()
    assert told_of
    assert db.session.get_one(Person, actor.id).email not in {message.address for message in told_of}
    for role in (Role.COORDINATOR, Role.AUDITOR):
        visitor = client.sign_in(make_person(role))
        for path in (
            f"/cases/{told.request.id}/staff",
            f"/cases/{told.request.id}",
            f"/cases/{told.request.id}/intake",
        ):
            page = visitor.get(path).get_data(as_text=True)
            assert "My brother" not in page
        assert "recused because of a conflict" in visitor.get(f"/cases/{told.request.id}/staff").get_data(as_text=True)
    assert not any("brother" in message.body for message in told_of)


def test_a_recusal_ends_a_question_that_was_open(told: Story, expert: Person) -> None:
    asked = ask(told, expert)
    intake_operations.declare_interests(told.request, expert.actor, has_conflict=True, sentence="")
    db.session.commit()
    assert asked.outcome == "recalled"
    with pytest.raises(StepRefused):
        get_request(told.request.id, expert.actor)


def test_whoever_is_named_is_asked_to_declare_until_they_have(told: Story, client: CheckedClient) -> None:
    fresh = make_request(status="in_intake", office_id=told.request.office_id, coordinator_id=told.who("atlanta").id)
    visitor = client.sign_in(db.session.get_one(Person, told.who("atlanta").id))
    asks = "Declare your interests before you work on this case"
    assert asks in visitor.get(f"/cases/{fresh.id}").get_data(as_text=True)
    page = visitor.get_page(f"/cases/{fresh.id}").follow("I have an interest, or want to read more")
    refused = page.submit(DECLARE)
    assert refused.status_code == 422
    assert refused.submit(DECLARE, has_conflict="no").status_code == 200
    assert asks not in visitor.get(f"/cases/{fresh.id}").get_data(as_text=True)


def test_an_auditor_declares_nothing(told: Story, client: CheckedClient) -> None:
    auditor = client.sign_in(make_person(Role.AUDITOR))
    assert auditor.get(f"/cases/{told.request.id}/declaration").status_code == 403


CASE_ROLES_HERE = st.sampled_from([Role.COORDINATOR, Role.ASSESSOR, Role.COUNSEL, Role.AUDITOR, Role.ADMINISTRATOR])
FACTS = st.lists(
    st.tuples(
        st.integers(0, 3), st.integers(0, 4), st.sampled_from(["consult", "ended", "conflict", "clear", "nothing"])
    ),
    max_size=12,
)


@given(roles=st.lists(CASE_ROLES_HERE, min_size=5, max_size=5), facts=FACTS)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_database_and_the_policy_agree_on_who_sees_what(
    app: Flask, roles: list[Role], facts: list[tuple[int, int, str]]
) -> None:
    offices = [make_office(), make_office(), make_office("headquarters")]
    people = [make_person(role, office=offices[n % 3]) for n, role in enumerate(roles)]
    agency_person = make_person(Role.AGENCY_OFFICER)
    cases = [
        make_request(status="in_assessment", office_id=offices[0].id),
        make_request(status="in_intake", office_id=offices[1].id, investigations_office_id=offices[0].id),
        make_request(status="submitted"),
        make_request(agency_person.agency),
    ]
    written: set[tuple[uuid.UUID, uuid.UUID, bool]] = set()
    for n, m, what in facts:
        case, person = cases[n], people[m]
        key = (case.id, person.id, what in {"conflict", "clear"})
        if what == "nothing" or key in written:
            continue
        written.add(key)
        if what in {"conflict", "clear"}:
            row = ConflictDeclaration(request_id=case.id, person_id=person.id, has_conflict=what == "conflict")
        else:
            row = Consultation(
                request_id=case.id, person_id=person.id, asked_by_id=person.id, question="?", due=TOMORROW
            )
            if what == "ended":
                row.outcome, row.ended_at = "answered", datetime.now(UTC)
        db.session.add(row)
    db.session.commit()
    for person in [*people, agency_person]:
        expected_version = {case.id for case in db.session.scalars(visible_requests(person.actor)).unique()}
        for case in cases:
            assert (case.id in expected_version) == can_see(person.actor, case)


def test_a_question_of_another_case_is_not_found(told: Story, expert: Person, client: CheckedClient) -> None:
    asked = ask(told, expert)
    other = make_request(status="in_assessment", office_id=told.request.office_id)
    asker = client.sign_in(db.session.get_one(Person, told.who("atlanta").id))
    assert re.fullmatch(r"[0-9a-f-]{36}", str(asked.id))
    assert asker.craft_post(f"/cases/{other.id}/staff/consult/{asked.id}/recall").status_code == 404
