"""What docstrings and comments name is there: a function, a class, an exception, a file."""

import ast
import builtins
import io
import re
import tokenize
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PROPER_NAMES = {"PostgreSQL", "DeKalb", "McLennan"}
A_NAME = re.compile(r"(?<![\w.])(?:[a-z]+(?:_[a-z0-9]+)+|[A-Z][a-z]+[A-Z]\w+)\b|`([A-Za-z_.]+)`")
RAISES = re.compile(r"\b[Rr]aises ((?:[\w.]*\b[A-Z]\w+)(?:(?:,? and|,? or|,) [\w.]*\b[A-Z]\w+)*)")
A_FILE = re.compile(r"[\w/-]*\w\.(?:py|toml|html|scss|mjs|md)\b")
COMMENTS = {
    ".toml": r"#.*",
    ".html": r"\{#.*?#\}",
    ".scss": r"//.*|/\*.*?\*/",
    ".js": r"//.*|/\*.*?\*/",
    ".mjs": r"//.*",
}


@cache
def sources() -> dict[Path, str]:
    paths = [*(ROOT / "app").rglob("*.py"), *(ROOT / "tests").rglob("*.py"), *ROOT.glob("*.py")]
    return {path: path.read_text(encoding="utf-8") for path in sorted(paths)}


@cache
def files() -> set[str]:
    """Every file by its name alone and by each end of its path: "card.py", "reports/card.py", "app/reports/card.py"."""
    folders = ("app", "tests", "migrations", "docs", "scripts")
    paths = [*ROOT.glob("*"), *(path for folder in folders for path in (ROOT / folder).rglob("*"))]
    parts = [path.relative_to(ROOT).parts for path in paths if path.is_file()]
    return {"/".join(every[start:]) for every in parts for start in range(len(every))}


def prose(path: Path, source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef):
            yield ast.get_docstring(node) or ""
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT:
            yield token.string


def app_prose() -> Iterator[tuple[str, str]]:
    for path, source in sources().items():
        if (ROOT / "tests") not in path.parents:
            yield from ((path.relative_to(ROOT).as_posix(), text) for text in prose(path, source))


def comments() -> Iterator[tuple[str, str]]:
    """The comments of what is not Python: data, templates, styles, scripts."""
    for path in sorted((ROOT / "app").rglob("*")):
        if path.suffix in COMMENTS and "static" not in path.parts:
            found = re.findall(
                COMMENTS[path.suffix], path.read_text(encoding="utf-8"), re.DOTALL if path.suffix == ".html" else 0
            )
            yield from ((path.relative_to(ROOT).as_posix(), text) for text in found)


@cache
def names() -> set[str]:
    """Every name in the code, and every word of a text in it: a column's value, an attribute of a page."""
    found = {*dir(builtins), *PROPER_NAMES}
    for path, source in sources().items():
        found |= {path.stem, path.parent.name}
        found |= {
            token.string
            for token in tokenize.generate_tokens(io.StringIO(source).readline)
            if token.type == tokenize.NAME
        }
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and len(node.value.split()) == 1:
                found.update(re.findall(r"\w+", node.value))
    return found


@cache
def exceptions() -> set[str]:
    """The classes: what is raised is one of them."""
    defined = {
        node.name
        for source in sources().values()
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.ClassDef)
    }
    return defined | set(dir(builtins))


def test_what_is_said_to_be_raised_is_a_class() -> None:
    raised = [
        (path, name.rpartition(".")[2])
        for path, text in app_prose()
        for listed in RAISES.findall(" ".join(text.split()))
        for name in re.findall(r"[\w.]*\b[A-Z]\w+", listed)
    ]
    assert raised
    assert [pair for pair in raised if pair[1] not in exceptions()] == []


def test_what_a_docstring_or_a_comment_names_is_in_the_code() -> None:
    named = [(path, found.group().strip("`")) for path, text in app_prose() for found in A_NAME.finditer(text)]
    assert named
    assert [(path, name) for path, name in named if not set(filter(None, name.split("."))) <= names()] == []


def test_a_file_that_is_named_is_there() -> None:
    documents = (
        (page.name, page.read_text(encoding="utf-8")) for page in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    )
    told = [(path, name) for path, text in [*app_prose(), *comments(), *documents] for name in A_FILE.findall(text)]
    assert told
    assert [(path, name) for path, name in told if name.lstrip("/") not in files()] == []
