"""The weekly letter: one a person and week, his part of the frozen issue, a minute's reading."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from tracker.bulletin import enclosed, naming, saying, text
from tracker.bulletin.models import Issue, Reader
from tracker.bulletin.parts import Part, Parts
from tracker.bulletin.queries import find_issue, shared_by, to_hand_on
from tracker.bulletin.readers import READ_ALL
from tracker.bulletin.rules import is_small, months_changes, share
from tracker.bulletin.scopes import Scope, outside, sees_all
from tracker.bulletin.signs import WEAKEST, WEAKEST_SHOWN
from tracker.mail.models import Letter
from tracker.mail.outbox import Addressee, Draft, post_many
from tracker.structure.models import Rank

MOST_LINES = 20
PICTURES = "/pictures/week"
# To whom the page of the week is open, if he has an account: not to bodies, who see their own only.
SHOWN_PICTURES = (
    *READ_ALL, Rank.VICE_MAYOR, Rank.MAYOR, Rank.VICE_PRESIDENT, Rank.PRESIDENT, Rank.HUB_OFFICE, Rank.COMMITTEE
)  # fmt: skip
MOST_BARS = 8


@dataclass(frozen=True)
class Bar:
    """A part of a whole, drawn; its words are said in the language of whoever reads."""

    row: dict[str, Any]
    part: int
    whole: int
    longest: int = 0  # where parts are compared by their numbers: what the full width stands for

    @property
    def label(self) -> str:
        if "aspect" in self.row:
            return saying.aspect_name(self.row["aspect"])
        return text.body_name(self.row) if "body" in self.row else text.branch_name(self.row["branch"])

    @property
    def share(self) -> int:
        """In percent of the width: seen when there is something, full only when all is. A share of few is not drawn: it
        would look like much.
        """
        if self.longest:
            return max(1, share(self.part, self.longest)) if self.part else 0
        if is_small(self.whole):
            return 0
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
    in_place = _in_place([reader for reader in some if reader.person_key not in to], issue.issued_on)
    via_hub, monthly = to_hand_on(issue.id), naming.monthly_readers()
    drafts = []
    for reader in some:
        who = to[reader.person_key][0] if reader.person_key in to else in_place[reader.id]
        known = facts(issue, reader, parts, via_hub.get(reader.person_key, ()), reader.person_key in monthly)
        known["enclosed"] = enclosed.names(issue, reader.rank, who)
        drafts.append(Draft(who, letter_key(issue, reader.person_key), None, known))
    return post_many("bulletin", drafts, at=at)


def _in_place(left: Sequence[Reader], on: date) -> dict[int, Addressee]:
    """To whom go the letters of those who have left since: to one who shares the letter, else to nobody, on paper."""
    if not left:
        return {}
    sharing = shared_by([reader.id for reader in left])
    there = naming.reached([key for keys in sharing.values() for key in keys], on)
    found = {}
    for reader in left:
        others = (there[key][0] for key in sharing.get(reader.id, ()) if key in there)
        found[reader.id] = next(others, naming.on_paper(reader.person_key, reader.name))
    return found


def facts(
    issue: Issue, reader: Reader, parts: Parts, via_hub: Sequence[str] = (), is_monthly: bool = False
) -> dict[str, Any]:
    """What the templates of one reader's letter know; `via_hub` are those to whom he hands their page on."""
    scope = outside(reader.scope)
    counts = parts.counts(scope)
    lines, others = parts.merged(scope, MOST_LINES)
    weakest = list(parts.of_section(scope, WEAKEST)[:WEAKEST_SHOWN])
    figures = parts.figures(scope)
    reads_all = sees_all(reader.scope)
    return {
        "congress_id": issue.congress_id,
        "number": issue.number,
        "week": issue.week,
        "issued_on": issue.issued_on,
        "path": f"/bulletins/{issue.week}",
        "pictures": PICTURES if reader.rank in SHOWN_PICTURES else "",
        "rank": reader.rank,
        "counts": list(counts.items()),
        "overdue": counts.get("overdue", 0),
        "count": sum(counts.values()),
        "internal": parts.internal(reader.scope),
        "no_issue": issue.figures.get("no_issue", []),
        "month": _month(issue, scope, parts) if reads_all or is_monthly else None,
        "to_hand_on": list(via_hub),
        "enclosed": [],
        "lines": lines,
        "weakest": weakest,
        "left_out": others,
        "worst": worst_bodies(figures),
        **_of_all(issue, reads_all),
        "say": saying,
        "body_name": text.body_name,
        "branch_name": text.branch_name,
        "late_text": text.late_text,
        "listed": text.listed,
        "no_issue_text": text.no_issue_text,
        "rate_text": text.rate_text,
        "section_look": text.section_look,
        "section_name": text.section_name,
    }


def _of_all(issue: Issue, reads_all: bool) -> dict[str, Any]:
    """The figures of the whole congress, for who reads all of it."""
    figures = issue.figures if reads_all else {}
    return {
        "branches": branches(figures.get("by_branch", [])),
        "whole": figures.get("whole"),
        "changes": figures["changes"] if reads_all and issue.number > 1 else None,
        "unseen": figures.get("unseen"),
        "figures": figures or None,
        "ratings": dissatisfied(figures.get("ratings", {})),
    }


def _month(issue: Issue, scope: Scope, parts: Parts) -> dict[str, Any] | None:
    """What changed of a part in the month; of all it is frozen with the issue."""
    said = issue.figures.get("month")
    if sees_all(scope):
        return said
    before = find_issue(said["since"], issue.congress_id) if said else None
    if said is None or before is None:
        return None
    then, now = Part(before, scope).lines("overdue"), parts.of_section(scope, "overdue")
    overdue = [{line["assignment_id"] for line in lines} for lines in (then, now)]
    return {"since": said["since"], **months_changes(*overdue)}


def worst_bodies(figures: Sequence[dict[str, Any]]) -> list[Bar]:
    """The bodies with most replies overdue: drawn by their number, told as parts of what they had this year."""
    worst = [row for row in figures if row["open_late"]][:MOST_BARS]
    longest = max((row["open_late"] for row in worst), default=0)
    return [Bar(row, row["open_late"], row["total"], longest) for row in worst]


def branches(figures: Sequence[dict[str, Any]]) -> list[Bar]:
    """Every branch, by how much of it was or is late against the first last day; those with few of anything last."""
    rows = sorted(figures, key=lambda row: (is_small(row["total"]), -row["late_share"], -row["late"], row["branch"]))
    return [Bar(row, row["late"], row["total"]) for row in rows]


def dissatisfied(ratings: Mapping[str, Mapping[str, int]]) -> list[Bar]:
    """Attitude and result apart: how many of this year's ratings are dissatisfied."""
    return [Bar({"aspect": aspect}, said["dissatisfied"], said["total"]) for aspect, said in ratings.items()]
