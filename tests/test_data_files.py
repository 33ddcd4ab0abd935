"""A data file of ours that is not whole is refused with its name, the field and what is wrong, in plain words."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Literal

import msgspec
import pytest

from app.data_files import DataFileError, Lines, Shape, Words, read


class Color(StrEnum):
    """Something to choose from."""

    RED = "red"
    BLUE = "blue"


class Leaf(Shape, frozen=True):
    """The inside of a list."""

    color: Color
    edge: Literal["smooth", "rough"] = "smooth"
    size: Annotated[int, msgspec.Meta(ge=1)] = 1


class Tree(Shape, frozen=True):
    """A small file."""

    name: Words
    words: Lines
    leaf: tuple[Leaf, ...]


GOOD = 'name = "Oak"\nwords = ["one"]\n[[leaf]]\ncolor = "red"\n'


def read_text(folder: Path, text: str) -> Tree:
    (folder / "tree.toml").write_text(text, encoding="utf-8")
    return read(folder / "tree.toml", Tree)


def test_a_whole_file_is_read(tmp_path: Path) -> None:
    assert read_text(tmp_path, GOOD) == Tree(name="Oak", words=("one",), leaf=(Leaf(color=Color.RED),))


@pytest.mark.parametrize(
    ("find", "put", "says"),
    [
        ('name = "Oak"', "", "tree.toml: name is missing"),
        ('"Oak"', '" "', "tree.toml: name is empty"),
        ('"Oak"', "1", "tree.toml: name has a whole number, not text"),
        ('["one"]', "[]", "tree.toml: words is empty"),
        ('["one"]', '"one"', "tree.toml: words has text, not a list"),
        ('["one"]', '["one", ""]', "tree.toml: words 2 is empty"),
        ('"red"', '"mauve"', "tree.toml: leaf 1 color “mauve” is none of red, blue"),
        ('"red"', '"red"\nedge = "torn"', "tree.toml: leaf 1 edge “torn” is none of smooth, rough"),
        ("color", "tint", "tree.toml: leaf 1: tint is unknown here"),
        ('"red"', '"red"\nsize = 0', "tree.toml: leaf 1 size is not a whole number from 1"),
        ("[[leaf]]", "[[leaf", "tree.toml: "),
    ],
)
def test_a_fault_names_the_file_and_the_field(tmp_path: Path, find: str, put: str, says: str) -> None:
    with pytest.raises(DataFileError) as refused:
        read_text(tmp_path, GOOD.replace(find, put, 1))
    assert str(refused.value).startswith(says)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataFileError, match=r"tree.toml: .*No such file"):
        read(tmp_path / "tree.toml", Tree)
