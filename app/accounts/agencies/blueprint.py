"""The blueprint of how agencies get in, shared by three modules of views."""

from flask import Blueprint

blueprint = Blueprint("agency_access", __name__)
