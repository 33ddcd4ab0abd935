"""A draft has what the facts and counsel say, marks what is missing, and tells every duty and deviation."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.agreements.drafting.assembly import AGREEMENT_FRONT, LETTER_ADDRESS, LETTER_HEAD, ClauseEdit, assemble_draft
from app.agreements.drafting.document import AgreementDraft, Items, Paragraph, Table, TextRunKind, run_words
from app.agreements.drafting.schedules import CONTACT_ROWS, FINANCE_ROW
from app.agreements.library.library import LIBRARY, Library
from app.agreements.library.markup import BadClauseText, FactName, sentence
from app.agreements.library.template_model import ClauseCondition, ClauseKind, SigningSide, Template
from app.agreements.specimens import made_up
from tests.agreements.small_library import CLAUSES, SMALL, load_small, write_library

each_template = pytest.mark.parametrize("template", LIBRARY.templates, ids=lambda template: template.name)

Drafter = Callable[..., AgreementDraft]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return load_small(write_library(tmp_path_factory.mktemp("library")))


@pytest.fixture
def drafted(library: Library) -> Drafter:
    """Drafts the small template: facts by name, edits by clause."""

    def made(edits: dict[str, ClauseEdit] | None = None, **facts: object) -> AgreementDraft:
        return assemble_draft(library.template(SMALL), facts, edits=edits or {}, library=library)

    return made


def clause_keys(made: AgreementDraft) -> list[str]:
    return [clause.key for article in made.plans for clause in article.clauses]


def blocks(made: AgreementDraft) -> list[Paragraph | Items | Table]:
    return [block for article in made.plans for clause in article.clauses for block in clause.blocks]


def table(made: AgreementDraft, name: str) -> Table:
    return next(block for block in blocks(made) if isinstance(block, Table) and block.name == name)


def test_facts_are_filled_in_and_doubled_braces_are_braces(drafted: Drafter) -> None:
    made = drafted(agency_name="Example Police", starts="2026-11-24", head="Jordan Example")
    assert "Example Police acts from November 24, 2026. A brace {stands} for itself." in made.text()
    assert "the duty of Jordan Example." in made.text()


def test_a_missing_fact_is_a_blank_that_names_it_and_its_source(drafted: Drafter) -> None:
    made = drafted(starts="2026-11-24", agency_state="Texas", head="Jordan Example")
    assert "[Name of the agency: to be completed] acts from November 24, 2026." in " ".join(made.text())
    missing = {fact.key: fact for fact in made.missing}
    assert missing["agency_name"].source == "Agency profile"
    assert missing["agency_name"].where == ("parties", "main", "signatures")
    assert [fact.key for fact in made.missing_required] == ["agency_name"]
    blanks = [run for block in blocks(made) if isinstance(block, Paragraph) for run in block.runs]
    assert [run.key for run in blanks if run.kind is TextRunKind.BLANK] == ["agency_name"]


@pytest.mark.parametrize("value", [None, "", [], ()])
def test_an_empty_value_is_a_missing_one(drafted: Drafter, value: object) -> None:
    assert "agency_name" in {fact.key for fact in drafted(agency_name=value).missing}


def test_zero_is_a_value(drafted: Drafter) -> None:
    made = drafted(agency_name=0)
    assert "agency_name" not in {fact.key for fact in made.missing}
    assert "0" in made.text()


def test_braces_within_a_value_are_never_filled(drafted: Drafter) -> None:
    made = drafted(agency_name="{head} {{starts}}", head="Jordan Example")
    assert "{head} {{starts}} acts from" in " ".join(made.text())


def test_a_date_that_is_none_prints_as_typed(drafted: Drafter) -> None:
    assert "acts from next spring." in " ".join(drafted(agency_name="A", starts="next spring").text())


def test_a_conditional_clause_is_in_if_and_only_if_its_condition_holds(drafted: Drafter) -> None:
    assert "council" in clause_keys(drafted(resolution="Resolution 00-000"))
    assert "council" not in clause_keys(drafted(resolution=""))


@pytest.mark.parametrize(
    ("condition", "facts", "holds"),
    [
        (ClauseCondition("a"), {"a": "x"}, True),
        (ClauseCondition("a"), {}, False),
        (ClauseCondition("a", negated=True), {"a": "x"}, False),
        (ClauseCondition("a", negated=True), {"a": ""}, True),
        (ClauseCondition("a", "yes"), {"a": "yes"}, True),
        (ClauseCondition("a", "yes"), {"a": "no"}, False),
        (ClauseCondition("a", "3"), {"a": 3}, True),
    ],
)
def test_a_condition_asks_for_a_fact_or_its_value(
    condition: ClauseCondition, facts: dict[str, object], holds: bool
) -> None:
    assert condition.holds(facts) is holds


def test_an_optional_clause_is_in_when_counsel_includes_it(drafted: Drafter) -> None:
    assert "extra" not in clause_keys(drafted())
    made = drafted({"extra": ClauseEdit(included=True)})
    assert "extra" in clause_keys(made)
    assert made.deviations == ()


def test_a_mandatory_clause_is_in_without_being_asked_for(drafted: Drafter) -> None:
    assert "main" in clause_keys(drafted())


def test_leaving_out_a_mandatory_clause_is_a_deviation_that_needs_a_reason(drafted: Drafter) -> None:
    (deviation,) = drafted({"main": ClauseEdit(included=False)}).deviations
    assert (deviation.clause, deviation.what, deviation.needs_reason) == ("main", "Left out", True)
    (explained,) = drafted({"main": ClauseEdit(included=False, reason="The state forbids it.")}).deviations
    assert not explained.needs_reason


def test_an_alternate_takes_the_place_of_its_standard(drafted: Drafter) -> None:
    made = drafted({"main": ClauseEdit(alternate="other-main", reason="Agency's wish")}, agency_name="Example Police")
    assert clause_keys(made) == ["other-main"]
    assert made.articles[0].clauses[0].replaces == "main"
    assert made.obligations == ()
    assert made.deviations[0].what == "Replaced by “Everything in other words”"


@pytest.mark.parametrize("other", ["extra", "lost"])
def test_only_an_alternate_of_the_clause_can_replace_it(drafted: Drafter, other: str) -> None:
    with pytest.raises(BadClauseText, match="has no alternate"):
        drafted({"main": ClauseEdit(alternate=other)})


def test_counsels_words_replace_the_standard_ones(drafted: Drafter) -> None:
    edit = ClauseEdit(text="New words for {agency_name}:\n- one;\n- two.\n\n[[table: measures]]", reason="Clearer")
    made = drafted({"main": edit}, agency_name="Example Police")
    clause = made.articles[0].clauses[0]
    assert clause.edited
    assert [block.shape for block in clause.blocks] == ["paragraph", "items", "table"]
    assert "New words for Example Police:" in made.text()
    assert made.deviations[0].what == "Reworded"


def test_the_standard_words_typed_again_are_no_deviation(drafted: Drafter, library: Library) -> None:
    made = drafted({"main": ClauseEdit(text=library.write(library.clause("main")))})
    assert made.deviations == ()
    assert not made.articles[0].clauses[0].edited


def test_words_with_an_unknown_fact_are_refused(drafted: Drafter) -> None:
    with pytest.raises(BadClauseText, match="There is no fact “weather”"):
        drafted({"main": ClauseEdit(text="{weather}")})


def test_including_a_clause_against_its_condition_is_a_deviation(drafted: Drafter) -> None:
    (deviation,) = drafted({"council": ClauseEdit(included=True)}).deviations
    assert deviation.what == "Included although its condition is not met"


def test_a_duty_tells_who_when_evidence_and_where_it_stands(drafted: Drafter) -> None:
    (duty,) = drafted().obligations
    assert (duty.article, duty.clause, duty.who) == ("1", "main", SigningSide.AGENCY)
    assert (duty.does, duty.by, duty.evidence) == ("Reports", "each month", "Report")


def test_the_schedule_of_duties_lists_the_duties_of_the_draft(drafted: Drafter) -> None:
    made = drafted({"extra": ClauseEdit(included=True)})
    assert [[run_words(cell) for cell in row] for row in table(made, "duties").rows] == [
        ["Agency", "Reports", "each month", "Report"]
    ]


def test_measures_come_from_the_plan_of_action(drafted: Drafter) -> None:
    row = {"objective": "O", "measure": "M", "unit": "percent", "baseline": 0, "target": 90, "owner": "Agency"}
    made = drafted(measures=[row | {"date": "2027-12-31"}])
    assert [run_words(cell) for cell in table(made, "measures").rows[0]] == [
        *("O", "M", "percent", "0", "90", "Agency", "December 31, 2027")
    ]


def test_without_a_plan_the_template_names_measures_and_leaves_their_targets_blank(drafted: Drafter) -> None:
    made = drafted()
    row = [run_words(cell) for cell in table(made, "measures").rows[0]]
    assert row[:3] == ["Report in time", "Reports in time", "percent"]
    assert row[3:5] == ["[Baseline: to be completed]", "[Target: to be completed]"]
    assert "Target of “Reports in time”" in {fact.label for fact in made.missing}


def test_a_list_alone_in_a_paragraph_becomes_lettered_items(drafted: Drafter) -> None:
    made = drafted({"main": ClauseEdit(text="{objectives}")}, objectives=["first aim", "second aim"])
    (items,) = blocks(made)
    assert isinstance(items, Items)
    assert [run_words(item) for item in items.items] == ["first aim", "second aim"]


def test_a_list_within_a_sentence_is_joined(drafted: Drafter) -> None:
    made = drafted({"main": ClauseEdit(text="Aims: {objectives}.")}, objectives=["one", "two", "three"])
    assert "Aims: one; two; and three." in made.text()


def test_paragraphs_are_numbered_through_an_article(drafted: Drafter) -> None:
    made = drafted({"extra": ClauseEdit(included=True)}, resolution="Resolution 00-000")
    assert [block.number for block in blocks(made) if isinstance(block, Paragraph)] == ["1.1", "1.2", "1.3"]


def test_the_content_hash_changes_with_the_words_number_version_and_day(library: Library) -> None:
    template = library.template(SMALL)

    def content_hash(**given: object) -> str:
        return assemble_draft(
            template, {"agency_name": given.pop("name", "A")}, library=library, **given
        ).content_hash()

    plain = content_hash()
    assert len(plain) == 64
    assert content_hash() == plain
    assert content_hash(status_words="Final") == plain
    others = [
        content_hash(name="B"),
        content_hash(number="1"),
        content_hash(version=2),
        content_hash(dated=date(2026, 1, 1)),
    ]
    assert len({plain, *others}) == 5


@given(
    value=st.one_of(st.text(), st.integers(), st.floats(), st.none(), st.lists(st.text()), st.dates(), st.booleans())
)
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_value_of_any_fact_stops_a_draft(drafted: Drafter, library: Library, value: object) -> None:
    made = drafted({"extra": ClauseEdit(included=True)}, **dict.fromkeys(library.facts, value))
    assert made.text()
    assert len(made.content_hash()) == 64


def test_an_article_without_a_clause_is_left_out_and_the_next_takes_its_number(tmp_path: Path) -> None:
    library = load_small(write_library(tmp_path, clauses=CLAUSES))
    made = assemble_draft(library.template(SMALL), {}, edits={"main": ClauseEdit(included=False)}, library=library)
    assert made.articles == ()


def test_the_library_knows_every_fact_of_fronts_and_contacts() -> None:
    fixed = [text for _, text in AGREEMENT_FRONT + LETTER_HEAD + LETTER_ADDRESS]
    fixed += [cell for row in (*CONTACT_ROWS, FINANCE_ROW) for cell in row]
    named = {piece.key for text in fixed for piece in sentence(text) if isinstance(piece, FactName)}
    assert named - set(LIBRARY.facts) == set()


@each_template
def test_a_made_up_agency_leaves_nothing_to_complete(template: Template) -> None:
    made = assemble_draft(template, made_up(template.program), dated=date(2026, 11, 24))
    assert [fact.label for fact in made.missing if fact.key != "measures"] == []


@each_template
def test_an_agency_that_told_nothing_still_gets_a_draft_with_blanks(template: Template) -> None:
    made = assemble_draft(template, {})
    assert {fact.key for fact in made.missing} >= set(template.required_facts)
    assert made.deviations == ()


@each_template
def test_every_mandatory_clause_is_in_every_draft(template: Template) -> None:
    mandatory = {key for key in template.clause_keys if LIBRARY.clause(key).kind is ClauseKind.MANDATORY}
    assert mandatory <= set(clause_keys(assemble_draft(template, {})))


@each_template
def test_every_duty_has_who_when_and_evidence(template: Template) -> None:
    made = assemble_draft(template, made_up(template.program))
    assert made.obligations
    for duty in made.obligations:
        assert duty.article and duty.does.strip() and duty.by.strip() and duty.evidence.strip(), duty


@each_template
def test_signatures_stand_once(template: Template) -> None:
    made = assemble_draft(template, made_up(template.program))
    assert [bool(article.signatures) for article in made.plans].count(True) == 1
    assert {"agency_head_name", "ice_signatory_name"} <= {
        run.key for article in made.plans for block in article.signatures for run in block.name
    }
