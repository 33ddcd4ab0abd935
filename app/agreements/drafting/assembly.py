"""Makes a draft: a template's articles with the facts of a case filled in and counsel's edits applied."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from app.agreements.drafting.document import (
    AgreementDraft,
    Article,
    Block,
    Clause,
    Deviation,
    DraftObligation,
    FrontLine,
    FrontLineRole,
    Items,
    Paragraph,
    SignatureBlock,
    TextRun,
    long_date,
    run_words,
)
from app.agreements.drafting.placeholders import PlaceholderFiller, blank_for
from app.agreements.drafting.schedules import schedule
from app.agreements.library.library import LIBRARY, Library
from app.agreements.library.markup import BadClauseText, BlockText, ItemsText, ParagraphText, TableText, sentence
from app.agreements.library.template_model import ArticlePlan, ClauseKind, ClauseText, Form, Signature, Template

ICE = "U.S. Immigration and Customs Enforcement"
CLOSING = "Respectfully,"

AGREEMENT_FRONT = (
    (FrontLineRole.JOINER, "between"),
    (FrontLineRole.PARTY, ICE),
    (FrontLineRole.ABOUT, "a component of the U.S. Department of Homeland Security"),
    (FrontLineRole.JOINER, "and"),
    (FrontLineRole.PARTY, "{agency_name}"),
    (FrontLineRole.ABOUT, "{agency_state}"),
)
LETTER_HEAD = (
    (FrontLineRole.SENDER, ICE),
    (FrontLineRole.SENDER, "{ice_office_name}"),
    (FrontLineRole.SENDER, "{ice_office_address}"),
)
LETTER_ADDRESS = (
    (FrontLineRole.ADDRESS, "{agency_head_name}"),
    (FrontLineRole.ADDRESS, "{agency_head_title}"),
    (FrontLineRole.ADDRESS, "{agency_name}"),
    (FrontLineRole.ADDRESS, "{agency_address}"),
    (FrontLineRole.SALUTATION, "Dear {agency_head_title} {agency_head_name}:"),
)


@dataclass(frozen=True, slots=True)
class ClauseEdit:
    """What counsel made of a clause: other words, in or out, another clause instead; None leaves it as it is."""

    text: str | None = None
    included: bool | None = None
    alternate: str | None = None
    reason: str = ""


STANDARD = ClauseEdit()
Edits = Mapping[str, ClauseEdit]


@dataclass(frozen=True, slots=True)
class _Chosen:
    """A clause that is in the draft: whose words, and whether they are counsel's."""

    clause: ClauseText
    blocks: tuple[BlockText, ...]
    edited: bool
    replaces: str


@dataclass(frozen=True, slots=True)
class _Part:
    """An article or appendix with the clauses that are in the draft."""

    number: str
    plan: ArticlePlan
    chosen: tuple[_Chosen, ...]


