"""Facts that tests need, in tests/data: samples of public files, and what is agreed with stored answers."""

import csv
from pathlib import Path

DATA = Path(__file__).parent / "data"
AGENCIES = DATA / "agencies.csv"
AREAS = DATA / "areas_of_responsibility.csv"
AREAS_BY_COUNTY = DATA / "areas_by_county.csv"
AGREEMENTS = DATA / "agreements_in_force.xlsx"
OFFICE_FILES = DATA / "office"
QUESTION_CONTRACT = DATA / "needs-assessment.csv"
SCORE_CONTRACT = DATA / "scoring.csv"


def rows(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file by the names of its columns."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def repeated(path: Path) -> int:
    """How many rows of a CSV file say again what another row says."""
    found = rows(path)
    return len(found) - len({tuple(row.values()) for row in found})
