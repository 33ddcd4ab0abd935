"""Tests act as people: what they send, a page offered, or they say that it is crafted."""

import re
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
RAW = re.compile(r"\.post\(")
PACKAGES = ("accounts", "architecture", "cases", "intake", "review")


@pytest.mark.parametrize("package", PACKAGES)
def test_nothing_is_sent_past_the_pages_unsaid(package: str) -> None:
    raw = [
        f"{path.relative_to(TESTS)}:{number}: send it with `Page.submit`, or say with `craft_post` that no page does"
        for path in (TESTS / package).glob("*.py")
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if RAW.search(line) and path != Path(__file__)
    ]
    assert not raw, "\n".join(raw)
