"""A notice is drafted from the rungs of one body and step, and rewritten by the clerk."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm.attributes import set_committed_value

from tracker.actor import SYSTEM, Actor
from tracker.database import db
from tracker.errors import N_, RuleBroken, Stale
from tracker.escalation.models import Alarm
from tracker.notices import climbed, queries, rules, wording
from tracker.notices.actions.ending import end_if_empty
from tracker.notices.climbed import Group
from tracker.notices.models import Ended, Notice, NoticeItem, NoticeKind
from tracker.notices.queries import live_items, number_of
from tracker.structure.models import Body


def draft(group: Group, *, answer_by_on: date, by: Actor, on: date) -> Notice:
    """Draft the notice about a body's items on one step; drafts of a lower step about the same clocks give way.

    :raises RuleBroken: an item stands in a notice already.
    """
    ids = [one.id for one in group.alarms]
    held = sa.select(Body.id).where(Body.id == group.body.id)
    db.session.execute(held.with_for_update(key_share=True))  # who drafts at the same moment waits, and finds it done
    if db.session.scalar(sa.select(NoticeItem.id).where(NoticeItem.alarm_id.in_(ids), climbed.KEPT).limit(1)):
        raise RuleBroken(N_("A notice about these items was drafted already."))
    _overtake(group.alarms, on=on)
    text = _asked(group.kind, group.alarms, on)
    return _write(group, text, answer_by_on, by=by, on=on)


def must_be_as_opened(notice: Notice, version: int | None) -> None:
    """:raises Stale: somebody else changed the draft since it was opened."""
    if notice.version != version:
        raise Stale(
            N_("Somebody else changed this draft while you were writing. Your text is kept; what stands is below.")
        )


def rewrite(notice: Notice, text: str, answer_by_on: date, copies_to: str) -> None:
    """The clerk changes the draft.

    :raises RuleBroken: it is a draft no more, or says nothing.
    """
    must_be_draft(notice)
    rules.must_be_issuable(text, answer_by_on, notice.drafted_on)
    notice.text, notice.answer_by_on, notice.copies_to = text.strip(), answer_by_on, copies_to.strip()


def draft_again(notice: Notice, answer_by_on: date, *, by: Actor, on: date) -> Notice | None:
    """Draft the notice that asks again about what still stands; None where every clock was met meanwhile."""
    gone = climbed.fallen([one.alarm_id for one in live_items(notice)])
    alarms = tuple(_with_assignment(one) for one in live_items(notice) if one.alarm_id not in gone)
    if not alarms:
        return None
    text = wording.drafted_again(
        _asked(notice.kind, alarms, on),
        notice.kind,
        number=number_of(notice),
        issued_on=notice.issued_on or on,
        answered=notice.answer is not None,
        missing=notice.found_note,
    )
    group = Group(notice.body, str(notice.kind), notice.step, False, alarms)
    return _write(group, text, answer_by_on, by=by, on=on, before=notice)


def _asked(kind: str, alarms: tuple[Alarm, ...], on: date) -> str:
    """Why the body is written to: a step is reached by the day, or by a deputy dissatisfied again, whatever the day."""
    late = [one.clock.met_on is None and one.clock.due_on < on for one in alarms]
    return wording.drafted(kind, late=any(late), dissatisfied=not all(late))


def _write(group: Group, text: str, answer_by_on: date, *, by: Actor, on: date, before: Notice | None = None) -> Notice:
    made = Notice(
        congress_id=group.alarms[0].congress_id,
        body_id=group.body.id,
        kind=NoticeKind(group.kind),
        step=group.step,
        before_id=before.id if before else None,
        text=text,
        answer_by_on=answer_by_on,
        drafted_on=on,
        drafted_by=by.name,
    )
    db.session.add(made)
    db.session.flush()
    for alarm in group.alarms:
        assignment = alarm.assignment
        if assignment is None:
            raise RuleBroken(N_("This step of the ladder gives no notice."))
        item = NoticeItem(
            notice_id=made.id, alarm_id=alarm.id, assignment_id=assignment.id, suggestion_id=assignment.suggestion_id
        )
        db.session.add(item)
    db.session.flush()
    return queries.of_id(made.id)


def _with_assignment(item: NoticeItem) -> Alarm:
    set_committed_value(item.alarm, "assignment", item.assignment)
    return item.alarm


def _overtake(alarms: tuple[Alarm, ...], *, on: date) -> None:
    wanted = sa.select(NoticeItem).join(NoticeItem.notice).where(queries.IS_DRAFT, climbed.overtaken_by(alarms))
    touched = list(db.session.scalars(wanted))
    for item in touched:
        item.ended_on, item.ended_why = on, Ended.OVERTAKEN
    db.session.flush()
    for notice_id in dict.fromkeys(one.notice_id for one in touched):
        end_if_empty(queries.of_id(notice_id), Ended.OVERTAKEN, by=SYSTEM, on=on)


def must_be_draft(notice: Notice) -> None:
    """:raises RuleBroken: it was issued or ended."""
    if not notice.is_draft:
        raise RuleBroken(N_("This notice is a draft no more."))
