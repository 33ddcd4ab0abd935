"""Names that lists write differently are one place and one agency."""

import pytest

from app.accounts.place_names import agency_key, county_key, county_name, in_capitals_no_more, state_code


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("TX", "TX"),
        ("texas", "TX"),
        (" LOUISIANA ", "LA"),
        ("District of Columbia", "DC"),
        ("Washington, D.C.", "DC"),
        ("Commonwealth of the Northern Mariana Islands", "MP"),
        ("NORTHERN MARIANA ISLANDS", "MP"),
        ("United States Virgin Islands", "VI"),
        ("Puerto Rico", "PR"),
        ("", None),
        ("Ontario", None),
        ("XX", None),
    ],
)
def test_a_state_is_known_by_its_letters_and_by_its_names(typed: str, code: str | None) -> None:
    assert state_code(typed) == code


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ST CLAIR", "St. Clair County"),
        ("Saint Clair", "St. Clair"),
        ("DE KALB", "DeKalb County"),
        ("Orleans Parish", "orleans"),
        ("O'Brien", "OBRIEN"),
    ],
)
def test_one_county_written_two_ways_is_one(one: str, other: str) -> None:
    assert county_key(one) == county_key(other)


def test_different_counties_stay_different() -> None:
    assert len({county_key(name) for name in ("Clay", "Clayton", "St. Clair", "Clark", "Clarke")}) == 5


def test_a_county_loses_only_the_word_for_what_it_is() -> None:
    assert county_name("Bexar  County") == "Bexar"
    assert county_name("Countyline") == "Countyline"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Bexar County Sheriff's Office", "Bexar"),
        ("Bexar County Sheriff’s Department", "BEXAR COUNTY"),
        ("City of Example Police Department", "Example"),
        ("Example Township", "Example Police Dept"),
    ],
)
def test_what_is_particular_in_an_agency_name_is_compared(one: str, other: str) -> None:
    assert agency_key(one) == agency_key(other)


def test_a_constable_is_not_the_police_of_the_place() -> None:
    assert agency_key("Example Constable's Office") != agency_key("Example Police Department")


@pytest.mark.parametrize(
    ("capitals", "shown"),
    [("ST CLAIR", "St Clair"), ("MCLENNAN", "McLennan"), ("DeKalb", "DeKalb"), ("", "")],
)
def test_a_list_in_capitals_is_shown_as_people_write(capitals: str, shown: str) -> None:
    assert in_capitals_no_more(capitals) == shown
