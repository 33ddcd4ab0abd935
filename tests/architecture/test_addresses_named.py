"""Every page that the code or a template leads to by its name is one: none is left behind when pages are renamed."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from flask import Flask
from jinja2 import nodes

APP = Path(__file__).parents[2] / "app"
ENDPOINT = re.compile(r"[a-z_]+\.(?!toml|pdf)[a-z_]+")  # and no name of a file


def strings(app: Flask) -> Iterator[tuple[Path, str]]:
    """Every string that stands alone in the code or in a template's expressions."""
    for path in sorted(APP.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield path, node.value
    for path in sorted((APP / "templates").rglob("*.html")):
        for constant in app.jinja_env.parse(path.read_text("utf-8")).find_all(nodes.Const):
            yield path, str(constant.value)


def test_what_is_led_to_by_name_exists(app: Flask) -> None:
    lost = [
        f"{path.relative_to(APP)}: {name}"
        for path, name in strings(app)
        if ENDPOINT.fullmatch(name) and name.partition(".")[0] in app.blueprints and name not in app.view_functions
    ]
    assert not lost, "\n".join(lost)


def test_what_is_led_to_within_a_blueprint_exists(app: Flask) -> None:
    within = {name[name.index(".") :] for name in app.view_functions if "." in name}
    lost = [
        f"{path.relative_to(APP)}: {name}"
        for path, name in strings(app)
        if re.fullmatch(r"\.[a-z_]+", name) and name not in within and path.suffix == ".html"
    ]
    assert not lost, "\n".join(lost)
