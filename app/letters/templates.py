"""The text of each kind of letter: the newest version, or the one the product brings; every version stays."""

from collections.abc import Sequence

from sqlalchemy import select

from app import audit
from app.extensions import db
from app.letters.letter_kinds import DEFAULTS, SORTS, LetterKind, LetterText
from app.letters.models import LetterTemplate
from app.policy import Actor, Permission, allows
from app.workflow.refusals import RefusalKind, StepRefused


def template_versions(kind: LetterKind) -> Sequence[LetterTemplate]:
    """Every version somebody wrote, newest first."""
    query = select(LetterTemplate).where(LetterTemplate.kind == kind.value).order_by(LetterTemplate.version.desc())
    return db.session.scalars(query).all()


def current_template(kind: LetterKind) -> tuple[LetterText, int]:
    """The text that counts now, and its version; 0 stands for the product's own."""
    query = select(LetterTemplate).where(LetterTemplate.kind == kind.value).order_by(LetterTemplate.version.desc())
    newest = db.session.scalar(query.limit(1))
    return (LetterText(subject=newest.subject, body=newest.body), newest.version) if newest else (DEFAULTS[kind], 0)


def save_template(actor: Actor, kind: LetterKind, text: LetterText, *, expected_version: int | None) -> LetterTemplate:
    """Adds a version; letters that were issued stay as they are.

    `expected_version` is the version its writer looked at: when another came since, it is refused as a conflict.
    """
    if not allows(actor, Permission.LETTERS_MANAGE):
        raise StepRefused(RefusalKind.NOT_YOUR_JOB, ["Administrators and counsel write letters’ templates."])
    newest = current_template(kind)[1]
    if expected_version != newest:
        raise StepRefused(
            RefusalKind.TOO_LATE, ["Somebody saved this letter after you opened it. Compare yours with theirs."]
        )
    template = LetterTemplate(kind=kind.value, version=newest + 1, subject=text.subject, body=text.body)
    template.by_id = actor.person_id
    db.session.add(template)
    db.session.flush()  # its key goes into the record
    audit.record(
        "write_template",
        actor,
        subject=("letter_template", template.id),
        sentence=f"wrote version {template.version} of the letter “{SORTS[kind].title}”",
        audience=audit.Audience.STAFF,
    )
    return template
