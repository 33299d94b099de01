"""An issue as a table for a spreadsheet: each reader's part."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from flask_babel import gettext as _

from tracker.bulletin import text
from tracker.bulletin.models import Issue
from tracker.bulletin.readers import Parts, scope_of
from tracker.stage import Visitor


def headers() -> list[str]:
    return [
        _("No."), _("Section"), _("Number"), _("Title"), _("Body"), _("Lead deputy"), _("Round"), _("Last day"),
        _("How late"), _("First last day"), _("How late against it"), _("Step"), _("Note"),
    ]  # fmt: skip


def cells(issue: Issue, visitor: Visitor) -> Iterator[list[Any]]:
    for item in Parts(issue.items).of(scope_of(visitor)):
        yield [
            item["no"],
            text.section_name(item["section"]),
            item["number"],
            item["title"],
            text.body_name(item),
            item["deputy"],
            item["round"],
            item["due_on"],
            text.late_text(item["days"]),
            item["original_due_on"],
            text.late_text(item["days_original"]),
            item["step"],
            item["note"],
        ]


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
