"""The agency's page for what ICE asked back: the items in one form, then all answers sent."""

import uuid
from collections.abc import Sequence
from typing import Any

from flask import Blueprint, flash, redirect, request, url_for

from app.accounts.models import Person
from app.agency_requests.access import get_request
from app.agency_requests.models import AgencyRequest
from app.agency_requests.request_page import render_request_page
from app.extensions import db
from app.intake.forms import AnswerItemForm
from app.intake.information_requests import operations
from app.intake.models import InformationItem
from app.intake.operations import open_information_request
from app.needs.answers import BadAnswer
from app.needs.questions import QUESTIONS, Question
from app.needs.questions import QuestionKind as AnswerKind
from app.policy import Permission
from app.security import Page, acting, requires
from app.uploads.arrival import receives_files
from app.workflow import engine
from app.workflow.forms import StepForm
from app.workflow.journey.request_journey import Action

blueprint = Blueprint("information_requests", __name__, url_prefix="/requests/<uuid:request_id>/answer")
Typed = Sequence[tuple[InformationItem, AnswerItemForm]]


@blueprint.get("")
@requires(Permission.REQUEST_ANSWER)
def items(request_id: uuid.UUID) -> Page:
    """The items, which are answered, and the button that sends them."""
    agency_request = get_request(request_id, acting())
    engine.check_step(Action.ANSWER, agency_request, acting())
    return _page(agency_request)


@blueprint.post("")
@requires(Permission.REQUEST_ANSWER)
@receives_files
def save(request_id: uuid.UUID) -> Page:
    """Saves whatever was typed, where no button of an item was pressed but the Enter key."""
    return _save(get_request(request_id, acting()), None)


@blueprint.post("/<uuid:item_id>")
@requires(Permission.REQUEST_ANSWER)
@receives_files
def answer(request_id: uuid.UUID, item_id: uuid.UUID) -> Page:
    """Saves every answer that was typed, with its files and new value, and goes on at the item of the button."""
    agency_request = get_request(request_id, acting())
    return _save(agency_request, operations.find_item(agency_request, item_id))


def _save(agency_request: AgencyRequest, pressed: InformationItem | None) -> Page:
    engine.check_step(Action.ANSWER, agency_request, acting())
    typed = _typed(agency_request, pressed)
    if any([_is_overtaken(item, form) for item, form in typed]):
        return _page(agency_request, typed), 409
    if not all([_save_one(agency_request, item, form) for item, form in typed]):
        db.session.rollback()
        return _page(agency_request, typed), 422
    db.session.commit()
    flash(
        "Your answer is saved. Send all answers when every item has one." if typed else "There was nothing new to save."
    )
    anchor = f"item-{pressed.id.hex}" if pressed else None
    return redirect(url_for(".items", request_id=agency_request.id, _anchor=anchor), 303)


def _typed(agency_request: AgencyRequest, pressed: InformationItem | None) -> Typed:
    """The items that somebody typed into, or pressed the button of while they have no answer; with what was typed."""
    asked = open_information_request(agency_request.id)
    forms = [(item, _form_of(item)) for item in (asked.items if asked else ())]
    return [
        (item, form)
        for item, form in forms
        if _is_touched(form) or (pressed and item.id == pressed.id and item.answered_at is None)
    ]


def _form_of(item: InformationItem) -> AnswerItemForm:
    return AnswerItemForm(_question(item), has_document=bool(item.attached), prefix=item.id.hex)


def _is_touched(form: AnswerItemForm) -> bool:
    """Whether anything in the boxes of an item is other than what the page showed; a colleague's item is not."""
    is_typed = form.text.name in request.form and form.was.data != form.boxes_mark
    return is_typed or bool(form.files.data)


def _is_overtaken(item: InformationItem, form: AnswerItemForm) -> bool:
    """Whether a colleague saved this item since the page was shown; the form says so, and saves over it next time."""
    saved = _saved_form(item)
    if form.expected_version.data == item.mark or form.boxes_mark == saved.boxes_mark or item.answered_by_id is None:
        return False
    colleague = db.session.get_one(Person, item.answered_by_id)
    form.text.errors = [f"{colleague.name} saved another answer meanwhile. Save yours again to put it in its place."]
    form.expected_version.data = item.mark
    return True


