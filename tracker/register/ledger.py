"""The register as a ledger in one of the office's layouts: the same suggestions, printed as the office prints them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from tracker.ledgers.filling import Filling
from tracker.ledgers.layouts import Layout
from tracker.ledgers.lines import meetings_of
from tracker.ledgers.writing import title_of
from tracker.register.asked import Asked
from tracker.register.queries import ids
from tracker.stage import Visitor
from tracker.structure.queries import the_congress


@dataclass(frozen=True)
class Ledger:
    """What is to be written: the title row, and the rows as they are read."""

    title: str
    rows: Iterator[list[str]]


def ledger(layout: Layout, visitor: Visitor, which: sa.ColumnElement[bool], asked: Asked, *, on: date) -> Ledger:
    """The suggestions meant, in the order asked for; ledgers that do not ask for one stand by number."""
    of = meetings_of(which)
    whose = of[0] if len(of) == 1 else the_congress(visitor.congress_id).name
    order = "number" if asked.sort == Asked.sort else asked.sort
    rows = Filling(layout, visitor, on=on).rows(ids(visitor, which, sort=order))
    return Ledger(title_of(layout, whose, only_key_items=asked.key), rows)
