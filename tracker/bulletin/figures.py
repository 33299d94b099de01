"""The figures of an issue: by body and by branch, what was done since the last one, and under which rules it was made.

Every rate stands beside its counts. `suggestions` counts items (件), all others count item-bodies (件次); what is open
and past its first last day counts as late.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import sqlalchemy as sa

from tracker.bulletin import unseen
from tracker.bulletin.models import Correction, Issue
from tracker.bulletin.rules import DONE, MASS_EXTENSION, SECTIONS, SILENT_DAYS, SOON_WORKING_DAYS, share
from tracker.bulletin.tally import Tally
from tracker.bulletin.week import Week
from tracker.database import db
from tracker.deadlines.clauses import REPLIES
from tracker.deadlines.lamps import lamps
from tracker.deadlines.models import Deadline, RuleSet
from tracker.deadlines.queries import IS_OPEN
from tracker.deadlines.rules import Light
from tracker.dispatch.models import Assignment
from tracker.escalation.models import Alarm
from tracker.escalation.rules import FIRST_CHASE, FIRST_SIGNED
from tracker.feedback.models import COLUMNS, Rating, Verdict
from tracker.feedback.versions import LATEST
from tracker.handling.models import Extension, Reply
from tracker.structure.models import Body
from tracker.suggestion.models import Entry, Suggestion

LIGHTS = tuple(one for one in Light if one is not Light.BLUE)  # of what is open
COUNTS = ("suggestions", "total", "answered", "answered_late", "open", "open_late", "open_late_original")


def figures(week: Week, counted: Tally) -> dict[str, Any]:
    """What stands above the list; `counted` has seen its lines."""
    bodies = _by(week, Body.id, Body.name, Body.name_en, Body.branch)
    return {
        "on": week.on.isoformat(),
        "since_on": week.since_on.isoformat(),
        "sections": {name: counted.sections[name] for name in SECTIONS},
        "whole": next((_row(row) for row in _by(week, sa.literal(week.congress_id))), dict.fromkeys(COUNTS, 0)),
        "by_branch": [{"branch": str(row[0]), **_row(row)} for row in _by(week, Body.branch)],
        "by_body": sorted(
            (
                {"body_id": row[0], "body": row[1], "body_en": row[2], "branch": str(row[3]), **_row(row)}
                for row in bodies
            ),
            key=lambda one: (-one["open_late"], -one["late"], one["body"]),
        ),
        "unseen": unseen.unseen(week),
        "mass_extensions": _mass_extensions(week),
        "changes": counted.changes(),
        "done": _done(week),
        "ratings": _ratings(week),
        "rules": _rules(week),
        "measures": {"silent_days": SILENT_DAYS, "soon_working_days": SOON_WORKING_DAYS, "mass": MASS_EXTENSION},
        "corrections": _corrections(week),
    }


def _by(week: Week, *group: Any) -> list[Any]:
    """Reply clocks that run, or began this year, counted by what is asked."""
    late = Deadline.met_on > Deadline.original_due_on
    counted = (
        sa.func.count(sa.distinct(Assignment.suggestion_id)),
        sa.func.count(),
        sa.func.count().filter(Deadline.met_on.is_not(None)),
        sa.func.count().filter(Deadline.met_on.is_not(None), late),
        sa.func.count().filter(Deadline.met_on.is_(None)),
        sa.func.count().filter(Deadline.met_on.is_(None), Deadline.due_on < week.on),
        sa.func.count().filter(Deadline.met_on.is_(None), Deadline.original_due_on < week.on),
    )
    shown = lamps(week.congress_id, week.on)
    shining = [
        sa.func.count().filter(Deadline.met_on.is_(None), shown.shines(one, Assignment.round - 1)).label(str(one))
        for one in LIGHTS
    ]
    wanted = (
        sa.select(*group, *(column.label(name) for name, column in zip(COUNTS, counted, strict=True)), *shining)
        .select_from(Deadline)
        .join(Assignment, Assignment.id == Deadline.assignment_id)
        .join(Body, Body.id == Assignment.body_id)
        .where(
            Deadline.congress_id == week.congress_id,
            Deadline.kind.in_(REPLIES),
            Deadline.voided_on.is_(None),
            sa.or_(Deadline.met_on.is_(None), Deadline.started_on >= date(week.on.year, 1, 1)),
        )
        .group_by(*group)
    )
    return list(db.session.execute(wanted))


def _row(row: Any) -> dict[str, int]:
    counts = {name: getattr(row, name) for name in COUNTS}
    late = counts["answered_late"] + counts["open_late_original"]
    lights = {str(one): getattr(row, one) for one in LIGHTS}
    return {**counts, "late": late, "late_share": share(late, counts["total"]), "lights": lights}


def _mass_extensions(week: Week) -> list[dict[str, Any]]:
    """Days on which one person granted many extensions: each may be right, but together they are a sign."""
    number = sa.func.count()
    wanted = (
        sa.select(Extension.decided_on, Extension.decided_by, number)
        .join(Assignment, Assignment.id == Extension.assignment_id)
        .where(
            Assignment.congress_id == week.congress_id,
            Extension.granted.is_(True),
            Extension.decided_on > week.since_on,
            Extension.decided_on <= week.on,
        )
        .group_by(Extension.decided_on, Extension.decided_by)
        .having(number >= MASS_EXTENSION)
        .order_by(number.desc(), Extension.decided_on)
    )
    return [{"on": on.isoformat(), "by": by or "", "count": count} for on, by, count in db.session.execute(wanted)]


def _done(week: Week) -> dict[str, Any]:
    """What was done since the last issue: moves with their counts, and the steps of the ladder that were reached."""
    wanted = (
        sa.select(Entry.move, sa.func.count())
        .join(Suggestion, Suggestion.id == Entry.suggestion_id)
        .where(
            Suggestion.congress_id == week.congress_id,
            Entry.move.in_(DONE),
            Entry.on > week.since_on,
            Entry.on <= week.on,
        )
        .group_by(Entry.move)
    )
    acts: dict[str, int] = dict(db.session.execute(wanted).all())  # type: ignore[arg-type]
    step = sa.case((Alarm.step < FIRST_CHASE, "reminders"), (Alarm.step < FIRST_SIGNED, "chases"), else_="drafts")
    raised = (
        sa.select(step, sa.func.count())
        .where(Alarm.congress_id == week.congress_id, Alarm.raised_on > week.since_on, Alarm.raised_on <= week.on)
        .group_by(step)
    )
    by_itself: dict[str, int] = dict(db.session.execute(raised).all())  # type: ignore[arg-type]
    return {"acts": {move: acts[move] for move in DONE if move in acts}, "ladder": by_itself}


def _ratings(week: Week) -> dict[str, dict[str, int]]:
    """This year's last words of deputies, each aspect apart: satisfied, mostly, dissatisfied, and of how many."""
    since = date(week.on.year, 1, 1)
    aspects = [getattr(Rating, column) for column in COLUMNS.values()]
    columns = [sa.func.count().filter(one == verdict) for one in aspects for verdict in Verdict]
    wanted = (
        sa.select(*columns)
        .select_from(Rating)
        .join(Reply, Reply.id == Rating.reply_id)
        .join(Assignment, Assignment.id == Reply.assignment_id)
        .where(Assignment.congress_id == week.congress_id, LATEST, Rating.on >= since, Rating.on <= week.on)
    )
    counts = list(db.session.execute(wanted).one())
    found = {}
    for place, aspect in enumerate(COLUMNS):
        said = dict(zip(map(str, Verdict), counts[place * len(Verdict) : (place + 1) * len(Verdict)], strict=True))
        if total := sum(said.values()):
            found[str(aspect)] = {**said, "total": total}
    return found


