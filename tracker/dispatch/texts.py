"""By which words a suggestion is found in another level's ledger: its number there."""

from __future__ import annotations

from tracker.dispatch.models import OtherNumber
from tracker.search.rules import Kind
from tracker.search.sources import Source
from tracker.suggestion.models import Suggestion

TEXTS = (Source(Kind.OTHER_NUMBER, OtherNumber, ("number",), owner=(Suggestion, "suggestion_id")),)
