"""The tables of an instrument that are made from its facts, its template and its duties."""

from collections.abc import Callable, Iterable, Mapping

from app.agreements.drafting.document import Block, DraftObligation, Items, Runs, Table, TextRun, TextRunKind
from app.agreements.drafting.placeholders import PlaceholderFiller, one_line, value_words
from app.agreements.library.markup import sentence
from app.agreements.library.template_model import FactKind, SigningSide, Template

MEASURES = ("Objective", "Measure", "Unit", "Baseline", "Target", "Owner", "By")
MEASURE_KEYS = ("objective", "measure", "unit", "baseline", "target", "owner", "date")
DATA = ("What is counted", "Unit", "Period", "Reported by", "Due")
CONTACTS = ("For", "Subject", "Contact")
OFFICERS = ("Number", "Post or badge", "Certified on", "Authority ends on")
DUTIES = ("Who", "Duty", "When", "Evidence")
CHECKLIST = ("Item", "Answer")

MOST_OFFICER_ROWS = 20
USUAL_OFFICER_ROWS = 6

CONTACT_ROWS = (
    (
        "Agency",
        "This document",
        "{agency_contact_name}, {agency_contact_title}, {agency_contact_email}, {agency_contact_phone}",
    ),
    ("Agency", "Complaints and discipline", "{agency_internal_affairs_contact}"),
    ("Agency", "Public information", "{agency_public_information_contact}"),
    ("ICE", "This document", "{ice_contact_name}, {ice_office_name}, {ice_contact_email}, {ice_contact_phone}"),
    ("ICE", "Supervision", "{ice_supervisor_name}, {ice_office_name}"),
    ("ICE", "Public information", "{ice_public_affairs_contact}"),
)
FINANCE_ROW = ("Agency", "Finance", "{agency_finance_contact}")


def schedule(
    name: str, template: Template, filler: PlaceholderFiller, duties: Iterable[DraftObligation], where: str
) -> Block:
    """The table of this name; `where` is the clause it stands in."""
    if name == "duties":
        return _duties(duties)
    return BUILDERS[name](template, filler, where)


def _duties(duties: Iterable[DraftObligation]) -> Table:
    order = [SigningSide.AGENCY, SigningSide.ICE, SigningSide.BOTH, SigningSide.OTHER]
    rows = [(d.who.label, d.does, d.by, d.evidence) for d in sorted(duties, key=lambda d: order.index(d.who))]
    return Table("duties", "Schedule of duties", DUTIES, tuple(_plain(row) for row in rows))


def _plain(cells: Iterable[str]) -> tuple[Runs, ...]:
    return tuple((TextRun(cell),) if cell else () for cell in cells)


def _measures(template: Template, filler: PlaceholderFiller, where: str) -> Table:
    rows = filler.rows("measures") or [
        {"objective": row.objective, "measure": row.measure, "unit": row.unit} for row in template.measures
    ]
    filled = tuple(_measure(row, filler, where) for row in rows)
    return Table("measures", "Measures and targets", MEASURES, filled)


def _measure(row: Mapping[str, object], filler: PlaceholderFiller, where: str) -> tuple[Runs, ...]:
    return tuple((_measure_cell(row, *column, filler, where),) for column in zip(MEASURE_KEYS, MEASURES, strict=True))


def _measure_cell(row: Mapping[str, object], key: str, label: str, filler: PlaceholderFiller, where: str) -> TextRun:
    value = row.get(key)
    if value in (None, ""):
        filler.miss("measures", f"{label} of “{one_line(str(row.get('measure') or 'measure'))}”", where)
        return TextRun(f"[{label}: to be completed]", TextRunKind.BLANK, "measures")
    return TextRun(value_words(value, FactKind.DATE if key == "date" else FactKind.TEXT), TextRunKind.FACT, "measures")


def _data(template: Template, filler: PlaceholderFiller, where: str) -> Table:
    rows = tuple(
        tuple(filler.runs(sentence(cell), where) for cell in (row.what, row.unit, row.period, _side(row.who), row.due))
        for row in template.data
    )
    return Table("data_schedule", "Data schedule", DATA, rows)


def _side(who: str) -> str:
    return SigningSide(who).label if who in tuple(SigningSide) else who


def _contacts(_template: Template, filler: PlaceholderFiller, where: str) -> Table:
    finance = [FINANCE_ROW] if filler.given("agency_finance_contact") else []
    rows = sorted([*CONTACT_ROWS, *finance], key=lambda row: row[0])
    filled = tuple(tuple(filler.runs(sentence(cell), where) for cell in row) for row in rows)
    return Table("contacts", "Points of contact", CONTACTS, filled)


def _officers(_template: Template, filler: PlaceholderFiller, _where: str) -> Table:
    """Numbered rows to be completed by hand: a draft names nobody."""
    most = str(filler.facts.get("officers_maximum") or "")
    count = min(int(most), MOST_OFFICER_ROWS) if most.isdecimal() and int(most) else USUAL_OFFICER_ROWS
    rows = tuple(((TextRun(str(number)),), (), (), ()) for number in range(1, count + 1))
    return Table("officers", "Officers", OFFICERS, rows)


def _conditions(_template: Template, filler: PlaceholderFiller, where: str) -> Items:
    named = sentence("{conditions}")
    return Items(tuple((entry,) for entry in filler.entries(named)) or (filler.runs(named, where),))


def _checklist(template: Template, filler: PlaceholderFiller, where: str) -> Table:
    rows = tuple(
        (
            filler.runs(sentence(row.item), where),
            filler.runs(sentence(row.answer), where) or (TextRun("[Answer: to be completed]", TextRunKind.BLANK),),
        )
        for row in template.checklist
    )
    return Table("checklist", "Checklist", CHECKLIST, rows)


BUILDERS: Mapping[str, Callable[[Template, PlaceholderFiller, str], Block]] = {
    "measures": _measures,
    "data_schedule": _data,
    "contacts": _contacts,
    "officers": _officers,
    "conditions": _conditions,
    "checklist": _checklist,
}
