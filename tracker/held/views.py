"""The pages of time held."""

from flask import Blueprint

pages = Blueprint("held", __name__)
