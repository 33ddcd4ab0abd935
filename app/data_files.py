"""Reads the product's own TOML files into typed, frozen shapes; a fault names the file and the field in plain words."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Final, TypeVar, get_args

import msgspec

T = TypeVar("T")

Words = Annotated[str, msgspec.Meta(pattern=r"\S")]
"""Text that says something."""

Lines = Annotated[tuple[Words, ...], msgspec.Meta(min_length=1)]
"""At least one text."""

TYPE_WORDS: Final = {
    "str": "text", "int": "a whole number", "float": "a number", "bool": "true or false", "array": "a list",
    "object": "a table", "null": "nothing",
}  # fmt: skip


class DataFileError(ValueError):
    """A data file has a fault; the service does not start. Each line names the file and what is wrong."""


class Shape(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The shape of a table in a data file: a field that it does not have is refused, like one that is missing."""


def read_table(path: Path) -> dict[str, Any]:
    """The file as it stands. Raises DataFileError."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as fault:
        raise DataFileError(f"{path.name}: {fault}") from fault


def shaped(data: Mapping[str, Any], kind: type[T], place: str) -> T:
    """The data as this shape; `place` names the file, and the entry in it. Raises DataFileError."""
    try:
        return msgspec.convert(data, kind)
    except msgspec.ValidationError as fault:
        raise DataFileError(f"{place}: {plain(str(fault), kind)}") from fault


def read(path: Path, kind: type[T]) -> T:
    """The file as this shape. Raises DataFileError."""
    return shaped(read_table(path), kind, path.name)


def plain(fault: str, kind: Any = None) -> str:
    """A fault of this shape in plain words: "fits is empty", "needs 1: helps is missing", "order has text, not ..."."""
    what, _, path = fault.partition(" - at `$")
    steps = STEP.findall(path.rstrip("`"))
    where = " ".join(name or str(int(place) + 1) for name, place in steps if name or place.isdigit())
    if found := re.fullmatch(r"Invalid (?:enum )?value '?(.*?)'?", what):
        return f"{where} “{found[1]}” is none of {_allowed(kind, [name for name, _ in steps if name])}"
    for pattern, words in FAULTS.items():
        if found := re.fullmatch(pattern, what):
            said = words.format(*(TYPE_WORDS.get(each, each) for each in found.groups()))
            return f"{where}{': ' if pattern.startswith('Object') else ' '}{said}".strip(": ")
    return f"{where} {what}".strip()


def _allowed(kind: Any, names: list[str]) -> str:
    """The values that the field at the end of these names may have."""
    for name in names:
        shapes = (each for each in _parts(kind) if isinstance(each, type) and issubclass(each, msgspec.Struct))
        fields = {field.encode_name: field.type for shape in shapes for field in msgspec.structs.fields(shape)}
        kind = fields.get(name)
    parts = list(_parts(kind))
    enums = (each for each in parts if isinstance(each, type) and issubclass(each, StrEnum))
    values = next(enums, None) or [each for each in parts if isinstance(each, str)]  # those of a Literal
    return ", ".join(each for each in values if each) or "the values it may have"


def _parts(kind: Any) -> Iterator[Any]:
    """A type and all that it is made of: tuple[Need, ...] and Need."""
    yield kind
    for each in get_args(kind):
        yield from _parts(each)


STEP: Final = re.compile(r"\.([\w-]+)|\[([^]]*)\]")
FAULTS: Final = {
    r"Object missing required field `(.+)`": "{0} is missing",
    r"Object contains unknown field `(.+)`": "{0} is unknown here",
    r"Expected `str` matching regex '\\\\S'": "is empty",
    r"Expected `(?:array|object|str)` of length >= 1": "is empty",
    r"Expected `str` matching regex .+": "has other characters than small letters, digits and hyphens",
    r"Expected `int` >= (\d+)": "is not a whole number from {0}",
    r"Expected `float` > ([\d.]+)": "is not above {0}",
    r"Expected `(\w+)[^`]*`, got `(\w+)`": "has {1}, not {0}",
}
"""What the shapes refuse, and how we say it."""
