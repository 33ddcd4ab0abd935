"""What the documents say of the code is so: the picture of the packages, and every path that is named."""

import re
from pathlib import Path

import pytest

from scripts import diagrams

ROOT = Path(__file__).parents[2]
PATH = re.compile(r"`((?:app/)?[a-z_]+(?:/[a-z_0-9]+)*(?:\.py|\.toml|/)?)`")


def test_the_picture_of_the_packages_is_the_one_that_the_code_gives() -> None:
    assert diagrams.page() == diagrams.PAGE.read_text(encoding="utf-8"), "run `make diagrams`"


@pytest.mark.parametrize("name", ["docs/architecture.md", "docs/glossary.md", "CONTRIBUTING.md"])
def test_every_path_that_is_named_is_there(name: str) -> None:
    named = [path for path in PATH.findall((ROOT / name).read_text(encoding="utf-8")) if "/" in path]
    assert named
    missing = {path for path in named if not any((ROOT / start / path).exists() for start in ("", "app", "tests"))}
    assert missing == set()


def test_every_term_of_the_glossary_lives_in_a_file_that_is_there() -> None:
    rows = [line.split("|") for line in (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8").splitlines()]
    named = {name for row in rows if len(row) > 4 for name in re.findall(r"`(\w+\.(?:py|toml))`", row[4])}
    there = {path.name for path in (ROOT / "app").rglob("*.*")}
    assert named
    assert named - there == set()
