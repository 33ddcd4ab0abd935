"""Public pages: the start, the programs, and what the service does with the data it is given."""

from collections.abc import Callable, Mapping
from typing import Final

from flask import Blueprint, Flask, abort, current_app, render_template, request, url_for

from app.deadlines.clocks import ClockKind
from app.needs.finder_questions import TOPICS
from app.programs.catalog import CATALOG
from app.programs.forms import OfficeFinderForm
from app.programs.program import ASKS, MODEL_ROWS, Program, in_a_line
from app.programs.selection import FILTERS, select_programs
from app.security import public
from app.text import clean_filter

blueprint = Blueprint("programs", __name__)
TARGETS: Final = "clock_targets"
ClockTargets = Callable[[], Mapping[ClockKind, int]]
TOPIC_WORDS = {topic.key: topic.label for topic in TOPICS}


@blueprint.get("/")
@public
def home() -> str:
    """What ICE ACCESS is, how a request goes, and where to start."""
    office = OfficeFinderForm(formdata=None, meta={"csrf": False})
    return render_template("programs/home.html", groups=CATALOG.groups, days=_target_days(), office=office)


def register_clock_targets(app: Flask, targets: ClockTargets) -> None:
    """Has the journey tell each clock's target in business days, as administrators set them."""
    app.extensions[TARGETS] = targets


def _target_days() -> dict[str, int]:
    """Each clock's target in business days, by name."""
    targets: ClockTargets = current_app.extensions[TARGETS]
    return {clock.value: days for clock, days in targets().items()}


@blueprint.get("/programs")
@public
def index() -> str:
    """Every program, filtered: "and" between filters, "or" within one that is about needs or people."""
    selection = select_programs(request.args.getlist, clean_filter(request.args.get("q", "")))
    chips = [(words, url_for(".index", **parameters)) for words, parameters in selection.chips]
    return render_template(
        "programs/index.html",
        programs=selection.programs,
        filters=FILTERS,
        selection=selection,
        chips=chips,
        total=len(CATALOG.programs),
        approver=CATALOG.approver_title,
    )


@blueprint.get("/programs/<slug>")
@public
def show(slug: str) -> str:
    """One program: what it is for, when it fits, what to look at first, and what is inferred."""
    program = _program(slug)
    return render_template(
        "programs/show.html",
        program=program,
        find=CATALOG.program,
        approver=CATALOG.approver_title(program),
        topic_words=TOPIC_WORDS,
        asks=_asks(program),
        model_rows=MODEL_ROWS,
    )


def _program(slug: str) -> Program:
    try:
        return CATALOG.program(slug)
    except KeyError:
        abort(404)


def _asks(program: Program) -> str:
    """What it asks of officers, on one line."""
    return in_a_line(
        [ASKS[each] for each in program.asks] or ["No officers full time", "no new authority", "no course"]
    )


@blueprint.get("/how-it-works")
@public
def how_it_works() -> str:
    """The journey of a request in plain words."""
    return render_template("programs/how_it_works.html", days=_target_days())


@blueprint.get("/about")
@public
def about() -> str:
    """What this is, what it rests on, and what is inferred."""
    return render_template("programs/about.html", catalog=CATALOG)


@blueprint.get("/privacy")
@public
def privacy() -> str:
    """What is asked, why, and who reads it."""
    return render_template("programs/privacy.html")


@blueprint.get("/accessibility")
@public
def accessibility() -> str:
    """How the pages can be used, and whom to tell where they cannot."""
    return render_template("programs/accessibility.html")
