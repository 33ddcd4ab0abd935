"""Every step with a page of its own is taken there, as rendered, by each role that may and from each of its statuses.

The steps of the generic page have their tests in test_step_pages.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask, current_app
from sqlalchemy import select

from app.agency_requests import operations as agency_requests_operations
from app.agreements.models import Agreement
from app.agreements.negotiation import operations as negotiation_operations
from app.demo import story as tell
from app.demo.agreement_story import draft
from app.demo.filing import fill_in
from app.demo.people import PLACES, make_people
from app.demo.story import Story
from app.extensions import db, now
from app.intake.paper_entry import operations as paper_entry_operations
from app.policy import Role
from app.review.concurrence import CONCUR
from app.review.forms import answer_name
from app.uploads.inspection import inspect
from app.workflow import engine
from app.workflow.clocks.operations import today
from app.workflow.journey.agreement_journey import AgreementAction, AgreementStatus
from app.workflow.journey.journeys import JOURNEYS
from app.workflow.journey.request_journey import Action, Status
from app.workflow.journey.statuses import Machine
from app.workflow.journey.steps import Step
from app.workflow.registry import Subject, registry
from app.workflow.step_pages import step_address
from tests.checked import CheckedClient
from tests.page import Page
from tests.uploads.samples import pdf

NAMES = {
    Role.AGENCY_HEAD: "head", Role.AGENCY_OFFICER: "officer", Role.COORDINATOR: "coordinator",
    Role.ASSESSOR: "assessor", Role.REVIEWER: "program", Role.APPROVING_OFFICIAL: "official", Role.COUNSEL: "counsel",
}  # fmt: skip
PROGRAMS = ["lesc", "criminal-alien-program"]
CLAUSE = "common-parties"

Happening = Callable[[Story], object]


@dataclass(frozen=True)
class Way:
    """What happens before a step, the button that takes it, and what is typed and chosen on its page."""

    before: tuple[Happening, ...]
    press: str
    typed: Mapping[str, Any] = field(default_factory=dict)


def type_letter_in(story: Story) -> None:
    """The coordinator has typed the agency's letter in and scanned it."""
    clerk, agency = story.who("coordinator"), story.people[f"head:{story.place.ori}"].agency
    story.agency_request = paper_entry_operations.begin_entry(clerk, agency, signed_on=today(), received_on=today())
    story.request.contact_name, story.request.contact_title = story.place.officer
    story.request.contact_email, story.request.contact_phone = "pat@example.gov", "+1 202-555-0101"
    fill_in(story.request, story.place, clerk)
    agency_requests_operations.attach(story.request, clerk, "letter", inspect("letter.pdf", pdf()))


def finish_assessment(story: Story) -> None:
    tell.finish_assessment(story, PROGRAMS)


def recommend(story: Story) -> None:
    tell.recommend(story, PROGRAMS)


def negotiate(story: Story) -> None:
    draft(story, PROGRAMS[0], "negotiation")


def accept(story: Story) -> None:
    draft(story, PROGRAMS[0], "accepted")


def propose(story: Story) -> None:
    """Both sides have proposed a change, which the other side answers."""
    agreement = agreement_of(story)
    for name in ("officer", "assessor"):
        negotiation_operations.propose_change(
            agreement, story.who(name), CLAUSE, kind="change", text="Serious charges first.",
            expected_version=agreement.version,
        )  # fmt: skip


SENT = (tell.file_draft, tell.submit)
TAKEN = (*SENT, tell.take)
IN_ASSESSMENT = (*TAKEN, tell.assess)
RECOMMENDED = (*IN_ASSESSMENT, recommend)
REVIEWED = (*RECOMMENDED, tell.concurs, tell.reviews)
DECIDED = (*REVIEWED, tell.decides)
ASKED = {
    "items-0-anchor": "question:sworn_officers", "items-0-sentence": "Is this the number of posts filled?",
    "due": str(today() + timedelta(days=21)),
}  # fmt: skip
DECISION = {"program_key": PROGRAMS[0], "outcome": "approve", "reason": "The plan is sound."}
OPINION = {"seat": "program", "position": "support", "sentence": "The plan names who supervises."}
CHANGE = {"clause_key": CLAUSE, "kind": "change", "text": "Serious charges first.", "reason": "Shorter."}
CERTIFIED = {"authority": True, "truth": True, "public": True}

