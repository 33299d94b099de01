"""A small city whose suggestions were recorded and handed over through the actions of the office."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from itertools import count

from tests.country import load_country
from tracker import clock
from tracker.actor import Actor
from tracker.database import db
from tracker.deadlines import queries as deadlines
from tracker.dispatch.actions import hand_over, propose
from tracker.dispatch.models import Assignment, Part
from tracker.intake.actions import Content, record
from tracker.people.models import User
from tracker.roles import Role
from tracker.structure.models import Body, Branch, Congress, Delegation, Deputy, Level, Meeting
from tracker.suggestion.models import Suggestion

RECORDED_ON = date(2026, 3, 2)
HANDED_OVER_ON = date(2026, 3, 4)
DUE_ON = date(2026, 6, 4)
CLERK = Actor("user", 1, "周文静")
_numbers = count(1)


@dataclass
class City:
    """The rows by their names, and verbs that make more of them."""

    congress: Congress
    meeting: Meeting
    deputy: Deputy
    bodies: dict[str, Body] = field(default_factory=dict)

    def record(self, title: str = "关于增设养老服务驿站的建议", **facts) -> Suggestion:
        content = Content(title=title, **{"text": "老年人就餐困难。", "lead_deputy_id": self.deputy.id, **facts})
        rules = deadlines.rule_set_in_force("default", RECORDED_ON)
        made = record(self.meeting, content, by=CLERK, on=RECORDED_ON, rules_in_force=rules)
        db.session.commit()
        return made

    def hand_over(self, suggestion: Suggestion, **parts: Part) -> list[Assignment]:
        """To bodies by name: `roads=Part.LEAD, schools=Part.CO`."""
        named = [(self.bodies[name], part) for name, part in (parts or {"roads": Part.SOLE}).items()]
        propose(suggestion, named, by=CLERK, on=HANDED_OVER_ON)
        hand_over(
            [suggestion],
            congress=self.congress,
            meeting=self.meeting,
            document_number="临常办〔2026〕3号",
            by=CLERK,
            on=HANDED_OVER_ON,
            tell=False,
        )
        db.session.commit()
        return list(db.session.scalars(db.select(Assignment).where(Assignment.suggestion_id == suggestion.id)))

    def handed_over(self, title: str = "关于增设养老服务驿站的建议", **parts: Part) -> Suggestion:
        suggestion = self.record(title)
        self.hand_over(suggestion, **parts)
        return suggestion

    def user(self, role: Role, body: str = "", deputy: Deputy | None = None) -> User:
        user = User(
            congress_id=self.congress.id,
            email=f"{role}{next(_numbers)}@city.example",
            name="周文静",
            role=role,
            body_id=self.bodies[body].id if body else None,
            deputy_id=deputy.id if deputy else None,
            created_at=clock.now(),
        )
        db.session.add(user)
        db.session.commit()
        return user


def build() -> City:
    """The city, with the shipped rule sets and calendar."""
    load_country(RECORDED_ON)
    congress = _add(
        Congress(name="临江市人大常委会", name_en="Linjiang", level=Level.CITY, rules_name="default", office_name="")
    )
    meeting = _add(Meeting(congress_id=congress.id, name="五次会议", name_en="5th meeting", year=2026))
    delegation = _add(Delegation(congress_id=congress.id, name="城东代表团", name_en="East"))
    deputy = _add(Deputy(congress_id=congress.id, name="王秀英", delegation_id=delegation.id))
    hub = _add(Body(congress_id=congress.id, name="市府办", name_en="Hub", branch=Branch.GOVERNMENT, is_hub=True))
    bodies = {"hub": hub}
    for name, chinese, branch in (
        ("roads", "市交通运输局", Branch.GOVERNMENT),
        ("schools", "市教育局", Branch.GOVERNMENT),
        ("court", "市中级人民法院", Branch.COURT),
    ):
        hub_id = hub.id if branch is Branch.GOVERNMENT else None
        bodies[name] = _add(
            Body(congress_id=congress.id, name=chinese, name_en=name.title(), branch=branch, hub_id=hub_id)
        )
    db.session.commit()
    return City(congress, meeting, deputy, bodies)


def _add(row):
    db.session.add(row)
    db.session.flush()
    return row
