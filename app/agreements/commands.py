"""`flask specimen PROGRAM --out DIR`: an instrument as a page, a Word file and a PDF. Nothing is stored."""

from collections.abc import Iterator
from pathlib import Path

import click

from app.agreements.library.library import LIBRARY
from app.agreements.library.template_model import Template
from app.agreements.specimens import NoSpecimen, templates_for, write_specimen
from app.needs.profile import BadProfile, read_profile
from app.pdf import PdfError


class SpecimenRefused(ValueError):
    """What was asked for cannot be done; the text is one line."""


@click.command("specimen")
@click.argument("program", required=False)
@click.option("--model", help="Model of 287(g): jail, task-force or warrant-service.")
@click.option("--all", "everything", is_flag=True, help="Write every instrument.")
@click.option("--request", "profile", metavar="FILE.json", type=click.Path(path_type=Path), help="Agency and answers.")
@click.option("--out", metavar="DIR", type=click.Path(path_type=Path), help="Folder for the files.")
@click.pass_context
def specimen_command(
    context: click.Context,
    *,
    program: str | None,
    model: str | None,
    everything: bool,
    profile: Path | None,
    out: Path | None,
) -> None:
    """Write the instrument of PROGRAM as .html, .docx and .pdf into DIR."""
    try:
        for path in _written(_templates(program, model, everything), profile, out):
            click.echo(str(path))
    except (NoSpecimen, BadProfile, SpecimenRefused) as fault:
        click.echo(str(fault), err=True)
        context.exit(2)
    except OSError as fault:
        click.echo(f"{out}: Cannot be written ({fault.strerror}).", err=True)
        context.exit(2)
    except PdfError as fault:
        click.echo(f"The PDF could not be set: {' '.join(str(fault).split())}", err=True)
        context.exit(1)


def _templates(program: str | None, model: str | None, everything: bool) -> tuple[Template, ...]:
    if everything:
        if program or model:
            raise SpecimenRefused("Name a program or give --all, not both.")
        return LIBRARY.templates
    if not program:
        raise SpecimenRefused("Name a program, or give --all.")
    return templates_for(program, model)


def _written(templates: tuple[Template, ...], request: Path | None, out: Path | None) -> Iterator[Path]:
    if out is None:
        raise SpecimenRefused("Name a folder with --out.")
    profile = read_profile(request) if request else None
    out.mkdir(parents=True, exist_ok=True)
    for template in templates:
        yield from write_specimen(template, profile, out)
