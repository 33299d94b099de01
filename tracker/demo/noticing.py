"""What the demo's office wrote to bodies that are late: issued, answered, asked again, lying as drafts."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from tracker import clock
from tracker.demo.diary import Diary
from tracker.demo.settling import Town
from tracker.notices import actions, climbed, queries
from tracker.notices.models import Finding, Measure, Notice
from tracker.notices.papers import notice_paper
from tracker.paper.actions import number
from tracker.people.models import User
from tracker.roles import Role

DAYS, DECIDED = 14, 2
CAME_SO = "该事项涉及部门较多，前期调查摸底用时较长，未能按期完成，我单位已作检讨。"
MEASURES = "已成立工作专班，由分管负责同志牵头，逐项现场勘查，下周与代表当面沟通后正式答复。"
MISSING = "未说明具体完成时限和责任处室，请补充。"
MEETING = "市人大常委会第三十一次主任会议"


def write(town: Town, diary: Diary, today: date) -> None:
    """Put it into the diary of the last month."""
    diary.write(today - timedelta(days=28), lambda day: _issue(town, day, issued=3))
    diary.write(today - timedelta(days=18), lambda day: _answer(town, day))
    diary.write(today - timedelta(days=12), lambda day: _judge(town, day))
    diary.write(today - timedelta(days=6), lambda day: _decide(town, day))
    diary.write(today - timedelta(days=1), lambda day: _leave_drafts(town, day))


def _clerk(town: Town) -> User:
    """Whoever asks as the office."""
    return User(congress_id=town.congress.id, role=Role.OFFICE_CLERK)


def _draft(town: Town, day: date, most: int) -> list[Notice]:
    until_on = day + timedelta(days=DAYS)
    chosen = climbed.groups(_clerk(town))[:most]
    return [actions.draft(one, answer_by_on=until_on, by=town.clerk, on=day) for one in chosen]


def _leave_drafts(town: Town, day: date) -> None:
    _draft(town, day, most=2)


def _issue(town: Town, day: date, issued: int) -> None:
    """Drafted and issued, and one of them printed."""
    made = [actions.issue(one, by=town.clerk, on=day) for one in _draft(town, day, issued)]
    number([notice_paper(one) for one in made[:1]], congress_id=town.congress.id, by=town.clerk, at=clock.now())


def _running(town: Town) -> list[Notice]:
    return queries.listed(queries.notices(_clerk(town), queries.IS_RUNNING))


def _answer(town: Town, day: date) -> None:
    """All but the last answer."""
    for one in _running(town)[:-1]:
        notice = queries.of_id(one.id)
        facts: dict[str, Any] = {"by": town.handler(notice.body), "on": day}
        actions.answer(notice, CAME_SO, MEASURES, day + timedelta(days=20), **facts)


def _judge(town: Town, day: date) -> None:
    """One answer is enough, the next is not."""
    answered = [one for one in _running(town) if one.answer is not None]
    for one, finding in zip(answered, (Finding.NOT_ENOUGH, Finding.SATISFIED), strict=False):
        note = MISSING if finding is Finding.NOT_ENOUGH else ""
        until_on = day + timedelta(days=DAYS)
        again = actions.judge(queries.of_id(one.id), finding, note, answer_by_on=until_on, by=town.clerk, on=day)
        if again is not None:
            actions.issue(again, by=town.clerk, on=day)


def _decide(town: Town, day: date) -> None:
    """The meeting corrects some of what is listed by a day."""
    listed = climbed.to_decide(_clerk(town))[:DECIDED]
    if listed:
        facts: dict[str, Any] = {
            "meeting": MEETING,
            "until_on": day + timedelta(days=30),
            "note": "责成限期办结并书面报告。",
        }
        actions.decide_listed(listed, Measure.CORRECTION, by=town.clerk, on=day, **facts)
