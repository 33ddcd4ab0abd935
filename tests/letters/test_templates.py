"""The templates of letters: edited by administrators and counsel, with every version kept and nothing overwritten."""

import pytest
from flask import Flask

from app.extensions import db
from app.letters import templates
from app.letters.letter_kinds import DEFAULTS, LetterKind, LetterText
from app.policy import Role
from tests.assessment.assessed_request import in_assessment
from tests.assessment.worksheet_forms import path, signed_in, words
from tests.builders import make_person
from tests.checked import CheckedClient
from tests.page import Page

ADDRESS = "/letters/templates/acknowledgment"
OURS = {"subject": "About {number}", "body": "Dear {head}:\n\n{note}\n\n{sender}"}


def editor(app: Flask, role: Role = Role.COUNSEL) -> Page:
    client = app.test_client()
    assert isinstance(client, CheckedClient)
    return client.sign_in(make_person(role)).get_page(ADDRESS)


def save(page: Page, **rest: str) -> Page:
    return page.submit("Save as a new version", OURS | rest)


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.COUNSEL])
def test_administrators_and_counsel_write_a_version_that_counts_from_then_on(app: Flask, role: Role) -> None:
    assert templates.current_template(LetterKind.ACKNOWLEDGMENT) == (DEFAULTS[LetterKind.ACKNOWLEDGMENT], 0)
    assert save(editor(app, role)).status_code == 200
    db.session.expire_all()
    text, version = templates.current_template(LetterKind.ACKNOWLEDGMENT)
    assert (text, version) == (LetterText(subject=OURS["subject"], body=OURS["body"]), 1)
    story = in_assessment()
    assert f"About {story.agency_request.number}" in words(
        signed_in(app, story).get(path(story, "letters/acknowledgment"))
    )


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.ASSESSOR, Role.AUDITOR, Role.AGENCY_HEAD])
def test_nobody_else_does(app: Flask, role: Role) -> None:
    client = app.test_client().sign_in(make_person(role))
    assert client.get("/letters/templates").status_code == 403
    assert client.get(ADDRESS).status_code == 403
    assert client.craft_post(ADDRESS, data=OURS).status_code == 403


def test_the_placeholders_are_listed_beside_the_editor(app: Flask) -> None:
    page = words(app.test_client().sign_in(make_person(Role.COUNSEL)).get(ADDRESS))
    assert "{agency} the agency’s name" in page


def test_an_unknown_placeholder_is_refused_and_what_was_typed_stays(app: Flask) -> None:
    page = save(editor(app), body="Dear {mayor} <i>of</i> {agency}:")
    assert page.status_code == 422
    assert "There is no placeholder {mayor} in this letter." in page.text
    assert "Dear {mayor} &lt;i&gt;of&lt;/i&gt; {agency}:" in page.text
    assert templates.template_versions(LetterKind.ACKNOWLEDGMENT) == []


def test_two_who_edit_at_once_lose_neither_text(app: Flask) -> None:
    first, second = editor(app), editor(app)
    assert save(first).status_code == 200
    page = save(second, body="Mine, {sender}")
    assert page.status_code == 409
    assert "Mine, {sender}" in words(page.response)
    assert "Dear {head}:" in words(page.response)
    assert len(templates.template_versions(LetterKind.ACKNOWLEDGMENT)) == 1


def test_every_version_stays(app: Flask) -> None:
    save(editor(app))
    assert save(editor(app), body="Second, {sender}").status_code == 200
    assert [each.version for each in templates.template_versions(LetterKind.ACKNOWLEDGMENT)] == [2, 1]
    page = words(app.test_client().sign_in(make_person(Role.COUNSEL)).get(ADDRESS))
    assert "Version 1," in page