WAYS: dict[tuple[Action | AgreementAction, str | None], Way] = {
    (Action.SUBMIT, Status.DRAFT): Way((tell.file_draft,), "Certify and send the request", CERTIFIED),
    (Action.ENTER, Status.DRAFT): Way((type_letter_in,), "Record the request", {"compared": True, "signed": True}),
    (Action.TAKE, Status.SUBMITTED): Way(SENT, "Take the request"),
    (Action.REQUEST_INFORMATION, Status.IN_INTAKE): Way(TAKEN, "Send to the agency", ASKED),
    (Action.REQUEST_INFORMATION, Status.IN_ASSESSMENT): Way(IN_ASSESSMENT, "Send to the agency", ASKED),
    (Action.ANSWER, Status.INFORMATION_REQUESTED): Way((*TAKEN, tell.ask, tell.answer_items), "Send all answers"),
    (Action.BEGIN_ASSESSMENT, Status.IN_INTAKE): Way((*TAKEN, tell.finish_intake), "Open the needs assessment"),
    (Action.RECOMMEND, Status.IN_ASSESSMENT): Way((*IN_ASSESSMENT, finish_assessment), "Send to the agency"),
    (Action.CONCUR, Status.AWAITING_CONCURRENCE): Way(
        RECOMMENDED, "Record your decision", {answer_name(key): CONCUR for key in PROGRAMS}
    ),
    (Action.DISSENT, Status.AWAITING_CONCURRENCE): Way(
        RECOMMENDED, "Send the recommendation back", {"back-reason": "None of it fits."}
    ),
    (Action.GIVE_OPINION, Status.IN_REVIEW): Way((*RECOMMENDED, tell.concurs), "Record my opinion", OPINION),
    (Action.DECIDE, Status.IN_REVIEW): Way(REVIEWED, "Record the decision", DECISION),
    (AgreementAction.START, None): Way(DECIDED, "Start the agreement on Law Enforcement Support Center"),
    (AgreementAction.PROPOSE, AgreementStatus.NEGOTIATION): Way((*DECIDED, negotiate), "Send the proposal", CHANGE),
    (AgreementAction.ANSWER_PROPOSAL, AgreementStatus.NEGOTIATION): Way(
        (*DECIDED, negotiate, propose), "Record the answer", {"answer": "accepted"}
    ),
    (AgreementAction.ACCEPT_TEXT, AgreementStatus.NEGOTIATION): Way((*DECIDED, negotiate), "Accept this text"),
    (AgreementAction.FINALIZE, AgreementStatus.ACCEPTED): Way((*DECIDED, accept), "Finalize the agreement"),
}
OWN = [(machine, step) for machine, table in JOURNEYS.items() for step in table if step.page]
CASES = [(machine, step, role) for machine, step in OWN for role in step.roles]


def agreement_of(story: Story) -> Agreement:
    return db.session.scalars(select(Agreement).where(Agreement.request_id == story.request.id)).one()


def subject_of(story: Story, machine: Machine) -> Subject:
    return story.request if machine is Machine.REQUEST else agreement_of(story)


def leads_to(page: Page, address: str) -> bool:
    """Whether a link or a form of the page leads there; a page that is there itself needs none."""
    links = {page.target_of(link).partition("?")[0] for link in page.links}
    forms = {page.leads_to(form, None).partition("?")[0] for form in page.forms}
    return address in links | forms | {page.path}


@pytest.fixture
def story(app: Flask) -> Story:
    return Story(PLACES[0], make_people(), now() - timedelta(days=60))


@pytest.mark.parametrize(
    ("machine", "step", "role"), CASES, ids=lambda v: f"{v.action}-{v.source}" if isinstance(v, Step) else v
)
def test_a_step_is_taken_on_its_own_page(
    client: CheckedClient, story: Story, machine: Machine, step: Step, role: Role
) -> None:
    way, person = WAYS[step.action, step.source], story.people[_key(story, role)]
    for happening in way.before:
        happening(story)
    db.session.commit()
    before = subject_of(story, Machine.REQUEST if step.source is None else machine)  # what is started begins there
    target = step.target if step.source is None else engine.target_of(step, before)
    with current_app.test_request_context():
        home, address = registry().home[before.machine](before, person.actor), step_address(step, before, person.actor)
    assert leads_to(client.sign_in(person).get_page(home), address), f"{home} does not lead to {address}"
    assert client.get_page(address).submit(way.press, way.typed).status_code == 200
    db.session.expire_all()
    after = subject_of(story, machine)
    assert after.status == target
    assert engine.has_just_taken(step.action, after, person.actor)


def _key(story: Story, role: Role) -> str:
    name = NAMES[role]
    return f"{name}:{story.place.ori}" if name in {"head", "officer"} else name
