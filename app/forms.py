"""The fields of every form: each reads what people type, or says what to do, and never loses what was typed."""

from collections.abc import Iterable, Sequence
from typing import Any

import us
from flask import g, has_request_context
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import Field, FieldList, Form, SelectField, SelectMultipleField, StringField
from wtforms import HiddenField as AnyHiddenField
from wtforms import RadioField as AnyRadioField
from wtforms.fields.choices import Choice, SelectChoice  # pyright: ignore[reportAttributeAccessIssue] -- the stubs are older than WTForms 3.3
from wtforms.validators import StopValidation, ValidationError
from wtforms.widgets import CheckboxInput, DateInput, EmailInput, ListWidget, TelInput, TextArea, TextInput

from app.text import LINE_LIMIT, TEXT_LIMIT, BadText, clean_line, clean_text, visible
from app.typed_values import read_date, read_email, read_ori, read_phone, read_whole

Choices = Iterable[tuple[str, str]]

LARGEST_NUMBER = 2**31 - 1  # what an integer column of PostgreSQL holds


class Required:
    """Refuses an empty answer with the sentence; an answer that was already refused keeps its own."""

    field_flags: dict[str, bool] = {"required": True}  # noqa: RUF012 -- WTForms reads a plain class attribute

    def __init__(self, sentence: str) -> None:
        self.sentence = sentence

    def __call__(self, form: Form, field: Field) -> None:
        """WTForms' way to ask."""
        if field.errors:
            raise StopValidation
        if _is_missing(field.data):
            raise StopValidation(self.sentence)


def required(sentence: str) -> Required:
    """A validator that asks for an answer with this sentence, as in "Enter the agency's name"."""
    return Required(sentence)


class BaseForm(FlaskForm):
    """Every form of the service."""

    class Meta(FlaskForm.Meta):
        """What a form is filled with."""

        def wrap_formdata(self, form: Form, formdata: Any) -> Any:
            """What was sent; on a page that gives text back, what was typed into the fields of this form before."""
            if self.csrf and has_request_context():
                g.has_form = True  # what is kept of this page is looked up
            return _given_back(form) or super().wrap_formdata(form, formdata)

    @property
    def values(self) -> dict[str, Any]:
        """What was answered, by field; the token that protects the form is no answer."""
        return {field.name: field.data for field in self if field.name != "csrf_token"}

    @property
    def problems(self) -> list[tuple[str, str]]:
        """For the summary above a form: the id of what to correct, and the sentence, in the order of the fields."""
        return [(_anchor(field), str(error)) for field in self for error in field.errors]


class RowsField(FieldList):
    """Rows of small forms; what is found wrong in a row counts whenever it is found, also after all were checked."""

    @property
    def errors(self) -> list[Any]:
        """What is wrong in each row that has something wrong."""
        return [row.errors for row in self.entries if row.errors]

    @errors.setter
    def errors(self, found: Sequence[Any]) -> None:  # pyright: ignore[reportIncompatibleVariableOverride] -- an attribute there
        """WTForms takes stock here while it checks; the rows themselves know better."""


class LineField(StringField):
    """One line of text; "" when left empty."""

    widget = TextInput()

    def __init__(self, label: str, validators: Sequence[Any] = (), *, limit: int = LINE_LIMIT, **kwargs: Any) -> None:
        super().__init__(label, validators, **({"default": ""} | kwargs))
        self.limit = limit

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Cleans what was typed; what cannot be kept is shown again as it was typed."""
        if valuelist:
            self.data = ""
            self.data = self.clean(str(valuelist[0]))

    def clean(self, typed: str) -> str:
        """The text as it is kept. Raises ValueError with the sentence to show."""
        return clean_line(typed, self.limit)

    def _value(self) -> str:
        return _as_typed(self) if self.raw_data else str(self.data or "")


class HiddenField(AnyHiddenField):
    """A value that the page carries; one that somebody changed is shown again as any other typed text."""

    def _value(self) -> str:
        return visible(super()._value())  # pyright: ignore[reportAttributeAccessIssue] -- not in the stubs


class TextField(LineField):
    """Text of several lines; "" when left empty."""

    widget = TextArea()

    def __init__(self, label: str, validators: Sequence[Any] = (), *, limit: int = TEXT_LIMIT, **kwargs: Any) -> None:
        super().__init__(label, validators, limit=limit, **kwargs)

    def clean(self, typed: str) -> str:
        """The text as it is kept. Raises ValueError with the sentence to show."""
        return clean_text(typed, self.limit)


class EmailField(LineField):
    """An e-mail address, in lower case, so that one address is one account; nobody is asked whether it exists."""

    widget = EmailInput()

    def clean(self, typed: str) -> str:
        """The address as it is kept. Raises ValueError with the sentence to show."""
        return read_email(typed)


class PhoneField(LineField):
    """A United States telephone number, kept as "(202) 555-0143 ext. 12"."""

    widget = TelInput()

    def clean(self, typed: str) -> str:
        """The number as it is kept. Raises ValueError with the sentence to show."""
        return read_phone(typed)


class OriField(LineField):
    """An agency's ORI, in capitals."""

    def clean(self, typed: str) -> str:
        """The ORI as it is kept. Raises ValueError with the sentence to show."""
        return read_ori(typed)


