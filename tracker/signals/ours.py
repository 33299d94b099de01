"""What we hold ourselves: our office, or a hub for its branch. It stands in the same list as what bodies hold."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from tracker.dispatch.models import Assignment
from tracker.errors import N_
from tracker.structure.models import Body
from tracker.suggestion.models import Suggestion

HELD_BY = {"holder": {"office": N_("our office"), "hub": N_("the hub")}}


def its_body(wanted: sa.Select[Any]) -> sa.Select[Any]:
    """A statement of suggestions, with their item-bodies and the body of each: the signal names none of them."""
    return wanted.join(Assignment, Assignment.suggestion_id == Suggestion.id).join(Body, Body.id == Assignment.body_id)


def held_by(by_hub: Any) -> sa.ColumnElement[str]:
    """The word for who holds it."""
    return sa.case((by_hub, "hub"), else_="office")


def hub_id(by_hub: Any) -> sa.ColumnElement[int | None]:
    """The hub that holds it, so that it stands on the hub's own account; none where we do."""
    return sa.case((by_hub, Body.hub_id), else_=sa.null())
