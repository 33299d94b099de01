"""One page of a long list."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from flask import request

from tracker.database import db
from tracker.web.addresses import asked_here, url_for
from tracker.web.numbers import row_number

ROWS = 25
MOST_COUNTED = 2_000  # rows; more than a city's year has


@dataclass
class Page:
    """The rows of one page, its number, and how many pages there are; with `or_more`, at least so many."""

    rows: list[Any]
    number: int
    total: int
    or_more: bool = False
    rows_each: int = ROWS
    arguments: dict[str, Any] = field(default_factory=dict)

    @property
    def count(self) -> str:
        """The number of rows as it is read."""
        return at_least(self.total, or_more=self.or_more)

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // self.rows_each))

    @property
    def first(self) -> int:
        return (self.number - 1) * self.rows_each + 1 if self.total else 0

    @property
    def last(self) -> int:
        return min(self.number * self.rows_each, self.total)

    @property
    def before(self) -> int | None:
        """The page before this one, if there is one."""
        return self.number - 1 if self.number > 1 else None

    @property
    def after(self) -> int | None:
        """The page after this one, if there is one."""
        return self.number + 1 if self.number < self.pages else None

    def url(self, number: int) -> str:
        """The address of another page of the same list."""
        return url_for(request.endpoint or "", **{**asked_here(), **(request.view_args or {}), "page": number})


def at_least(number: int, *, or_more: bool) -> str:
    """A number as it is read; with a plus where counting stopped there."""
    return f"{number}+" if or_more else str(number)


def most_counted(number: int) -> int:
    """How far rows are counted for this page: no farther than a reader cares, but beyond his own page."""
    return max(MOST_COUNTED, number * ROWS + 1)


def asked_number(name: str) -> int | None:
    """The number asked for under a name in the address; None for anything no row can have."""
    return request.args.get(name, type=row_number)


def asked_page() -> int:
    """The page number asked for; 1 for anything that is none."""
    text = request.args.get("page", "1")
    return int(text) if text.isascii() and text.isdigit() and 0 < int(text[:9]) < 1_000_000 else 1


def first_with_total(wanted: sa.Select[Any], limit: int) -> list[Any]:
    """The first rows, each with the number of all: one statement instead of two."""
    counted = wanted.add_columns(sa.func.count().over()).limit(limit)
    return list(db.session.execute(counted).unique())
