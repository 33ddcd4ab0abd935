"""A password is long and hard to guess, is compared whole, and is kept only as a hash."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.accounts.sign_in.passwords import hash_password, needs_rehash, verify_password, weakness

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
    assert verify_password(GOOD, kept)
    assert not verify_password(GOOD[:-1], kept)
    assert not verify_password(GOOD + "x", kept)


def test_nobody_has_no_password() -> None:
    assert not verify_password("nobody's password", "")


def test_the_same_letters_typed_another_way_match() -> None:
    assert verify_password("Caf\u00e9 am Marktplatz", hash_password("Cafe\u0301 am Marktplatz"))


def test_a_hash_of_today_is_not_outdated() -> None:
    assert not needs_rehash(hash_password(GOOD))
    assert needs_rehash("$argon2id$v=19$m=8,t=1,p=1$c29tZXNhbHQ$RdescudvJCsgt3ub+b2dWRWJTmaaLpc")


@settings(max_examples=200)
@given(st.text(max_size=140))
def test_no_text_breaks_the_check(password: str) -> None:
    assert weakness(password) is None or weakness(password, ["x"])
