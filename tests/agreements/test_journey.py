"""An agreement is started, filled, cleared by another, talked over, accepted and frozen; or it is given up."""

import hashlib
from datetime import date

import pytest
from flask import Flask

from app import audit
from app.agreements import finalization, operations
from app.agreements.access import reads_text
from app.agreements.drafting.current_text import current_text
from app.agreements.library.markup import BadClauseText
from app.agreements.models import Agreement
from app.agreements.negotiation import operations as negotiation_operations
from app.agreements.negotiation.operations import CHANGE, COMMENT, ProposalReply
from app.extensions import db
from app.policy import Actor, Role
from app.workflow import engine
from app.workflow.journey.agreement_journey import AgreementAction, AgreementStatus
from app.workflow.journey.facts import Inputs
from app.workflow.journey.request_journey import Action
from app.workflow.refusals import RefusalKind, StepRefused
from tests.agreements.approved_request import approved, cleared, counsel, fill, started
from tests.assessment.assessed_request import CAP, JAIL, JAIL_COUNTY, Story, in_assessment, recommended, reviewed
from tests.builders import make_person
from tests.checked import CheckedClient


@pytest.fixture
def story(app: Flask) -> Story:
    return approved()


def accept(agreement: Agreement, story: Story) -> None:
    negotiation_operations.accept_text(
        agreement, story.head, shown=current_text(agreement).content_hash, expected_version=agreement.version
    )
    db.session.commit()


def test_the_case_fills_in_what_it_knows(story: Story) -> None:
    agreement = operations.start_agreement(story.agency_request, story.assessor, CAP)
    text = " ".join(current_text(agreement).draft.text())
    for known in (story.agency.name, story.agency.ori, "Screen bookings", "Field supervisor 1", "35", "95"):
        assert known in text


def test_what_is_missing_is_named_and_keeps_the_draft_from_counsel(story: Story) -> None:
    agreement = operations.start_agreement(story.agency_request, story.assessor, CAP)
    db.session.commit()
    with pytest.raises(StepRefused, match="Jail in which screening takes place"):
        engine.take_step(AgreementAction.SEND_TO_COUNSEL, agreement, story.assessor, expected_version=agreement.version)


def test_one_agreement_a_program_is_alive_at_a_time(story: Story) -> None:
    first = started(story, CAP)
    with pytest.raises(StepRefused, match="started already"):
        operations.start_agreement(story.agency_request, story.assessor, CAP)
    engine.take_step(
        AgreementAction.ABANDON, first, story.head, expected_version=first.version, inputs=Inputs(reason="Begin anew.")
    )
    assert operations.start_agreement(story.agency_request, story.assessor, CAP).status == "drafting"


def test_a_program_that_was_not_approved_has_no_agreement(story: Story) -> None:
    with pytest.raises(StepRefused, match="not approved"):
        operations.start_agreement(story.agency_request, story.assessor, "best")


def test_only_the_drafter_sends_and_another_clears(story: Story) -> None:
    agreement = started(story, CAP)
    other = make_person(Role.ASSESSOR).actor
    with pytest.raises(StepRefused, match="Only the drafter"):
        engine.take_step(AgreementAction.SEND_TO_COUNSEL, agreement, other, expected_version=agreement.version)
    db.session.rollback()
    engine.take_step(AgreementAction.SEND_TO_COUNSEL, agreement, story.assessor, expected_version=agreement.version)
    db.session.commit()
    drafter_as_counsel = Actor(**{**vars(story.assessor), "roles": frozenset({Role.COUNSEL})})
    with pytest.raises(StepRefused, match="You drafted this text"):
        engine.take_step(AgreementAction.CLEAR, agreement, drafter_as_counsel, expected_version=agreement.version)


def test_counsel_who_edits_leaves_the_clearing_to_another(story: Story) -> None:
    agreement = started(story, CAP)
    engine.take_step(AgreementAction.SEND_TO_COUNSEL, agreement, story.assessor, expected_version=agreement.version)
    editor = counsel()
    operations.edit_clause(agreement, editor, "cap-priorities", text="Serious charges first.", reason="Shorter.")
    db.session.commit()
    with pytest.raises(StepRefused, match="You drafted this text"):
        engine.take_step(AgreementAction.CLEAR, agreement, editor, expected_version=agreement.version)
    db.session.rollback()
    engine.take_step(AgreementAction.CLEAR, agreement, counsel(), expected_version=agreement.version)
    assert "Serious charges first." in current_text(agreement).draft.text()


