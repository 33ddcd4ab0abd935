"""What the question macros promise, whatever page uses them."""

from collections.abc import Callable

from flask import Flask, get_template_attribute, render_template_string
from werkzeug.datastructures import MultiDict

from app.forms import BaseForm, IsoDateField, LineField, MultiChoiceField, RadioField, WholeNumberField, required

BASES = [("measured", "Measured"), ("estimated", "Estimated"), ("unknown", "We do not know")]


class Jail(BaseForm):
    """A few questions."""

    bookings = WholeNumberField("Bookings", [required("Enter how many people you booked")], maximum=4860)
    basis = RadioField("Basis", [required("Say how you know")], choices=BASES)
    chief = LineField("Chief", description="As on the letterhead")
    day = IsoDateField("Day")
    topics = MultiChoiceField("Topics", choices=[("jail", "Our jail"), ("cash", "Cash")])


def _macro(name: str, of: str = "fields") -> Callable[..., str]:
    return get_template_attribute(f"components/{of}.html", name)


def _typed(**answers: str) -> Jail:
    form = Jail(formdata=MultiDict(answers), meta={"csrf": False})
    form.validate()
    return form


def test_the_summary_links_each_message_to_the_control_it_is_about(app: Flask) -> None:
    with app.test_request_context():
        summary = _macro("error_summary", "forms")(_typed())
    assert "There are 2 things to put right" in summary
    assert 'href="#bookings"' in summary
    assert 'href="#basis-0"' in summary, "a group is reached by its first answer"


def test_a_form_without_errors_has_no_summary(app: Flask) -> None:
    with app.test_request_context():
        assert not _macro("error_summary", "forms")(_typed(bookings="12", basis="measured")).strip()


def test_a_message_is_bound_to_its_control_and_what_was_typed_stays(app: Flask) -> None:
    with app.test_request_context():
        form = _typed(bookings="10,210", basis="estimated")
        question = _macro("number_question", "choices")(form.bookings, form.basis, unit="bookings")
    assert 'aria-describedby="bookings-error"' in question
    assert 'aria-invalid="true"' in question
    assert 'value="10,210"' in question
    assert 'value="estimated" checked' in " ".join(question.split())


def test_a_hint_is_bound_to_its_control(app: Flask) -> None:
    with app.test_request_context():
        field = _macro("text_field")(_typed().chief)
    assert 'id="chief-hint"' in field
    assert 'aria-describedby="chief-hint"' in field


def test_no_answer_is_chosen_before_somebody_chooses(app: Flask) -> None:
    with app.test_request_context():
        form = Jail(formdata=None)
        assert "checked" not in _macro("choice_field", "choices")(form.basis)
        assert "checked" not in _macro("choice_field", "choices")(form.topics)


def test_a_date_that_is_none_is_shown_as_it_was_typed(app: Flask) -> None:
    with app.test_request_context():
        field = _macro("date_field")(_typed(day="next Tuesday").day)
    assert 'type="text"' in field
    assert 'value="next Tuesday"' in field


def test_what_somebody_typed_is_text_and_never_markup(app: Flask) -> None:
    """B4: a page shows the characters."""
    with app.test_request_context():
        field = _macro("text_field")(_typed(chief='"><script>alert(1)</script>').chief)
    assert "<script>" not in field


def test_a_form_page_carries_its_token_and_its_button(app: Flask) -> None:
    page = """{% from "components/forms.html" import form_page %}
    {% call form_page(form, action="/somewhere", submit="Send it", multipart=True) %}<p>Questions</p>{% endcall %}"""
    with app.test_request_context():
        drawn = render_template_string(page, form=Jail(formdata=None))
    assert 'enctype="multipart/form-data"' in drawn
    assert 'action="/somewhere"' in drawn
    assert drawn.index("Questions") < drawn.index("Send it")
    assert 'name="csrf_token"' in drawn
