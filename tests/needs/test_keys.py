"""The key of a program or a model of it has one spelling."""

import pytest

from app.needs.keys import ProgramKey


@pytest.mark.parametrize(
    ("written", "key", "columns", "slug"),
    [
        ("best", ProgramKey("best"), ("best", ""), "best"),
        ("287g:jail", ProgramKey("287g", "jail"), ("287g", "jail"), "287g-jail"),
        ("", ProgramKey(""), ("", ""), ""),
    ],
)
def test_a_key_is_written_and_read_the_same(written: str, key: ProgramKey, columns: tuple[str, str], slug: str) -> None:
    assert ProgramKey.parse(written) == key == ProgramKey.of(*columns)
    assert (str(key), key.columns, key.slug) == (written, columns, slug)
