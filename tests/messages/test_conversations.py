"""Conversations: who reads which, chosen once; what they are about; how far each person has read; what is settled."""

import uuid
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, select

from app.agreements.drafting.current_text import template_of
from app.assessment.worksheet.operations import record_no_partnership
from app.audit import Audience, Event
from app.extensions import db
from app.intake import operations
from app.messages import operations as messages_operations
from app.messages.models import Message, MessageFile, Thread
from app.messages.read_marks import unread_by_request
from app.policy import GRANTS, Permission, Role
from app.uploads.inspection import inspect
from app.workflow.refusals import RefusalKind, StepRefused
from tests.agreements.approved_request import approved, cleared, started
from tests.assessment.assessed_request import CAP, Story, concurred, in_assessment
from tests.builders import make_agency, make_office, make_person, make_request
from tests.checked import CheckedClient
from tests.messages.case_with_people import SECRET, begun
from tests.page import Page
from tests.uploads.samples import pdf


def list_of(story: Story) -> str:
    return f"/requests/{story.agency_request.id}/messages"


def thread_of(thread: Thread) -> str:
    return f"/threads/{thread.id}"


def begin(client: CheckedClient, story: Story, text: str, **rest: Any) -> Page:
    """Begins a conversation on the page of all; only staff choose who reads it."""
    page = client.get_page(list_of(story))
    return page.submit("Send or keep" if "Send or keep" in page.text else "Send message", text=text, **rest)


def test_staff_write_to_the_agency_and_the_agency_answers(app: Flask, client: CheckedClient) -> None:
    story = in_assessment()
    sent = begin(client.sign_in(story.people["assessor"]), story, "Can you meet us on Monday?", readers="agency")
    page = client.sign_in(story.people["officer"]).get_page(sent.address)
    assert "Can you meet us on Monday?" in page.text
    assert page.submit("Send message", text="Monday is good.").status_code == 200
    assert "Monday is good." in client.sign_in(story.people["assessor"]).get_page(sent.address).text


def test_who_reads_a_message_of_staff_is_chosen_never_presumed(app: Flask, client: CheckedClient) -> None:
    story = in_assessment()
    page = begin(client.sign_in(story.people["assessor"]), story, "Hello")
    assert page.status_code == 422
    assert "Choose who will read this" in page.text
    assert "Hello" in page.text
    assert db.session.scalar(select(Message)) is None


def test_an_empty_message_keeps_the_reader_that_was_chosen(app: Flask, client: CheckedClient) -> None:
    story = in_assessment()
    client.sign_in(story.people["assessor"])
    for value, button in (("staff", "Keep for staff"), ("agency", "Send to the agency")):
        page = begin(client, story, " ", readers=value)
        text = " ".join(page.text.split())
        assert page.status_code == 422
        assert "Write your message first." in text
        chosen = text.split(f'value="{value}"')[1].split(">")[0]
        assert "checked" in chosen
        assert f'type="submit">{button}<' in text


def test_an_agency_cannot_begin_what_only_staff_read(app: Flask, client: CheckedClient) -> None:
    story = in_assessment()
    client.sign_in(story.people["head"]).craft_post(list_of(story), data={"readers": "staff", "text": "Hello"})
    assert db.session.scalars(select(Thread.audience)).one() == Audience.BOTH


def test_what_was_begun_for_staff_never_becomes_shared(app: Flask) -> None:
    story = in_assessment()
    thread = begun(story, story.assessor, SECRET, shared=False)
    with pytest.raises(ValueError, match="settled"):
        thread.audience = Audience.BOTH.value
    db.session.rollback()
    messages_operations.reply_to_thread(thread, story.coordinator, "Thank you")
    messages_operations.resolve_thread(thread, story.coordinator)
    messages_operations.reopen_thread(thread, story.coordinator)
    db.session.commit()
    assert thread.is_internal


def test_each_side_names_its_own_and_the_other_by_role(app: Flask, client: CheckedClient) -> None:
    story = in_assessment()
    story.people["officer"].title = "Captain"
    db.session.commit()
    thread = begun(story, story.assessor)
    messages_operations.reply_to_thread(thread, story.officer, "Yes")
    db.session.commit()
    agency = client.sign_in(story.people["officer"]).get(thread_of(thread)).get_data(as_text=True)
    staff = client.sign_in(story.people["assessor"]).get(thread_of(thread)).get_data(as_text=True)
    assert "Assessor, headquarters" in agency
    assert story.assessor.name not in agency
    assert f"{story.officer.name} (Captain, your agency)" in agency
    assert "Captain (agency)" in staff
    assert story.officer.name not in staff


