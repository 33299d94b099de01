"""What the ladder shows elsewhere: its panel on the suggestion's page, and words that mean nobody."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from tracker.deadlines.names import kind_name
from tracker.errors import N_
from tracker.escalation import queries
from tracker.escalation.text import WORDS, days_text, form_name, word_name
from tracker.roles import Role
from tracker.stage import Panel, Problem, Visitor
from tracker.suggestion.models import Suggestion

TEXTS = {
    "days_text": days_text,
    "form_name": form_name,
    "kind_name": kind_name,
    "word_name": word_name,
}
PARTS = (queries.raised,)


def panel(suggestion: Suggestion, visitor: Visitor, today: date) -> Panel | None:
    """The rungs its clocks reached, and who was told; deputies read of notices only."""
    if visitor.role in (Role.DEPUTY, Role.ADMIN):
        return None
    rungs = queries.rungs_of(suggestion, visitor, today)
    return Panel("escalation/_panel.html", {"rungs": rungs, **TEXTS}) if rungs else None


def problems() -> Iterable[Problem]:
    """Rungs of which nobody heard, because nobody fills the rank the ladder names."""
    for body, word in queries.unheard():
        values = {"body": body or "—", "rank": WORDS.get(word, word)}
        yield Problem(
            "nobody_to_tell", N_("%(body)s: nobody fills “%(rank)s”, so a step of the ladder reaches no one."), values
        )
