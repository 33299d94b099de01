"""An issue as a table for a spreadsheet: each reader's part."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from flask_babel import gettext as _

from tracker.bulletin import saying, text
from tracker.bulletin.models import Issue
from tracker.bulletin.parts import Part

MOST_LINES = 20_000


def headers() -> list[str]:
    return [
        _("No."), _("Section"), _("Number"), _("Title"), _("Body"), _("Lead deputy"), _("Round"), _("Last day"),
        _("How late"), _("First last day"), _("How late against it"), _("Step"), _("Note"),
    ]  # fmt: skip


def cells(part: Part, detail: str = "full") -> Iterator[list[Any]]:
    """One line for each item; outside the house no more than `detail` allows."""
    for item in part.lines()[:MOST_LINES]:
        yield [
            item["no"],
            text.section_name(item["section"]),
            item["number"],
            text.title_text(item) if detail != "numbers" else "",
            text.body_name(item),
            item["deputy"] if detail == "full" else "",
            item["round"],
            item["due_on"],
            text.late_text(item["days"]),
            item["original_due_on"],
            text.late_text(item["days_original"]),
            item["step"],
            "; ".join(filter(None, (item["note"], *saying.reasons(item)))) if detail == "full" else "",
        ]


def body_headers() -> list[str]:
    return [
        _("Body"), _("Suggestions"), _("Item-bodies"), _("Answered"), _("Still owed"), _("Overdue"),
        _("Late against the first last day"),
    ]  # fmt: skip


def body_cells(part: Part) -> Iterator[list[Any]]:
    """One line for each body of the part; no rate without its counts."""
    for row in part.bodies:
        counts = [row[name] for name in ("suggestions", "total", "answered", "open", "open_late")]
        yield [text.body_name(row), *counts, text.rate_text(row["late"], row["total"], row["late_share"])]


def issue_headers(sees_all: bool) -> list[str]:
    figures = [_("Reply overdue"), _("Still owed"), _("Silent for 30 days"), _("Late against the first last day")]
    return [_("Week"), _("No."), _("Frozen"), *(figures if sees_all else [])]


def issue_cells(issues: Iterable[Issue], sees_all: bool) -> Iterator[list[Any]]:
    """One line for each issue; the figures only for whom the whole congress is open."""
    for one in issues:
        sections, whole = one.figures["sections"], one.figures["whole"]
        late = text.rate_text(whole["late"], whole["total"], whole["late_share"]) if whole["total"] else ""
        figures = [sections["overdue"], whole["open"], sections["silent"], late]
        yield [one.week, one.number, one.frozen_at, *(figures if sees_all else [])]
