"""Workbooks from outside are parsed by a reader that expands no entities."""

from io import BytesIO

import defusedxml
import openpyxl
import pytest
from openpyxl.xml.functions import iterparse

BOMB = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]><x>&b;</x>'


def test_the_workbook_reader_refuses_entities() -> None:
    assert openpyxl.DEFUSEDXML
    with pytest.raises(defusedxml.EntitiesForbidden):
        list(iterparse(BytesIO(BOMB)))