def test_new_is_what_one_has_not_read_oneself(app: Flask, client: CheckedClient) -> None:
    story = in_assessment()
    thread = begun(story, story.assessor)
    key = story.agency_request.id
    assert unread_by_request(story.assessor) == {}
    assert unread_by_request(story.officer) == {key: 1}
    assert "Messages (1 new)" in client.sign_in(story.people["officer"]).get(f"/requests/{key}").get_data(as_text=True)
    assert "New messages (1)" in client.get("/home").get_data(as_text=True)
    client.get(thread_of(thread))
    assert unread_by_request(story.officer) == {}
    assert "New messages" not in client.get("/home").get_data(as_text=True)
    assert unread_by_request(story.head) == {key: 1}
    messages_operations.reply_to_thread(thread, story.head, "We will come.")
    db.session.commit()
    assert unread_by_request(story.officer) == {key: 1}
    assert unread_by_request(story.head) == {}
    assert "Messages and notes (1 new)" in client.sign_in(story.people["assessor"]).get(f"/cases/{key}").get_data(
        as_text=True
    )


def test_a_conversation_is_resolved_by_somebody_at_a_time_and_a_reply_takes_it_up_again(
    app: Flask, client: CheckedClient
) -> None:
    story = in_assessment()
    thread = begun(story, story.assessor)
    client.sign_in(story.people["officer"]).get_page(thread_of(thread)).submit("Mark as resolved")
    db.session.expire_all()
    assert thread.resolved_by_id == story.officer.id
    assert "by the agency" in client.sign_in(story.people["assessor"]).get(thread_of(thread)).get_data(as_text=True)
    messages_operations.resolve_thread(thread, story.assessor)
    assert thread.resolved_by_id == story.officer.id
    messages_operations.reply_to_thread(thread, story.assessor, "One more thing")
    db.session.commit()
    assert thread.resolved_at is None
    client.get_page(thread_of(thread)).submit("Mark as resolved").submit("Open it again")
    db.session.expire_all()
    assert thread.resolved_at is None


def test_a_form_sent_twice_is_one_message(app: Flask, client: CheckedClient) -> None:
    story = in_assessment()
    page = client.sign_in(story.people["assessor"]).get_page(list_of(story))
    first, second = (page.submit("Send or keep", readers="agency", text="Hello") for _ in range(2))
    assert first.address == second.address
    for _ in range(2):
        assert first.submit("Send to the agency", text="Again").status_code == 200
    messages = db.session.scalars(select(Message).order_by(Message.at)).all()
    assert len(messages) == 2
    forged = {"readers": "agency", "text": "Hello", "key": str(messages[0].id)}
    stranger = client.sign_in(story.people["coordinator"]).craft_post(list_of(story), data=forged)
    assert stranger.status_code == 404


def test_the_record_keeps_who_wrote_without_a_line_in_the_timeline(app: Flask, client: CheckedClient) -> None:
    story = in_assessment()
    begun(story, story.assessor, SECRET, shared=False)
    happened = db.session.scalars(select(Event).where(Event.action == "write_message")).one()
    assert (happened.audience, happened.actor_id) == (Audience.RECORD, story.assessor.id)
    assert SECRET not in happened.sentence + str(happened.details)


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.ADMINISTRATOR])
def test_who_only_looks_on_does_not_write(app: Flask, client: CheckedClient, role: Role) -> None:
    story = in_assessment()
    thread = begun(story, story.assessor)
    client.sign_in(make_person(role))
    assert client.craft_post(list_of(story), data={"readers": "agency", "text": "x"}).status_code == 403
    assert client.craft_post(thread_of(thread), data={"text": "x"}).status_code == 403
    assert client.get(thread_of(thread)).status_code == (200 if role is Role.AUDITOR else 403)


@pytest.mark.parametrize("name", ["head", "officer", "coordinator", "assessor"])
def test_who_works_on_the_case_writes(app: Flask, client: CheckedClient, name: str) -> None:
    story = in_assessment()
    chosen = {"readers": "agency"} if name in {"coordinator", "assessor"} else {}
    assert begin(client.sign_in(story.people[name]), story, "x", **chosen).status_code == 200


def test_who_declared_a_conflict_does_not_write(app: Flask) -> None:
    story = in_assessment()
    operations.declare_interests(
        story.agency_request, story.assessor, has_conflict=True, sentence="My brother works there"
    )
    with pytest.raises(StepRefused) as refused:
        begun(story, story.assessor)
    assert refused.value.kind is RefusalKind.NOT_YOUR_JOB


