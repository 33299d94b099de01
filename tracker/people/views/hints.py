"""Accounts used from two places at once, or a deputy's from a body's network: to be asked about, not to be punished."""

from __future__ import annotations

from typing import Any

from flask import render_template, url_for

from tracker import clock
from tracker.people import places
from tracker.people.views import pages
from tracker.people.visitors import visitor
from tracker.roles import Role
from tracker.web import once
from tracker.web.gate import allow


@pages.get("/users/hints")
@allow(Role.OFFICE_LEADER, Role.ADMIN)
def hints() -> str:
    """What nobody has looked at yet."""
    return render_template("people/hints.html", hints=places.open_hints(visitor().congress_id))


@pages.post("/users/hints/<int:hint_id>/look")
@allow(Role.OFFICE_LEADER, Role.ADMIN)
def look_at_hint(hint_id: int) -> Any:
    places.look_at(hint_id, visitor().congress_id, by=visitor().actor(), at=clock.now())
    return once.done(url_for("people.hints"))
