"""The pages of rules and days: read by everybody, written by the administrator and the office's leader."""

from flask import Blueprint

from tracker.roles import Role

pages = Blueprint("deadlines", __name__)

WRITERS = (Role.OFFICE_LEADER, Role.ADMIN)
