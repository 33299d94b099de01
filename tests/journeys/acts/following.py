"""Promises are followed, key items looked at, instructions given; alarms are raised and the calendar changes."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from tests.journeys.acts.desk import FIRST_DAY, makes
from tests.journeys.acts.writing import Writing
from tracker import clock
from tracker.database import db
from tracker.deadlines import actions as clocks
from tracker.deadlines.moving import would_change
from tracker.dispatch.models import ANSWERING, Assignment
from tracker.escalation import by_hand
from tracker.escalation.actions import raise_alarms
from tracker.feedback.models import RatingChannel
from tracker.followup import actions as followup
from tracker.followup import judging, yearly
from tracker.followup.models import Fate, Judgement, PromiseReport
from tracker.handling.models import Manner, Promise
from tracker.supervision import actions as supervision
from tracker.supervision.models import Duty, InspectionKind
from tracker.supervision.queries import get_duty
from tracker.workdays.actions import load_days

WHOLE = (joinedload(Promise.assignment).joinedload(Assignment.suggestion), joinedload(Promise.reply))


class Following(Writing):
    @makes("promise_kept", "promise_moved", "promise_broken", "promise_on_course", needs="promise", weight=5)
    def report(self, which: int) -> None:
        promise = self.row(sa.select(Promise).options(*WHOLE).order_by(Promise.id), which)
        fate = tuple(Fate)[which // 2 % len(Fate)]
        new_due_on = self.on + timedelta(days=60 + which % 300) if fate is Fate.MOVED else None
        by = self.whose(promise.assignment)
        followup.report(promise, fate, "见附件", by=by, on=self.on, new_due_on=new_due_on)

    @makes("confirm_promise", "dispute_promise", needs="report", weight=4)
    def judge(self, which: int) -> None:
        about = joinedload(PromiseReport.promise).options(*WHOLE)
        wanted = sa.select(PromiseReport).where(PromiseReport.to_be_judged.is_(True)).options(about)
        report = self.row(wanted.order_by(PromiseReport.id.desc()), which % 2)
        facts = {"channel": RatingChannel.LINK, **self.by_deputy()}
        judging.judge(report, self.office.deputy, bool(which % 2), "未见开工", **facts)

    @makes("decide_dispute", needs="dispute", weight=4)
    def decide_dispute(self, which: int) -> None:
        about = joinedload(Judgement.report).joinedload(PromiseReport.promise).options(*WHOLE)
        wanted = sa.select(Judgement).where(Judgement.agrees.is_(False), Judgement.decided_on.is_(None))
        judging.decide(self.row(wanted.options(about), which), bool(which % 2), "现场核实", **self.law())

    @makes("date_promise", needs="delivery", parts=ANSWERING)
    def date_promise(self, which: int) -> None:
        reply, one = self.replied(which)
        facts = {"by": self.whose(one), "on": self.on}
        followup.date_promise(reply, "安装路灯", "林承办", self.on + timedelta(days=which % 200), **facts)

    @makes(needs="promise")
    def ask_yearly(self, _which: int) -> None:
        yearly.ask_bodies(self.congress.id, on=self.on)
        yearly.ask_deputies(self.congress.id, on=self.on)

    @makes("name_key", weight=1)
    def name_key(self, _which: int) -> None:
        supervision.name_key(self.suggestion, "主任会议", leader="蒋主任", **self.law())

    @makes("inspect", weight=1)
    def inspect(self, which: int) -> None:
        kind = tuple(InspectionKind)[which % len(InspectionKind)]
        supervision.inspect(self.suggestion, kind, "代表三人", "进度滞后", **self.law())

    @makes("instruct_office", "instruct")
    def instruct(self, which: int) -> None:
        facts: dict[str, Any] = {"congress_id": self.congress.id, "due_on": self.on + timedelta(days=10)}
        to = [("office",), ("answering",)][which % 2]
        supervision.instruct([self.whole()], "蒋主任", "请抓紧办理。", to, **facts, **self.law())

    @makes("office_followed", "body_followed", needs="duty")
    def follow_instruction(self, which: int) -> None:
        duty = self.row(sa.select(Duty.id).where(Duty.answered_on.is_(None)).order_by(Duty.id), which)
        supervision.answer(get_duty(duty, self.clerk), "已办。", **self.law())

    @makes(weight=1)
    def raise_alarms(self, _which: int) -> None:
        """The bell rings twice on a day, and the second time nothing is raised."""
        db.session.flush()
        raise_alarms(self.congress, self.on, at=clock.now())
        assert raise_alarms(self.congress, self.on, at=clock.now()).alarms == 0, "raised twice is raised once"

    @makes("chase", weight=1)
    def chase(self, which: int) -> None:
        one, manner = self.pick(which), tuple(Manner)[which % len(Manner)]
        by_hand.chase(one, manner, "周科长", "请尽快答复", **self.law())

    @makes("mark_pending", "unmark_pending", weight=1)
    def pending_case(self, which: int) -> None:
        one = self.pick(which)
        if one.pending_case:
            by_hand.unmark_pending(one, "已审结", **self.law())
        else:
            by_hand.mark_pending(one, "court", "案件审理中", **self.law())

    @makes(weight=1)
    def typhoon(self, which: int) -> None:
        off = self.on + timedelta(days=which % 40)
        if off.year != FIRST_DAY.year:
            self.one_of([], which)
        load_days(off.year, [(off, False, "台风停工")], source="通知", congress_id=self.congress.id, **self.law())
        clocks.recount(on=self.on, congress_id=self.congress.id)
        assert not any(one.moves for one in would_change(self.congress.id)), "counted twice is counted once"
