"""The state decides the detention office, except in the three that share it by county."""

from pathlib import Path

import pytest
from flask import Flask

from app.accounts.models import Office, OfficeArea
from app.accounts.offices.operations import OFFICES, SHARED_STATES, load_offices, read_offices
from app.accounts.offices.routing import candidates
from app.data_files import DataFileError
from app.extensions import db


def names(state: str, county: str = "") -> list[str]:
    return [office.name for office in candidates(state, county)]


def test_there_are_25_detention_offices_and_no_state_is_served_twice() -> None:
    detention = [office for office in OFFICES if office.kind == "detention"]
    whole = [state for office in detention for state in office.states]
    assert len(detention) == 25
    assert len(whole) == len(set(whole))
    assert {"TX", "CA", "NY"} == SHARED_STATES
    assert len(set(whole) | SHARED_STATES) == 55  # states, DC, and the four territories that have an area


def test_an_office_of_a_state_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "offices.toml"
    file.write_text('version = "1"\n[[office]]\nkind = "detention"\nname = "Boston"\nstates = ["MA", "XX"]\n')
    with pytest.raises(DataFileError, match="Boston has XX, which is no state"):
        read_offices(file)


def test_offices_are_added_once(app: Flask) -> None:
    assert load_offices() == 26
    assert load_offices() == 0


def test_a_whole_state_has_one_office(app: Flask) -> None:
    load_offices()
    assert names("GA") == ["Atlanta"]
    assert names("GA", "Fulton") == ["Atlanta"]


def test_a_shared_state_offers_its_offices_until_its_counties_are_imported(app: Flask) -> None:
    load_offices()
    assert names("TX") == ["Dallas", "El Paso", "Harlingen", "Houston", "San Antonio"]
    houston = db.session.query(Office).filter_by(name="Houston").one()
    db.session.add(OfficeArea(office=houston, state="TX", county="Harris"))
    db.session.commit()
    assert names("TX", "Harris County") == ["Houston"]
    assert len(names("TX", "Travis")) == 5


def test_no_office_serves_a_place_that_is_not_there(app: Flask) -> None:
    load_offices()
    assert names("ZZ") == []
