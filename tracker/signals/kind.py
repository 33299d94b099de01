"""What a kind of signal is: its rule in one sentence, its query, its evidence, and the next act.

Adding a kind is adding one file to `tracker/signals/kinds/`: it names a `SignalKind` called SIGNAL, and nothing else
has to know of it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from tracker.database import among
from tracker.dispatch.models import Assignment
from tracker.suggestion.journey import Stage
from tracker.suggestion.models import Suggestion
from tracker.workdays.rules import Calendar, add_working_days

LOOK_BACK_DAYS = 800  # what was recorded earlier keeps the signals it has, and gets no new ones
WATCHED = (Stage.RECORDED, Stage.HANDED_OVER, Stage.ANSWERED, Stage.RATED, Stage.CLOSED)


class About(StrEnum):
    """Whose handling a signal hints at, and so who may answer it: a body, our own office, how a rating came about."""

    BODY = "body"
    OFFICE = "office"
    RATING = "rating"


class Unit(StrEnum):
    """What a threshold counts."""

    DAYS = "days"
    WORKING_DAYS = "working_days"
    MINUTES = "minutes"
    TIMES = "times"
    PER_CENT = "per_cent"
    CHARACTERS = "characters"


@dataclass(frozen=True)
class Threshold:
    """A number of a rule that a congress may set: its name in the rule's sentence, what is usual, and its limits."""

    name: str
    usual: int
    unit: Unit
    least: int = 0
    most: int = 366


@dataclass(frozen=True)
class Door:
    """A page: its endpoint, and which numbers of the signal it wants (suggestion_id, assignment_id, thing_id as …)."""

    endpoint: str
    values: Mapping[str, str]


ITEM = Door("register.show", {"suggestion_id": "suggestion_id"})
ASSIGNMENT = Door("handling.assignment", {"assignment_id": "assignment_id"})
REPLY = Door("handling.read", {"reply_id": "thing_id"})


@dataclass(frozen=True)
class Asked:
    """What is looked at: one congress, on a day, with the thresholds it chose; `ids` limits it to some suggestions."""

    congress_id: int
    on: date
    set_at: Mapping[str, int]
    calendar: Calendar
    ids: tuple[int, ...] | None = None

    def covers(self) -> sa.ColumnElement[bool]:
        """The suggestions that are looked at: of the congress, not withdrawn, merged or a letter, and not ancient."""
        return sa.and_(self.watches(), Suggestion.stage.in_(WATCHED))

    def watches(self) -> sa.ColumnElement[bool]:
        """Those whose open signals are looked at: what is no longer covered loses them."""
        early = self.on - timedelta(days=LOOK_BACK_DAYS)
        own = sa.and_(Suggestion.congress_id == self.congress_id, Suggestion.recorded_on >= early)
        return sa.and_(own, self.among(Suggestion.id))

    def among(self, suggestion_id: Any) -> sa.ColumnElement[bool]:
        """Whether this is one of the suggestions that are looked at, for a part of the statement by itself."""
        return sa.true() if self.ids is None else among(suggestion_id, self.ids)

    def days_ago(self, name: str) -> date:
        """The day as many days back as the threshold of this name says."""
        return self.on - timedelta(days=self.set_at[name])

    def working_days_ago(self, name: str) -> date:
        """The day as many working days back as the threshold of this name says."""
        return add_working_days(self.on, -self.set_at[name], self.calendar)


Row = Any
Facts = dict[str, Any]


@dataclass(frozen=True)
class SignalKind:
    """One kind of signal.

    `found` writes the statement: rows made with `told`, one for each thing. Where a fact can only be read from a text,
    `reads` looks at a row with the columns named in `texts` and answers the facts it found, or None; the texts
    themselves are not kept. A kind that reads whole letters is `weekly`: that takes long, and letters change only with
    the history, so all are read in one night of the week and what changed within the minute. A kind that counts over
    several suggestions goes `across` the congress: by night it is looked for once, not in each part. Sentences: `rule`
    may use the thresholds, `evidence` the facts (what ends in `_on` is a day); `act` says what to do next, and `act_at`
    where.
    """

    key: str
    name: str
    rule: str
    evidence: str
    act: str
    found: Callable[[Asked], sa.Select[Any]]
    about: About = About.BODY
    thresholds: tuple[Threshold, ...] = ()
    reads: Callable[[Row, Asked], Facts | None] | None = None
    texts: tuple[str, ...] = ()
    weekly: bool = False
    across: bool = False
    evidence_at: Door = ASSIGNMENT
    act_at: Door = ASSIGNMENT
    words: Mapping[str, Mapping[Any, str]] = field(default_factory=dict)  # facts that are words: how they are called

    def usual(self) -> dict[str, int]:
        """The thresholds nobody changed."""
        return {one.name: one.usual for one in self.thresholds}


def told(thing_id: Any, since_on: Any, *, of: Any = Assignment, body_id: Any = None, **facts: Any) -> sa.Select[Any]:
    """A statement in the columns of a signal, of item-bodies (`of=Suggestion`: of suggestions) with their suggestion.

    `facts` are columns of the evidence; of what is asked about texts too. Of a suggestion no body is named but
    `body_id`: what our own office holds is no body's doing. Limit it with `asked.covers()`.
    """
    is_item_body = of is Assignment
    whose = Assignment.body_id if is_item_body else sa.literal(None, sa.Integer) if body_id is None else body_id
    columns = (
        Suggestion.id.label("suggestion_id"),
        (Assignment.id if is_item_body else sa.literal(None, sa.Integer)).label("assignment_id"),
        whose.label("body_id"),
        sa.type_coerce(thing_id, sa.Integer).label("thing_id"),
        sa.type_coerce(since_on, sa.Date).label("since_on"),
        *(value.label(f"fact_{name}") for name, value in facts.items()),
    )
    wanted = sa.select(*columns)
    if is_item_body:
        return wanted.select_from(Assignment).join(Suggestion, Suggestion.id == Assignment.suggestion_id)
    return wanted.select_from(Suggestion)
