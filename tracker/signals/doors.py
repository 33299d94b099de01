"""Where the evidence of a signal is, and its next act: pages this visitor can open, else the suggestion's own."""

from __future__ import annotations

from typing import Any, NamedTuple

from flask import url_for

from tracker.handling.queries import DELIVERED
from tracker.people.visitors import link_token
from tracker.roles import BODY, OFFICE, Role
from tracker.signals.kind import ASSIGNMENT, REPLY, Door
from tracker.signals.known import find_kind
from tracker.signals.saying import values_at
from tracker.suggestion.journey import Standing
from tracker.web.gate import may_open

HANDLES = (*OFFICE, Role.HUB, *BODY)
PANEL = "signs"


class Seen(NamedTuple):
    """What an address is made of."""

    kind: str
    suggestion_id: int
    assignment_id: int | None
    thing_id: int
    standing: str | None


def evidence_url(signal: Any, visitor: Any) -> str:
    """Where what was seen can be read."""
    kind = find_kind(signal.kind)
    return _first_open([kind.evidence_at] if kind is not None else [], signal, visitor)


def act_url(signal: Any, visitor: Any) -> str:
    """Where the next act is done."""
    kind = find_kind(signal.kind)
    return _first_open([kind.act_at] if kind is not None else [], signal, visitor)


def signal_url(signal_id: int) -> str:
    """The page of one signal; whoever came by a mailed link stays inside it."""
    token = link_token()
    if token is not None:
        return url_for("signals.show", token=token, signal_id=signal_id)
    return url_for("signals.show", signal_id=signal_id)


def answer_url(signal_id: int) -> str:
    """Where something is said to it."""
    token = link_token()
    if token is not None:
        return url_for("signals.answer", token=token, signal_id=signal_id)
    return url_for("signals.answer", signal_id=signal_id)


def _first_open(doors: list[Door], signal: Any, visitor: Any) -> str:
    token = link_token()
    if token is not None:
        return url_for("handling.assignment", token=token)
    for door in (*doors, ASSIGNMENT):
        values = values_at(door, signal)
        if values is not None and may_open(door.endpoint) and _is_there(door, signal, visitor):
            return url_for(door.endpoint, **values)
    return url_for("register.show", suggestion_id=signal.suggestion_id, _anchor=PANEL)


def _is_there(door: Door, signal: Any, visitor: Any) -> bool:
    """A reply is read by others than who handles it once it is delivered, and by nobody while it is written anew."""
    if door.endpoint != REPLY.endpoint or signal.standing is None or signal.standing in DELIVERED:
        return True
    return signal.standing == Standing.SUBMITTED and visitor.role in HANDLES
