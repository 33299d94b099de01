"""By which words a suggestion is found: its number (031 and 31 alike), its title, its text."""

from __future__ import annotations

from tracker.search.rules import Kind
from tracker.search.sources import Source
from tracker.suggestion.models import Suggestion

TEXTS = (
    Source(Kind.NUMBER, Suggestion, ("number", "number_key")),
    Source(Kind.TITLE, Suggestion, ("title",)),
    Source(Kind.TEXT, Suggestion, ("text",)),
)
