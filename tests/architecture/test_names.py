"""A name stands for one thing, and a function says one thing."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from statistics import median

import app

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


def test_only_the_usual_module_names_repeat() -> None:
    stems = Counter(Path(path).stem for path, _ in modules())
    repeated = {stem for stem, count in stems.items() if count > 1} - {"__init__"}
    said = (APP.parent / "CONTRIBUTING.md").read_text(encoding="utf-8").partition("The file names that repeat")[2]
    by_design = set(re.findall(r"`(\w+)\.py`", said.partition("\n")[0]))
    assert repeated == by_design


def test_the_application_is_put_together_without_logic() -> None:
    text = (APP / "__init__.py").read_text(encoding="utf-8")
    assert len(text.splitlines()) < 60
    assert not [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.If | ast.Try | ast.With)]


def test_no_name_of_the_application_hides_a_package_or_module() -> None:
    names = {path.stem for path in APP.glob("*.py")} | {path.parent.name for path in APP.glob("*/__init__.py")}
    found = {name: import_module(f"app.{name}") for name in names - {"__init__"}}
    assert [name for name, module in found.items() if getattr(app, name) is not module] == []


def test_each_package_is_empty_but_for_what_it_says_of_itself() -> None:
    exporting = {"__init__.py", "audit/__init__.py"}  # the application, and the record, which every stage writes
    filled = [path for path, tree in modules() if path.endswith("__init__.py") and len(tree.body) > 1]
    assert set(filled) == exporting


def test_data_files_are_read_in_one_place() -> None:
    imports = [(path, node) for path, tree in modules() for node in ast.walk(tree) if isinstance(node, ast.Import)]
    assert [path for path, node in imports if node.names[0].name == "tomllib"] == ["data_files.py"]
