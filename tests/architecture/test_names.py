"""A name stands for one thing, and a function says one thing."""

import ast
from collections.abc import Iterator
from pathlib import Path
from statistics import median

APP = Path(__file__).parents[2] / "app"
LONGEST = 50  # lines of a body


def modules() -> Iterator[tuple[str, ast.Module]]:
    for path in sorted(APP.rglob("*.py")):
        yield path.relative_to(APP).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


def length(function: ast.FunctionDef) -> int:
    """The lines of the body, its docstring left out."""
    body = function.body[1:] if ast.get_docstring(function) is not None else function.body
    return body[-1].end_lineno - body[0].lineno + 1 if body else 0  # type: ignore[operator] # every statement ends


def test_a_public_class_name_stands_once_in_the_product() -> None:
    found: dict[str, list[str]] = {}
    for path, tree in modules():
        for node in tree.body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                found.setdefault(node.name, []).append(path)
    assert len(found) > 300
    assert {name: paths for name, paths in found.items() if len(paths) > 1} == {}


def test_functions_are_short() -> None:
    lengths = sorted(
        length(node) for _, tree in modules() for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)
    )
    assert median(lengths) <= 5
    assert lengths[int(len(lengths) * 0.9)] <= 15
    assert lengths[-1] <= LONGEST


def test_no_module_is_called_after_nothing() -> None:
    vague = {"utils", "helpers", "common", "misc", "manager", "wiring", "stuff"}
    assert [path for path, _ in modules() if Path(path).stem in vague] == []
