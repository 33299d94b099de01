"""What a stage offers the others: a panel, what waits, filters and problems (rule 11 of the house).

A stage fills one `Stage` in its `__init__`; `create_app` collects them in the order of the procedure.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum
from typing import Any, NamedTuple, Protocol

from flask import Blueprint


class Visitor(Protocol):
    """Whoever asks: a user, or the holder of a mailed link."""

    @property
    def role(self) -> Any: ...
    @property
    def body_id(self) -> int | None: ...
    @property
    def deputy_id(self) -> int | None: ...
    @property
    def assignment_id(self) -> int | None: ...
    @property
    def suggestion_id(self) -> int | None: ...
    @property
    def circulation_id(self) -> int | None: ...
    @property
    def congress_id(self) -> int | None: ...


class Harm(IntEnum):
    """What waits and does most harm: one scale for the desk. A deputy's silence never outranks a body's."""

    RATING_AWAITED = 1
    AT_INTAKE = 2
    TO_SIGN_FOR = 3
    TO_DISPATCH = 4
    REPLY_SOON = 5
    TO_DECIDE = 6
    TO_READ = 7
    DISSATISFIED = 8
    PROMISE_LATE = 9
    SENT_BACK = 10
    LADDER = 11
    REPLY_LATE = 12

    # What is said to somebody waits like what is to be read; what a leader instructs like a promise.
    REMARK = TO_READ
    PROMISE_TO_JUDGE = RATING_AWAITED
    PROMISE_ASKED = REPLY_SOON
    PROMISE_UNDATED = TO_DECIDE
    PROMISE_DISPUTED = DISSATISFIED
    INSTRUCTION_LATE = PROMISE_LATE

    def after(self, days: int) -> int:
        """The harm of this after so many days; days never lift a thing above the next worse kind."""
        return self * 1000 + max(0, min(days, 999))


@dataclass(frozen=True)
class Panel:
    """One stage's part of the suggestion's page: a prepared template context."""

    template: str
    facts: dict[str, Any]


class Waiting(NamedTuple):
    """One thing that waits for somebody; `harm` sorts the desk (larger is worse), `kind` is a msgid."""

    kind: str
    url: str
    number: str
    title: str
    since_on: date | None = None
    due_on: date | None = None
    body_name: str = ""
    harm: int = 0


@dataclass(frozen=True)
class WaitingGroup:
    """All of one kind that waits: how many in all (`or_more`: at least), and the first few, most harmful first."""

    kind: str
    count: int
    url: str
    first: tuple[Waiting, ...] = ()
    or_more: bool = False


@dataclass(frozen=True)
class Problem:
    """Something the doctor found; a msgid with values, and what it is about."""

    kind: str
    message: str
    values: dict[str, Any] = field(default_factory=dict)


class Weight(IntEnum):
    """How a thing of the self-check stands: from WARNING on it is on the administrator's desk, BAD fails `check`."""

    FINE = 0
    HINT = 1
    WARNING = 2
    BAD = 3


@dataclass(frozen=True)
class Finding:
    """One thing the self-check looked at: what it is, how it stands, what to do next; msgids with values."""

    key: str
    about: str
    weight: Weight
    says: str
    values: dict[str, Any] = field(default_factory=dict)
    to_do: str = ""
    page: str = ""  # the endpoint where it is done


@dataclass(frozen=True)
class StageOffer:
    """What one package registers; every part is optional."""

    name: str
    pages: tuple[Blueprint, ...] = ()
    panel: Callable[[Any, Visitor, date], Panel | None] | None = None
    beside: Callable[[Any, Visitor, date], Panel | None] | None = None  # on the body's page: of an assignment
    waiting: Callable[[Visitor, date], Iterable[WaitingGroup]] | None = None
    awaited: Callable[[Visitor], Iterable[Any]] | None = None  # dispatch.awaiting.Awaited: all in one statement
    lists: Callable[[Visitor, date], Mapping[Any, Mapping[str, Any]]] | None = None  # what `waiting` reads
    soon: Callable[[Visitor, date], None] | None = (
        None  # sends ahead (`database.ahead`) what `waiting` reads nearly always
    )
    parts: tuple[Any, ...] = ()  # what `panel` reads of a suggestion
    filters: Callable[[], dict[str, Any]] | None = None
    problems: Callable[[], Iterable[Problem]] | None = None
    checks: Callable[[], Iterable[Finding]] | None = None  # how the installation stands
    commands: tuple[Any, ...] = ()
    texts: tuple[Any, ...] = ()  # what search finds: tracker.search.sources.Source
