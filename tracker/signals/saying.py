"""A signal in sentences of the reader's language: its rule, what was seen, and what to do next.

Thresholds and facts are values of the kind's sentences. What a user wrote stands among them as it was written, in the
quotation marks of the sentence, on one line and not too long; the page escapes it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from tracker.errors import N_
from tracker.signals.kind import Door, SignalKind
from tracker.signals.known import find_kind
from tracker.web.languages import gettext as _
from tracker.web.languages import spoken_now

LONGEST, MOST_LISTED = 160, 8
UNKNOWN = "—"
YES_NO = {True: N_("yes"), False: N_("no")}


class _Said(dict[str, str]):
    """What a sentence asks for and nobody knows (any more) is a dash, not an error."""

    def __missing__(self, name: str) -> str:
        return UNKNOWN


def name_of(key: str) -> str:
    """What a kind is called; of one that no longer exists its key."""
    kind = find_kind(key)
    return _(kind.name) if kind is not None else key


def rule_of(kind: SignalKind, set_at: Mapping[str, int]) -> str:
    """The rule with the thresholds that hold."""
    return _(kind.rule) % _Said({name: str(value) for name, value in {**kind.usual(), **set_at}.items()})


def evidence_of(key: str, facts: Mapping[str, Any]) -> str:
    """What was seen."""
    kind = find_kind(key)
    return seen(kind, facts) if kind is not None else UNKNOWN


def seen(kind: SignalKind, facts: Mapping[str, Any]) -> str:
    """The evidence of a kind, with these facts."""
    return _(kind.evidence) % _Said({name: _value(kind, name, value) for name, value in facts.items()})


def act_of(key: str) -> str:
    """What to do next."""
    kind = find_kind(key)
    return _(kind.act) if kind is not None else UNKNOWN


def values_at(door: Door, signal: Any) -> dict[str, Any] | None:
    """The numbers a page wants, taken from the signal; None where it has one of them not."""
    found = {parameter: getattr(signal, name) for parameter, name in door.values.items()}
    return None if None in found.values() else found


def _value(kind: SignalKind, name: str, value: Any) -> str:
    words = kind.words.get(name)
    if words is not None:
        return _(words[value]) if value in words else _plain(value)
    if name.endswith("_on") and isinstance(value, str):
        return _day(value)
    if isinstance(value, list | tuple):
        return _listed([_value(kind, name, one) for one in value])
    return _plain(value)


def _plain(value: Any) -> str:
    if value is None or value == "":
        return UNKNOWN
    if isinstance(value, bool):
        return _(YES_NO[value])
    text = " ".join(str(value).split())
    return text if len(text) <= LONGEST else f"{text[:LONGEST].rstrip()}…"


def _day(text: str) -> str:
    """Days are kept as text; an instant is told by its day."""
    try:
        return date.fromisoformat(text[:10]).isoformat()
    except ValueError:
        return _plain(text)


def _listed(texts: list[str]) -> str:
    if not texts:
        return UNKNOWN
    more = ["…"] if len(texts) > MOST_LISTED else []
    return ("、" if spoken_now().startswith("zh") else ", ").join([*texts[:MOST_LISTED], *more])
