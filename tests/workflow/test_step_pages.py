"""Every step that a person may take has a page that takes it, in every status it starts from."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask

from app.agreements.models import Agreement
from app.extensions import db
from app.policy import AGENCY_ROLES, Role
from app.workflow.clocks.operations import today
from app.workflow.journey.journeys import JOURNEYS
from app.workflow.journey.statuses import Machine
from app.workflow.journey.steps import Step
from app.workflow.registry import Subject, registry
from tests.builders import make_agency, make_office, make_person, make_request
from tests.checked import CheckedClient
from tests.workflow.test_conditions import ENTRY, HELD

TYPED = {"reason": "Because it is so.", "note": "", "until": "2099-01-05", "code": "no_need"}
GENERIC = [step for table in JOURNEYS.values() for step in table if step.is_generic]


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


def in_place(step: Step, role: Role) -> tuple[Subject, object]:
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


CASES = [(step, role) for step in GENERIC for role in step.roles]


@pytest.mark.usefixtures("held")
@pytest.mark.parametrize(("step", "role"), CASES, ids=lambda v: f"{v.action}-{v.source}" if isinstance(v, Step) else v)
def test_the_page_of_a_step_takes_it(app: Flask, client: CheckedClient, step: Step, role: Role) -> None:
    subject, person = in_place(step, role)
    kind, key = type(subject), subject.id
    client.sign_in(person)
    side = "agreements" if kind is Agreement else "requests" if role in AGENCY_ROLES or step.on_behalf else "cases"
    page = client.get_page(f"/{side}/{key}/{step.action}")
    page.submit(step.button, **{ask.name: TYPED[ask.name] for ask in step.asks})
    db.session.expire_all()
    found = db.session.get(kind, key)
    assert found.version == 2
    assert found.status != step.source or step.target == step.source