def _save_one(agency_request: AgencyRequest, item: InformationItem, form: AnswerItemForm) -> bool:
    """Saves the answer to one item with its files; false when it is not right, which its form then says."""
    if not _save_value(agency_request, item, form):
        return False
    for file in form.files.files:
        operations.attach_to_item(agency_request, acting(), item, file)
    operations.answer_item(agency_request, acting(), item, form.text.data)
    return True


def _save_value(agency_request: AgencyRequest, item: InformationItem, form: AnswerItemForm) -> bool:
    """Notes the new value of the item's question; false when the form is not right, which then says why."""
    good = form.validate_on_submit()
    try:
        value = form.typed()
        if good and form.question is not None:
            basis = form.basis.data if "basis" in form else ""
            operations.change_answer(agency_request, acting(), item, value, basis=basis or "", note=form.note.data)
    except BadAnswer as bad:
        changed = next(field for field in form if field.short_name in {"value", "pick", "several"})
        changed.errors = [bad.sentence]
        return False
    return good


@blueprint.post("/<uuid:item_id>/documents/<uuid:document_id>/remove")
@requires(Permission.REQUEST_ANSWER)
def take_off(request_id: uuid.UUID, item_id: uuid.UUID, document_id: uuid.UUID) -> Page:
    """Takes a file off an answer that was not sent yet."""
    agency_request = get_request(request_id, acting())
    engine.check_step(Action.ANSWER, agency_request, acting())
    item = operations.find_item(agency_request, item_id)
    removed = operations.remove_from_item(agency_request, acting(), item, document_id)
    db.session.commit()
    flash(f"{removed.filename} is removed.")
    return redirect(url_for(".items", request_id=request_id, _anchor=f"item-{item_id.hex}"), 303)


@blueprint.post("/send")
@requires(Permission.REQUEST_ANSWER)
def send(request_id: uuid.UUID) -> Page:
    """Sends the answers; the request goes back to the same people, at its place."""
    agency_request = get_request(request_id, acting())
    operations.send_answers(agency_request, acting(), expected_version=StepForm().expected_version.data)
    db.session.commit()
    flash("Your answers are sent. The review goes on where it stopped.")
    return redirect(url_for("cases.status", request_id=request_id), 303)


def _question(item: InformationItem) -> Question | None:
    return QUESTIONS.get(item.anchor_key) if item.anchor_kind == "question" else None


def _saved(question: Question | None, item: InformationItem) -> dict[str, Any]:
    """What stands saved of an answer, by the fields of its form."""
    found: dict[str, Any] = {
        "expected_version": item.mark,
        "text": item.answer,
        "basis": item.new_basis,
        "note": item.new_note,
    }
    if question is None or item.new_value is None:
        return found
    if question.kind is AnswerKind.MULTI:
        return found | {"several": item.new_value}
    return found | {"pick": str(item.new_value), "value": str(item.new_value)}


def _saved_form(item: InformationItem) -> AnswerItemForm:
    """The boxes of an item as they stand saved, before anybody types."""
    question = _question(item)
    form = AnswerItemForm(question, prefix=item.id.hex, formdata=None, data=_saved(question, item))
    form.was.data = form.boxes_mark
    return form


def _page(agency_request: AgencyRequest, typed: Typed = ()) -> str:
    asked = open_information_request(agency_request.id)
    forms = {item.id: form for item, form in typed}
    items = asked.items if asked else ()
    return render_request_page(
        "intake/answers.html",
        agency_request,
        asked=asked,
        rows=[_row(agency_request, item, forms.get(item.id)) for item in items],
        failed=bool(typed),
        problems=[(sentence, anchor) for form in forms.values() for anchor, sentence in form.problems],
        step_form=StepForm(formdata=None, data={"expected_version": agency_request.version}),
        is_complete=all(item.answered_at for item in items),
    )


def _row(agency_request: AgencyRequest, item: InformationItem, typed: AnswerItemForm | None) -> dict[str, Any]:
    """An item as the page shows it, with what was typed or, where nothing was, what stands saved."""
    question, saved = _question(item), _saved_form(item)
    now = {answer.key: answer for answer in agency_request.answers}.get(item.anchor_key)
    if typed is not None:
        typed.was.data = saved.was.data
        typed.ask_for_files_again()
    return {
        "item": item,
        "form": typed or saved,
        "about": operations.anchor_words(item),
        "question": question,
        "theirs": item.answer if typed is not None and typed.text.data != item.answer else "",
        "now": question.words(now.value) if question and now else "",
        "new": question.words(item.new_value) if question and item.new_value is not None else "",
    }
