"""What an issue says on paper: the page for leaders, and the whole of a reader's part."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask_babel import gettext as _

from tracker.bulletin import text
from tracker.bulletin.letters import branches, worst_bodies
from tracker.bulletin.models import Issue
from tracker.bulletin.parts import Part
from tracker.bulletin.rules import SECTIONS
from tracker.database import db
from tracker.paper.document import Bars, Block, Document, Form, Line, Paragraph, Table
from tracker.structure.models import Congress

LINES_ON_ONE_PAGE, LINES_ON_PAPER = 8, 2_000


def one_page(issue: Issue, part: Part, *, to: str = "", detail: str = "full") -> Document:
    """What a leader reads in a minute, with room for his instruction (呈阅件)."""
    blocks = [*_summary(issue, part), *_list(part, LINES_ON_ONE_PAGE, detail)]
    room = Form([Line([(_("Instruction"), "")], height=34, foot=_("Signature and day"))])
    return replace(_document(issue, blocks), addressee=to, slip=[room])


def whole_issue(issue: Issue, part: Part, *, detail: str = "full") -> Document:
    """All of a reader's part: the same page, the list and the figures by body."""
    return _document(issue, [*_summary(issue, part), *_list(part, LINES_ON_PAPER, detail), *_by_body(part)])


def _document(issue: Issue, blocks: list[Block]) -> Document:
    congress = db.session.get_one(Congress, issue.congress_id)
    return Document(
        head=_("Weekly bulletin"),
        heading=_("How deputies' suggestions are handled"),
        number=_("No. %(number)s · %(week)s · %(on)s", number=issue.number, week=issue.week, on=issue.issued_on),
        blocks=blocks,
        signature=congress.office_name,
        day=issue.issued_on,
        compact=True,
    )


def _summary(issue: Issue, part: Part) -> list[Block]:
    counted = [f"{text.section_name(name)} {part.counts[name]}" for name in SECTIONS if part.counts.get(name)]
    blocks: list[Block] = [Paragraph(" · ".join(counted) or _("Nothing is overdue, due within days, or silent."))]
    if worst := worst_bodies(part.bodies):
        blocks.append(_bars(_("Replies overdue, by body (item-bodies)"), worst))
    if part.sees_all:
        blocks.append(
            _bars(_("Late against the first last day, by branch (item-bodies)"), branches(issue.figures["by_branch"]))
        )
    return blocks


def _bars(caption: str, rows: list[Any]) -> Bars:
    return Bars(caption, [(row.label, row.text, row.share) for row in rows])


def _list(part: Part, most: int, detail: str) -> list[Block]:
    lines = part.lines()[:most]
    if not lines:
        return []
    headers = [_("No."), _("Suggestion"), _("Body"), _("How it stands"), _("Last day")]
    rows = [
        [
            str(item["no"]),
            f"{item['number'] or '—'} {item['title'] or ''}" if detail != "numbers" else item["number"] or "—",
            text.body_name(item),
            text.section_name(item["section"]),
            f"{item['due_on'] or '—'} {text.late_text(item['days'])}",
        ]
        for item in lines
    ]
    more = part.total - len(lines)
    blocks: list[Block] = [Table(headers, rows, [6, 40, 18, 16, 20])]
    return [*blocks, Paragraph(_("And %(count)s more.", count=more))] if more else blocks


def _by_body(part: Part) -> list[Block]:
    rows = [
        [
            text.body_name(row),
            *(str(row[name]) for name in ("suggestions", "total", "answered", "open_late")),
            text.rate_text(row["late"], row["total"], row["late_share"]),
        ]
        for row in part.bodies
    ]
    headers = [
        _("Body"), _("Suggestions"), _("Item-bodies"), _("Answered"), _("Overdue"), _("Late against the first last day")
    ]  # fmt: skip
    return [Table(headers, rows, [30, 12, 12, 12, 12, 22])] if rows else []