def assemble_draft(
    template: Template,
    facts: Mapping[str, object],
    *,
    edits: Edits = MappingProxyType({}),
    number: str | None = None,
    version: int = 1,
    status_words: str = "Draft",
    dated: date | None = None,
    library: Library = LIBRARY,
) -> AgreementDraft:
    """The instrument as these facts and edits make it. Raises BadClauseText for an edit that is no clause.

    A missing fact prints as a blank that names it and is listed in `missing`; it never stops a draft.
    """
    filler = PlaceholderFiller(library.facts, facts)
    front = tuple(_front(template, filler, dated))
    articles = _parts(template.articles, facts, edits, library, "{}")
    appendices = _parts(template.appendices, facts, edits, library, "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    duties = tuple(duty for part in articles + appendices for duty in _duties(part, filler))
    writer = _Writer(template, filler, duties)
    written = tuple(writer.article(part) for part in articles)
    attached = tuple(writer.article(part) for part in appendices)
    for key in template.required_facts:
        filler.need(key)
    return AgreementDraft(
        program=template.program,
        model=template.model,
        title=template.title,
        subtitle=template.subtitle,
        form=template.form,
        number=number,
        version=version,
        status_words=status_words,
        dated=dated,
        front=front,
        articles=written,
        appendices=attached,
        missing=filler.missing(),
        obligations=duties,
        deviations=tuple(_deviations(template, facts, edits, library)),
        template_version=template.version,
        library_version=library.version,
        summary=template.summary,
        required=frozenset(template.required_facts),
    )


def _front(template: Template, filler: PlaceholderFiller, dated: date | None) -> Iterator[FrontLine]:
    def lines(rows: Iterable[tuple[FrontLineRole, str]]) -> Iterator[FrontLine]:
        return (FrontLine(role, filler.runs(sentence(text), "parties")) for role, text in rows)

    if template.form is Form.AGREEMENT:
        yield from lines(AGREEMENT_FRONT)
        return
    yield from lines(LETTER_HEAD)
    yield FrontLine(FrontLineRole.DATE, (TextRun(long_date(dated)) if dated else blank_for("Date of the letter"),))
    yield from lines(LETTER_ADDRESS)


def _parts(
    plans: Iterable[ArticlePlan], facts: Mapping[str, object], edits: Edits, library: Library, numbers: str
) -> tuple[_Part, ...]:
    """The articles that have a clause in this draft, numbered; `numbers` are letters, or "{}" for 1, 2, 3."""
    kept = [(plan, tuple(_chosen(plan, facts, edits, library))) for plan in plans]
    full = [(plan, chosen) for plan, chosen in kept if chosen]
    return tuple(
        _Part(str(place + 1) if numbers == "{}" else numbers[place], plan, chosen)
        for place, (plan, chosen) in enumerate(full)
    )


def _chosen(plan: ArticlePlan, facts: Mapping[str, object], edits: Edits, library: Library) -> Iterator[_Chosen]:
    for key in plan.clauses:
        standard, edit = library.clause(key), edits.get(key, STANDARD)
        if _included(standard, edit, facts):
            clause = _alternate(standard, edit, library)
            blocks = clause.blocks if edit.text is None else library.read(edit.text)
            yield _Chosen(clause, blocks, blocks != clause.blocks, standard.key if clause is not standard else "")


def _included(clause: ClauseText, edit: ClauseEdit, facts: Mapping[str, object]) -> bool:
    if edit.included is not None:
        return edit.included
    if clause.applies_when:
        return clause.applies_when.holds(facts)
    return clause.kind is not ClauseKind.OPTIONAL


def _alternate(clause: ClauseText, edit: ClauseEdit, library: Library) -> ClauseText:
    if not edit.alternate:
        return clause
    for alternate in library.alternates(clause.key):
        if alternate.key == edit.alternate:
            return alternate
    raise BadClauseText(f"“{clause.title}” has no alternate “{edit.alternate}”. Choose one from the list.")


def _duties(part: _Part, filler: PlaceholderFiller) -> Iterator[DraftObligation]:
    for chosen in part.chosen:
        for duty in chosen.clause.obligations:
            does, by, evidence = (
                run_words(filler.runs(line, chosen.clause.key)) for line in (duty.does, duty.by, duty.evidence)
            )
            yield DraftObligation(part.number, chosen.clause.key, chosen.clause.title, duty.who, does, by, evidence)


def _deviations(template: Template, facts: Mapping[str, object], edits: Edits, library: Library) -> Iterator[Deviation]:
    for key in template.clause_keys:
        if key not in edits:
            continue
        clause, edit = library.clause(key), edits[key]
        for what in _departures(clause, edit, facts, library):
            yield Deviation(key, clause.title, what, edit.reason, clause.kind is ClauseKind.MANDATORY)


def _departures(clause: ClauseText, edit: ClauseEdit, facts: Mapping[str, object], library: Library) -> Iterator[str]:
    standard = _included(clause, STANDARD, facts)
    if not _included(clause, edit, facts):
        if standard:
            yield "Left out"
        return
    if not standard and clause.kind is ClauseKind.CONDITIONAL:
        yield "Included although its condition is not met"
    chosen = _alternate(clause, edit, library)
    if chosen is not clause:
        yield f"Replaced by “{chosen.title}”"
    if edit.text is not None and library.read(edit.text) != chosen.blocks:
        yield "Reworded"


@dataclass(slots=True)
class _Writer:
    """Writes articles, counting the paragraphs of each."""

    template: Template
    filler: PlaceholderFiller
    duties: tuple[DraftObligation, ...]
    counted: int = field(default=0)

    def article(self, part: _Part) -> Article:
        self.counted = 0
        signs = "signatures" in part.plan.covers
        alone = len(part.chosen) == 1
        return Article(
            number=part.number,
            key=part.plan.key,
            title=part.plan.title,
            clauses=tuple(self._clause(chosen, part, alone) for chosen in part.chosen),
            signatures=tuple(self._signature(place) for place in self.template.signatures) if signs else (),
            closing=CLOSING if signs and self.template.form is Form.LETTER else "",
        )

    def _clause(self, chosen: _Chosen, part: _Part, alone: bool) -> Clause:
        clause = chosen.clause
        return Clause(
            key=clause.key,
            version=clause.version,
            title=clause.title,
            heading="" if alone or clause.title == part.plan.title else clause.title,
            kind=clause.kind,
            provenance=clause.provenance,
            rests_on=clause.rests_on,
            blocks=tuple(self._block(block, part.number, clause.key) for block in chosen.blocks),
            edited=chosen.edited,
            replaces=chosen.replaces,
        )

    def _block(self, block: BlockText, number: str, where: str) -> Block:
        match block:
            case ItemsText(items):
                each = [[(e,) for e in self.filler.entries(i)] or [self.filler.runs(i, where)] for i in items]
                return Items(tuple(runs for group in each for runs in group))
            case TableText(name):
                return schedule(name, self.template, self.filler, self.duties, where)
            case ParagraphText(line) if entries := self.filler.entries(line):
                return Items(tuple((entry,) for entry in entries))
            case ParagraphText(line):
                self.counted += 1
                return Paragraph(self.filler.runs(line, where), f"{number}.{self.counted}")

    def _signature(self, place: Signature) -> SignatureBlock:
        name, title = (self.filler.fact(key, "signatures") for key in (place.name_fact, place.title_fact))
        return SignatureBlock(place.side, place.role, (name,), (title,))