def test_a_changed_clause_without_a_reason_is_neither_sent_nor_cleared(story: Story) -> None:
    agreement = started(story, CAP)
    operations.edit_clause(agreement, story.assessor, "cap-priorities", text="Serious charges first.")
    db.session.commit()
    with pytest.raises(StepRefused, match="Give the reason for the changed wording"):
        engine.take_step(AgreementAction.SEND_TO_COUNSEL, agreement, story.assessor, expected_version=agreement.version)
    db.session.rollback()
    agreement.status = AgreementStatus.LEGAL_REVIEW.value
    db.session.commit()
    with pytest.raises(StepRefused, match="Give the reason for the changed wording"):
        engine.take_step(AgreementAction.CLEAR, agreement, counsel(), expected_version=agreement.version)


def test_a_mandatory_clause_is_not_left_out(story: Story) -> None:
    agreement = started(story, CAP)
    operations.edit_clause(agreement, story.assessor, "cap-priorities", included=False, reason="We do not want it.")
    db.session.commit()
    with pytest.raises(StepRefused, match="Put back the mandatory clauses"):
        engine.take_step(AgreementAction.SEND_TO_COUNSEL, agreement, story.assessor, expected_version=agreement.version)


def test_a_wording_that_names_an_unknown_fact_is_refused(story: Story) -> None:
    agreement = started(story, CAP)
    with pytest.raises(BadClauseText, match="no fact"):
        operations.edit_clause(agreement, story.assessor, "cap-priorities", text="{nonsense} first.", reason="x")


def test_the_agency_reads_the_text_once_it_is_cleared(story: Story) -> None:
    agreement = started(story, CAP)
    assert not reads_text(agreement, story.officer)
    engine.take_step(AgreementAction.SEND_TO_COUNSEL, agreement, story.assessor, expected_version=agreement.version)
    engine.take_step(AgreementAction.CLEAR, agreement, counsel(), expected_version=agreement.version)
    assert reads_text(agreement, story.officer)


def test_an_accepted_proposal_stands_in_the_text_as_typed(story: Story) -> None:
    agreement = cleared(story, CAP)
    typed = 'We add {braces} & <b>signs</b>, "quoted".'
    proposal = negotiation_operations.propose_change(
        agreement,
        story.officer,
        "cap-priorities",
        kind=CHANGE,
        text=typed,
        reason="Clearer.",
        expected_version=agreement.version,
    )
    with pytest.raises(StepRefused, match="Answer or withdraw the open proposals"):
        negotiation_operations.accept_text(
            agreement, story.head, shown=current_text(agreement).content_hash, expected_version=agreement.version
        )
    negotiation_operations.answer_proposal(
        agreement, story.assessor, proposal, ProposalReply("accepted"), expected_version=agreement.version
    )
    engine.take_step(AgreementAction.REVISE, agreement, story.assessor, expected_version=agreement.version)
    db.session.commit()
    assert (agreement.status, agreement.text_version, proposal.status) == ("drafting", 2, "taken")
    assert typed in current_text(agreement).draft.text()


def test_the_other_side_answers_and_a_no_has_its_reason(story: Story) -> None:
    agreement = cleared(story, CAP)
    proposal = negotiation_operations.propose_change(
        agreement,
        story.officer,
        "cap-priorities",
        kind=COMMENT,
        text="Why so early?",
        expected_version=agreement.version,
    )
    db.session.commit()
    with pytest.raises(StepRefused, match="The other side answers"):
        negotiation_operations.answer_proposal(
            agreement, story.head, proposal, ProposalReply("accepted"), expected_version=agreement.version
        )
    with pytest.raises(StepRefused, match="Give the reason"):
        negotiation_operations.answer_proposal(
            agreement, story.assessor, proposal, ProposalReply("declined"), expected_version=agreement.version
        )
    with pytest.raises(StepRefused, match="Only its author"):
        negotiation_operations.withdraw_proposal(agreement, story.head, proposal, expected_version=agreement.version)
    negotiation_operations.withdraw_proposal(agreement, story.officer, proposal, expected_version=agreement.version)
    assert proposal.status == "withdrawn"


def test_a_counter_proposal_waits_for_the_first_side(story: Story) -> None:
    agreement = cleared(story, CAP)
    proposal = negotiation_operations.propose_change(
        agreement, story.officer, "cap-priorities", kind=CHANGE, text="First text.", expected_version=agreement.version
    )
    reply = ProposalReply("countered", "Almost.", "Second text.")
    negotiation_operations.answer_proposal(
        agreement, story.assessor, proposal, reply, expected_version=agreement.version
    )
    db.session.commit()
    counter = next(each for each in agreement.proposals if each.counters_id == proposal.id)
    assert (counter.side, counter.status) == ("ice", "open")
    assert negotiation_operations.may_answer(counter, story.head)


