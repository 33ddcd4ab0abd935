"""Draws the packages of app/ and which way imports go, from the code, into docs/architecture.md (`make diagrams`)."""

import sys
import tomllib
from pathlib import Path

import grimp

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "architecture.md"
BEGIN, END = "<!-- made by make diagrams -->", "<!-- end -->"


def layers() -> list[list[str]]:
    """The layers of the import contract, the highest first, each a list of packages and modules."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    found = next(contract["layers"] for contract in contracts if contract["type"] == "layers")
    return [[name.strip() for name in layer.replace(":", "|").split("|")] for layer in found]


def diagram() -> str:
    """Mermaid: a box a package, an arrow where one imports another and no package between them does it for it."""
    graph = grimp.build_graph("app", cache_dir=None)
    packages = [name for layer in layers() for name in layer if (ROOT / "app" / name).is_dir()]
    direct = {
        name: {
            other
            for other in packages
            if other != name
            and graph.direct_import_exists(importer=f"app.{name}", imported=f"app.{other}", as_packages=True)
        }
        for name in packages
    }
    lines = ["```mermaid", "flowchart TD"]
    lines += [f"  {name}[{name}]" for name in packages]
    for name in packages:
        beyond = set().union(*(reached(other, direct) for other in direct[name])) if direct[name] else set()
        lines += [f"  {name} --> {other}" for other in packages if other in direct[name] - beyond]
    return "\n".join([*lines, "```"])


def reached(name: str, direct: dict[str, set[str]]) -> set[str]:
    """Every package below this one, itself left out."""
    found: set[str] = set()
    waiting = list(direct[name])
    while waiting:
        other = waiting.pop()
        if other not in found:
            found.add(other)
            waiting.extend(direct[other])
    return found


def page() -> str:
    """The page with the picture as the code is now."""
    before, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n{diagram()}\n{END}{after}"


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    PAGE.write_text(page(), encoding="utf-8")
