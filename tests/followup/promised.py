"""A delivered reply with a promise, and what bodies and deputies do about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from tests.makers import Case, a_case, a_submitted_reply, a_user, with_reading_by
from tracker.actor import Actor
from tracker.database import db
from tracker.dispatch.models import Assignment
from tracker.feedback.models import RatingChannel
from tracker.followup import actions, judging
from tracker.followup.models import Fate, PromiseReport
from tracker.handling.actions import deliver
from tracker.handling.models import Promise
from tracker.people.models import User
from tracker.roles import Role
from tracker.suggestion.models import Suggestion

ON = date(2026, 5, 6)
DUE_ON = date(2026, 9, 1)
LAMPS = {"what": "安装路灯", "owner": "林承办", "due_on": "2026-09-01"}


@dataclass
class Promised:
    """The case, the one promise of its reply, and the verbs."""

    case: Case
    promise_id: int

    @property
    def promise(self) -> Promise:
        """With what actions need of it, read anew."""
        about = joinedload(Promise.assignment).options(
            joinedload(Assignment.suggestion).joinedload(Suggestion.meeting), joinedload(Assignment.body)
        )
        return db.session.scalars(sa.select(Promise).where(Promise.id == self.promise_id).options(about)).one()

    @property
    def deputy_user(self) -> User:
        return a_user(self.case.congress, Role.DEPUTY, deputy_id=self.case.deputy.id)

    def report(self, fate: Fate = Fate.KEPT, note: str = "已安装十盏", on: date = ON, **more: Any) -> PromiseReport:
        promise = self.promise
        made = actions.report(promise, fate, note, by=self.case.by_body, on=on, **more)
        made.promise = promise
        return made

    def judge(self, report: PromiseReport, agrees: bool, note: str = "", on: date = ON, **more: Any) -> Any:
        by = Actor("user", None, self.case.deputy.name)
        said = judging.judge(
            report, self.case.deputy, agrees, note, channel=RatingChannel.ACCOUNT, by=by, on=on, **more
        )
        said.report = report
        db.session.flush()
        return said

    def decide(self, said: Any, kept: bool, note: str = "现场核实", on: date = ON) -> None:
        judging.decide(said, kept, note, by=self.case.by_office, on=on)
        db.session.flush()


def promised(outcome_label: str = "B", promises: list[dict[str, str]] | None = None) -> Promised:
    """Answered on 6 May with a promise for 1 September, and delivered the same day."""
    case = a_case()
    with_reading_by("office", case.congress)
    reply = a_submitted_reply(
        case.lead, ON, class_label=outcome_label, promises=[LAMPS] if promises is None else promises
    )
    deliver(reply, case.lead, by=case.by_office, on=ON)
    db.session.commit()
    return Promised(case, db.session.scalar(sa.select(sa.func.min(Promise.id))) or 0)
