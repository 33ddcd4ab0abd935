"""Every step that a person may take has a page that takes it, in every status it starts from."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask

from app.accounts.models import Person
from app.agreements.models import Agreement
from app.extensions import db
from app.policy import AGENCY_ROLES, Role
from app.workflow import engine
from app.workflow.clocks.operations import today
from app.workflow.journey.journeys import JOURNEYS
from app.workflow.journey.statuses import Machine
from app.workflow.journey.steps import Step
from app.workflow.registry import Subject, registry
from tests.builders import make_agency, make_office, make_person, make_request
from tests.checked import CheckedClient
from tests.page import Page, words
from tests.workflow.test_conditions import ENTRY, HELD

TYPED = {"reason": "Because it is so.", "note": "For us.", "until": "2099-01-05", "code": "no_need"}
GENERIC = [step for table in JOURNEYS.values() for step in table if step.is_generic]


def named(value: Step | Role | str) -> str:
    """How a case is called."""
    return f"{value.action}-{value.source}" if isinstance(value, Step) else value


@pytest.fixture
def held(app: Flask) -> Iterator[None]:
    """Has every stage say that what must hold does."""
    kept = {machine: dict(loaders) for machine, loaders in registry().facts.items()}
    for loaders in registry().facts.values():
        loaders.clear()
        loaders.update(
            intake=lambda subject, inputs: HELD.intake,
            agency_request=lambda subject, inputs: replace(
                HELD.agency_request,
                begun_by_id=subject.entered_by_id or getattr(subject, "created_by_id", None),
                entered_by_id=subject.entered_by_id,
                withdrawn_on=today(),
            ),
            review=lambda subject, inputs: HELD.review,
            assessment=lambda subject, inputs: HELD.assessment,
            agreements=lambda subject, inputs: HELD.agreements,
            text=lambda subject, inputs: replace(
                HELD.text, drafter_id=getattr(subject, "drafter_id", None), accepted_proposals=1
            ),
        )
    yield
    for machine, loaders in kept.items():
        registry().facts[machine].clear()
        registry().facts[machine].update(loaders)


def in_place(step: Step, role: Role) -> tuple[Subject, Person]:
    """A request or an agreement in the step's source, and somebody who may take it from there."""
    agency = make_agency()
    person = (
        make_person(role, agency=agency)
        if role in AGENCY_ROLES
        else make_person(role, office=make_office("headquarters"))
    )
    is_entered = step.on_behalf and role not in AGENCY_ROLES
    request = make_request(
        agency, status=str(step.source) if step in JOURNEYS[Machine.REQUEST] else "drafting",
        entered_by_id=person.id if is_entered else None, status_before="in_assessment", created_by=person,
        withdrawn_from="in_intake",
    )  # fmt: skip
    if step in JOURNEYS[Machine.REQUEST]:
        return request, person
    program, _, model = ENTRY.partition(":")
    drafter = (
        person if role in {Role.ASSESSOR, Role.COUNSEL} and "counsel" in step.action else make_person(Role.ASSESSOR)
    )
    agreement = Agreement(
        agency_request=request, program=program, model=model, drafter_id=drafter.id, status=str(step.source)
    )
    db.session.add(agreement)
    db.session.commit()
    return agreement, person


def address_of(step: Step, subject: Subject, role: Role) -> str:
    """The generic page of a step, as this role has it."""
    is_asking = role in AGENCY_ROLES or step.on_behalf
    side = "agreements" if isinstance(subject, Agreement) else "requests" if is_asking else "cases"
    return f"/{side}/{subject.id}/{step.action}"


def standing(page: Page, step: Step) -> dict[str, str]:
    """What stands in the fields of a step's page."""
    form = next(form for form in page.forms if any(words(button) == step.button for button in form.buttons))
    return {name: str(value).strip() for name, value in form.sent(None, {})}


def typed_for(step: Step) -> dict[str, str]:
    """Something for each field of the step."""
    return {ask.name: TYPED[ask.name] for ask in step.asks}


CASES = [(step, role) for step in GENERIC for role in step.roles]


@pytest.mark.usefixtures("held")
@pytest.mark.parametrize(("step", "role"), CASES, ids=named)
def test_the_page_of_a_step_takes_it(client: CheckedClient, step: Step, role: Role) -> None:
    subject, person = in_place(step, role)
    kind, key = type(subject), subject.id
    target = engine.target_of(step, subject)
    page = client.sign_in(person).get_page(address_of(step, subject, role))
    page.submit(step.button, typed_for(step))
    db.session.expire_all()
    found = db.session.get_one(kind, key)
    assert (found.version, found.status) == (2, target)


ASKING = [(step, step.roles[0], ask.name) for step in GENERIC for ask in step.asks if ask.needed]


@pytest.mark.usefixtures("held")
@pytest.mark.parametrize(("step", "role", "left_out"), ASKING, ids=named)
def test_the_page_that_misses_something_keeps_the_rest(
    client: CheckedClient, step: Step, role: Role, left_out: str
) -> None:
    subject, person = in_place(step, role)
    page = client.sign_in(person).get_page(address_of(step, subject, role))
    refused = page.submit(step.button, typed_for(step) | {left_out: ""})
    assert refused.status_code == 422
    rest = {name: value for name, value in typed_for(step).items() if name != left_out}
    assert rest.items() <= standing(refused, step).items()
    assert refused.submit(step.button, {left_out: TYPED[left_out]}).came_by


@pytest.mark.usefixtures("held")
@pytest.mark.parametrize(("step", "role"), [(step, step.roles[0]) for step in GENERIC if step.asks], ids=named)
def test_the_page_of_who_comes_second_keeps_what_they_typed(client: CheckedClient, step: Step, role: Role) -> None:
    subject, person = in_place(step, role)
    page = client.sign_in(person).get_page(address_of(step, subject, role))
    subject.version += 1  # somebody else did something meanwhile
    db.session.commit()
    refused = page.submit(step.button, typed_for(step))
    assert refused.status_code == 409
    assert typed_for(step).items() <= standing(refused, step).items()
    assert refused.submit(step.button).came_by  # having read what changed


@pytest.mark.usefixtures("held")
def test_a_reason_that_is_too_long_is_given_back_whole(client: CheckedClient) -> None:
    step, role = next((step, step.roles[0]) for step in GENERIC if step.asks)
    subject, person = in_place(step, role)
    page = client.sign_in(person).get_page(address_of(step, subject, role))
    long = "Because it is so. " * 1000
    refused = page.submit(step.button, typed_for(step) | {"reason": long})
    assert (refused.status_code, standing(refused, step)["reason"]) == (422, long.strip())
