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
from tracker.deadlines.clauses import Kind
from tracker.deadlines.models import Deadline
from tracker.deadlines.queries import IS_OPEN
from tracker.dispatch.models import Assignment
from tracker.escalation.held import HOLDER, NOT_PENDING, with_both
from tracker.escalation.models import Alarm, Duty, Told
from tracker.escalation.rules import WEEKLY_WORDS, harm, section
from tracker.mail.models import Letter
from tracker.mail.outbox import Addressee
from tracker.structure.absence import reached_for
from tracker.structure.models import Delegation, Deputy, Officer
from tracker.suggestion.journey import Stage, Standing
from tracker.suggestion.models import Suggestion
from tracker.supervision.models import Instruction
from tracker.workdays.rules import Calendar, working_days_between

AT_ONCE = 200
ABOUT = aliased(Suggestion)
GOES_ON = sa.select(ABOUT.id).where(ABOUT.id == Assignment.suggestion_id, ABOUT.stage != Stage.CLOSED).exists()
# The clock was met by a reply that did not satisfy again, and the step was raised for that.
DISSATISFIED = sa.and_(Alarm.reached_on > Deadline.met_on, Assignment.standing == Standing.RATED, GOES_ON)
RUNS = sa.and_(sa.or_(IS_OPEN, DISSATISFIED), Alarm.due_on == Deadline.due_on)
UNANSWERED = sa.and_(Duty.answered_on.is_(None), Alarm.due_on == Duty.due_on)


@dataclass(frozen=True)
class Line:
    """One clock in a digest: its highest rung, how late it is against the present and against the first last day.

    `leader`: who wrote the instruction it is about, if it is one. `dissatisfied`: the clock was met, and the deputy
    is not satisfied again.
    """

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
    duty_id: int | None = None
    leader: str = ""
    dissatisfied: bool = False


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
        same = _same_person(congress_id, keys)
        served = _served({same.get(key, key) for key in keys}, today)
        mine = {key: same.get(key, key) for key in (*keys, *same) if same.get(key, key) not in served}
        yield _digests(mine, congress_id, today, calendar)


def digest_key(person_key: str, today: date) -> str:
    return f"digest:{person_key}:{today.isoformat()}"


def _untold(congress_id: int) -> sa.ColumnElement[bool]:
    """Told of nothing yet, by a clock that still runs and may be chased, for somebody who reads daily."""
    return sa.and_(
        Told.letter_id.is_(None),
        Told.told_at.is_(None),
        Told.word.not_in(WEEKLY_WORDS),
        Alarm.congress_id == congress_id,
        sa.or_(RUNS, UNANSWERED),
        NOT_PENDING,
    )


def _alarms_told(wanted: sa.Select[Any]) -> sa.Select[Any]:
    met = wanted.select_from(Told).join(Alarm, Alarm.id == Told.alarm_id)
    return with_both(met).outerjoin(Assignment, Assignment.id == Alarm.assignment_id)


def _people(congress_id: int, after: str) -> list[str]:
    wanted = _alarms_told(sa.select(Told.person_key)).where(_untold(congress_id), Told.person_key > after)
    return list(db.session.scalars(wanted.distinct().order_by(Told.person_key).limit(AT_ONCE)))


def _same_person(congress_id: int, keys: list[str]) -> dict[str, str]:
    """Who stands in the chain under several ranks reads one letter: all keys of each such person, and the one of it."""
    asked, other = aliased(Officer), aliased(Officer)
    ids = [int(number) for kind, _colon, number in (key.partition(":") for key in keys) if kind == "officer"]
    is_he = (other.name == asked.name, other.email == asked.email, other.congress_id == asked.congress_id)
    wanted = (
        sa.select(asked.id, other.id)
        .join(other, sa.and_(*is_he))
        .where(asked.id.in_(ids), asked.congress_id == congress_id, asked.email != "", other.active)
    )
    found: dict[int, set[int]] = defaultdict(set)
    for one, another in db.session.execute(wanted):
        found[one].add(another)
    return {f"officer:{one}": f"officer:{min(all_of)}" for all_of in found.values() for one in all_of}