class IsoDateField(Field):
    """A day, typed as 2026-11-24 or 11/24/2026; None when left empty."""

    widget = DateInput()

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Reads what was typed; what is no day is shown again as it was typed."""
        if valuelist:
            self.data = None
            self.data = read_date(str(valuelist[0]))

    def _value(self) -> str:
        return self.data.isoformat() if self.data else _as_typed(self)


class WholeNumberField(Field):
    """A whole number, with or without commas; None when left empty."""

    widget = TextInput()

    def __init__(
        self,
        label: str,
        validators: Sequence[Any] = (),
        *,
        minimum: int = 0,
        maximum: int = LARGEST_NUMBER,
        **kwargs: Any,
    ) -> None:
        super().__init__(label, validators, **kwargs)
        self.minimum, self.maximum = minimum, maximum

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Reads what was typed; what is no number is shown again as it was typed."""
        if valuelist:
            self.data = None
            self.data = read_whole(str(valuelist[0]), self.minimum, self.maximum)

    def _value(self) -> str:
        return _as_typed(self) if self.raw_data or self.data is None else str(self.data)


class _Offered(SelectField):
    """Takes what it offers as (value, label) pairs."""

    def __init__(self, label: str, validators: Sequence[Any] = (), *, choices: Choices = (), **kwargs: Any) -> None:
        super().__init__(label, validators, choices=[SelectChoice(*choice) for choice in choices], **kwargs)

    def offer(self, choices: Choices) -> None:
        """Sets what may be chosen, where it is known only when the page is made."""
        self.choices = [SelectChoice(*choice) for choice in choices]

    @property
    def offered(self) -> list[str]:
        """The values that may be chosen."""
        return [value for value, *_ in self.choices or ()]


class _OneOf(_Offered):
    """One of the choices; "" when none is chosen."""

    def process_data(self, value: Any) -> None:
        self.data = "" if value is None else str(value)

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = str(valuelist[0]) if valuelist else ""

    def pre_validate(self, form: Form) -> None:  # pyright: ignore[reportIncompatibleMethodOverride] -- its stub is narrower
        if self.data and self.data not in self.offered:
            raise ValidationError("Choose one of the answers shown")


class ChoiceField(_OneOf):
    """A list to pick from, with nothing picked until somebody does."""

    def iter_choices(self) -> list[Choice]:  # pyright: ignore[reportIncompatibleMethodOverride] -- a list is iterable
        """What the list shows: first the line that stands for no choice."""
        return [Choice("", "Select", not self.data, {}), *super().iter_choices()]


class PresetChoiceField(_OneOf):
    """A list in which a line is picked beforehand, such as that of nobody in particular."""


class RadioField(_OneOf, AnyRadioField):  # pyright: ignore[reportIncompatibleMethodOverride] -- as above
    """Answers side by side, none of them chosen until somebody does."""


class StateField(ChoiceField):
    """A state, the District of Columbia or a territory, by its two letters."""

    def __init__(self, label: str, validators: Sequence[Any] = (), **kwargs: Any) -> None:
        places = [*us.states.STATES, us.states.DC, *us.states.TERRITORIES]
        named = sorted((place.name, place.abbr) for place in places)
        super().__init__(label, validators, choices=[(abbr, name) for name, abbr in named], **kwargs)


class MultiChoiceField(_Offered, SelectMultipleField):
    """Any number of the choices, each once, in the order they are shown."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def offer(self, choices: Choices) -> None:
        """Sets what may be chosen, and looks again at what was, since the form was read before it was known."""
        super().offer(choices)
        if self.raw_data:
            self.process_errors = []
            try:
                self.process_formdata(self.raw_data)
            except ValueError as error:
                self.process_errors.append(str(error))

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Takes the choices that exist, and refuses any other."""
        chosen = {str(value) for value in valuelist}
        self.data = [value for value in self.offered if value in chosen]
        if chosen - set(self.offered):
            raise BadText("Choose among the answers shown")


def _given_back(form: Form) -> MultiDict[str, str]:
    """Of the fields that the page gives back those of this form; what a form carries unseen is fresh."""
    names = [field.name for field in form if not isinstance(field, AnyHiddenField)]
    pairs = g.get("given_back", ()) if has_request_context() else ()
    return MultiDict((name, value) for name, value in pairs if name in names or name.startswith(_rows(names)))


def _rows(names: Iterable[str]) -> tuple[str, ...]:
    """How the fields of rows begin, whose own name is that of the field that holds them."""
    return tuple(f"{name}-" for name in names)


def _is_missing(data: object) -> bool:
    is_number = isinstance(data, int | float) and not isinstance(data, bool)
    return not data and not is_number


def _anchor(field: Field) -> str:
    """Where a link in the summary leads: the field, or the first of its answers."""
    return f"{field.id}-0" if isinstance(field, AnyRadioField | MultiChoiceField) else field.id


def _as_typed(field: Field) -> str:
    """What was typed, with what no page can show made visible as U+FFFD."""
    return visible(str(field.raw_data[0])) if field.raw_data else ""
