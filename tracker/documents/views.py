"""Sending Word files, and going through them one after the other."""

from flask import Blueprint

pages = Blueprint("documents", __name__)
