"""Remarks beside the assignment a body works on: read and answered there, also through a mailed link."""

from __future__ import annotations

from datetime import date

from flask import url_for

from tracker.dispatch.models import Assignment
from tracker.people.visitors import link_token
from tracker.remarks import queries
from tracker.remarks.rules import WRITERS
from tracker.remarks.said import said
from tracker.roles import BODY, Role
from tracker.stage import Panel, Visitor
from tracker.structure.succession import is_of


def beside(assignment: Assignment, visitor: Visitor, _today: date) -> Panel | None:
    """What was said about the suggestion as far as this visitor may read it, and the way to say something."""
    own = visitor.role in (*BODY, Role.HUB) and is_of(visitor.body_id, assignment.body_id)
    if not own or visitor.role not in WRITERS:
        return None
    found = said(queries.remarks_of(assignment.suggestion_id, visitor), visitor)
    return Panel("remarks/_beside.html", {"said": found, "say_url": say_address(assignment.suggestion_id)})


def say_address(suggestion_id: int) -> str:
    """Where something is said, so that whoever came by a mailed link stays inside it."""
    token = link_token()
    if token is not None:
        return url_for("remarks.say", token=token)
    return url_for("remarks.say", suggestion_id=suggestion_id)
