"""The blueprint of the pages on which a text is worked on, shared by drafting and negotiation."""

from flask import Blueprint

blueprint = Blueprint("negotiation", __name__, url_prefix="/agreements/<uuid:agreement_id>")