def _rules(week: Week) -> list[dict[str, Any]]:
    """The rule sets, with their versions, by which the running clocks were counted."""
    running = (
        sa.select(Deadline.rule_set_id, sa.func.count().label("clocks"))
        .where(Deadline.congress_id == week.congress_id, IS_OPEN)
        .group_by(Deadline.rule_set_id)
        .subquery()
    )
    wanted = (
        sa.select(RuleSet, running.c.clocks).join(running, running.c.rule_set_id == RuleSet.id).order_by(RuleSet.id)
    )
    return [
        {
            "name": rules.name,
            "version": rules.version,
            "title": rules.title_zh,
            "title_en": rules.title_en,
            "digest": rules.digest,
            "clocks": clocks,
        }
        for rules, clocks in db.session.execute(wanted)
    ]


def _corrections(week: Week) -> list[dict[str, Any]]:
    """What was corrected in earlier issues since the last one was made."""
    if week.last_id is None:
        return []
    made_at = sa.select(Issue.frozen_at).where(Issue.id == week.last_id).scalar_subquery()
    wanted = (
        sa.select(Issue.number, Issue.week, Correction.on, Correction.text)
        .join(Issue, Issue.id == Correction.issue_id)
        .where(Issue.congress_id == week.congress_id, Correction.entered_at > made_at)
        .order_by(Correction.id)
    )
    return [
        {"number": row.number, "week": row.week, "on": row.on.isoformat(), "text": row.text}
        for row in db.session.execute(wanted)
    ]
