"""What one person can take in at a time: how long a line, a template, a file and a view may be."""

import ast
from collections import defaultdict
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import pytest
from jinja2 import Environment, nodes

import app as package

ROOT = Path(package.__file__).parent
TEMPLATES = ROOT / "templates"
PAGES = sorted(TEMPLATES.rglob("*.html"))
SPECIMENS = TEMPLATES / "components" / "specimens"  # shows every macro; a macro that only stands there is of no use
LONGEST_LINE = 160
LONGEST_TEMPLATE = 200


def tree(path: Path) -> nodes.Template:
    return Environment(autoescape=True).parse(path.read_text(encoding="utf-8"))


def names_read(within: nodes.Node) -> set[str]:
    """The names that are looked up, those within a template imported as a whole included."""
    names = {name.name for name in within.find_all(nodes.Name) if name.ctx == "load"}
    return names | {part.attr for part in within.find_all(nodes.Getattr) if isinstance(part.node, nodes.Name)}


def imported(template: nodes.Template) -> Iterator[str]:
    for statement in template.find_all(nodes.FromImport):
        yield from (name if isinstance(name, str) else name[1] for name in statement.names)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_a_template_fits_on_a_screen(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if len(line) > LONGEST_LINE] == []
    assert len(lines) <= LONGEST_TEMPLATE


def test_every_macro_is_used() -> None:
    defined, used = defaultdict(set), set()
    for path in PAGES:
        template = tree(path)
        for macro in template.find_all(nodes.Macro):
            defined[macro.name].add(path.name)
            used |= set(chain.from_iterable(names_read(part) for part in macro.body)) - {macro.name}
        outside = [part for part in template.body if not isinstance(part, nodes.Macro)]
        if SPECIMENS not in path.parents:
            used |= set(chain.from_iterable(names_read(part) for part in outside)) | set(imported(template))
    unused = {name: sorted(files) for name, files in defined.items() if name not in used}
    assert not unused


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_a_template_imports_what_it_uses(path: Path) -> None:
    template = tree(path)
    read = {name.name for name in template.find_all(nodes.Name) if name.ctx == "load"}
    assert set(imported(template)) - read == set()


LONGEST_VIEW = 12  # lines of its body: the docstring is not counted
LONGER_VIEWS = {
    "app/cases/case_page/views.py:queue": "the queue is read in one place and shown whole: a line for each part",
}


def views() -> Iterator[tuple[str, int]]:
    """Every view by its file and name, with the lines of its body."""
    for path in sorted(ROOT.rglob("*.py")):
        for function in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(function, ast.FunctionDef) and any(map(is_route, function.decorator_list)):
                body = function.body[1:] if ast.get_docstring(function) is not None else function.body
                yield f"{path.relative_to(ROOT.parent)}:{function.name}", body[-1].end_lineno - body[0].lineno + 1


def is_route(decorator: ast.expr) -> bool:
    called = decorator.func if isinstance(decorator, ast.Call) else None
    return isinstance(called, ast.Attribute) and called.attr in {"get", "post", "route"}


def test_a_view_only_checks_calls_and_leads_on() -> None:
    longer = {name for name, lines in views() if lines > LONGEST_VIEW}
    assert longer == LONGER_VIEWS.keys(), "what is longer does the work of an operation, a query or a form"


LONGEST_FILE = 300
LONGER_FILES = {  # tables of data, which are read as one: docs/decisions says why
    "app/policy.py",
    "app/workflow/journey/request_journey.py",
}


def test_a_file_holds_one_idea() -> None:
    longer = {
        str(path.relative_to(ROOT.parent))
        for path in ROOT.rglob("*.py")
        if len(path.read_text(encoding="utf-8").splitlines()) > LONGEST_FILE
    }
    assert longer == LONGER_FILES