def test_before_a_request_is_sent_there_is_nobody_to_write_to(app: Flask, client: CheckedClient) -> None:
    agency = make_agency()
    draft = make_request(agency)
    client.sign_in(make_person(Role.AGENCY_HEAD, agency=agency))
    page = client.craft_post(f"/requests/{draft.id}/messages", data={"text": "Hello"})  # no page offers it
    assert page.status_code == 409
    assert "Send your request first" in page.get_data(as_text=True)


def test_elsewhere_a_conversation_does_not_exist(app: Flask, client: CheckedClient) -> None:
    story = in_assessment()
    thread = messages_operations.begin_thread(
        story.agency_request, story.assessor, shared=True, text="Look", files=[attached()],
    )  # fmt: skip
    db.session.commit()
    file = db.session.scalars(select(MessageFile)).one()
    for stranger in (make_person(Role.AGENCY_HEAD), make_person(Role.COORDINATOR, office=make_office())):
        client.sign_in(stranger)
        assert client.get(list_of(story)).status_code == 404
        assert client.get(thread_of(thread)).status_code == 404
        assert client.get(f"/message-files/{file.id}").status_code == 404
        for path in ("", "/resolve", "/reopen"):
            assert client.craft_post(thread_of(thread) + path, data={"text": "x"}).status_code == 404
    assert client.get(f"/message-files/{uuid.uuid4()}").status_code == 404


def attached():  # type: ignore[no-untyped-def] # as the form gives it
    return inspect("plan.pdf", pdf())


def test_files_are_looked_into_and_served_to_save(app: Flask, client: CheckedClient) -> None:
    story = in_assessment()
    content = pdf()
    client.sign_in(story.people["assessor"])
    sent = begin(client, story, "The plan", readers="agency", files=(BytesIO(content), "plan.pdf"))
    assert sent.status_code == 200
    page = client.sign_in(story.people["officer"]).get_page(sent.address).text
    address = page.split('href="/message-files/')[1].split('"')[0]
    given = client.get(f"/message-files/{address}")
    assert (given.status_code, given.data) == (200, content)
    assert given.headers["Content-Disposition"].startswith("attachment")
    assert "sandbox" in given.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [("letter.pdf", b"MZ not a pdf", "something else"), ("run.exe", b"MZ", "PDF"), ("empty.pdf", b"", "empty")],
)
def test_a_file_that_cannot_be_kept_is_named_and_the_message_stays(
    app: Flask, client: CheckedClient, name: str, content: bytes, sentence: str
) -> None:
    story = in_assessment()
    client.sign_in(story.people["officer"])
    page = begin(client, story, "Here it is", files=(BytesIO(content), name))
    assert page.status_code == 422
    assert sentence in page.text
    assert "Here it is" in page.text
    assert db.session.scalar(select(Message)) is None


def test_a_conversation_says_what_it_is_about_with_its_page(app: Flask, client: CheckedClient) -> None:
    story = concurred(in_assessment())
    client.sign_in(story.people["assessor"])
    sent = begin(client, story, "Is this all bookings?", readers="agency", about="question:jail_bookings")
    page = client.sign_in(story.people["officer"]).get(list_of(story)).get_data(as_text=True)
    assert "Question: " in page
    assert f"/requests/{story.agency_request.id}/receipt" in page
    client.get_page(sent.address).submit("Send message", text="All of them.")
    about = f"finding:recommended:{story.recommendation.programs[0].program_key}"
    assert begin(client, story, "Why this one?", about=about).status_code == 200


def test_what_the_agency_does_not_see_no_shared_message_is_about(app: Flask, client: CheckedClient) -> None:
    story = in_assessment()
    record_no_partnership(story.agency_request, story.assessor, "Nothing fits.")
    db.session.commit()
    about = "finding:no_partnership"
    client.sign_in(story.people["assessor"])
    refused = begin(client, story, "See this", readers="agency", about=about)
    assert refused.status_code == 422
    assert "The agency does not see this." in refused.text
    assert begin(client, story, "See this", readers="staff", about=about).status_code == 200
    forged = {"text": "See this", "about": about}  # no page offers it to the agency
    assert client.sign_in(story.people["head"]).craft_post(list_of(story), data=forged).status_code == 422


def test_an_anchor_of_another_case_is_none(app: Flask, client: CheckedClient) -> None:
    story = in_assessment()
    client.sign_in(story.people["assessor"])
    for about in ("question:nothing", "clause:x:y", f"clause:{uuid.uuid4()}:termination", "finding:", ":"):
        forged = {"readers": "agency", "text": "x", "about": about}
        assert client.craft_post(list_of(story), data=forged).status_code == 422, about


