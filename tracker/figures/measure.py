"""What a measure is: what is counted, how, of what, and in which direction it is weak.

A measure is a column of `counted` (one fact of one item or item-body) and of `figure` (their sum). `of` names what it
is a part of: a share is never shown without both numbers. Pure.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Unit(StrEnum):
    """What is counted: items 件, item-bodies 件次 (a body's part of an item in one round), promises 项, what single
    deputies say 人次, working days 工作日, signals 条."""

    ITEMS = "items"
    PARTS = "parts"
    PROMISES = "promises"
    VOICES = "voices"
    DAYS = "days"
    SIGNALS = "signals"


class Weak(StrEnum):
    """Which way a measure is weak: much of it, little of it, or neither."""

    MUCH = "much"
    LITTLE = "little"
    NEITHER = "neither"


class Group(StrEnum):
    """What is shown together as one table."""

    WORK = "work"
    TIME = "time"
    PASSING = "passing"
    CONTACT = "contact"
    OUTCOME = "outcome"
    SATISFACTION = "satisfaction"
    PROMISES = "promises"
    SIGNALS = "signals"
    ITEMS = "items"


@dataclass(frozen=True)
class Measure:
    """One thing that is counted; `name` and `how` are msgids."""

    key: str
    name: str
    how: str
    group: Group
    of: str = ""
    weak: Weak = Weak.NEITHER
    unit: Unit = Unit.PARTS
