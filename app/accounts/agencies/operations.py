"""Corrections of an agency by administrators; the record keeps the former values."""

from collections.abc import Mapping
from typing import Any

from app import audit
from app.accounts.models import Agency
from app.policy import Actor


def edit_agency(agency: Agency, actor: Actor, values: Mapping[str, Any]) -> None:
    """Keeps the values that differ, by column."""
    before = {name: getattr(agency, name) for name, value in values.items() if getattr(agency, name) != value}
    if not before:
        return
    for name in before:
        setattr(agency, name, values[name])
    audit.record(
        "agency_edited",
        actor,
        subject=("agency", agency.id),
        details={"before": before, "after": {name: values[name] for name in before}},
        audience=audit.Audience.RECORD,
    )
