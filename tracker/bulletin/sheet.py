"""What an issue says on paper: the page for leaders, and the whole of a reader's part."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask_babel import gettext as _

from tracker.bulletin import saying, text
from tracker.bulletin.letters import branches, dissatisfied, worst_bodies
from tracker.bulletin.models import Issue
from tracker.bulletin.parts import Part
from tracker.bulletin.rules import OF_INSTRUCTIONS
from tracker.database import db
from tracker.paper.document import Bars, Block, Document, Form, Line, Paragraph, Table
from tracker.structure.models import Congress

BARS_ON_ONE_PAGE, LINES_ON_ONE_PAGE, LINES_ON_PAPER = 5, 6, 2_000
BODIES_ON_PAPER = 500


def one_page(issue: Issue, part: Part, *, to: str = "", detail: str = "full") -> Document:
    """What a leader reads in a minute, with room for his instruction (呈阅件)."""
    blocks = [*_weakest(part, detail), *_summary(issue, part, BARS_ON_ONE_PAGE), *_worst(part, detail)]
    room = Form([Line([(_("Instruction"), "")], height=34, foot=_("Signature and day"))])
    made = _document(issue, blocks)
    return replace(made, addressee=to, slip=[room], signature="", day=None, one_page=True)


def whole_issue(issue: Issue, part: Part, *, detail: str = "full") -> Document:
    """All of a reader's part: the same page, the list and the figures by body."""
    return _document(
        issue, [*_weakest(part, detail), *_summary(issue, part), *_list(part, LINES_ON_PAPER, detail), *_by_body(part)]
    )


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


def _weakest(part: Part, detail: str) -> list[Block]:
    """The matters handled weakest, each in one line with the signs that make it so."""
    if not part.weakest:
        return []
    said = [
        "  ".join((f"{place}.", _title(item, detail), text.body_name(item), *saying.reasons(item)))
        for place, item in enumerate(part.weakest, start=1)
    ]
    return [Paragraph(one) for one in (_("The matters handled weakest, and why"), *said)]


def _summary(issue: Issue, part: Part, most: int | None = None) -> list[Block]:
    """What stands on the leader's page above the list: the worst in one line, what we cannot see, what changed, what
    was done, and the figures drawn. Of the whole congress only who reads all of it.
    """
    counted = [f"{text.section_name(name)} {count}" for name, count in part.counts.items()]
    blocks: list[Block] = [Paragraph(" · ".join(counted) or _("Nothing is overdue, due within days, or silent."))]
    if part.sees_all:
        blocks += _of_all(issue)
    if worst := worst_bodies(part.bodies):
        blocks.append(_bars(_("Replies overdue, by body (item-bodies)"), worst[:most]))
    if part.sees_all:
        late = _("Late against the first last day, by branch (item-bodies)")
        blocks.append(_bars(late, branches(issue.figures["by_branch"])[:most]))
        if ratings := dissatisfied(issue.figures.get("ratings", {})):
            blocks.append(_bars(_("Deputies dissatisfied this year (ratings)"), ratings))
    return blocks


def _of_all(issue: Issue) -> list[Block]:
    figures, whole = issue.figures, issue.figures["whole"]
    facts = {
        "items": whole["suggestions"],
        "total": whole["total"],
        "answered": whole["answered"],
        "open": whole["open"],
    }
    year = _(
        "This year: %(items)s suggestions, %(total)s item-bodies; answered %(answered)s, still owed %(open)s.", **facts
    )
    if whole["total"]:
        rate = text.rate_text(whole["late"], whole["total"], whole["late_share"])
        year += " " + _("Late against the first last day, open ones counted: %(rate)s.", rate=rate)
    said = [year, _named(_("What we cannot see"), saying.blind(figures))]
    if issue.number > 1:
        said.append("".join(saying.changes(figures)) if text.is_chinese() else " ".join(saying.changes(figures)))
    said.append(_named(_("What was done since the last issue"), saying.done(figures)))
    return [Paragraph(one) for one in (*said, *saying.mass(figures), *saying.corrections(figures))]


def _named(title: str, counted: list[tuple[str, Any]]) -> str:
    listed = " · ".join(f"{name} {count}" for name, count in counted) or _("Nothing.")
    return _("%(title)s: %(listed)s", title=title, listed=listed)


def _bars(caption: str, rows: list[Any]) -> Bars:
    return Bars(caption, [(row.label, row.text, row.share) for row in rows])


def _list(part: Part, most: int, detail: str) -> list[Block]:
    lines = list(part.lines()[:most])
    if not lines:
        return []
    headers = [_("No."), _("Suggestion"), _("Body"), _("How it stands"), _("Last day")]
    blocks: list[Block] = [Table(headers, [_row(item, detail, part) for item in lines], [6, 42, 18, 14, 20])]
    more = part.total - len(lines)
    return [*blocks, Paragraph(_("And %(count)s more.", count=more))] if more else blocks


def _worst(part: Part, detail: str) -> list[Block]:
    """The first lines, each as short as can be: one page has room for no more."""
    lines = list(part.lines()[: LINES_ON_ONE_PAGE - len(part.weakest)])
    if not lines:
        return []
    rows = [
        [
            str(item["no"]),
            _title(item, detail),
            text.body_name(item),
            " ".join(filter(None, (text.section_name(item["section"]), text.late_text(item["days"])))),
        ]
        for item in lines
    ]
    headers = [_("No."), _("Suggestion"), _("Body"), _("How it stands")]
    more = part.total - len(lines)
    blocks: list[Block] = [Table(headers, rows, [6, 46, 20, 28])]
    return [*blocks, Paragraph(_("And %(count)s more.", count=more))] if more else blocks


def _title(item: dict[str, Any], detail: str) -> str:
    named = [item["number"] or "—", text.title_text(item) if detail != "numbers" else ""]
    if item["section"] in OF_INSTRUCTIONS:
        named.append(_("Instruction of %(leader)s", leader=item["note"]))
    return " ".join(filter(None, named))


def _row(item: dict[str, Any], detail: str, part: Part) -> list[str]:
    traced = saying.standing_text(item, is_inside="deputy" not in part.scope)
    days = [item["due_on"] or "—", text.late_text(item["days"]) if item["days"] is not None else ""]
    if item["original_due_on"] != item["due_on"] and item["original_due_on"]:
        first = {"on": item["original_due_on"], "days": text.late_text(item["days_original"])}
        days.append(_("first last day %(on)s, %(days)s", **first))
    return [
        str(item["no"]),
        "\n".join((_title(item, detail), *traced)),
        text.body_name(item),
        text.section_name(item["section"]),
        "\n".join(filter(None, days)),
    ]


def _by_body(part: Part) -> list[Block]:
    rows = [
        [
            text.body_name(row),
            *(str(row[name]) for name in ("suggestions", "total", "answered", "open_late")),
            text.rate_text(row["late"], row["total"], row["late_share"]),
        ]
        for row in part.bodies[:BODIES_ON_PAPER]
    ]
    headers = [
        _("Body"), _("Suggestions"), _("Item-bodies"), _("Answered"), _("Overdue"), _("Late against the first last day")
    ]  # fmt: skip
    return [Table(headers, rows, [30, 12, 12, 12, 12, 22])] if rows else []
