"""The page on which a team says who fills in which section of a draft."""

import uuid
from typing import Any

from flask import flash, redirect, render_template, url_for

from app.agency_requests import operations
from app.agency_requests.access import get_draft
from app.agency_requests.blueprint import blueprint
from app.agency_requests.collaboration import operations as collaboration_operations
from app.agency_requests.models import AgencyRequest
from app.agency_requests.sections.queries import saved_content
from app.agency_requests.sections.section_list import needed
from app.extensions import db
from app.forms import BaseForm, HiddenField, PresetChoiceField
from app.policy import Permission
from app.security import Page, acting, requires
from app.workflow.refusals import RefusalKind, StepRefused
from app.workflow.shown_again import shows_again

NOBODY = "nobody"


class SectionAssignmentForm(BaseForm):
    """A list of people for each section; `expected_version` tells which state of it the writer saw."""

    expected_version = HiddenField()

    @property
    def wanted(self) -> dict[str, uuid.UUID | None]:
        """By section, the person chosen, or nobody in particular."""
        chosen = {
            name: field.data for name, field in self._fields.items() if name not in {"expected_version", "csrf_token"}
        }
        return {name: None if value == NOBODY else uuid.UUID(value) for name, value in chosen.items() if value}


@blueprint.get("/requests/<uuid:request_id>/share")
@requires(Permission.REQUEST_EDIT)
def share(request_id: uuid.UUID) -> Page:
    """Who fills in which section."""
    agency_request = get_draft(request_id, acting())
    operations.refuse_unless_draft(agency_request, acting())
    operations.refuse_paper_entry(agency_request)
    return _page(agency_request, _form(agency_request, formdata=None))


def _share_again(refused: StepRefused, request_id: uuid.UUID) -> Page:
    """What was chosen, over what somebody else has saved meanwhile."""
    agency_request = get_draft(request_id, acting())
    form = _form(agency_request)
    form.expected_version.data = collaboration_operations.assignments_version(agency_request)
    return _page(agency_request, form, refused.sentences), 409


@blueprint.post("/requests/<uuid:request_id>/share")
@requires(Permission.REQUEST_EDIT)
@shows_again(_share_again, kind=RefusalKind.TOO_LATE)
def give(request_id: uuid.UUID) -> Page:
    """Gives sections to colleagues, or takes them back."""
    agency_request = get_draft(request_id, acting())
    operations.lock_draft(agency_request, acting())
    operations.refuse_paper_entry(agency_request)
    form = _form(agency_request)
    if not form.validate_on_submit():
        return _page(agency_request, form), 422
    seen, path = form.expected_version.data or "", url_for(".tasks", request_id=request_id)
    collaboration_operations.assign_sections(agency_request, acting(), form.wanted, expected_version=seen, path=path)
    db.session.commit()
    flash("Saved. Whoever was given a section has been told by mail.")
    return redirect(path, 303)


def _form(agency_request: AgencyRequest, **kwargs: Any) -> SectionAssignmentForm:
    people = [(str(person.id), person.name) for person in collaboration_operations.co_editors(agency_request)]
    choices = [(NOBODY, "Nobody in particular"), *people]
    sections = needed(saved_content(agency_request))
    fields = {each.key: PresetChoiceField(each.title, choices=choices) for each in sections}
    held = {
        section: str(row.person_id)
        for section, row in collaboration_operations.section_assignments(agency_request).items()
    }
    data = (
        {"expected_version": collaboration_operations.assignments_version(agency_request)}
        | dict.fromkeys(fields, NOBODY)
        | held
    )
    return type("SharingOfSections", (SectionAssignmentForm,), fields)(data=data, **kwargs)


def _page(agency_request: AgencyRequest, form: SectionAssignmentForm, sentences: tuple[str, ...] = ()) -> str:
    return render_template(
        "agency_requests/share.html",
        agency_request=agency_request,
        form=form,
        fields=[field for field in form if field.name not in {"expected_version", "csrf_token"}],
        held=collaboration_operations.section_assignments(agency_request),
        sentences=sentences,
        form_errors=bool(sentences),
    )
