"""What the bodies do: they speak with the deputy, help, ask for time, draft, pass to their leader, agree, submit."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from tests.journeys.acts.desk import OWES, makes
from tests.journeys.acts.dispatching import LEADS, Dispatching
from tests.makers import a_content
from tracker import clock
from tracker.database import db
from tracker.deadlines.models import Deadline
from tracker.deadlines.queries import IS_OPEN
from tracker.dispatch.models import ANSWERING, Assignment, Part
from tracker.handling import actions as handling
from tracker.handling import drafted
from tracker.handling.actions.joint import asked_about
from tracker.handling.agreement import LeadAgreement, digest_of
from tracker.handling.content import PointContent
from tracker.handling.models import CoOpinion, Extension, Manner, Reply


class Answering(Dispatching):
    @makes("contact")
    def contact(self, which: int) -> None:
        one = self.pick(which)
        manner = tuple(Manner)[which % len(Manner)]
        handling.note_contact(one, manner, "赵代表", by=self.whose(one), on=self.on)

    @makes("note_progress", weight=1)
    def note_progress(self, which: int) -> None:
        one = self.pick(which)
        handling.note_progress(one, "已现场踏勘", by=self.whose(one), on=self.on)

    @makes("give_opinion", parts=(Part.CO,), weight=4)
    def give_opinion(self, which: int) -> None:
        one = self.pick(which)
        handling.give_opinion(one, "同意。", by=self.whose(one), on=self.on)

    @makes("ask_opinion_again")
    def ask_opinion_again(self, which: int) -> None:
        helper = self.pick(which)
        leads = [one for one in self.assignments() if one.part in ANSWERING and one.standing in OWES]
        opinion = self.row(sa.select(CoOpinion).where(CoOpinion.assignment_id == helper.id), 0)
        lead = self.one_of(leads, which)
        handling.ask_opinion_again(opinion, helper, lead, "过于简单", by=self.whose(lead), on=self.on)

    @makes("ask_extension")
    def ask_extension(self, which: int) -> None:
        one, until = self.answering(which), self.on + timedelta(days=100 + which % 200)
        handling.ask_extension(one, "勘察未完", until, by=self.whose(one), on=self.on)

    @makes("grant_extension", "refuse_extension", needs="extension")
    def decide_extension(self, which: int) -> None:
        asked = self.row(sa.select(Extension.id).where(Extension.granted.is_(None)).order_by(Extension.id), which)
        self.decide(drafted.EXTENSION, asked, {"granted": bool(which % 3), "to": "", "note": "准予"})

    @makes("set_by_hand", weight=1)
    def set_by_hand(self, which: int) -> None:
        one = self.pick(which)
        running = sa.select(Deadline).where(Deadline.assignment_id == one.id, IS_OPEN).order_by(Deadline.id)
        to = self.on + timedelta(days=which % 90)
        handling.set_by_hand(self.row(running, which), one, to, "主任会议决定", **self.law())

    @makes("submit", "ask_agreement_again", parts=ANSWERING)
    def save_draft(self, which: int) -> None:
        """Of two leads that agreed already, the one that writes changes its text: the other is asked anew."""
        writing = [one for one in self.assignments() if one.standing in OWES and one.part in ANSWERING]
        self._draft(self.one_of(writing, which), which)

    def _draft(self, one: Assignment, which: int) -> Reply:
        content = a_content(
            class_label=("A", "B", "C")[which % 3],
            text=f"道路已经拓宽({which % 4})。",
            letter_on=self.on,
            paper_original=bool(which % 5),
            points=[PointContent("请予拓宽", "已拓宽")] if which % 2 else [],
            promises=[self._promise(which)] if which % 3 == 1 else [],
            refusal="不具备条件" if which % 3 == 2 else "",
        )
        return handling.save_draft(one, content, version=None, by=self.whose(one), at=clock.now())

    def _promise(self, which: int) -> dict[str, str]:
        due_on = self.on + timedelta(days=30 + which % 200)
        return {"what": "安装路灯", "owner": "林承办", "due_on": due_on.isoformat()}

    @makes("submit", parts=ANSWERING, weight=8)
    def submit(self, which: int) -> None:
        """What is drafted, else a text written for it."""
        one = self.answering(which)
        drafted_already = db.session.scalars(sa.select(Reply).where(Reply.assignment_id == one.id)).first()
        reply = drafted_already if drafted_already is not None and which % 4 else self._draft(one, which)
        reply.letter_on = reply.letter_on or self.on
        handling.submit(one, reply, by=self.whose(one), on=self.on)

    @makes(weight=1)
    def choose_approval(self, which: int) -> None:
        body = self.one_of(self.bodies.values(), which)
        handling.set_approval(body, which % 3 == 0, **self.law())

    @makes("pass_to_leader", needs="reply", parts=ANSWERING)
    def pass_to_leader(self, which: int) -> None:
        reply, one = self.replied(which)
        handling.pass_to_leader(one, reply, by=self.whose(one), on=self.on)

    @makes("approve_reply", needs="approval", weight=3)
    def approve(self, which: int) -> None:
        reply, one = self.replied(which)
        handling.approve(one, reply, by=self.whose(one), on=self.on)

    @makes("give_back", needs="approval")
    def give_back(self, which: int) -> None:
        reply, one = self.replied(which)
        handling.give_back(one, reply, "请补充时限", by=self.whose(one), on=self.on)

    @makes("take_back", needs="approval")
    def take_back(self, which: int) -> None:
        reply, one = self.replied(which)
        handling.take_back(one, reply, by=self.whose(one), on=self.on)

    @makes("ask_agreement", needs="reply", parts=(Part.JOINT,), weight=6)
    def ask_agreement(self, which: int) -> None:
        writing = [one for one in self.assignments() if one.part is Part.JOINT and self._has_draft(one)]
        one = self.one_of(writing, which)
        handling.ask_agreement(one, self.reply_of(one), by=self.whose(one), on=self.on)

    @makes("agree_to_reply", needs="asked", parts=(Part.JOINT,), weight=6)
    def agree_to_reply(self, which: int) -> None:
        open_ones = sa.select(LeadAgreement).where(LeadAgreement.ended_on.is_(None), LeadAgreement.agreed_on.is_(None))
        asked = self.row(open_ones.options(sa.orm.joinedload(LeadAgreement.reply)), which)
        [one] = [each for each in self.assignments() if each.id == asked.assignment_id] or [self.pick(which)]
        seen = digest_of(asked.reply) if which % 6 else "read before"
        handling.agree_to_reply(one, asked, asked.reply, seen, by=self.whose(one), on=self.on)

    @makes("refuse_agreement", needs="asked", parts=(Part.JOINT,), weight=2)
    def refuse_agreement(self, which: int) -> None:
        open_ones = sa.select(LeadAgreement).where(LeadAgreement.ended_on.is_(None), LeadAgreement.agreed_on.is_(None))
        asked = self.row(open_ones.options(sa.orm.joinedload(LeadAgreement.reply)), which)
        [one] = [each for each in self.assignments() if each.id == asked.assignment_id] or [self.pick(which)]
        handling.refuse_agreement(one, asked, asked.reply, "该路段不属我局管养", by=self.whose(one), on=self.on)

    @makes("ask_agreement_again", parts=LEADS, weight=3)
    def write_anew(self, which: int) -> None:
        """The lead that writes changes its text, though the other one has agreed to it."""
        writing = [one for one in self.assignments() if one.standing in OWES and self._has_draft(one)]
        one = self.one_of(writing, which)
        if not self.blind and asked_about(self.reply_of(one).id) is None:
            self.one_of([], which)
        self._draft(one, which + 1)

    def _has_draft(self, one: Assignment) -> Any:
        return db.session.scalar(sa.select(Reply.id).where(Reply.assignment_id == one.id, Reply.text != ""))
