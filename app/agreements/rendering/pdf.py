"""A draft as a tagged PDF (PDF/UA-1 and PDF/A-3a are what the typesetter checks), the same bytes for the same draft."""

import json
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from app.agreements.document import Article, Block, Clause, Draft, Items, Paragraph, RunKind, Runs, SignatureBlock
from app.agreements.rendering.layout import WIDTHS
from app.agreements.rendering.letters import as_numbers, has_strangers

HERE = Path(__file__).parent
SOURCE = (HERE / "agreement.typ").read_text(encoding="utf-8")
SECONDS = 90
AUTHOR = "U.S. Immigration and Customs Enforcement"


class CannotTypeset(RuntimeError):  # noqa: N818 - it reads as what it says
    """The typesetter gave up; the text is its own report, for operators and not for pages."""


def render_pdf(draft: Draft, *, author: str = AUTHOR) -> bytes:
    """The draft as a PDF. Raises CannotTypeset.

    A letter that no font of it has would void the standard, so then each doubtful one stands as its number: [U+4E2D].
    """
    data = json.dumps(_draft(draft, author), ensure_ascii=False)
    try:
        return _set(data, _timestamp(draft))
    except CannotTypeset:
        if not has_strangers(data):
            raise
        return _set(as_numbers(data), _timestamp(draft))


def _set(data: str, timestamp: int) -> bytes:
    try:
        done = subprocess.run(  # noqa: S603 - our own script, no shell, nothing typed among the arguments
            [sys.executable, "-I", str(HERE / "typesetter.py")],
            input=json.dumps({"source": SOURCE, "data": data, "timestamp": timestamp}).encode(),
            capture_output=True,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as fault:
        raise CannotTypeset(f"No PDF within {SECONDS} seconds") from fault
    if done.returncode:
        raise CannotTypeset(done.stderr.decode(errors="replace")[-2000:])
    return done.stdout


def _timestamp(draft: Draft) -> int:
    """Seconds since 1970 of the draft's day; an undated draft has the first of them."""
    return (draft.dated.toordinal() - 719_163) * 86_400 if draft.dated else 0


def _draft(draft: Draft, author: str) -> dict[str, Any]:
    return {
        "title": draft.title,
        "subtitle": draft.subtitle,
        "form": draft.form,
        "author": author,
        "running": draft.running_words,
        "reference": f"{draft.number_words}. {draft.version_words}",
        "fingerprint": draft.fingerprint_words,
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
    return [{"text": run.text, "blank": run.kind is RunKind.BLANK} for run in runs]
