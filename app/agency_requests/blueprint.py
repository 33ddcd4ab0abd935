"""The one blueprint of the agency's own pages; the modules of views hang their routes on it."""

from flask import Blueprint

blueprint = Blueprint("intake", __name__)
