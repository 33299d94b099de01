"""The weekly letter: one a person and week, his part of the frozen issue, a minute's reading."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tracker.bulletin import enclosed, naming, text
from tracker.bulletin.models import Issue, Reader
from tracker.bulletin.queries import to_hand_on
from tracker.bulletin.readers import Parts, is_over
from tracker.bulletin.rules import SECTIONS, share
from tracker.bulletin.scopes import outside, reads_all
from tracker.mail.models import Letter
from tracker.mail.outbox import Draft, post_many

MOST_LINES = 20
MOST_BARS = 8


@dataclass(frozen=True)
class Bar:
    """A part of a whole, drawn; its words are said in the language of whoever reads."""

    row: dict[str, Any]
    part: int
    whole: int

    @property
    def label(self) -> str:
        return text.body_name(self.row) if "body" in self.row else text.branch_name(self.row["branch"])

    @property
    def share(self) -> int:
        """In percent; it can be seen when there is something, and is full only when all is."""
        most = 99 if self.part < self.whole else 100
        return max(1, min(share(self.part, self.whole), most)) if self.part else 0

    @property
    def rest(self) -> int:
        return 100 - self.share

    @property
    def text(self) -> str:
        return text.rate_text(self.part, self.whole, share(self.part, self.whole))

    @property
    def kind(self) -> str:
        return "bad" if self.part else "ok"


def letter_key(issue: Issue, person_key: str) -> str:
    return f"bulletin:{issue.congress_id}:{issue.week}:{person_key}"


def bulletins(issue: Issue, some: Sequence[Reader], parts: Parts, *, at: datetime) -> list[Letter]:
    """Write the letters of some readers of an issue, in their order."""
    to = naming.reached([reader.person_key for reader in some], issue.issued_on)
    via_hub = to_hand_on(issue.id)
    drafts = []
    for reader in some:
        who = to[reader.person_key][0] if reader.person_key in to else naming.on_paper(reader.person_key, reader.name)
        known = facts(issue, reader, parts, via_hub.get(reader.person_key, ()))
        known["enclosed"] = enclosed.names(issue, reader.rank, who)
        drafts.append(Draft(who, letter_key(issue, reader.person_key), None, known))
    return post_many("bulletin", drafts, at=at)


def facts(issue: Issue, reader: Reader, parts: Parts, via_hub: Sequence[str] = ()) -> dict[str, Any]:
    """What the templates of one reader's letter know; `via_hub` are those to whom he hands their page on."""
    mine = parts.of(outside(reader.scope))
    counts = Counter(item["section"] for item in mine)
    lines = merged(mine)
    figures = [row for row in issue.figures["by_body"] if is_over(reader.scope, row)]
    sees_all = reads_all(reader.scope)
    return {
        "congress_id": issue.congress_id,
        "number": issue.number,
        "week": issue.week,
        "issued_on": issue.issued_on,
        "path": f"/bulletins/{issue.week}",
        "rank": reader.rank,
        "counts": [(name, counts[name]) for name in SECTIONS if counts[name]],
        "overdue": counts["overdue"],
        "count": len(mine),
        "internal": len({item["suggestion_id"] for item in parts.of(reader.scope) if item["internal"]}),
        "no_issue": issue.figures.get("no_issue", []),
        "month": issue.figures.get("month") if sees_all else None,
        "to_hand_on": list(via_hub),
        "enclosed": [],
        "lines": lines[:MOST_LINES],
        "left_out": max(0, len(lines) - MOST_LINES),
        "worst": worst_bodies(figures),
        "branches": branches(issue.figures["by_branch"]) if sees_all else [],
        "whole": issue.figures["whole"] if sees_all else None,
        "changes": issue.figures["changes"] if sees_all and issue.number > 1 else None,
        "unseen": issue.figures["unseen"] if sees_all else None,
        "mass_extensions": issue.figures.get("mass_extensions", []) if sees_all else [],
        "body_name": text.body_name,
        "branch_name": text.branch_name,
        "late_text": text.late_text,
        "listed": text.listed,
        "no_issue_text": text.no_issue_text,
        "rate_text": text.rate_text,
        "section_look": text.section_look,
        "section_name": text.section_name,
    }


def merged(items: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Each body's part of a suggestion once, under its most harmful section, with the other sections it stands in."""
    found: dict[int, dict[str, Any]] = {}
    for item in items:
        first = found.setdefault(item["assignment_id"], {**item, "also": []})
        if item["section"] not in (first["section"], *first["also"]):
            first["also"].append(item["section"])
    return list(found.values())


def worst_bodies(figures: Sequence[dict[str, Any]]) -> list[Bar]:
    """The bodies with most replies overdue, as parts of all they owe or answered this year."""
    worst = [row for row in figures if row["open_late"]][:MOST_BARS]
    return [Bar(row, row["open_late"], row["total"]) for row in worst]


def branches(figures: Sequence[dict[str, Any]]) -> list[Bar]:
    """Every branch, by how much of it was or is late against the first last day."""
    rows = sorted(figures, key=lambda row: (-row["late_share"], row["branch"]))
    return [Bar(row, row["late"], row["total"]) for row in rows]
