"""Agreements in force by state and county, as ICE's list writes them."""

from datetime import date

import pytest
from flask import Flask

from app.accounts.models import OfficeArea
from app.accounts.offices.operations import reach
from app.agreements_in_force.queries import by_support_type, counted_by_state, in_county, of_state
from tests.builders import make_agreement_in_force, make_office


def test_they_are_counted_by_state_and_read_the_last_signed_first(app: Flask) -> None:
    assert counted_by_state() == {}
    for name, state, signed in (("A", "TX", None), ("B", "TX", date(2026, 1, 5)), ("C", "TX", date(2026, 3, 5))):
        make_agreement_in_force(agency_name=name, state=state, signed_on=signed)
    make_agreement_in_force(state="GA", support_type="Task Force Model", model="task-force")
    assert counted_by_state() == {"TX": 3, "GA": 1}
    assert [each.agency_name for each in of_state("TX")] == ["C", "B", "A"]
    by_type = by_support_type([*of_state("GA"), *of_state("TX")])
    assert by_type == [("Jail Enforcement Model", 3), ("Task Force Model", 1)]


@pytest.mark.parametrize(
    ("counties", "county", "is_in"),
    [
        ("Bexar", "BEXAR COUNTY", True),
        ("St. Clair", "Saint Clair", True),
        ("Collin, Dallas", "Dallas", True),
        ("Bexar", "Travis", False),
        ("", "", False),
        ("Bexar", "", False),
        ("", "Bexar", False),
        ("Bexar,", "", False),
    ],
)
def test_a_county_is_the_same_however_it_is_written_and_an_unknown_one_is_none(
    counties: str, county: str, is_in: bool
) -> None:
    assert in_county(counties, county) is is_in


def test_what_an_office_serves_whole_and_in_part(app: Flask) -> None:
    mixed = make_office(states=("OK",))
    mixed.areas += [OfficeArea(state="TX", county="Dallas"), OfficeArea(state="OK", county="Tulsa")]
    assert reach([mixed]) == ({"OK"}, {"TX"})
    assert reach([mixed, make_office(states=("TX",))]) == ({"OK", "TX"}, frozenset())
    shared_by_the_list = make_office(name="Houston")
    assert reach([shared_by_the_list]) == (frozenset(), {"TX"})
    assert reach([make_office("investigations", name="Houston")]) == (frozenset(), frozenset())
