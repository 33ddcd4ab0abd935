"""The built sheets style what pages show, and nothing else."""

import re
from pathlib import Path

import pytest

import app as package

ROOT = Path(package.__file__).parent
SHEETS = ROOT / "static" / "dist"
CLASS = re.compile(r"\.(-?[A-Za-z_][\w-]*)")
NAMES_NOTHING = re.compile(r":not\((?:[^()]|\([^()]*\))*\)")  # a rule may say what an element is not

# Classes that a template puts together: how they begin, and what may follow with a rule of its own.
COMPOSED = {
    "agreement-sheet--": ("letter",),
    "agreement-sheet__": ("party", "joiner", "date", "salutation", "address"),
    "app-bar__": ("need", "agency", "ice", "late", "quiet", "over", "base", "pale"),
    "app-box--": ("act", "decide", "quiet"),
    "app-cell--": ("number", "strong"),
    "app-chart__on-": ("need", "over", "base"),
    "app-date--": ("soon", "late", "plain"),
    "app-filters--": ("line", "side"),
    "app-form--": ("wide",),
    "app-gate--": ("pass", "confirm", "stop"),
    "app-guards__": ("held", "open", "later"),
    "app-input--": ("short", "medium", "full"),
    "app-map__tile--": ("whole", "part"),
    "app-note--": ("know", "done", "error"),
    "app-row--": ("late", "differs", "chosen"),
    "app-status--": ("yours", "good", "warning", "bad", "outline", "plain"),
    "app-summary--": ("side", "two", "wide"),
    "app-table--": ("cards", "pairs", "dense"),
    "app-timeline__entry--": ("current", "agency"),
    "usa-": ("radio__input--tile", "checkbox__input--tile"),
    "usa-alert--": ("success", "warning", "error", "info"),
}


@pytest.fixture(scope="module")
def pages() -> str:
    """Everything that may write a class: templates without their comments, and scripts."""
    templates = (re.sub(r"{#.*?#}", "", path.read_text(), flags=re.S) for path in (ROOT / "templates").rglob("*.html"))
    return "\n".join([*templates, *(path.read_text() for path in (ROOT / "assets" / "js").glob("*.js"))])


@pytest.fixture(scope="module")
def sources(pages: str) -> str:
    return "\n".join([pages, *(path.read_text() for path in ROOT.rglob("*.py"))])


def composed() -> set[str]:
    return {start + end for start, ends in COMPOSED.items() for end in ends}


def styled(name: str) -> set[str]:
    sheet = re.sub(r"{[^{}]*}", "{}", (SHEETS / f"{name}.css").read_text())
    return set(CLASS.findall(NAMES_NOTHING.sub("", sheet)))


@pytest.mark.parametrize("name", ["app", "agreement"])
def test_every_class_of_a_sheet_is_on_a_page(name: str, pages: str) -> None:
    written = set(re.findall(r"[\w-]+", pages))
    unused = sorted(styled(name) - written - composed())
    assert not unused, f"no template and no script writes {', '.join(unused)}: remove the rules, and run npm run build"


@pytest.mark.parametrize("start", COMPOSED)
def test_a_class_that_is_put_together_is_styled_and_its_end_is_given(start: str, pages: str, sources: str) -> None:
    assert re.search(rf"{start}({{{{|\" ~)", pages), f"no template puts {start} together"
    unstyled = [end for end in COMPOSED[start] if start + end not in styled("app") | styled("agreement")]
    assert not unstyled
    ends = [re.sub(r"^(radio|checkbox)__.*", r"\1", end) for end in COMPOSED[start]]
    assert not [end for end in ends if not re.search(rf"[\"']{end}[\"']", sources)]


def test_the_design_system_is_cut_to_the_classes_that_pages_use(pages: str) -> None:
    listed = {line for line in (ROOT / "assets/design-system.txt").read_text().split() if line.startswith("usa-")}
    assert not sorted(listed - set(re.findall(r"[\w-]+", pages)) - composed())
