"""A viewer of the agency, such as its lawyer or a council member, reads everything of it and changes nothing."""

import re
from collections.abc import Callable

import pytest
from flask import Flask

from app.accounts.models import Person
from app.agency_requests import operations
from app.agency_requests.recipients import recipients
from app.extensions import db
from app.notifications.notices import RecipientGroup
from app.policy import GRANTS, Actor, Permission, Role, allows
from app.workflow.refusals import StepRefused
from tests.addresses import spelled
from tests.agreements.approved_request import approved, cleared
from tests.assessment.assessed_request import CAP, Story, concurred, in_assessment, recommended
from tests.builders import make_person, make_request
from tests.checked import CheckedClient

P = Permission
READS = {P.REQUEST_READ, P.MESSAGE_READ, P.AGREEMENT_READ, P.TEAM_READ, P.ACCOUNT_OWN}
OWN = {"/sign-out", "/account", "/account/password"}
LINK = re.compile(r'href="(/(?:home|team|requests|agreements|cases|documents)[^"#]*)')
POSTING = re.compile(r'<form[^>]*method="post"[^>]*>')


def drafting_started() -> Story:
    story = approved()
    cleared(story, CAP)
    return story


STORIES: dict[str, Callable[[], Story]] = {
    "in assessment": in_assessment,
    "recommended": lambda: recommended(in_assessment()),
    "in review": lambda: concurred(in_assessment()),
    "agreement open to both": drafting_started,
}


def viewer_of(person: Actor) -> Person:
    agency = db.session.get_one(Person, person.id).agency
    return make_person(Role.AGENCY_VIEWER, agency=agency)


def test_a_viewer_holds_only_permissions_to_read() -> None:
    assert {permission for permission, roles in GRANTS.items() if Role.AGENCY_VIEWER in roles} == READS


def forms_met(client: CheckedClient) -> tuple[set[str], set[str]]:
    """Every page that links lead to from home, and the addresses that their forms post to."""
    waiting, expected_version, forms = ["/home"], set[str](), set[str]()
    while waiting:
        path = waiting.pop().replace("&amp;", "&")
        if path in expected_version:
            continue
        expected_version.add(path)
        response = client.get(path, follow_redirects=True)
        assert response.status_code == 200, path
        if response.mimetype == "text/html":
            page = response.get_data(as_text=True)
            waiting += LINK.findall(page)
            forms |= {
                re.search(r'action="([^"]*)"', form)[1] if "action" in form else path for form in POSTING.findall(page)
            }  # type: ignore[index] # the pattern asks for it
    return expected_version, forms


@pytest.mark.parametrize("story", STORIES)
def test_a_viewer_is_offered_nothing_to_do_on_any_page(app: Flask, client: CheckedClient, story: str) -> None:
    told = STORIES[story]()
    make_request(told.agency)  # and a draft beside it
    expected_version, forms = forms_met(client.sign_in(viewer_of(told.head)))
    assert f"/requests/{told.agency_request.id}" in expected_version
    assert forms <= OWN


def test_what_a_viewer_posts_without_being_offered_it_is_refused(app: Flask, client: CheckedClient) -> None:
    story = drafting_started()
    viewer = viewer_of(story.head)
    client.sign_in(viewer)
    for rule in app.url_map.iter_rules():
        guard = getattr(app.view_functions[rule.endpoint], "guard", None)
        if "POST" in (rule.methods or ()) and guard in set(Permission) - READS:
            address = spelled(rule.rule, str(story.agency_request.id))
            assert client.craft_post(address, data={"x": "typed"}).status_code == 403, rule


def test_a_viewer_reads_a_draft_of_their_agency_and_no_other_s(app: Flask, client: CheckedClient) -> None:
    draft, foreign = make_request(), make_request()
    viewer = make_person(Role.AGENCY_VIEWER, agency=draft.agency)
    client.sign_in(viewer)
    page = client.get(f"/requests/{draft.id}", follow_redirects=True).get_data(as_text=True)
    assert "You read this draft" in page
    assert client.get(f"/requests/{foreign.id}").status_code == 404
    assert client.get(f"/requests/{foreign.id}/reading").status_code == 404
    assert client.get(f"/requests/{draft.id}/tasks").status_code == 403


def test_a_viewer_gets_no_mail_about_requests(app: Flask) -> None:
    draft = make_request()
    viewer = make_person(Role.AGENCY_VIEWER, agency=draft.agency)
    officer = make_person(Role.AGENCY_OFFICER, agency=draft.agency)
    reached = recipients(draft, RecipientGroup.AGENCY, officer.actor)
    assert officer.email in reached
    assert viewer.email not in reached


def test_the_head_invites_a_viewer_and_makes_them_an_officer(app: Flask, client: CheckedClient) -> None:
    head = make_person(Role.AGENCY_HEAD)
    client.sign_in(head)
    new = {"name": "City Attorney", "email": "law@example.gov", "role": "agency_viewer"}
    assert client.get_page("/team").submit("Send the invitation", new).status_code == 200
    viewer = db.session.scalars(db.select(Person).where(Person.email == "law@example.gov")).one()
    assert viewer.roles == {Role.AGENCY_VIEWER}
    assert not allows(viewer.actor, Permission.REQUEST_EDIT)
    client.get_page("/team").submit("Make City Attorney an officer")
    db.session.expire_all()
    assert viewer.roles == {Role.AGENCY_OFFICER}


def test_a_viewer_may_not_be_made_to_file(app: Flask) -> None:
    draft = make_request()
    viewer = make_person(Role.AGENCY_VIEWER, agency=draft.agency)
    with pytest.raises(StepRefused):
        operations.lock_draft(draft, viewer.actor)
