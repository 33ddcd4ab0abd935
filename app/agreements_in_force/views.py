"""The agreements in force, for anybody: by state and agency, with a map of the states."""

from flask import Blueprint, render_template, request

from app.accounts.place_names import STATE_NAMES
from app.agreements_in_force.queries import FILTERS, chosen_agreements, counted_by_state, support_types
from app.agreements_in_force.tile_map import tile_map
from app.pagination import page_number, page_of
from app.security import public
from app.text import clean_filter

blueprint = Blueprint("agreements_in_force", __name__, url_prefix="/in-numbers/agreements")


@blueprint.get("")
@public
def listing() -> str:
    """Those that the filters leave."""
    filters = typed_filters()
    return render_template(
        "agreements_in_force/listing.html",
        listing=page_of(chosen_agreements(filters), page_number()),
        map=tile_map(counted_by_state(filters), own=filters["state"]),
        filters=filters,
        on=sum(1 for value in filters.values() if value),
        state_names=STATE_NAMES,
        supports=[(name, name) for name in support_types()],
    )


def typed_filters() -> dict[str, str]:
    """The filters that the address names, each "" where it does not."""
    return {name: clean_filter(request.args.get(name, ""), 100) for name in FILTERS}
