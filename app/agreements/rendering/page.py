"""A draft as a page of its own, with the same sheet that the product shows."""

from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from app.agreements.drafting.document import AgreementDraft

ENVIRONMENT = Environment(
    loader=PackageLoader("app", "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
STYLES = Markup(Path(__file__).with_name("page.css").read_text(encoding="utf-8"))  # noqa: S704 - our own style sheet


def render_page(draft: AgreementDraft) -> str:
    """The draft as one HTML document that needs nothing else."""
    return ENVIRONMENT.get_template("agreements/specimen.html").render(draft=draft, styles=STYLES)
