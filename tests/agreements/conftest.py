"""Every instrument drafted once for a made-up agency with an awkward name, and set once in each form."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pytest

from app.agreements.drafting.assembly import assemble_draft
from app.agreements.drafting.document import AgreementDraft
from app.agreements.library.library import LIBRARY
from app.agreements.rendering.agreement_pdf import render_pdf
from app.agreements.rendering.agreement_word import render_word
from app.agreements.rendering.page import render_page
from app.agreements.specimens import made_up

AWKWARD = """#panic("x") <b>O'Brien & Söhne</b> =1+1"""
DAY = date(2026, 11, 24)


@dataclass(frozen=True, slots=True)
class Rendered:
    """One instrument in its three forms."""

    draft: AgreementDraft
    page: str
    word: bytes
    pdf: bytes


def rendered(drafted: AgreementDraft) -> Rendered:
    return Rendered(drafted, render_page(drafted), render_word(drafted), render_pdf(drafted))


@pytest.fixture(scope="session")
def instruments() -> Mapping[str, Rendered]:
    """By the name of the template."""
    return {
        template.name: rendered(
            assemble_draft(
                template, made_up(template.program) | {"agency_name": AWKWARD}, number="TEST-001", version=2, dated=DAY
            )
        )
        for template in LIBRARY.templates
    }
