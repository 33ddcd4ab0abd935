"""Tests act as people: what they send, a page offered, or they say that it is crafted."""

import re
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
RAW = re.compile(r"(?<!@app)\.post\(")
FOLDERS = [TESTS, *sorted(path for path in TESTS.iterdir() if path.is_dir())]


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_nothing_is_sent_past_the_pages_unsaid(folder: Path) -> None:
    raw = [
        f"{path.relative_to(TESTS)}:{number}: send it with `Page.submit`, or say with `craft_post` that no page does"
        for path in (folder.glob("*.py") if folder == TESTS else folder.rglob("*.py"))
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if RAW.search(line) and path != Path(__file__)
    ]
    assert not raw, "\n".join(raw)
