"""One page of a long list."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from flask import request

from tracker.database import db
from tracker.web.addresses import url_for

ROWS = 25


@dataclass
class Page:
    """The rows of one page, its number, and how many pages there are."""

    rows: list[Any]
    number: int
    total: int
    rows_each: int = ROWS
    arguments: dict[str, Any] = field(default_factory=dict)

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
        kept = {**(request.view_args or {}), **request.args.to_dict(flat=False), "page": number}
        return url_for(request.endpoint or "", **kept)


def asked_number(name: str) -> int | None:
    """The number asked for under a name in the address; None for anything no row can have."""
    text = request.args.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def asked_page() -> int:
    """The page number asked for; 1 for anything that is none."""
    text = request.args.get("page", "1")
    return int(text) if text.isascii() and text.isdigit() and 0 < int(text[:9]) < 1_000_000 else 1


def first_with_total(wanted: sa.Select[Any], limit: int) -> list[Any]:
    """The first rows, each with the number of all: one statement instead of two."""
    counted = wanted.add_columns(sa.func.count().over()).limit(limit)
    return list(db.session.execute(counted).unique())