def _served(keys: set[str], today: date) -> set[str]:
    by_key = {digest_key(key, today): key for key in keys}
    return {by_key[key] for key in db.session.scalars(sa.select(Letter.key).where(Letter.key.in_(by_key)))}


def _digests(keys: dict[str, str], congress_id: int, today: date, calendar: Calendar) -> list[Digest]:
    people = _addressees(list(set(keys.values())), today)
    rows: dict[tuple[str, int | None, int | None], list[Any]] = defaultdict(list)
    for row in db.session.execute(_wanted(list(keys), congress_id)):
        rows[keys[row.Told.person_key], row.Alarm.deadline_id, row.Alarm.duty_id].append(row)
    found: dict[str, Digest] = {}
    for (key, _deadline, _duty), alarms in rows.items():
        if key in people:
            digest = found.setdefault(key, Digest(people[key], congress_id))
            digest.lines.append(_line(alarms, today, calendar))
    for digest in found.values():
        digest.lines.sort(key=lambda line: (-harm(line.step, line.days_over), line.due_on, line.number))
    return list(found.values())


def _wanted(keys: list[str], congress_id: int) -> sa.Select[Any]:
    suggestion_id = sa.func.coalesce(Assignment.suggestion_id, Deadline.suggestion_id, Duty.suggestion_id)
    shown = (Told, Alarm, Deadline, Duty, Suggestion, HOLDER, Deputy.name.label("deputy"))
    return (
        _alarms_told(sa.select(*shown, Instruction.leader, Instruction.bulletin))
        .outerjoin(Suggestion, Suggestion.id == suggestion_id)
        .outerjoin(Deputy, Deputy.id == Suggestion.lead_deputy_id)
        .outerjoin(Instruction, Instruction.id == Duty.instruction_id)
        .where(_untold(congress_id), Told.person_key.in_(keys))
        .order_by(Told.person_key, Alarm.step.desc(), Told.id)
    )


def _line(alarms: list[Any], today: date, calendar: Calendar) -> Line:
    """The highest rung speaks; lower ones of the same clock are told with it."""
    top = max(alarms, key=lambda row: row.Alarm.step)
    deadline, suggestion, holder, due_on = top.Deadline, top.Suggestion, top[5], top.Alarm.due_on
    shown = suggestion is not None and not suggestion.internal
    original = deadline.original_due_on if deadline is not None else due_on
    days_over = working_days_between(due_on, today, calendar)
    return Line(
        told_ids=tuple(row.Told.id for row in alarms),
        word=top.Told.word,
        step=top.Alarm.step,
        section=section(top.Alarm.form, days_over),
        kind=str(deadline.kind if deadline is not None else Kind.INSTRUCTION),
        number=_number(suggestion, top.bulletin),
        title=suggestion.title if shown else "",
        deputy=(top.deputy or "") if shown else "",
        body=holder.name if holder is not None else "",
        body_en=(holder.name_en or "") if holder is not None else "",
        suggestion_id=suggestion.id if suggestion is not None else None,
        assignment_id=top.Alarm.assignment_id,
        body_id=deadline.holder_body_id if deadline is not None else top.Duty.body_id,
        reply_id=deadline.reply_id if deadline is not None else None,
        due_on=due_on,
        original_due_on=original,
        days_over=days_over,
        days_over_original=working_days_between(original, today, calendar),
        duty_id=top.Alarm.duty_id,
        leader=top.leader or "",
        dissatisfied=deadline is not None and deadline.met_on is not None,
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


def _number(suggestion: Suggestion | None, bulletin: str | None) -> str:
    """Internal matters (工作秘密) are never in mail, not even by number."""
    if suggestion is None:
        return bulletin or ""
    return "" if suggestion.internal else suggestion.number or ""
