"""The seal of an issue: whether it still says what was frozen."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa

from tracker.bulletin.models import WHOLE, Issue, Reader
from tracker.bulletin.rules import seal, seal_of
from tracker.database import streamed

AT_ONCE = 500


def digest_of(issue: Issue) -> str:
    """The fingerprint of what an issue says now. One of before is sealed as one text without its readers."""
    head = {
        "number": issue.number,
        "week": issue.week,
        "issued_on": issue.issued_on.isoformat(),
        "figures": issue.figures,
    }
    if issue.sealed_as == WHOLE:
        return seal({**head, "items": list(issue.items)})
    return seal_of(_lines(issue, head))


def is_unaltered(issue: Issue) -> bool:
    """Whether an issue still says what was frozen."""
    return digest_of(issue) == issue.digest


def _lines(issue: Issue, head: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield head
    yield from issue.items
    names = (Reader.person_key, Reader.name, Reader.rank, Reader.scope, Reader.item_count)
    wanted = sa.select(*names).where(Reader.issue_id == issue.id).order_by(Reader.id)
    for row in streamed(wanted, AT_ONCE):
        yield row._asdict()
