"""The import contracts hold, and they hold of everything: no module that knows neither Flask nor SQL is left out."""

import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import grimp

ROOT = Path(__file__).parents[2]
CONTRACTS: list[dict[str, Any]] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"][
    "importlinter"
]["contracts"]


def contract(kind: str) -> dict[str, Any]:
    return next(contract for contract in CONTRACTS if contract["type"] == kind)


def test_imports_go_down_the_journey_only() -> None:
    linted = subprocess.run(
        [str(Path(sys.executable).with_name("lint-imports"))], capture_output=True, text=True, check=False, cwd=ROOT
    )
    assert linted.returncode == 0, linted.stdout[-2000:]


def test_the_layers_name_every_package_and_nothing_is_excepted() -> None:
    assert contract("layers")["exhaustive"]
    assert not [(each["name"], key) for each in CONTRACTS for key in each if "ignore" in key]


def test_every_module_that_needs_neither_flask_nor_the_database_is_held_to_it() -> None:
    pure = contract("forbidden")
    graph = grimp.build_graph("app", include_external_packages=True, cache_dir=None)
    impure = {
        module
        for library in graph.modules & set(pure["forbidden_modules"])
        for module in graph.find_downstream_modules(library)
    }
    modules = {module for module in graph.modules if module.startswith("app.") and not graph.find_children(module)}
    held = {module for module in modules for name in pure["source_modules"] if f"{module}.".startswith(f"{name}.")}
    assert modules - impure - held == set(), "add them to the contract in pyproject.toml"
