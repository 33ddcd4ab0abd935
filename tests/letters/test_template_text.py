"""A template's text: what may stand in braces, and what people typed, which is filled in and never read again."""

import pytest

from app.letters.letter_kinds import DEFAULTS, SORTS, LetterKind
from app.letters.template_text import Block, fill_line, fill_text, template_faults


@pytest.mark.parametrize("kind", list(LetterKind))
def test_the_products_own_texts_use_only_placeholders_that_exist(kind: LetterKind) -> None:
    text = DEFAULTS[kind]
    assert template_faults(text.subject + text.body, SORTS[kind].placeholders) == []
    assert "{note}" in text.body
    assert "{sender}" in text.body


def test_an_unknown_placeholder_is_named_in_a_sentence() -> None:
    assert template_faults("Dear {mayor}", ["agency"]) == [
        "There is no placeholder {mayor} in this letter. Use one of those listed."
    ]


@pytest.mark.parametrize("text", ["Dear {agency", "agency}", "{{agency}}", "{agency}}"])
def test_a_brace_that_stands_alone_is_refused(text: str) -> None:
    assert template_faults(text, ["agency"]) == ["A brace stands alone. Write each placeholder between { and }."]


def test_what_is_filled_in_is_not_filled_in_again() -> None:
    assert fill_line("To {agency}", {"agency": "{number} {0.__class__}", "number": "7"}) == "To {number} {0.__class__}"


def test_a_list_that_stands_alone_becomes_items_and_within_a_sentence_is_joined() -> None:
    values = {"programs": ("One", "Two")}
    assert fill_text("{programs}", values) == (Block(items=("One", "Two")),)
    assert fill_text("We offer {programs}.", values) == (Block(text="We offer One; Two."),)


def test_lines_that_begin_with_a_dash_are_items_in_the_template_but_not_in_a_value() -> None:
    values = {"agency": "- not an item\n\n- nor this"}
    assert fill_text("- {agency}\n- B", values) == (Block(items=("- not an item\n\n- nor this", "B")),)
    assert fill_text("{agency}", values) == (Block(text="- not an item\n\n- nor this"),)


def test_a_paragraph_that_comes_out_empty_is_left_out() -> None:
    assert fill_text("A\n\n{note}\n\n{items}\n\nB", {"note": "", "items": ()}) == (Block(text="A"), Block(text="B"))
