"""The one blueprint of the agency's own pages; the modules of views hang their routes on it."""

from flask import Blueprint

blueprint = Blueprint("agency_requests", __name__)
