"""A city in which a matter was answered as solved a year ago, with a promise, and comes back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest

from tests.makers import a_submitted_reply, assignments_of
from tests.register.city import CLERK, City, build
from tracker import clock
from tracker.database import db
from tracker.deadlines import queries as deadlines
from tracker.dispatch.actions import hand_over, propose
from tracker.dispatch.models import Part
from tracker.handling.actions import deliver
from tracker.intake.actions import Content, record
from tracker.roles import Role
from tracker.suggestion.models import Suggestion

LAST_YEAR, THIS_YEAR = date(2025, 3, 3), date(2026, 3, 2)
ANSWERED_ON = date(2025, 5, 6)
TITLE = "关于解决幸福里小区加装电梯难的建议"
TEXT = "幸福里小区六层住宅没有电梯，老人上下楼困难。建议财政补助加装电梯，简化审批手续。"
AGAIN = "关于推进幸福里小区既有住宅增设电梯的建议"
AGAIN_TEXT = "幸福里小区老楼多，老年人困在家里。去年以来没有一个单元开工，建议缩短电梯审批时间，补助加装电梯费用。"
OTHER = "关于推广秸秆还田的建议"
OTHER_TEXT = "秸秆焚烧屡禁不止，建议补贴秸秆离田作业，培育收储企业。"
PROMISE = {"what": "年底前完成三个单元加装电梯", "owner": "市交通运输局", "due_on": "2025-12-31"}


@dataclass
class Town:
    """The city with what was recorded: `then` is answered, `now` is the same matter, `other` is something else."""

    city: City
    then: Suggestion
    now: Suggestion
    other: Suggestion

    def user(self, role: Role = Role.OFFICE_CLERK, body: str = ""):
        return self.city.user(role, body)


def recorded(city: City, title: str, text: str, on: date, **facts) -> Suggestion:
    with clock.at(on):
        content = Content(title=title, text=text, lead_deputy_id=city.deputy.id, **facts)
        rules = deadlines.rule_set_in_force("default", on)
        return record(city.meeting, content, by=CLERK, on=on, rules_in_force=rules)


def handed(city: City, suggestion: Suggestion, on: date, **parts: Part) -> None:
    with clock.at(on):
        propose(suggestion, [(city.bodies[name], part) for name, part in parts.items()], by=CLERK, on=on)
        congress, meeting = city.congress, city.meeting
        hand_over([suggestion], congress=congress, meeting=meeting, document_number="1号", by=CLERK, on=on, tell=False)
    db.session.commit()


def answered(suggestion: Suggestion, on: date, **content) -> None:
    with clock.at(on):
        for assignment in assignments_of(suggestion):
            reply = a_submitted_reply(assignment, on, letter_on=on, **content)
            deliver(reply, assignment, by=CLERK, on=on, tell=False)
    db.session.commit()


@pytest.fixture
def town(session, stopped_clock) -> Town:
    stopped_clock(THIS_YEAR)
    city = build()
    then = recorded(city, TITLE, TEXT, LAST_YEAR)
    handed(city, then, LAST_YEAR, roads=Part.SOLE)
    answered(then, ANSWERED_ON, class_label="A", promises=[PROMISE])
    made = Town(city, then, recorded(city, AGAIN, AGAIN_TEXT, THIS_YEAR), recorded(city, OTHER, OTHER_TEXT, THIS_YEAR))
    db.session.commit()
    return made


@pytest.fixture
def clerk(town, reader):
    return reader.signed_in_as(town.user())
