"""An agreement is started, filled with facts, edited by its drafters, and cleared or returned by counsel."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app import audit
from app.agency_requests.models import AgencyRequest
from app.agreements.drafting.current_text import AgreementText, current_text, template_of, version_of
from app.agreements.library.library import LIBRARY
from app.agreements.library.markup import BadClauseText
from app.agreements.models import Agreement, AgreementVersion, ClauseEditRecord
from app.extensions import db
from app.needs.keys import ProgramKey
from app.policy import Actor, Permission, allows
from app.workflow import engine
from app.workflow.journey.agreement_journey import EDIT_TEXT, AgreementAction
from app.workflow.journey.facts import Inputs
from app.workflow.refusals import RefusalKind, StepRefused


def start_agreement(agency_request: AgencyRequest, actor: Actor, program_key: str) -> Agreement:
    """Starts the agreement of one approved program; the starter is its drafter. Raises StepRefused when one is live."""
    key = ProgramKey.parse(program_key)
    program, model = key.columns
    if not allows(actor, Permission.AGREEMENT_START, agency_request) or actor.id is None:
        raise StepRefused(
            RefusalKind.NOT_YOUR_JOB, ["An assessor or counsel starts a draft."], case_id=agency_request.id
        )
    try:
        template = LIBRARY.template(key)
    except KeyError:
        raise StepRefused(RefusalKind.NOT_FOUND, ["There is no such program."], case_id=agency_request.id) from None
    agreement = Agreement(
        agency_request=agency_request,
        program=program,
        model=model,
        drafter_id=actor.id,
        template_version=template.version,
        library_version=LIBRARY.version,
    )
    try:
        with db.session.begin_nested():
            db.session.add(agreement)
    except IntegrityError:
        raise StepRefused(
            RefusalKind.TOO_LATE, ["This agreement is started already."], case_id=agency_request.id
        ) from None
    engine.take_step(AgreementAction.START, agreement, actor, note=f" for {template.subtitle or template.title}")
    return agreement


def save_facts(agreement: Agreement, actor: Actor, values: Mapping[str, Any]) -> None:
    """Keeps what the drafter typed for facts the case does not give, or gives otherwise."""
    refuse_unless_editable(agreement, actor)
    agreement.facts = {key: value for key, value in values.items() if value not in (None, "", [])}
    _record_edit(agreement, actor, "filled in facts of the draft", {"facts": sorted(agreement.facts)})


def edit_clause(
    agreement: Agreement,
    actor: Actor,
    clause_key: str,
    *,
    text: str | None = None,
    included: bool | None = None,
    alternate: str | None = None,
    reason: str = "",
) -> None:
    """Rewords a clause, leaves it out or chooses its alternate; with nothing given it goes back to the standard.

    Raises BadClauseText for a text that names a fact the library does not know.
    """
    refuse_unless_editable(agreement, actor)
    if clause_key not in template_of(agreement).clause_keys:
        raise StepRefused(RefusalKind.NOT_FOUND, ["There is no such clause."], case_id=agreement.case_id)
    if alternate and alternate not in {clause.key for clause in LIBRARY.alternates(clause_key)}:
        raise BadClauseText("Choose one of the alternates of this clause.")
    if text is not None:
        LIBRARY.read(text)
    record = db.session.get(ClauseEditRecord, (agreement.id, clause_key))
    if text is None and included is None and alternate is None:
        if record is not None:
            agreement.edits.remove(record)
    else:
        if record is None:
            record = ClauseEditRecord(clause_key=clause_key)
            agreement.edits.append(record)
        record.text, record.included, record.alternate, record.reason = text, included, alternate, reason
        record.by_id = actor.person_id
    title = LIBRARY.clause(clause_key).title
    _record_edit(agreement, actor, f"edited the clause “{title}”", {"clause": clause_key}, reason=reason)


def on_return(agreement: Agreement, actor: Actor, inputs: Inputs) -> None:
    """Keeps counsel's comment, which the drafter sees and the agency does not."""
    agreement.counsel_comment = inputs.reason


def on_clearing(agreement: Agreement, actor: Actor, inputs: Inputs) -> None:
    """The agency reads exactly this text, kept as a version."""
    agreement.cleared_by_id = actor.id
    text = current_text(agreement)
    if stored_version(agreement, text) is None:
        _keep(version_of(agreement, text))


def stored_version(agreement: Agreement, text: AgreementText) -> AgreementVersion | None:
    """The kept version whose words are the words of today."""
    query = select(AgreementVersion).where(
        AgreementVersion.agreement_id == agreement.id,
        AgreementVersion.content_hash == text.content_hash,
        AgreementVersion.frozen.is_(False),
    )
    return db.session.scalar(query)


def _keep(version: AgreementVersion) -> AgreementVersion:
    db.session.add(version)
    db.session.flush()  # an acceptance refers to its key
    return version


def refuse_unless_editable(agreement: Agreement, actor: Actor) -> None:
    """Raises StepRefused when this person may not edit the text, or not now."""
    if not allows(actor, Permission.AGREEMENT_EDIT, agreement):
        raise StepRefused(RefusalKind.NOT_YOUR_JOB, ["Drafters and counsel edit the text."], case_id=agreement.case_id)
    if sentence := engine.recusal_of(agreement, actor):
        raise StepRefused(RefusalKind.NOT_YOUR_JOB, [sentence], case_id=agreement.case_id, action=EDIT_TEXT)
    if not agreement.status_info.is_editable:
        raise StepRefused(RefusalKind.TOO_LATE, ["The text can no longer be edited here."], case_id=agreement.case_id)


def _record_edit(
    agreement: Agreement, actor: Actor, sentence: str, details: dict[str, Any], *, reason: str = ""
) -> None:
    """An edit counts as drafting: whoever edits neither clears nor finalizes."""
    audit.record(
        EDIT_TEXT,
        actor,
        case_id=agreement.case_id,
        subject=(agreement.machine.value, agreement.id),
        role=actor.role_for(Permission.AGREEMENT_EDIT),
        sentence=sentence,
        reason=reason,
        details=details,
        audience=audit.Audience.STAFF,
    )
