"""What a page does with a decision: it is done at once, or lies in the folder; and what it says of it."""

from __future__ import annotations

from typing import Any

from flask import flash
from flask_babel import gettext as _

from tracker import clock
from tracker.people.visitors import visitor
from tracker.signing.actions import act_or_draw_up
from tracker.signing.models import ToSign
from tracker.signing.queries import lying_there


def decide(kind: str, thing_id: int, facts: dict[str, Any], suggestion_id: int | None = None) -> bool:
    """What the visitor decided today; answers whether it is done already."""
    by, on = visitor().actor(), clock.today()
    return act_or_draw_up(kind, thing_id, facts, visitor(), by=by, on=on, suggestion_id=suggestion_id)


def say(is_done: bool, done: str) -> None:
    """Tell which of both it was; `done` is the sentence for what is done."""
    flash(done if is_done else _("Laid into the folder; nothing is done until the leader signs."), "ok")


def drafted(kind: str, thing_id: int) -> ToSign | None:
    """The visitor's office's draft about this that waits or came back."""
    return lying_there(kind, thing_id, visitor())
