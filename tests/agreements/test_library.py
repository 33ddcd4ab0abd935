"""The clause library says where it is wrong, and every instrument of it is whole."""

import re
from pathlib import Path

import pytest

from app.agreements.library.library import FOLDER, LIBRARY
from app.agreements.library.markup import BadClauseText, ParagraphText, TableText, from_text, to_text
from app.agreements.library.template_model import ARTICLES, ClauseKind, ClauseText, FactKind, Template
from app.data_files import DataFileError
from app.needs.keys import ProgramKey
from app.programs.catalog import CATALOG
from tests.agreements.small_library import CLAUSES, FACTS, SMALL, TEMPLATE, load_small, write_library

each_template = pytest.mark.parametrize("template", LIBRARY.templates, ids=lambda template: template.name)
each_clause = pytest.mark.parametrize("clause", LIBRARY.clauses.values(), ids=lambda clause: clause.key)


def blocks_of(template: Template) -> list[object]:
    return [block for key in template.clause_keys for block in LIBRARY.clause(key).blocks]


def test_a_small_library_is_read(tmp_path: Path) -> None:
    library = load_small(write_library(tmp_path))
    assert library.template(SMALL).clause_keys == ("main", "council", "extra")
    assert library.clause("main").version == 2
    assert [clause.key for clause in library.alternates("main")] == ["other-main"]
    assert library.facts["objectives"].specimen == ("first", "second")