@pytest.mark.parametrize("path", ["/cases/{}", "/requests/{}/messages", "/messages"])
def test_many_conversations_take_no_more_queries_than_one(app: Flask, client: CheckedClient, path: str) -> None:
    story = in_assessment()
    client.sign_in(story.people["assessor"])
    begun(story, story.officer, "First")
    once = queries_of(client, path.format(story.agency_request.id))
    for n in range(29):
        thread = begun(story, (story.officer, story.coordinator)[n % 2], f"Message {n}", shared=n % 3 > 0)
        messages_operations.reply_to_thread(thread, story.coordinator, "Answer")
    db.session.commit()
    assert queries_of(client, path.format(story.agency_request.id)) == once


def queries_of(client: CheckedClient, path: str) -> int:
    statements: list[str] = []

    def count(_conn, _cursor, statement, *_rest) -> None:  # type: ignore[no-untyped-def] # SQLAlchemy's own
        statements.append(statement)

    event.listen(db.engine, "before_cursor_execute", count)
    try:
        assert client.get(path).status_code == 200
    finally:
        event.remove(db.engine, "before_cursor_execute", count)
    return len(statements)


def test_reading_is_granted_to_both_sides_and_writing_to_who_acts() -> None:
    assert Role.AUDITOR in GRANTS[Permission.MESSAGE_READ]
    assert Role.AUDITOR not in GRANTS[Permission.MESSAGE_WRITE]


def test_a_conversation_may_be_about_a_clause_the_agency_reads(app: Flask, client: CheckedClient) -> None:
    story = approved()
    agreement = cleared(story, CAP)
    client.sign_in(story.people["head"])
    page = client.get_page(f"/agreements/{agreement.id}")
    key = page.text.split('id="about-clause"')[1].split('value="')[1].split('"')[0].rpartition(":")[2]
    form = page.submit("Go on to the message", about=f"clause:{agreement.id}:{key}")
    sent = form.submit("Send message", text="What does this mean?")
    thread = client.sign_in(story.people["assessor"]).get_page(sent.address)
    assert f"/agreements/{agreement.id}#clause-{key}" in thread.text
    assert f'id="clause-{key}"' in page.text


def test_before_counsel_cleared_a_text_only_staff_write_about_its_clauses(app: Flask, client: CheckedClient) -> None:
    story = approved()
    agreement = started(story, CAP)
    about = f"clause:{agreement.id}:{template_of(agreement).clause_keys[0]}"
    forged = {"text": "Is this right?", "about": about}
    assert client.sign_in(story.people["head"]).craft_post(list_of(story), data=forged).status_code == 422
    page = client.sign_in(story.people["assessor"]).get_page(f"/agreements/{agreement.id}")
    form = page.submit("Go on to the message", about=about)
    refused = form.submit("Send or keep", text="Is this right?", readers="agency")
    assert refused.status_code == 422
    assert refused.submit("Send to the agency", readers="staff").status_code == 200


def test_ones_own_list_goes_over_all_cases_with_what_is_new_first(app: Flask, client: CheckedClient) -> None:
    first, second, strange = in_assessment(), in_assessment(), in_assessment()
    second.agency_request.assessor_id = first.assessor.id
    begun(first, first.officer, "Older and not read")
    read = begun(second, second.officer, "Newer and read")
    begun(strange, strange.officer, "Of a case of others")
    client.sign_in(first.people["assessor"]).get(thread_of(read))
    page = client.get("/messages").get_data(as_text=True)
    assert page.index("Older and not read") < page.index("Newer and read")
    assert "Of a case of others" not in page
    assert second.agency_request.number and second.agency_request.number in page
    agency = client.sign_in(first.people["head"]).get("/messages").get_data(as_text=True)
    assert "Older and not read" in agency
    assert "Newer and read" not in agency
    begun(strange, first.assessor, "I look in here", shared=False)
    assert "I look in here" in client.sign_in(first.people["assessor"]).get("/messages").get_data(as_text=True)
    assert client.sign_in(make_person(Role.ADMINISTRATOR)).get("/messages").status_code == 403


@pytest.mark.parametrize("number", ["-1", "0", "2", "99999999999999999999999", "x"])
def test_any_page_of_ones_own_list_is_a_page(app: Flask, client: CheckedClient, number: str) -> None:
    story = in_assessment()
    for n in range(27):
        begun(story, story.officer, f"Message {n}")
    assert client.sign_in(story.people["assessor"]).get("/messages", query_string={"page": number}).status_code == 200


def test_of_two_who_write_at_once_the_later_message_is_the_last(app: Flask) -> None:
    story = in_assessment()
    thread = begun(story, story.assessor)
    for actor in (story.officer, story.head, story.coordinator):
        written = messages_operations.reply_to_thread(thread, actor, "Answer")
        db.session.commit()
        assert thread.last_at == written.at
    assert unread_by_request(story.assessor) == {story.agency_request.id: 1}
