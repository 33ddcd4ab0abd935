"""Specimens: each instrument as three files, for an agency that is made up or one that a file describes."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import us

from app.agreements.drafting.assembly import assemble_draft
from app.agreements.drafting.document import AgreementDraft
from app.agreements.library.library import LIBRARY
from app.agreements.library.template_model import Template
from app.agreements.rendering.agreement_pdf import render_pdf
from app.agreements.rendering.agreement_word import render_word
from app.agreements.rendering.page import render_page
from app.needs.keys import ProgramKey
from app.needs.profile import Profile
from app.needs.questions import QUESTIONS
from app.programs.catalog import CATALOG

SPECIMEN_DAY = date(2026, 11, 24)
ORDINARY_BODIES = ("county_board", "city_council", "tribal_council")


class NoSpecimen(ValueError):
    """There is no such instrument; the text is one line for who asked."""


def templates_for(program: str, model: str | None) -> tuple[Template, ...]:
    """The one template of this program and model. Raises NoSpecimen."""
    models = LIBRARY.models(program)
    named = ", ".join(str(each) for each in models)
    if not models:
        known = ", ".join(sorted({template.program for template in LIBRARY.templates}))
        raise NoSpecimen(f"Unknown program {program!a}. The programs are: {known}.")
    if models == (None,) and model:
        raise NoSpecimen(f"{program} has no models. Leave out --model.")
    if model not in models:
        wrong = f"has no model {model!a}" if model else "has several models"
        raise NoSpecimen(f"{program} {wrong}. Choose one with --model: {named}.")
    return (LIBRARY.template(ProgramKey(program, model)),)


def made_up(program: str) -> dict[str, object]:
    """Every fact of the library with its specimen value, signed by whoever approves the program."""
    signatory = CATALOG.approver_title(CATALOG.program(program))
    specimens: dict[str, object] = {key: fact.specimen for key, fact in LIBRARY.facts.items()}
    return specimens | {"ice_signatory_title": signatory}


def facts_of(profile: Profile) -> dict[str, object]:
    """What a profile tells: who the agency is, its objectives, its focus and the kind of body that decides."""
    answers = profile.answers
    told: dict[str, object] = {
        "agency_name": profile.agency.get("name"),
        "agency_ori": profile.agency.get("ori"),
        "agency_state": state_name(profile.agency.get("state")),
        "objectives": _labels("objectives", answers.get("objectives")),
        "offence_focus": ", ".join(label.lower() for label in _labels("offence_focus", answers.get("offence_focus"))),
    }
    if answers.get("governing_body") in ORDINARY_BODIES:
        told["governing_body"] = f"the {QUESTIONS['governing_body'].label(str(answers['governing_body'])).lower()}"
    return {key: value for key, value in told.items() if value}


def _labels(question: str, chosen: object) -> tuple[str, ...]:
    keys = chosen if isinstance(chosen, tuple) else ()
    return tuple(QUESTIONS[question].label(key) for key in keys)


def state_name(code: str | None) -> str | None:
    """The name of the state with this postal code; None for an unknown one."""
    if code == "DC":
        return "District of Columbia"
    found = us.states.lookup(code, field="abbr") if code else None
    return found.name if found else None


def specimen(template: Template, profile: Profile | None) -> AgreementDraft:
    """The instrument for the made-up agency, or as far as a profile goes; the rest are marked blanks."""
    if profile is None:
        return assemble_draft(template, made_up(template.program), status_words="Specimen", dated=SPECIMEN_DAY)
    return assemble_draft(template, facts_of(profile), status_words="Specimen")


def write_specimen(template: Template, profile: Profile | None, folder: Path) -> tuple[Path, ...]:
    """Writes the page, the Word file and the PDF, named after program and model. Raises OSError."""
    drafted = specimen(template, profile)
    files: Mapping[str, bytes] = {
        "html": render_page(drafted).encode(),
        "docx": render_word(drafted),
        "pdf": render_pdf(drafted),
    }
    written = []
    for kind, content in files.items():
        path = folder / f"{template.name}.{kind}"
        path.write_bytes(content)
        written.append(path)
    return tuple(written)