def test_an_acceptance_is_bound_to_the_exact_text(story: Story) -> None:
    agreement = cleared(story, CAP)
    with pytest.raises(StepRefused, match="The text changed"):
        negotiation_operations.accept_text(agreement, story.head, shown="0" * 64, expected_version=agreement.version)


def test_the_frozen_text_keeps_its_bytes_and_finishes_the_request(story: Story) -> None:
    agreement = cleared(story, CAP)
    accept(agreement, story)
    finalization.finalize_agreement(agreement, story.official, expected_version=agreement.version)
    db.session.commit()
    frozen = finalization.frozen_version(agreement)
    assert frozen is not None
    assert frozen.pdf is not None
    assert frozen.pdf.startswith(b"%PDF")
    assert hashlib.sha256(frozen.pdf).hexdigest()
    assert agreement.number == f"{story.agency_request.number}-A1"
    assert story.agency_request.status == "drafting"  # the jail model's agreement is still to come
    second = operations.start_agreement(story.agency_request, story.assessor, JAIL)
    engine.take_step(
        AgreementAction.ABANDON,
        second,
        story.official,
        expected_version=second.version,
        inputs=Inputs(reason="Not now."),
    )
    assert story.agency_request.status == "agreement_drafted"


def test_who_cleared_does_not_finalize(story: Story) -> None:
    agreement = started(story, CAP)
    lawyer = make_person(Role.COUNSEL, (Role.APPROVING_OFFICIAL, CAP)).actor
    engine.take_step(AgreementAction.SEND_TO_COUNSEL, agreement, story.assessor, expected_version=agreement.version)
    engine.take_step(AgreementAction.CLEAR, agreement, lawyer, expected_version=agreement.version)
    db.session.commit()
    accept(agreement, story)
    with pytest.raises(StepRefused, match="You cleared this text"):
        finalization.finalize_agreement(agreement, lawyer, expected_version=agreement.version)


def test_the_governing_bodys_resolution_comes_before_the_end(app: Flask) -> None:
    values = {"governing_body": "county_board"}
    story = approved(reviewed(in_assessment(JAIL_COUNTY | values)))
    agreement = cleared(story, CAP)
    accept(agreement, story)
    with pytest.raises(StepRefused, match="Record the governing body's resolution"):
        finalization.finalize_agreement(agreement, story.official, expected_version=agreement.version)
    db.session.rollback()
    finalization.record_resolution(
        agreement, story.head, body="County Board", reference="2027-12", passed_on=date(2027, 1, 12)
    )
    finalization.finalize_agreement(agreement, story.official, expected_version=agreement.version)
    assert "2027-12" in " ".join(current_text(agreement).draft.text())


def test_reopening_voids_the_acceptance_and_says_why(story: Story) -> None:
    agreement = cleared(story, CAP)
    accept(agreement, story)
    engine.take_step(
        AgreementAction.REOPEN,
        agreement,
        story.assessor,
        expected_version=agreement.version,
        inputs=Inputs(reason="A wrong date."),
    )
    db.session.commit()
    assert negotiation_operations.current_acceptance(agreement) is None
    assert agreement.acceptances[0].void_reason == "A wrong date."


def test_a_withdrawn_request_takes_its_drafts_with_it(story: Story) -> None:
    agreement = started(story, CAP)
    engine.take_step(
        Action.WITHDRAW,
        story.agency_request,
        story.head,
        expected_version=story.expected_version,
        inputs=Inputs(reason="The board voted no."),
    )
    db.session.commit()
    assert agreement.status == "abandoned"
    assert story.agency_request.status == "withdrawn"


def test_an_official_of_other_programs_does_not_finalize(app: Flask) -> None:
    story = approved()
    agreement = cleared(story, CAP)
    accept(agreement, story)
    other = make_person((Role.APPROVING_OFFICIAL, "best")).actor
    with pytest.raises(StepRefused) as refused:
        finalization.finalize_agreement(agreement, other, expected_version=agreement.version)
    assert refused.value.kind is RefusalKind.INCOMPLETE


