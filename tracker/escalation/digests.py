"""Who has something to read today, and what: the alarms each person was named for and has not been told of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from tracker.database import db
from tracker.deadlines.models import Deadline
from tracker.deadlines.queries import IS_OPEN
from tracker.dispatch.models import Assignment
from tracker.escalation.models import Alarm, Told
from tracker.escalation.rules import WEEKLY_WORDS, harm, section
from tracker.mail.models import Letter
from tracker.mail.outbox import Addressee
from tracker.structure.absence import reached_for
from tracker.structure.models import Body, Delegation, Deputy
from tracker.suggestion.models import Suggestion
from tracker.workdays.rules import Calendar, working_days_between

AT_ONCE = 200
HOLDER = aliased(Body, name="holder")


@dataclass(frozen=True)
class Line:
    """One clock in a digest: its highest rung, how late it is against the present and against the first last day."""

    told_ids: tuple[int, ...]
    word: str
    step: int
    section: str
    kind: str
    number: str
    title: str
    deputy: str
    body: str
    body_en: str
    suggestion_id: int | None
    assignment_id: int | None
    body_id: int | None
    reply_id: int | None
    due_on: date
    original_due_on: date
    days_over: int
    days_over_original: int


@dataclass
class Digest:
    """What one person is told today, most harmful first."""

    to: Addressee
    congress_id: int
    lines: list[Line] = field(default_factory=list)


def waiting(congress_id: int, today: date, calendar: Calendar) -> Iterator[list[Digest]]:
    """The digests due today, some people at a time; nobody who got one today already."""
    after = ""
    while keys := _people(congress_id, after):
        after = keys[-1]
        served = _served(keys, today)
        yield _digests([key for key in keys if key not in served], congress_id, today, calendar)


def digest_key(person_key: str, today: date) -> str:
    return f"digest:{person_key}:{today.isoformat()}"


def _untold(congress_id: int) -> sa.ColumnElement[bool]:
    """Told of nothing yet, by a clock that still runs, for somebody who reads daily."""
    return sa.and_(
        Told.letter_id.is_(None),
        Told.told_at.is_(None),
        Told.word.not_in(WEEKLY_WORDS),
        Alarm.congress_id == congress_id,
        Alarm.due_on == Deadline.due_on,
        IS_OPEN,
    )


def _alarms_told() -> Any:
    return sa.join(Told, Alarm, Alarm.id == Told.alarm_id).join(Deadline, Deadline.id == Alarm.deadline_id)


def _people(congress_id: int, after: str) -> list[str]:
    wanted = sa.select(Told.person_key).select_from(_alarms_told()).where(_untold(congress_id), Told.person_key > after)
    return list(db.session.scalars(wanted.distinct().order_by(Told.person_key).limit(AT_ONCE)))


def _served(keys: list[str], today: date) -> set[str]:
    by_key = {digest_key(key, today): key for key in keys}
    return {by_key[key] for key in db.session.scalars(sa.select(Letter.key).where(Letter.key.in_(by_key)))}


def _digests(keys: list[str], congress_id: int, today: date, calendar: Calendar) -> list[Digest]:
    people = _addressees(keys, today)
    rows: dict[tuple[str, int], list[Any]] = defaultdict(list)
    for row in db.session.execute(_wanted(keys, congress_id)):
        rows[row.Told.person_key, row.Deadline.id].append(row)
    found: dict[str, Digest] = {}
    for (key, _deadline), alarms in rows.items():
        if key in people:
            digest = found.setdefault(key, Digest(people[key], congress_id))
            digest.lines.append(_line(alarms, today, calendar))
    for digest in found.values():
        digest.lines.sort(key=lambda line: (-harm(line.step, line.days_over), line.due_on, line.number))
    return list(found.values())


def _wanted(keys: list[str], congress_id: int) -> sa.Select[Any]:
    suggestion_id = sa.func.coalesce(Assignment.suggestion_id, Deadline.suggestion_id)
    return (
        sa.select(Told, Alarm, Deadline, Suggestion, HOLDER, Deputy.name.label("deputy"))
        .select_from(
            _alarms_told()
            .outerjoin(Assignment, Assignment.id == Alarm.assignment_id)
            .outerjoin(Suggestion, Suggestion.id == suggestion_id)
            .outerjoin(Deputy, Deputy.id == Suggestion.lead_deputy_id)
            .outerjoin(HOLDER, HOLDER.id == Deadline.holder_body_id)
        )
        .where(_untold(congress_id), Told.person_key.in_(keys))
        .order_by(Told.person_key, Alarm.step.desc(), Told.id)
    )


def _line(alarms: list[Any], today: date, calendar: Calendar) -> Line:
    """The highest rung speaks; lower ones of the same clock are told with it."""
    top = alarms[0]
    deadline, suggestion, holder = top.Deadline, top.Suggestion, top[4]
    shown = suggestion is not None and not suggestion.internal
    days_over = working_days_between(deadline.due_on, today, calendar)
    return Line(
        told_ids=tuple(row.Told.id for row in alarms),
        word=top.Told.word,
        step=top.Alarm.step,
        section=section(top.Alarm.form, days_over),
        kind=str(deadline.kind),
        number=(suggestion.number or "") if shown else "",  # internal matters are never in mail
        title=suggestion.title if shown else "",
        deputy=(top.deputy or "") if shown else "",
        body=holder.name if holder is not None else "",
        body_en=(holder.name_en or "") if holder is not None else "",
        suggestion_id=suggestion.id if suggestion is not None else None,
        assignment_id=top.Alarm.assignment_id,
        body_id=deadline.holder_body_id,
        reply_id=deadline.reply_id,
        due_on=deadline.due_on,
        original_due_on=deadline.original_due_on,
        days_over=days_over,
        days_over_original=working_days_between(deadline.original_due_on, today, calendar),
    )


def _addressees(keys: list[str], today: date) -> dict[str, Addressee]:
    """The people behind the keys; for an officer who is absent by now, his substitute."""
    found: dict[str, Addressee] = {}
    numbers: dict[str, list[int]] = defaultdict(list)
    for key in keys:
        kind, _colon, number = key.partition(":")
        numbers[kind].append(int(number))
    for officer_id, who in reached_for(numbers["officer"], today).items():
        key = f"officer:{officer_id}"
        found[key] = Addressee(key, who.name, who.email, who.language, channel=str(who.channel))
    for deputy in db.session.scalars(sa.select(Deputy).where(Deputy.id.in_(numbers["deputy"]), Deputy.active)):
        key = f"deputy:{deputy.id}"
        found[key] = Addressee(key, deputy.name, deputy.email, deputy.language)
    for delegation in db.session.scalars(sa.select(Delegation).where(Delegation.id.in_(numbers["delegation"]))):
        key = f"delegation:{delegation.id}"
        name = delegation.liaison_name or delegation.name
        found[key] = Addressee(key, name, delegation.liaison_email, "zh_Hans_CN")
    return found
