"""Text is kept normal, trimmed and fit for every document, or refused with what to do."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.text import BadText, clean_filter, clean_line, clean_text, listed, plural, visible


def test_length_counts_what_people_see_as_letters_after_normalizing():
    assert clean_line("e\u0301" * 200, 200) == "é" * 200
    assert clean_line("👮" * 200, 200)


@pytest.mark.parametrize("hidden", ["\0", "\a", "\x0b", "\x7f", "\x9f", "\ud800", "\ufdd0", "\uffff", "\U0010fffe"])
@pytest.mark.parametrize("clean", [clean_line, clean_text])
def test_characters_that_no_document_can_hold_are_refused_and_named(clean, hidden):
    with pytest.raises(BadText, match=f"U\\+{ord(hidden):04X}"):
        clean(f"Alder{hidden}County", 50)


@pytest.mark.parametrize("turn", ["\u202a", "\u202e", "\u2066", "\u2069"])
def test_characters_that_turn_the_direction_are_refused_in_one_line_only(turn):
    assert clean_text(f"a{turn}b", 50) == f"a{turn}b"
    with pytest.raises(BadText, match="direction"):
        clean_line(f"a{turn}b", 50)


@pytest.mark.parametrize("broken", ["a\nb", "a\r\nb", "a\tb", "a\u2028b", "a\x85b"])
def test_one_line_is_one_line(broken):
    with pytest.raises(BadText, match="one line"):
        clean_line(broken, 50)


def test_line_breaks_of_every_system_become_one_kind():
    assert clean_text("a\r\nb\rc\nd\u2029e\n\n", 50) == "a\nb\nc\nd\ne"


@pytest.mark.parametrize("name", ["O'Brien", "ʻOkina", "Nuñez", "محمد", "שָׁלוֹם", "李", "A\u200dB", "x" * 200])
def test_names_of_every_kind_are_kept(name):
    assert clean_line(f" {name} ", 200) == unicodedata.normalize("NFC", name)


@given(st.text())
def test_what_is_kept_is_normal_trimmed_and_kept_again_as_it_is(typed):
    try:
        kept = clean_text(typed, 1000)
    except BadText:
        return
    assert unicodedata.is_normalized("NFC", kept)
    assert kept == kept.strip() == clean_text(kept, 1000)
    kept.encode()


@given(st.text())
def test_text_that_was_refused_can_still_be_shown(typed):
    visible(typed).encode()
    assert "\0" not in visible(typed)


def test_a_filter_of_an_address_is_what_can_be_looked_for():
    assert clean_filter("  Alder\0 County\r\nSheriff\ud800 ") == "Alder County Sheriff"
    assert clean_filter("x" * 300, 100) == "x" * 100


@pytest.mark.parametrize(("n", "words"), [(0, "0 requests"), (1, "1 request"), (1021, "1,021 requests")])
def test_a_count_agrees_with_its_noun(n, words):
    assert plural(n, "request", "requests") == words


@pytest.mark.parametrize(
    ("words", "last", "said"),
    [
        ([], "and", ""),
        (["Boston"], "and", "Boston"),
        (["Boston", "Dallas"], "and", "Boston and Dallas"),
        (["Boston", "Dallas", "Houston"], "and", "Boston, Dallas, and Houston"),
        (["Boston", "Dallas"], "or", "Boston or Dallas"),
        (["Boston", "Dallas", "Houston"], "or", "Boston, Dallas, or Houston"),
    ],
)
def test_a_list_is_said_as_a_sentence_says_it(words, last, said):
    assert listed(words, last=last) == said
