"""What an issue lists, line by line: frozen as plain values, the most harmful first, and never all in memory."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tracker.bulletin import signs, tracing
from tracker.bulletin.rules import OF_INSTRUCTIONS, SECTIONS, STANDING, some_at_a_time
from tracker.bulletin.sections import FOUND
from tracker.bulletin.seen import Seen
from tracker.bulletin.week import Week
from tracker.database import streamed

__all__ = ["Week", "items", "stream"]
AT_ONCE = 500
ALL = {**FOUND, **signs.FOUND}


def items(week: Week) -> list[dict[str, Any]]:
    """All lines at once, for an issue that is only looked at."""
    return list(stream(week))


def stream(week: Week) -> Iterator[dict[str, Any]]:
    """The lines of the issue, the most harmful first, numbered from 1; what is gone since the last issue comes last."""
    seen = {section: Seen() for section in STANDING}
    for number, item in enumerate(_all(week, seen), start=1):
        item["no"] = number
        yield item


def _all(week: Week, seen: dict[str, Seen]) -> Iterator[dict[str, Any]]:
    for section in SECTIONS:
        if section not in ALL:
            continue
        rows = streamed(ALL[section](week), AT_ONCE)
        for some in some_at_a_time(rows, AT_ONCE):
            found = [_item(week, section, row) for row in some]
            tracing.trace(week, section, found)
            signs.name_reasons(week, section, found)
            if section in seen:
                seen[section].update(item["thing_id"] for item in found)
            yield from found
    yield from tracing.gone(week, seen)


def _item(week: Week, section: str, row: Any) -> dict[str, Any]:
    """Plain values; of an internal suggestion only its number."""
    shown = not row.internal
    return {
        "section": section,
        "suggestion_id": row.suggestion_id,
        "assignment_id": row.assignment_id,
        "thing_id": row.thing_id,
        "number": row.number,
        "title": row.title if shown else None,
        "deputy": row.deputy if shown else None,
        "deputy_id": row.lead_deputy_id,
        "body_id": row.body_id,
        "body": row.body or "",
        "body_en": row.body_en,
        "branch": str(row.branch or ""),
        "part": str(row.part or ""),
        "round": row.round or 1,
        "key": bool(row.key),
        "internal": bool(row.internal),
        "since_on": row.assigned_on.isoformat() if row.assigned_on else None,
        "due_on": row.due_on.isoformat() if row.due_on else None,
        "original_due_on": row.original_due_on.isoformat() if row.original_due_on else None,
        "days": week.over(row.due_on),
        "days_original": week.over(row.original_due_on),
        "moved": row.moved or 0,
        "step": row.step,
        "note": (row.note or "")[:200] if shown or section in OF_INSTRUCTIONS else "",
        "new": False,
        "weeks": 1,
        **signs.about(section, row),
    }
