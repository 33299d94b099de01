"""What the ladder shows elsewhere: its panel on the suggestion's page, and words that mean nobody."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from tracker.deadlines.names import kind_name
from tracker.errors import N_
from tracker.escalation import noted, queries
from tracker.escalation.rules import WITH_CASES
from tracker.escalation.text import WORDS, days_text, form_name, word_name
from tracker.handling.names import MANNERS
from tracker.roles import OFFICE, Role
from tracker.stage import Panel, Problem, Visitor
from tracker.suggestion.journey import Stage, Standing
from tracker.suggestion.models import Suggestion
from tracker.suggestion.queries import GONE

TEXTS = {
    "days_text": days_text,
    "form_name": form_name,
    "kind_name": kind_name,
    "word_name": word_name,
}
NO_LONGER = (Standing.PASSED_ON, Standing.HANDLED_AGAIN)
PARTS = (queries.raised, noted.chased, noted.pending)
AT_WORK = (Stage.HANDED_OVER, Stage.ANSWERED, Stage.RATED)


def panel(suggestion: Suggestion, visitor: Visitor, _today: date) -> Panel | None:
    """The rungs its clocks reached, who was told or chased by hand; deputies read of notices only."""
    if visitor.role in (Role.DEPUTY, Role.ADMIN):
        return None
    facts: dict[str, Any] = {
        "rungs": queries.rungs_of(suggestion.id, visitor),
        "chases": noted.chases_of(suggestion, visitor),
        "marks": noted.marks_of(suggestion, visitor),
        "to_chase": _to_chase(suggestion, visitor),
    }
    if not any(facts.values()):
        return None
    marked = WITH_CASES if visitor.role in OFFICE else ()
    return Panel("escalation/_panel.html", {**facts, **TEXTS, "manners": MANNERS, "may_mark": marked})


def _to_chase(suggestion: Suggestion, visitor: Visitor) -> list[Any]:
    """The bodies' parts that this visitor may chase by hand, while it is worked on."""
    if visitor.role not in (*OFFICE, Role.HUB) or suggestion.stage not in AT_WORK:
        return []
    parts = [one for one in suggestion.assignments if one.standing not in (*GONE, *NO_LONGER)]
    return [one for one in parts if noted.may_chase(one, visitor)]


def problems() -> Iterable[Problem]:
    """Rungs of which nobody heard, because nobody fills the rank the ladder names."""
    for body, word in queries.unheard():
        values = {"body": body or "—", "rank": WORDS.get(word, word)}
        yield Problem(
            "nobody_to_tell", N_("%(body)s: nobody fills “%(rank)s”, so a step of the ladder reaches no one."), values
        )
