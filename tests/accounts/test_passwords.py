"""A password is long and hard to guess, is compared whole, and is kept only as a hash."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.accounts.sign_in.passwords import hash_password, is_outdated, matches, weakness

GOOD = "violet harbor tin 9 sparrow"


def test_a_long_ordinary_sentence_is_good() -> None:
    assert weakness(GOOD, ["Pat Doe", "Example County Sheriff's Office"]) is None


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("short one", "at least 15"),
        ("x" * 129, "at most 128"),
        ("aaaaaaaaaaaaaaaa", "repeat"),
        ("abcabcabcabcabcabc", "repeat"),
        ("violetviolet violet", "repeat"),
        ("qwertyuiopqwertyuiop", "repeat"),
        ("abcdefghijklmnopqrst", "row of the keyboard"),
        ("passwordletmein1", "common"),
        ("Password Welcome 2026", "common"),
        ("Example County Sheriff's Office 2026", "your agency's"),
        ("ACCESS Partnership Requests", "this service's"),
    ],
)
def test_what_a_guesser_tries_first_is_refused_and_says_why(password: str, why: str) -> None:
    assert why in (weakness(password, ["Example County Sheriff's Office"]) or "")


def test_a_common_word_within_a_longer_one_is_no_reason_to_refuse() -> None:
    assert weakness("my secret violet harbor 9") is None


def test_only_the_whole_password_matches() -> None:
    kept = hash_password(GOOD)
    assert matches(GOOD, kept)
    assert not matches(GOOD[:-1], kept)
    assert not matches(GOOD + "x", kept)


def test_nobody_has_no_password() -> None:
    assert not matches("nobody's password", "")


def test_the_same_letters_typed_another_way_match() -> None:
    assert matches("Caf\u00e9 am Marktplatz", hash_password("Cafe\u0301 am Marktplatz"))


def test_a_hash_of_today_is_not_outdated() -> None:
    assert not is_outdated(hash_password(GOOD))
    assert is_outdated("$argon2id$v=19$m=8,t=1,p=1$c29tZXNhbHQ$RdescudvJCsgt3ub+b2dWRWJTmaaLpc")


@settings(max_examples=200)
@given(st.text(max_size=140))
def test_no_text_breaks_the_check(password: str) -> None:
    assert weakness(password) is None or weakness(password, ["x"])
