"""Who has the ball in the reader's words, for the head of a page."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from tracker.deadlines.chosen import Precheck
from tracker.errors import N_
from tracker.roles import BODY, Role
from tracker.suggestion import ball
from tracker.suggestion.ball import Held, Holder, Part
from tracker.web.filters import in_language
from tracker.web.languages import gettext as _

WORDS = {
    ball.OFFICE: N_("the office"),
    ball.HUB: N_("the hub"),
    ball.BODY: N_("the body"),
    ball.DEPUTY: N_("the deputy"),
}
HANDLING = N_("the handling side")
READERS = {Precheck.OFFICE: ball.OFFICE, Precheck.HUB: ball.HUB, Precheck.NONE: ball.BODY}
CO = "co"  # the part of an assignment, which stands above this package


def turns(
    entries: Iterable[Any], assignments: Iterable[Any], role: Role, today: date, *, read_by: str = ball.OFFICE
) -> list[tuple[Held, str]]:
    """Who held it and holds it, with the word for each. A deputy is not told what office, hub and bodies owe each
    other: to him they are one side.

    `read_by`: who reads replies, the office, the hub, or nobody but the body itself.
    """
    together = role is Role.DEPUTY
    parts = {one.id: Part("") if together else part_of(one, in_language(one.body), read_by) for one in assignments}
    found = ball.held(entries, parts, today, whole=not together and role not in BODY)
    return [(one, _word(one.holder, together)) for one in found]


def part_of(assignment: Any, name: Any, read_by: str, hub: Any = "") -> Part:
    """What the history must be told of an assignment: what its hub dispatched, its hub decides."""
    return Part(
        name,
        is_hub=assignment.body.is_hub,
        decided_by=ball.HUB if assignment.passed_on_from_id else ball.OFFICE,
        read_by=ball.OFFICE if read_by == ball.HUB and assignment.body.hub_id is None else read_by,
        hub=hub,
        is_co=assignment.part == CO,
        round=assignment.round,
    )


def _word(holder: Holder, together: bool) -> str:
    if together and holder.kind == ball.BODY:
        return _(HANDLING)
    return holder.name or _(WORDS[holder.kind])
