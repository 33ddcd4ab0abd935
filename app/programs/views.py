"""Public pages: the start, the programs, and what the service does with what it is told."""

from flask import Blueprint, abort, render_template, request, url_for
from us.states import STATES_AND_TERRITORIES

from app.guards import public
from app.needs.finder import TOPICS
from app.programs.catalogue import CATALOGUE, COMPONENT_WORDS, Program

blueprint = Blueprint("programs", __name__)
TOPIC_WORDS = {topic.key: topic.label for topic in TOPICS}
APPROVERS = tuple(dict.fromkeys(program.approver for program in CATALOGUE.programs))
FILTERS = {
    "need": ("What it is about", TOPIC_WORDS),
    "component": ("Part of ICE", COMPONENT_WORDS),
    "approver": ("Who approves", {name: name for name in APPROVERS}),
}
COLUMNS = (
    ("People and identity", ("jail", "encounters", "gangs")),
    ("Smuggling, documents, goods", ("border", "documents", "counterfeit")),
    ("Money and children", ("money", "joint_operations", "child_exploitation")),
)


@blueprint.get("/")
@public
def home() -> str:
    """What ICE ACCESS is, how a request goes, and where to start."""
    columns = [
        (title, [program for program in CATALOGUE.programs if set(program.problems) & set(topics)])
        for title, topics in COLUMNS
    ]
    states = [(state.abbr, state.name) for state in STATES_AND_TERRITORIES]
    return render_template("programs/home.html", columns=columns, states=states)


@blueprint.get("/programs")
@public
def index() -> str:
    """Every program, filtered: "or" within a filter, "and" between filters."""
    chosen = {name: [v for v in request.args.getlist(name) if v in FILTERS[name][1]] for name in FILTERS}
    text = request.args.get("q", "").replace("\0", "").strip()[:100]
    found = [program for program in CATALOGUE.programs if _matches(program, chosen, text)]
    return render_template(
        "programs/index.html",
        programs=found,
        filters=FILTERS,
        chosen=chosen,
        text=text,
        chips=_chips(chosen, text),
        topic_words=TOPIC_WORDS,
        total=len(CATALOGUE.programs),
    )


def _matches(program: Program, chosen: dict[str, list[str]], text: str) -> bool:
    has = {"need": set(program.problems), "component": {program.component}, "approver": {program.approver}}
    words = " ".join((program.name, program.alias, program.lead, program.purpose, *program.problems.values()))
    return all(not wanted or has[name] & set(wanted) for name, wanted in chosen.items()) and (
        text.casefold() in words.casefold()
    )


def _chips(chosen: dict[str, list[str]], text: str) -> list[tuple[str, str]]:
    found = [
        (
            FILTERS[name][1][value],
            url_for(".index", q=text or None, **(chosen | {name: [v for v in values if v != value]})),
        )
        for name, values in chosen.items()
        for value in values
    ]
    return [*found, (f"“{text}”", url_for(".index", **chosen))] if text else found


@blueprint.get("/programs/<slug>")
@public
def show(slug: str) -> str:
    """One program: what it is for, when it fits, what to look at first, and what is inferred."""
    try:
        program = CATALOGUE.program(slug)
    except KeyError:
        abort(404)
    others = [p for p in CATALOGUE.programs if p is not program and set(p.problems) & set(program.problems)]
    return render_template("programs/show.html", program=program, related=others, topic_words=TOPIC_WORDS)


@blueprint.get("/how-it-works")
@public
def how_it_works() -> str:
    """The journey of a request in plain words."""
    return render_template("programs/how_it_works.html")


@blueprint.get("/about")
@public
def about() -> str:
    """What this is, what it rests on, and what is inferred."""
    return render_template("programs/about.html", catalogue=CATALOGUE)


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
