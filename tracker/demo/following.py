"""What is followed in the city: promises the deputies confirm or dispute, what is watched, instructed and said."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from random import Random
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload

from tracker import clock
from tracker.actor import Actor
from tracker.database import db
from tracker.demo import wanting
from tracker.demo.drafts import promise_of
from tracker.demo.settling import Town
from tracker.dispatch.models import Assignment
from tracker.feedback.models import RatingChannel
from tracker.followup import actions as followup
from tracker.followup import judging, reported
from tracker.followup.models import Fate
from tracker.people.models import User
from tracker.remarks import actions as remarks
from tracker.remarks.rules import Audience
from tracker.roles import Role
from tracker.structure.models import Deputy
from tracker.suggestion.journey import Stage
from tracker.suggestion.models import Suggestion
from tracker.supervision import actions as supervision
from tracker.supervision.models import InspectionKind
from tracker.supervision.rules import ANSWERING, OFFICE

Later = Callable[[date, tuple[int, int], Callable[[date], None]], None]
WATCHED = (Stage.HANDED_OVER, Stage.ANSWERED, Stage.RATED, Stage.CLOSED)
MEETING = "市人大常委会第三十一次主任会议"
INSTRUCTIONS = (
    (40, -12, "此件反映的问题群众关注度高，请承办单位专题研究，限期拿出方案。", ANSWERING, ""),
    (
        30,
        -5,
        "请承办单位会同属地抓紧办理，办理结果直接向代表当面答复。",
        ANSWERING,
        "已会同属地现场办公，方案已报市政府。",
    ),
    (9, 12, "请代表工委跟踪督办，适时组织代表视察。", OFFICE, ""),
)
INSPECTIONS = (
    (24, InspectionKind.VISIT, "现场已进场施工，进度符合答复所承诺的时间，建议加强夜间照明。"),
    (17, InspectionKind.MEETING, "承办单位与领衔代表就资金来源取得一致，请主办单位于下月底前书面报告进展。"),
    (6, InspectionKind.HEARING, "听取主办单位汇报，尚有两项任务未启动，委员会将于下季度再次听取汇报。"),
)
REMARKS = (
    (Audience.ALL, "请主办单位在系统内补充现场照片，便于代表了解进展。", True),
    (Audience.HUB, "该件涉及两个区，请督查室协调属地政府参加面商。", False),
    (Audience.OFFICE, "已电话联系领衔代表，代表希望先看现场再听答复。", False),
)


def report(later: Later, town: Town, promise_id: int, fate: Fate, note: str, *, on: date) -> None:
    """The body reports; of what it calls kept the deputy mostly says so, sometimes not, and some have not said yet."""
    made = promise_of(promise_id)
    running = followup.clock_of(made)
    last_on = running.due_on if running else made.due_on
    to = last_on + timedelta(days=90) if fate is Fate.MOVED else None
    followup.report(made, fate, note, by=town.handler(made.assignment.body), on=on, new_due_on=to)
    if to is not None and wanting.moves_again(promise_id, to):
        later(to, (-6, -1), lambda day: report(later, town, promise_id, Fate.MOVED, note, on=day))
    dice = Random(f"kept {promise_id}")  # nosec B311
    if fate is Fate.KEPT and dice.random() < 0.8:
        agrees = dice.random() < 0.88
        later(on, (3, 14), lambda day: _judge(promise_id, agrees, day))


def _judge(promise_id: int, agrees: bool, on: date) -> None:
    promise = promise_of(promise_id)
    lead_id = promise.assignment.suggestion.lead_deputy_id
    last = reported.last_report(promise)
    if lead_id is None or last is None:
        return
    deputy = db.session.get_one(Deputy, lead_id)
    note = "" if agrees else "只完成了一部分，现场与报告不符。"
    by = Actor("link", None, deputy.name)
    judging.judge(last, deputy, agrees, note, channel=RatingChannel.LINK, by=by, on=on)


def watch(town: Town, on: date) -> None:
    """Key items are named, committees look, leaders write, and the office speaks with those who handle it."""
    key = _of(WATCHED, Suggestion.key.is_(True))[:6]
    committee = _account(Role.COMMITTEE)
    watched = [one for one in _being_handled() if one not in key]
    for suggestion in key:
        body = next((one for one in town.bodies.values() if one.id == committee.body_id), None)
        named_on = max(on - timedelta(days=50), suggestion.recorded_on)
        supervision.name_key(suggestion, MEETING, committee=body, leader="卢景行", by=town.clerk, on=named_on)
    for suggestion, (ago, kind, findings) in zip([*key, *watched], INSPECTIONS, strict=False):
        day = max(on - timedelta(days=ago), suggestion.handed_over_on or on)
        by, place = committee.actor(), suggestion.title[2:12]
        supervision.inspect(suggestion, kind, "卢景行、部分代表", findings, by=by, on=day, place=place)
    for suggestion, said in zip(watched, INSTRUCTIONS, strict=False):
        _instruct(town, suggestion, said, on)
    _speak([one for one in _being_handled() if not one.key], on)


def _instruct(town: Town, suggestion: Suggestion, said: tuple[int, int, str, str, str], on: date) -> None:
    ago, due, text, to, answer = said
    day = max(on - timedelta(days=ago), suggestion.handed_over_on or on)
    facts: dict[str, Any] = {"congress_id": town.congress.id, "due_on": max(day, on + timedelta(days=due))}
    by = town.clerk.for_paper_of("陶启明")
    _made, duties = supervision.instruct([suggestion], "陶启明", text, [to], by=by, on=day, **facts)
    for duty in duties if answer else ():
        body = next(one for one in town.bodies.values() if one.id == duty.body_id)
        supervision.answer(_whole(duty), answer, by=town.handler(body), on=on)


def _whole(duty: Any) -> Any:
    """A duty, read anew, with what the answer needs."""
    wanted = sa.select(type(duty)).where(type(duty).id == duty.id)
    about = (joinedload(type(duty).instruction), joinedload(type(duty).suggestion), joinedload(type(duty).assignment))
    return db.session.scalars(wanted.options(*about).execution_options(populate_existing=True)).one()


def _speak(watched: list[Suggestion], on: date) -> None:
    clerk, handler = _account(Role.OFFICE_CLERK), _account(Role.BODY_HANDLER)
    for suggestion, (audience, text, is_to_body) in zip(watched[3:], REMARKS, strict=False):
        to = next((one.body_id for one in suggestion.assignments), None) if is_to_body else None
        _say(suggestion, text, audience, clerk, on, to_body_id=to)
    own = [one for one in watched if any(part.body_id == handler.body_id for part in one.assignments)]
    for suggestion in own[:1]:
        _say(suggestion, "材料已补充，请代表工委确认面商时间。", Audience.OFFICE, handler, on, to_office=True)
        _say(suggestion, "请补充面商记录。", Audience.ALL, clerk, on, to_body_id=handler.body_id)


def _say(suggestion: Suggestion, text: str, audience: Audience, user: User, on: date, **more: Any) -> None:
    facts: dict[str, Any] = {"role": user.role, "by": user.actor(), "on": on, "at": clock.now(), **more}
    remarks.say(suggestion, text, audience, **facts)


def _account(role: Role) -> User:
    return db.session.scalars(sa.select(User).where(User.role == role).order_by(User.id)).first() or User()


def _being_handled() -> list[Suggestion]:
    """What bodies work on, the oldest first."""
    return _of((Stage.HANDED_OVER,))


def _of(stages: tuple[Stage, ...], *which: Any) -> list[Suggestion]:
    wanted = (
        sa.select(Suggestion)
        .where(Suggestion.stage.in_(stages), *which)
        .options(selectinload(Suggestion.assignments).joinedload(Assignment.body), joinedload(Suggestion.meeting))
        .order_by(Suggestion.id)
        .limit(40)
        .execution_options(populate_existing=True)
    )
    return list(db.session.scalars(wanted))
