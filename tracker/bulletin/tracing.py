"""From one issue to the next: for how many weeks a line stands, what was done about it, and why others are gone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import sqlalchemy as sa

from tracker.bulletin.models import IssueItem
from tracker.bulletin.rules import DONE, HARMFUL, OF_INSTRUCTIONS, STANDING, some_at_a_time
from tracker.bulletin.seen import Seen
from tracker.bulletin.week import Week
from tracker.database import db, streamed
from tracker.deadlines.clauses import REPLIES, Kind
from tracker.deadlines.models import Deadline
from tracker.dispatch.models import Assignment
from tracker.errors import N_
from tracker.feedback.models import COLUMNS, Rating, Verdict
from tracker.feedback.versions import DISSATISFIED, LATEST
from tracker.handling.models import Reply
from tracker.notices.models import NoticeAnswer, NoticeItem
from tracker.suggestion.journey import Stage, Standing
from tracker.suggestion.models import Entry, Suggestion
from tracker.supervision.models import Duty

AT_ONCE = 500
Item = dict[str, Any]
# Why a line of the last issue is gone.
WHY = {
    "answered": N_("answered"),
    "extended": N_("only given more time"),
    "reassigned": N_("passed to another body"),
    "withdrawn": N_("withdrawn or closed"),
    "kept": N_("reported as kept"),
    "moved": N_("a later day was set"),
    "followed": N_("the instruction was answered"),
    "notice_answered": N_("the notice was answered"),
    "signed": N_("signed for"),
    "heard": N_("something was heard of it"),
    "dated": N_("it has a last day now"),
    "otherwise": N_("for another reason"),
}
ELSEWHERE = (Standing.RETURNED, Standing.PASSED_ON, Standing.RECALLED)
ENDED = (Stage.WITHDRAWN, Stage.MERGED, Stage.LETTER, Stage.CLOSED)


def trace(week: Week, section: str, some: Sequence[Item]) -> None:
    """Add to lines of one section what was before and what was done since."""
    if section in STANDING:
        before = _weeks(week, section, [item["thing_id"] for item in some])
        for item in some:
            item["weeks"] = before.get(item["thing_id"], 0) + 1
            item["new"] = week.last_id is not None and item["weeks"] == 1
    if section in HARMFUL:
        acts = _done(week, [item["assignment_id"] for item in some if item["assignment_id"]])
        for item in some:
            item["done"] = acts.get(item["assignment_id"], {})
    if section == "dissatisfied":
        said = _aspects([item["assignment_id"] for item in some])
        for item in some:
            item["aspects"] = said.get(item["assignment_id"], [])


def gone(week: Week, seen: dict[str, Seen]) -> Iterator[Item]:
    """What stood in the last issue and stands no longer, as it was said there, with the reason."""
    if week.last_id is None:
        return
    for section in STANDING:
        wanted = sa.select(IssueItem.said, IssueItem.thing_id).where(
            IssueItem.issue_id == week.last_id, IssueItem.section == section
        )
        rows = streamed(wanted.order_by(IssueItem.no), AT_ONCE)
        for some in some_at_a_time((row for row in rows if row.thing_id not in seen[section]), AT_ONCE):
            why = _why(week, section, [row.thing_id for row in some])
            internal = _internal([row.said["suggestion_id"] for row in some])
            for said, thing_id in some:
                told = {**said, **GONE[section in OF_INSTRUCTIONS], "thing_id": thing_id, "was": section}
                hidden = HIDDEN if said["suggestion_id"] in internal else {}
                yield {**told, **hidden, "why": why.get(thing_id, "otherwise")}


# What it was late by is no longer so; the issue before says it.
NOW: Item = {
    "new": False, "days": None, "days_original": None, "due_on": None, "original_due_on": None, "done": {},
}  # fmt: skip
GONE: dict[bool, Item] = {False: {"section": "gone", **NOW}, True: {"section": "instruction_gone", **NOW}}
# Of what was made internal since, the line says no more than any line does.
HIDDEN: Item = {"internal": True, "title": None, "deputy": None, "note": ""}


def _internal(suggestion_ids: Sequence[int | None]) -> set[int]:
    wanted = sa.select(Suggestion.id).where(Suggestion.id.in_(suggestion_ids), Suggestion.internal.is_(True))
    return set(db.session.scalars(wanted))


def _weeks(week: Week, section: str, things: Sequence[int]) -> dict[int, int]:
    """For how many issues in a row each of these things stands in a section already."""
    if week.last_id is None:
        return {}
    wanted = sa.select(IssueItem.thing_id, IssueItem.weeks).where(
        IssueItem.issue_id == week.last_id, IssueItem.section == section, IssueItem.thing_id.in_(things)
    )
    return dict(db.session.execute(wanted).all())  # type: ignore[arg-type]


def _done(week: Week, assignment_ids: Sequence[int]) -> dict[int, dict[str, int]]:
    """What people did about each since the last issue, as moves with their counts."""
    wanted = (
        sa.select(Entry.assignment_id, Entry.move, sa.func.count())
        .where(
            Entry.assignment_id.in_(assignment_ids), Entry.on > week.since_on, Entry.on <= week.on, Entry.move.in_(DONE)
        )
        .group_by(Entry.assignment_id, Entry.move)
    )
    found: dict[int, dict[str, int]] = defaultdict(dict)
    for assignment_id, move, count in db.session.execute(wanted):
        if assignment_id is not None:
            found[assignment_id][move] = count
    return found


def _aspects(assignment_ids: Sequence[int]) -> dict[int, list[str]]:
    """With what deputies are dissatisfied: attitude and result apart, and all in all."""
    wanted = (
        sa.select(Reply.assignment_id, *(getattr(Rating, column) for column in COLUMNS.values()))
        .join(Reply, Reply.id == Rating.reply_id)
        .where(Reply.assignment_id.in_(assignment_ids), LATEST, DISSATISFIED)
    )
    found: dict[int, set[str]] = defaultdict(set)
    for assignment_id, *said in db.session.execute(wanted):
        aspects = zip(COLUMNS, said, strict=True)
        found[assignment_id].update(str(aspect) for aspect, verdict in aspects if verdict is Verdict.DISSATISFIED)
    return {number: [str(one) for one in COLUMNS if str(one) in aspects] for number, aspects in found.items()}


def _why(week: Week, section: str, things: Sequence[int]) -> dict[int, str]:
    if section == "promise_overdue":
        return _by_clock(week, Deadline.promise_id, things, met="kept", later="moved")
    if section == "instruction_overdue":
        answered = sa.select(Duty.id).where(Duty.id.in_(things), Duty.answered_on.is_not(None))
        return dict.fromkeys(db.session.scalars(answered), "followed")
    if section == "notice_overdue":
        answers = sa.select(NoticeItem.id).join(NoticeAnswer, NoticeAnswer.notice_id == NoticeItem.notice_id)
        return dict.fromkeys(db.session.scalars(answers.where(NoticeItem.id.in_(things))), "notice_answered")
    clocks = _by_clock(week, Deadline.assignment_id, things, met="answered", later="extended")
    wanted = (
        sa.select(Assignment.id, Assignment.standing, Suggestion.stage)
        .join(Suggestion, Suggestion.id == Assignment.suggestion_id)
        .where(Assignment.id.in_(things))
    )
    return {
        number: _reason(section, standing, stage, clocks.get(number))
        for number, standing, stage in db.session.execute(wanted)
    }


def _reason(section: str, standing: Standing, stage: Stage, clock: str | None) -> str:
    if standing in ELSEWHERE:
        return "reassigned"
    if stage in ENDED and clock != "answered":
        return "withdrawn"
    return GONE_FROM[section](standing, clock)


GONE_FROM: dict[str, Callable[[Standing, str | None], str]] = {
    "overdue": lambda _standing, clock: clock or "otherwise",
    "silent": lambda _standing, clock: "answered" if clock == "answered" else "heard",
    "no_receipt": lambda standing, _clock: "otherwise" if standing is Standing.ASSIGNED else "signed",
    "no_due_date": lambda _standing, clock: "dated" if clock else "otherwise",
}


def _by_clock(week: Week, target: Any, things: Sequence[int], *, met: str, later: str) -> dict[int, str]:
    """What became of clocks: met, or given a later day."""
    wanted = sa.select(target, Deadline.met_on).where(
        target.in_(things),
        Deadline.kind == Kind.PROMISE if target is Deadline.promise_id else Deadline.kind.in_(REPLIES),
        Deadline.voided_on.is_(None),
        sa.or_(Deadline.met_on.is_not(None), Deadline.due_on >= week.on),
    )
    found: dict[int, str] = {}
    for number, met_on in db.session.execute(wanted):
        found[number] = later if met_on is None else found.get(number, met)
    return found