def test_the_version_changes_with_every_word(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    first = load_small(write_library(tmp_path / "a"))
    second = load_small(write_library(tmp_path / "b", clauses=CLAUSES.replace("An extra.", "An extra!")))
    assert first.version != second.version
    assert len(first.content_hash) == 64


@pytest.mark.parametrize(
    ("find", "put", "says"),
    [
        ('key = "head"', 'key = "agency_name"', "small.toml: agency_name: given twice"),
        ('kind = "date"', 'kind = "day"', "small.toml: starts: kind “day” is none of text, date"),
        ('source = "Plan of action"\nspecimen = "2026-11-24"', 'specimen = "2026-11-24"', "starts: source is missing"),
        ('key = "council"', 'key = "main"', "small.toml: main: given twice"),
        ('kind = "mandatory"', 'kind = "usual"', "small.toml: main: kind “usual” is none of mandatory"),
        ('applies_when = "resolution"\n', "", "council: applies_when is missing"),
        ('applies_when = "resolution"', 'applies_when = "weather"', "council: unknown fact weather"),
        ('alternate_of = "main"', 'alternate_of = "lost"', "other-main: alternate_of names the unknown clause lost"),
        ("{resolution}", "{weather}", "council: unknown fact weather"),
        ("{resolution}", "{measures}", "council: measures is rows and fits in a table only"),
        ("{resolution}", "{resolution", "council: Write a single “{” twice"),
        ('table = "measures"', 'table = "moods"', "main: There is no table “moods”"),
        ('by = "each month"\n', "", "main: obligation 1: by is missing"),
        ('evidence = "Report"', 'evidence = " "', "main: obligation 1 evidence is empty"),
        ("version = 2", "version = 0", "main: version is not a whole number from 1"),
        ('provenance = "inferred"', 'provenance = "inferred"\nmood = "good"', "main: mood is unknown here"),
        ('"council", "extra"]', '"council", "lost"]', "small: instrument.toml: unknown clause lost"),
        ('"council", "extra"]', '"council", "other-main"]', "other-main is an alternate: list the clause it replaces"),
        ('"council", "extra"]', '"council", "main"]', "clause main stands twice"),
        ('"parties", ', "", "small: instrument.toml: nothing covers parties"),
        ('"parties", ', '"parties", "weather", ', "covers the unknown article weather"),
        ('required_facts = ["agency_name"]', 'required_facts = ["weather"]', "unknown fact weather"),
        ('name_fact = "head"', 'name_fact = "weather"', "unknown fact weather"),
        ('due = "10th day"\n', "", "small: small.toml: data 1: due is missing"),
        ('form = "agreement"', 'form = "poem"', "small: small.toml: form “poem” is none of agreement, letter"),
    ],
)
def test_a_fault_names_the_file_the_key_and_what_is_wrong(tmp_path: Path, find: str, put: str, says: str) -> None:
    texts = {"facts": FACTS, "clauses": CLAUSES, "template": TEMPLATE}
    assert any(find in text for text in texts.values())
    with pytest.raises(DataFileError) as refused:
        load_small(write_library(tmp_path, **{kind: text.replace(find, put, 1) for kind, text in texts.items()}))
    assert says in str(refused.value)


def test_the_library_prints_with_typographic_apostrophes(tmp_path: Path) -> None:
    library = load_small(write_library(tmp_path, clauses=CLAUSES.replace("An extra.", "The Agency's extra.")))
    assert to_text(library.clause("extra").blocks[:1]) == "The Agency’s extra."


def test_every_fault_is_told_at_once(tmp_path: Path) -> None:
    broken = CLAUSES.replace("{resolution}", "{weather}").replace("{head}", "{mood}")
    with pytest.raises(DataFileError, match=r"mood[\s\S]*weather"):
        load_small(write_library(tmp_path, clauses=broken))


def test_there_is_a_template_for_each_program_and_model() -> None:
    assert {each.program_key for each in LIBRARY.templates} == set(CATALOG.keys)


def test_an_unknown_program_has_no_template() -> None:
    assert LIBRARY.models("poetry") == ()
    with pytest.raises(KeyError):
        LIBRARY.template(ProgramKey("poetry"))


def test_every_clause_is_used_by_some_template() -> None:
    assert set(LIBRARY.clauses) - LIBRARY.used_clauses() == set()


def test_every_fact_is_used_somewhere() -> None:
    words = "\n".join(
        path.read_text(encoding="utf-8") for path in [*FOLDER.rglob("*.toml"), *CATALOG.instruments.values()]
    )
    drawn = {"measures", "conditions"} | {key for key in LIBRARY.facts if key.startswith(("agency_", "ice_"))}
    assert [key for key in LIBRARY.facts if key not in drawn and words.count(key) == 1] == []


def test_every_specimen_fact_has_the_shape_of_its_kind() -> None:
    for fact in LIBRARY.facts.values():
        many = fact.kind in (FactKind.ROWS, FactKind.LIST)
        assert isinstance(fact.specimen, tuple if many else str | int), fact.key
        assert fact.specimen, fact.key


@each_clause
def test_a_clause_survives_its_text_form(clause: ClauseText) -> None:
    assert LIBRARY.read(LIBRARY.write(clause)) == clause.blocks


@each_clause
def test_a_duty_in_the_text_is_an_obligation(clause: ClauseText) -> None:
    if " shall " in f" {to_text(clause.blocks)} ".replace("\n", " ").replace(":", " "):
        assert clause.obligations, "the text says shall, and nobody has to show anything"


@each_template
def test_every_instrument_covers_every_article(template: Template) -> None:
    covered = {article for plan in template.plans for article in plan.covers}
    assert covered == set(ARTICLES)


@each_template
def test_every_instrument_has_what_the_auditors_missed(template: Template) -> None:
    """Objectives, supervision, data, measures, training by count, complaints, review, how either side ends it."""
    tables = {block.name for block in blocks_of(template) if isinstance(block, TableText)}
    assert {"data_schedule", "measures"} <= tables
    words = "\n".join(LIBRARY.write(LIBRARY.clause(key)) for key in template.clause_keys)
    assert {fact for fact in ("objectives", "ice_supervisor_name") if f"{{{fact}}}" not in words} == set()
    for stem in ("supervis", "complain", "review", "end", "baseline"):
        assert stem in words.lower(), stem
    duties = [duty.does for key in template.clause_keys for duty in LIBRARY.clause(key).obligations]
    counted = [row.what for row in template.data] + [to_text([ParagraphText(line)]) for line in duties]
    assert any("train" in what.lower() for what in counted), "nobody counts the people trained"


@each_template
def test_both_sides_sign_and_both_owe_something(template: Template) -> None:
    assert {"agency", "ice"} <= {place.side for place in template.signatures}
    owed = {duty.who for key in template.clause_keys for duty in LIBRARY.clause(key).obligations}
    assert {"agency", "ice"} <= owed or "both" in owed


@each_template
def test_a_mandatory_clause_carries_most_of_an_instrument(template: Template) -> None:
    kinds = [LIBRARY.clause(key).kind for key in template.clause_keys]
    assert kinds.count(ClauseKind.MANDATORY) > len(kinds) / 2


def test_the_text_form_has_items_tables_and_braces() -> None:
    text = "One {agency_name} and {{two}}.\n\n- first;\n- second.\n\n[[table: measures]]"
    assert to_text(from_text(text, {"agency_name"})) == text


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "Write the text of the clause"),
        (" \n\n ", "Write the text of the clause"),
        ("Say {weather}.", "There is no fact “weather”"),
        ("Say {agency_name.", "Write a single “{” twice"),
        ("Say agency_name}.", "Write a single “}” twice"),
        ("Say {Agency Name}.", "Write a single “{” twice"),
        ("[[table: moods]]", "There is no table “moods”"),
    ],
)
def test_text_that_is_no_clause_is_refused_with_a_sentence(text: str, says: str) -> None:
    with pytest.raises(BadClauseText, match=re.escape(says)):
        from_text(text, {"agency_name"})
