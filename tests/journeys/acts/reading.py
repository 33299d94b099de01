"""The office reads a reply, and it goes to the deputies, each for himself."""

from __future__ import annotations

import sqlalchemy as sa

from tests.journeys.acts.answering import Answering
from tests.journeys.acts.desk import makes
from tracker.dispatch.models import ANSWERING, Assignment
from tracker.handling import actions as handling
from tracker.handling import drafted_reading
from tracker.handling.models import Delivery, Reply, Way
from tracker.public import actions as public
from tracker.public.models import PublicPage

BACK = (["no_contact"], ["other"])


class Reading(Answering):
    @makes("send_back")
    def send_back(self, which: int) -> None:
        reply, one = self.replied(which)
        if which % 3 == 0:
            handling.send_back(reply, one, BACK[which % 2], "附件缺失", **self.law())
        else:
            facts = drafted_reading.facts_of_sending_back(reply, BACK[which % 2], "附件缺失")
            self.decide(drafted_reading.SEND_BACK, reply.id, facts)

    @makes("deliver", parts=ANSWERING, weight=8)
    def deliver(self, which: int) -> None:
        reply, one = self.replied(which)
        way = (Way.SYSTEM, Way.PAPER, Way.SYSTEM)[which % 3]
        if which % 3 == 0:
            handling.deliver(reply, one, way=way, **self.law())
        else:
            self.decide(drafted_reading.DELIVER, reply.id, drafted_reading.facts_of_delivery(reply, way))

    @makes("record_original", parts=ANSWERING)
    def record_original(self, which: int) -> None:
        reply, one = self.replied(which)
        handling.record_original(reply, one, came_on=self.on, **self.law())

    @makes("change_class", parts=ANSWERING)
    def change_class(self, which: int) -> None:
        reply, one = self.replied(which)
        handling.change_class(reply, one, ("A", "B", "C")[which % 3], "未列入计划", **self.law())

    @makes("reach", needs="on_its_way", weight=4)
    def reach(self, which: int) -> None:
        handling.reach(self.delivery(which, Delivery.on.is_(None)), Way.PAPER, **self.law())

    @makes("lose", needs="delivery", weight=1)
    def lose(self, which: int) -> None:
        handling.lose(self.delivery(which), "退信", **self.law())

    @makes("relay", needs="on_its_way", weight=3)
    def relay(self, which: int) -> None:
        reply, one = self.replied(which)
        handling.relay(reply, one, **self.by_deputy())

    @makes("publish", parts=ANSWERING)
    def publish(self, which: int) -> None:
        reply, one = self.replied(which)
        handling.publish(reply, one, "市人大网", **self.law())

    @makes("show", parts=ANSWERING)
    def show(self, which: int) -> None:
        reply, one = self.replied(which)
        worded = public.Worded("标题", "", "", "答复。")
        public.show(reply, one, worded, "http://127.0.0.1:8000/published/", **self.law())

    @makes("take_down", needs="shown", weight=3)
    def take_down(self, which: int) -> None:
        wanted = sa.select(PublicPage).where(PublicPage.ended_on.is_(None)).order_by(PublicPage.id)
        about = sa.orm.joinedload(PublicPage.reply).joinedload(Reply.assignment).joinedload(Assignment.suggestion)
        page = self.row(wanted.options(about), which)
        public.take_down(page, page.reply.assignment, "涉及个人信息", **self.law())

    def delivery(self, which: int, *where: sa.ColumnElement[bool]) -> Delivery:
        about = sa.orm.joinedload(Delivery.reply).joinedload(Reply.assignment)
        return self.row(sa.select(Delivery).where(*where).options(about).order_by(Delivery.id), which)