def test_the_agency_never_reads_counsels_comment(story: Story, client: CheckedClient) -> None:
    agreement = started(story, CAP)
    engine.take_step(AgreementAction.SEND_TO_COUNSEL, agreement, story.assessor, expected_version=agreement.version)
    engine.take_step(
        AgreementAction.RETURN_TEXT,
        agreement,
        counsel(),
        expected_version=agreement.version,
        inputs=Inputs(reason="Privileged: weak on custody."),
    )
    db.session.commit()
    client.sign_in(story.people["officer"])
    for path in (f"/agreements/{agreement.id}", f"/requests/{story.agency_request.id}"):
        assert "Privileged" not in client.get(path).get_data(as_text=True)
    assert client.get(f"/agreements/{agreement.id}.pdf").status_code == 404


def test_the_pages_of_an_agreement_for_each_of_its_people(story: Story, client: CheckedClient) -> None:
    agreement = started(story, CAP)
    assessor = client.sign_in(story.people["assessor"])
    for path in ("", "/facts", "/clauses", "/clauses/cap-priorities"):
        assert assessor.get(f"/agreements/{agreement.id}{path}").status_code == 200, path
    assert assessor.get(f"/cases/{story.agency_request.id}/drafting").status_code == 200
    assert assessor.get("/agreements").status_code == 200
    stranger = client.sign_in(make_person(Role.AGENCY_HEAD))
    for path in ("", ".pdf", ".docx"):
        assert stranger.get(f"/agreements/{agreement.id}{path}").status_code == 404


def test_the_whole_way_by_the_pages(story: Story, client: CheckedClient) -> None:
    assessor, lawyer = story.people["assessor"], make_person(Role.COUNSEL)
    client.sign_in(assessor)
    drafting = client.get_page(f"/cases/{story.agency_request.id}/drafting")
    address = drafting.submit("Start the agreement on Criminal Alien Program").address
    agreement = db.session.scalar(db.select(Agreement))
    fill(agreement, story.assessor)
    db.session.commit()
    client.get_page(address).follow("Send to counsel").submit("Send to counsel")
    client.sign_in(lawyer).get_page(address).follow("Clear the text").submit("Clear the text")
    page = client.sign_in(story.people["officer"]).get_page(address)
    assert "Accept this text" not in page.text
    page.submit("Send the proposal", clause_key="cap-priorities", kind="comment", text="Why?")
    forged = {"expected_version": agreement.version, "shown": current_text(agreement).content_hash}
    assert client.craft_post(f"{address}/accept", data=forged).status_code == 403
    page = client.sign_in(assessor).get_page(address)
    refused = page.submit("Record the answer", answer="declined")
    assert refused.status_code == 422
    assert refused.submit("Record the answer", words="It follows the plan.").status_code == 200
    client.sign_in(story.people["head"]).get_page(address).submit("Accept this text")
    client.sign_in(story.people["official"]).get_page(address).submit("Finalize the agreement")
    assert client.get(f"{address}.pdf").data.startswith(b"%PDF")
    assert client.get(address).status_code == 200
    assert audit.history(story.agency_request.id, [audit.Audience.BOTH])[0].action == "finalize"


def test_bad_input_to_an_agreement_is_answered_with_a_sentence(story: Story, client: CheckedClient) -> None:
    agreement = started(story, CAP)
    client.sign_in(story.people["assessor"])
    address = f"/agreements/{agreement.id}"
    for typed in ({"agency_name": "\0"}, {"supervisor_hours_on_site": "-4"}, {"agency_name": "x" * 9000}):
        page = client.get_page(f"{address}/facts")
        assert page.submit("Save the facts", typed).status_code == 422, typed
    clause = client.get_page(f"{address}/clauses/cap-priorities")
    assert clause.submit("Save the clause", choice="own", text="{x").status_code == 422


def test_a_forged_post_to_an_agreement_is_answered_with_a_sentence(story: Story, client: CheckedClient) -> None:
    agreement = started(story, CAP)
    client.sign_in(story.people["assessor"])
    address = f"/agreements/{agreement.id}"
    assert client.craft_post(f"{address}/clauses/nothing", data={}).status_code == 404
    assert client.craft_post(f"{address}/send_to_counsel", data={"expected_version": "9" * 300}).status_code == 409
    forged = client.craft_post(f"/cases/{story.agency_request.id}/drafting", data={"program_key": "\0"})
    assert forged.status_code in {404, 422}


def test_a_recommendation_alone_starts_nothing(app: Flask) -> None:
    story = recommended(in_assessment())
    with pytest.raises(StepRefused):
        operations.start_agreement(story.agency_request, story.assessor, CAP)
