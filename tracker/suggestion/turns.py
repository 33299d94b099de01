"""Who has the ball in the reader's words, for the head of a page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from tracker.errors import N_
from tracker.roles import Role
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


def turns(
    entries: Iterable[Any], assignments: Iterable[Any], role: Role, today: date, *, by_hub: bool = False
) -> list[tuple[Held, str]]:
    """Who held it and holds it, with the word for each. A deputy is not told what office, hub and bodies owe each
    other: to him they are one side.

    `by_hub`: replies are read by the hub.
    """
    together = role is Role.DEPUTY
    parts: Mapping[int, Part] = {
        one.id: Part("" if together else in_language(one.body), is_hub=one.body.is_hub and not together, by_hub=by_hub)
        for one in assignments
    }
    found = ball.held(entries, parts, today)
    return [(one, _word(one.holder, together)) for one in found]


def _word(holder: Holder, together: bool) -> str:
    if together and holder.kind == ball.BODY:
        return _(HANDLING)
    return holder.name or _(WORDS[holder.kind])
