"""What people type is kept as they meant it, or refused with what to do; it is never lost."""

from datetime import date

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField

from app import forms
from app.forms import BaseForm, required

ANSWERS = [("yes", "Yes"), ("no", "No"), ("unknown", "We do not know")]


class AgencyForm(BaseForm):
    name = forms.LineField("Name", [required("Enter the agency's name")], limit=20)
    letter = forms.TextField("Letter", limit=50)
    email = forms.EmailField("E-mail")
    phone = forms.PhoneField("Phone")
    ori = forms.OriField("ORI")
    day = forms.IsoDateField("Day")
    state = forms.StateField("State")
    officers = forms.WholeNumberField("Officers", maximum=100_000)
    jail = forms.RadioField("Do you run a jail?", choices=ANSWERS)
    kind = forms.ChoiceField("Kind", choices=[("sheriff", "Sheriff"), ("police", "Police")])
    wants = forms.MultiChoiceField("Wants", choices=[("a", "Advice"), ("b", "Training"), ("c", "Support")])


@pytest.fixture(autouse=True)
def within_a_page():
    app = Flask(__name__)
    app.config.update(SECRET_KEY="only for tests", WTF_CSRF_ENABLED=False)
    with app.test_request_context():
        yield


def filled(**answers: object) -> AgencyForm:
    form = AgencyForm(MultiDict({"name": "Alder County"} | answers))
    form.validate()
    return form


def sentence(field: str, typed: str) -> str:
    (only,) = filled(**{field: typed})[field].errors
    return only


def test_an_untouched_form_is_fine_but_for_what_is_required():
    form = AgencyForm(MultiDict({"name": ""}))
    assert not form.validate()
    assert form.problems == [("name", "Enter the agency's name")]


@pytest.mark.parametrize("typed", ["", "   ", "\u200b", "\ufeff \u2060"])
def test_a_name_of_nothing_visible_is_missing(typed):
    assert sentence("name", typed) == "Enter the agency's name"


def test_a_name_that_is_refused_is_not_also_called_missing():
    assert sentence("name", "x" * 31) == "Shorten this to 20 characters; you typed 31."


@given(st.text(max_size=60))
def test_whatever_is_typed_into_any_field_is_answered_and_can_be_shown(typed):
    form = AgencyForm(MultiDict(dict.fromkeys(AgencyForm(MultiDict()).data, typed)))
    form.validate()
    for field in form:
        str(field()).encode()


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("name", "x" * 31),
        ("email", "chief at agency"),
        ("phone", "12"),
        ("ori", "TX"),
        ("day", "soon"),
        ("officers", "many"),
    ],
)
def test_what_was_typed_is_shown_again_with_its_error(field, typed):
    shown = filled(**{field: typed})[field]
    assert shown.errors
    assert f'value="{typed}"' in shown()


def test_long_text_is_shown_again_with_its_error():
    shown = filled(letter="long " * 20)["letter"]
    assert shown.errors
    assert "long long" in shown()


def test_hidden_characters_are_shown_as_a_visible_one():
    assert 'value="Alder\ufffdCounty"' in filled(name="Alder\0County")["name"]()


def test_what_is_kept_already_is_shown():
    form = AgencyForm(MultiDict(), name="Alder", day=date(2026, 11, 24), officers=0, jail="no")
    assert 'value="Alder"' in form.name()
    form = AgencyForm(None, day=date(2026, 11, 24), officers=0)
    assert 'value="2026-11-24"' in form.day()
    assert 'value="0"' in form.officers()


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Chief@Agency.GOV ", "chief@agency.gov"),
        ("head@alder.example", "head@alder.example"),
        ("o'brien+ice@agency.gov", "o'brien+ice@agency.gov"),
        ("", ""),
    ],
)
def test_an_address_is_kept_in_lower_case(typed, kept):
    form = filled(email=typed)
    assert (form.email.data, list(form.email.errors)) == (kept, [])


@pytest.mark.parametrize(
    "typed", ["chief", "chief@", "chief@agency", "a b@agency.gov", "a@b@agency.gov", "é@agency.gov"]
)
def test_what_is_no_address_says_how_one_looks(typed):
    assert sentence("email", typed) == "Enter an e-mail address like name@agency.gov"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("202-555-0143", "(202) 555-0143"),
        ("+1 202 555 0143", "(202) 555-0143"),
        ("(202) 555-0143 x12", "(202) 555-0143 ext. 12"),
        ("", ""),
    ],
)
def test_phone_numbers_are_kept_one_way(typed, kept):
    form = filled(phone=typed)
    assert (form.phone.data, list(form.phone.errors)) == (kept, [])


@pytest.mark.parametrize("typed", ["555-0143", "+44 20 7946 0018", "call me", "2025550143202555"])
def test_what_is_no_us_number_says_how_one_looks(typed):
    assert sentence("phone", typed) == "Enter a US phone number with its area code, like 202-555-0143"


def test_an_ori_is_kept_in_capitals():
    assert filled(ori=" tx9990100 ").ori.data == "TX9990100"


@pytest.mark.parametrize("typed", ["TX999010", "TX99901000", "9X9990100", "TX-990100", "TX９990100", "ŤX9990100"])
def test_an_ori_of_another_shape_is_refused(typed):
    assert sentence("ori", typed) == "Enter the agency's ORI: two letters, then seven letters or digits"


