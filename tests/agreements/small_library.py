"""A library of one template, small enough to read whole: the tests change a line of it and see what the loader says."""

from pathlib import Path

from app.agreements.library.library import Library, load_library
from app.needs.keys import ProgramKey

SMALL = ProgramKey("small")

FACTS = """
[[fact]]
key = "agency_name"
label = "Name of the agency"
source = "Agency profile"
specimen = "Example Police"
kind = "text"
[[fact]]
key = "agency_state"
label = "State of the agency"
source = "Agency profile"
specimen = "Texas"
kind = "text"
[[fact]]
key = "head"
label = "Head of the agency"
source = "Agency profile"
specimen = "Jordan Example"
kind = "text"
[[fact]]
key = "resolution"
label = "Resolution"
source = "Agency profile"
specimen = "Resolution 00-000"
kind = "text"
[[fact]]
key = "objectives"
label = "Objectives"
source = "Plan of action"
specimen = ["first", "second"]
kind = "list"
[[fact]]
key = "starts"
label = "First day"
source = "Plan of action"
specimen = "2026-11-24"
kind = "date"
[[fact]]
key = "measures"
label = "Measures of the plan of action"
source = "Plan of action"
specimen = []
kind = "rows"
"""

CLAUSES = """
[[clause]]
key = "main"
version = 2
title = "Everything"
kind = "mandatory"
owner = "Counsel"
provenance = "inferred"
rests_on = "Nothing public"
text = [
  "{agency_name} acts from {starts}. A brace {{stands}} for itself.",
  { items = ["the first duty;", "the duty of {head}."] },
  { table = "measures" },
]
[[clause.obligation]]
who = "agency"
does = "Reports"
by = "each month"
evidence = "Report"

[[clause]]
key = "other-main"
version = 1
title = "Everything in other words"
kind = "alternate"
alternate_of = "main"
owner = "Counsel"
provenance = "inferred"
rests_on = "Nothing public"
text = ["Other words for {agency_name}."]

[[clause]]
key = "council"
version = 1
title = "Council"
kind = "conditional"
applies_when = "resolution"
owner = "Counsel"
provenance = "inferred"
rests_on = "Nothing public"
text = ["The council agreed by {resolution}."]

[[clause]]
key = "extra"
version = 1
title = "Extra"
kind = "optional"
owner = "Counsel"
provenance = "inferred"
rests_on = "Nothing public"
text = ["An extra.", { table = "duties" }]
"""

TEMPLATE = """
version = 1
title = "Agreement"
subtitle = "Small"
form = "agreement"
rests_on = "inferred"
rests_on_note = "Nothing public"
summary = ["Little."]
required_facts = ["agency_name"]
[[article]]
key = "all"
title = "All of it"
covers = ["parties", "purpose", "authority", "agency_duties", "ice_duties", "people", "data", "measures",
  "information", "complaints", "costs", "term", "signatures", "contacts"]
clauses = ["main", "council", "extra"]
[[data]]
what = "Reports"
unit = "reports"
period = "month"
who = "agency"
due = "10th day"
[[measure]]
objective = "Report in time"
measure = "Reports in time"
unit = "percent"
[[signature]]
side = "agency"
role = "For the Agency"
name_fact = "head"
title_fact = "agency_name"
"""


def write_library(folder: Path, *, facts: str = FACTS, clauses: str = CLAUSES, template: str = TEMPLATE) -> Path:
    """A folder with these three files."""
    for kind, text in (("facts", facts), ("clauses", clauses), ("templates", template)):
        (folder / kind).mkdir()
        (folder / kind / "small.toml").write_text(text, encoding="utf-8")
    return folder


def load_small(folder: Path) -> Library:
    """The library of such a folder, with its one template."""
    return load_library(folder, {SMALL: folder / "templates" / "small.toml"})
