"""A government whose office is the hub of three bureaus, a court beside it, and suggestions ready to be handed over."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa

from tests import makers
from tracker.actor import Actor
from tracker.database import db
from tracker.deadlines.clauses import Kind
from tracker.deadlines.models import Deadline
from tracker.deadlines.queries import deadlines_of
from tracker.dispatch import actions
from tracker.dispatch.models import Assignment, HandOver, Part
from tracker.errors import RuleBroken
from tracker.mail.models import Letter
from tracker.people.models import User
from tracker.roles import Role
from tracker.structure import actions as structure
from tracker.structure.models import Body, Branch, Congress, Deputy, Meeting
from tracker.suggestion.models import Suggestion

DAY_0 = makers.HANDED_OVER_ON  # Monday, 2 March 2026
NAMES = {"roads": "市交通局", "schools": "市教育局", "money": "市财政局"}


@dataclass
class Office:
    """Everybody by name; `suggestion` is recorded and not handed over yet."""

    congress: Congress
    meeting: Meeting
    deputy: Deputy
    signer: Deputy
    suggestion: Suggestion
    bodies: dict[str, Body] = field(default_factory=dict)
    users: dict[str, User] = field(default_factory=dict)

    @property
    def clerk(self) -> Actor:
        return makers.CLERK

    def another(self, **more: Any) -> Suggestion:
        return makers.a_suggestion(self.meeting, self.deputy, **more)

    def named(self, *names: str, separate: bool = False) -> list[tuple[Body, Part]]:
        """Bodies with their parts: the first leads and the others help, or each answers its own part."""
        first, rest = (Part.SEPARATE, Part.SEPARATE) if separate else (Part.LEAD, Part.CO)
        return [(self.bodies[name], rest if place else first) for place, name in enumerate(names)]

    def propose(self, *names: str, separate: bool = False, to: Suggestion | None = None) -> None:
        actions.propose(to or self.suggestion, self.named(*names, separate=separate), by=self.clerk, on=DAY_0)

    def hand_over(self, *suggestions: Suggestion, on: date = DAY_0, **how: Any) -> HandOver:
        facts = {"congress": self.congress, "meeting": self.meeting, "document_number": "临人办〔2026〕5号", **how}
        return actions.hand_over(suggestions or [self.suggestion], by=self.clerk, on=on, **facts)

    def given(self, *names: str, separate: bool = False, **how: Any) -> list[Assignment]:
        """Handed over to these bodies, on day 0."""
        self.propose(*names, separate=separate)
        self.hand_over(**how)
        return self.assignments()

    def assignments(self) -> list[Assignment]:
        return makers.assignments_of(self.suggestion)

    def at_the_hub(self, *names: str, separate: bool = False) -> Assignment:
        """Handed over to the hub of these bodies."""
        [assignment] = self.given(*names, separate=separate, through_hubs=True)
        return assignment


def an_office(rules_name: str = "default") -> Office:
    congress = makers.a_congress(rules_name)
    meeting = makers.a_meeting(congress)
    deputy, signer = makers.a_deputy(congress), makers.a_deputy(congress, "钱附议")
    office = Office(congress, meeting, deputy, signer, makers.a_suggestion(meeting, deputy, signer))
    hub = makers.a_body(congress, "市政府办", is_hub=True)
    court = structure.add_body(congress.id, "市中级人民法院", Branch.COURT, **makers.entered())
    office.bodies = {"hub": hub, "court": court}
    for name, full in NAMES.items():
        office.bodies[name] = makers.a_body(congress, full, hub_id=hub.id)
    office.users = {
        "clerk": makers.a_user(congress, Role.OFFICE_CLERK),
        "hub": makers.a_user(congress, Role.HUB, body_id=hub.id),
        "roads": makers.a_user(congress, Role.BODY_HANDLER, body_id=office.bodies["roads"].id),
    }
    db.session.commit()
    return office


@contextmanager
def refused(sentence: str) -> Iterator[None]:
    """The rule says no with this sentence, and the page that asked undoes what was begun."""
    db.session.commit()
    with pytest.raises(RuleBroken, match=sentence):
        yield
    db.session.rollback()


def by(assignment: Assignment) -> Actor:
    return makers.actor_of(assignment)


def clock_of(assignment: Assignment, kind: Kind) -> Deadline:
    """The only clock of that kind that still holds, running or met."""
    db.session.flush()
    [found] = [one for one in deadlines_of(kind=kind, assignment_id=assignment.id) if one.voided_on is None]
    return found


def kinds_of(assignment: Assignment) -> set[Kind]:
    db.session.flush()
    return {one.kind for one in deadlines_of(assignment_id=assignment.id) if one.is_open}


def letters(kind: str) -> list[Letter]:
    db.session.flush()
    return list(db.session.scalars(sa.select(Letter).where(Letter.kind == kind).order_by(Letter.id)))
