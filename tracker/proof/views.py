"""The record of one suggestion, checked while one waits."""

from __future__ import annotations

from flask import Blueprint, render_template

from tracker import clock
from tracker.people.visitors import visitor
from tracker.proof.looking import NAMES, look
from tracker.roles import SEES_CONTENT
from tracker.suggestion.queries import get_suggestion, history
from tracker.web.gate import allow

pages = Blueprint("proof", __name__)


@pages.get("/suggestions/<int:suggestion_id>/record")
@allow(*SEES_CONTENT)
def record(suggestion_id: int) -> str:
    """What was written down about it is compared with its seals; of what others wrote only the number is told."""
    suggestion = get_suggestion(suggestion_id, visitor())
    lines = {line.id for line in history(suggestion, visitor())}
    looked = look(suggestion.id, lines)
    return render_template("proof/record.html", suggestion=suggestion, looked=looked, names=NAMES, at=clock.now())
