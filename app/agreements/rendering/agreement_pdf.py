"""A draft as a tagged PDF (PDF/UA-1 and PDF/A-3a are what the typesetter checks), the same bytes for the same draft."""

from collections.abc import Iterable
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

from app.agreements.drafting.document import (
    AgreementDraft,
    Article,
    Block,
    Clause,
    Items,
    Paragraph,
    Runs,
    SignatureBlock,
    TextRunKind,
)
from app.agreements.rendering.layout import WIDTHS
from app.pdf import UNDATED, set_pdf

LAYOUT = Path(__file__).with_name("agreement.typ")
AUTHOR = "U.S. Immigration and Customs Enforcement"


def render_pdf(draft: AgreementDraft, *, author: str = AUTHOR) -> bytes:
    """The draft as a PDF. Raises PdfError."""
    at = datetime.combine(draft.dated, time(), UTC) if draft.dated else UNDATED
    return set_pdf(LAYOUT, _draft(draft, author), at=at)


def _draft(draft: AgreementDraft, author: str) -> dict[str, Any]:
    return {
        "title": draft.title,
        "subtitle": draft.subtitle,
        "form": draft.form,
        "author": author,
        "running": draft.running_words,
        "reference": f"{draft.number_words}. {draft.version_words}",
        "content_hash": draft.hash_words,
        "front": [{"role": line.role, "runs": _runs(line.runs)} for line in draft.front],
        "articles": [*_articles(draft.articles, appendix=False), *_articles(draft.appendices, appendix=True)],
    }


def _articles(articles: Iterable[Article], *, appendix: bool) -> list[dict[str, Any]]:
    return [
        {
            "appendix": appendix,
            "label": f"Appendix {article.number}." if appendix else f"{article.number}.",
            "title": article.title,
            "clauses": [_clause(clause) for clause in article.clauses],
            "closing": article.closing,
            "signatures": [_signature(block) for block in article.signatures],
        }
        for article in articles
    ]


def _clause(clause: Clause) -> dict[str, Any]:
    return {"heading": clause.heading, "blocks": [_block(block) for block in clause.blocks]}


def _block(block: Block) -> dict[str, Any]:
    match block:
        case Paragraph():
            return {"shape": block.shape, "number": block.number, "runs": _runs(block.runs)}
        case Items():
            return {"shape": block.shape, "items": [_runs(item) for item in block.items]}
    return {
        "shape": block.shape,
        "caption": block.caption,
        "columns": block.columns,
        "widths": WIDTHS[block.name],
        "rows": [[{"runs": _runs(cell)} for cell in row] for row in block.rows],
    }


def _signature(block: SignatureBlock) -> dict[str, Any]:
    return {"role": block.role, "name": _runs(block.name), "title": _runs(block.title)}


def _runs(runs: Runs) -> list[dict[str, Any]]:
    return [{"text": run.text, "blank": run.kind is TextRunKind.BLANK} for run in runs]