@pytest.mark.parametrize("typed", ["2026-11-24", "11/24/2026", " 11/24/2026 "])
def test_a_day_can_be_typed_both_ways(typed):
    assert filled(day=typed).day.data == date(2026, 11, 24)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("24 November", "Enter a date like 11/24/2026"),
        ("11/24/26", "Enter a date like 11/24/2026"),
        ("2026-02-29", "There is no such day. Check the month and the day"),
        ("13/01/2026", "There is no such day. Check the month and the day"),
        ("11/24/1989", "Enter a year from 1990 to 2100"),
        ("2101-01-01", "Enter a year from 1990 to 2100"),
        ("٢٠٢٦-11-24", "Enter a date like 11/24/2026"),
    ],
)
def test_what_is_no_day_says_why(typed, words):
    assert sentence("day", typed) == words


@pytest.mark.parametrize("typed", ["2028-02-29", "1990-01-01", "2100-12-31"])
def test_leap_days_and_both_ends_of_the_range_are_days(typed):
    assert filled(day=typed).day.data == date.fromisoformat(typed)


@pytest.mark.parametrize(("typed", "kept"), [("1021", 1021), ("1,021", 1021), ("0", 0), (" 12 ", 12), ("", None)])
def test_a_number_may_have_commas(typed, kept):
    form = filled(officers=typed)
    assert (form.officers.data, list(form.officers.errors)) == (kept, [])


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("1o21", "Enter a whole number. Did you mean 1,021?"),
        ("10,21", "Enter a whole number. Did you mean 1,021?"),
        ("1.021", "Enter a whole number. Did you mean 1,021?"),
        ("1 021", "Enter a whole number. Did you mean 1,021?"),
        ("12.5", "Enter a whole number, like 1,021"),
        ("many", "Enter a whole number, like 1,021"),
        ("١٢", "Enter a whole number, like 1,021"),
        ("-1", "Enter 0 or more"),
        ("100,001", "Enter 100,000 or less"),
        ("9" * 5000, "Shorten this to 200 characters; you typed 5,000."),
        ("9" * 40, "Enter a whole number, like 1,021"),
    ],
)
def test_what_is_no_number_guesses_the_slip(typed, words):
    assert sentence("officers", typed) == words


class CountForm(BaseForm):
    officers = forms.WholeNumberField("Officers", [required("Enter the number of officers")])
    certified = BooleanField("I certify", [required("Certify that this is true")])
    jail = forms.RadioField("Do you run a jail?", [required("Say whether you run a jail")], choices=ANSWERS)


def test_none_is_an_answer_to_how_many():
    form = CountForm(MultiDict({"officers": "0", "certified": "y", "jail": "no"}))
    assert form.validate()


def test_an_empty_box_an_unmade_choice_and_no_number_are_missing():
    form = CountForm(MultiDict({"officers": ""}))
    assert not form.validate()
    assert form.problems == [
        ("officers", "Enter the number of officers"),
        ("certified", "Certify that this is true"),
        ("jail-0", "Say whether you run a jail"),
    ]


def test_no_answer_is_chosen_before_somebody_chooses():
    form = AgencyForm(None)
    assert "checked" not in "".join(str(answer()) for answer in [*form.jail, *form.wants])
    assert "selected" not in form.kind().replace('selected value=""', "")
    assert (form.jail.data, form.kind.data) == ("", "")


def test_a_choice_that_is_kept_already_is_shown_as_chosen():
    form = AgencyForm(None, jail="no", kind="police", wants=["b"])
    assert [answer.data for answer in form.jail if "checked" in answer()] == ["no"]
    assert 'selected value="police"' in form.kind()
    assert [answer.data for answer in form.wants if "checked" in answer()] == ["b"]


@pytest.mark.parametrize("field", ["jail", "kind", "state"])
def test_an_answer_that_was_not_offered_is_refused(field):
    assert sentence(field, "maybe") == "Choose one of the answers shown"


def test_several_choices_are_kept_once_and_in_order():
    form = AgencyForm(MultiDict([("name", "Alder"), ("wants", "c"), ("wants", "a"), ("wants", "c")]))
    assert form.validate()
    assert form.wants.data == ["a", "c"]


def test_several_choices_refuse_what_was_not_offered():
    form = AgencyForm(MultiDict([("name", "Alder"), ("wants", "a"), ("wants", "z")]))
    assert not form.validate()
    assert form.problems == [("wants-0", "Choose among the answers shown")]


def test_states_are_the_fifty_the_district_and_the_territories():
    values = AgencyForm(None).state.offered
    assert len(values) == 50 + 1 + 5
    assert {"TX", "DC", "PR", "GU"} <= set(values)
    assert filled(state="DC").state.data == "DC"


def test_boxes_that_are_offered_once_the_page_is_made_keep_what_was_chosen():
    form = AgencyForm(MultiDict([("name", "Alder County"), ("wants", "d"), ("wants", "c")]))
    assert form.wants.process_errors
    form.wants.offer([("c", "Support"), ("d", "Equipment")])
    assert (form.wants.data, form.validate()) == (["c", "d"], True)
    form.wants.offer([("d", "Equipment")])
    assert form.wants.process_errors == ["Choose among the answers shown"]
