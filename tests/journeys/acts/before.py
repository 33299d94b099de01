"""What is done before the hand-over, and the hand-over itself."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from tests.journeys.acts.desk import Desk, makes
from tracker import clock
from tracker.actor import Actor
from tracker.deadlines.queries import rule_set_in_force
from tracker.dispatch import actions as dispatch
from tracker.dispatch import drafted, going_round, queries
from tracker.dispatch.models import Circulated, Part
from tracker.intake import actions as intake
from tracker.intake.models import Answer, AnswerWay
from tracker.signing import actions as signing
from tracker.suggestion.models import Signature

CONSTELLATIONS = (
    (("roads", Part.LEAD), ("money", Part.CO)),
    (("roads", Part.JOINT), ("schools", Part.JOINT), ("money", Part.CO)),
    (("schools", Part.SOLE),),
    (("roads", Part.JOINT), ("court", Part.JOINT)),
    (("roads", Part.SEPARATE), ("court", Part.SEPARATE), ("money", Part.SEPARATE)),
    (("court", Part.LEAD), ("roads", Part.CO), ("schools", Part.CO)),
)


class Before(Desk):
    @makes("propose", weight=4)
    def propose(self, which: int) -> None:
        named = CONSTELLATIONS[which % len(CONSTELLATIONS)]
        dispatch.propose(self.suggestion, [(self.bodies[name], part) for name, part in named], **self.law())

    @makes("circulate")
    def circulate(self, which: int) -> None:
        dispatch.circulate([self.suggestion], self.office.meeting, 1 + which % 10, **self.law())

    @makes("agree_to_proposal", needs="circulated")
    def agree_to_proposal(self, which: int) -> None:
        row = self.circulated(which)
        dispatch.agree_to_proposals([row], by=Actor("link", None, "林承办", row.body_id), on=self.on)

    @makes("object_to_proposal", needs="circulated")
    def object_to_proposal(self, which: int) -> None:
        row, wished = self.circulated(which), self.one_of(self.bodies.values(), which // 7)
        by = Actor("link", None, "林承办", row.body_id)
        dispatch.object_to_proposal(row, "不属本局职责", wished, by=by, on=self.on)

    @makes("settle_objection", needs="objection", weight=4)
    def settle_objection(self, which: int) -> None:
        [row, *_] = going_round.objections(self.clerk) or [self.circulated(which)]
        instead = self.one_of(self.bodies.values(), which).id if which % 2 else None
        self.decide(drafted.OBJECTION, row.id, {"to_id": instead, "note": "经协商"})

    def circulated(self, which: int) -> Circulated:
        about = map(
            joinedload, (Circulated.suggestion, Circulated.body, Circulated.wished_body, Circulated.circulation)
        )
        wanted = sa.select(Circulated).where(Circulated.suggestion_id == self.suggestion.id, going_round.STILL)
        return self.row(wanted.options(*about).order_by(Circulated.id), which)

    @makes("hand_over", weight=6)
    def hand_over(self, which: int) -> None:
        named = queries.proposals([self.suggestion.id])
        bodies = drafted.bodies_as_drawn_up(named, [self.suggestion.id] if self.suggestion.id in named else [])
        facts = {"document_number": "临人办〔2026〕5号", "through_hubs": which % 3 == 1, "bodies": bodies}
        self.decide(drafted.HAND_OVER, self.office.meeting.id, facts)

    def decide(self, kind: str, thing_id: int, facts: dict[str, object]) -> None:
        """At once, or laid into the folder."""
        facts = {"granted": False, **facts}
        signing.act_or_draw_up(kind, thing_id, facts, self.clerk, **self.law(), suggestion_id=self.suggestion.id)

    @makes("amend")
    def amend(self, which: int) -> None:
        signed = sa.select(Signature.deputy_id).where(Signature.suggestion_id == self.suggestion.id)
        signers = [self.office.signer.id] if which % 4 else [self.row(signed, 0)]
        facts = {"lead_deputy_id": self.office.deputy.id, "co_signer_ids": signers}
        content = intake.Content(f"关于拓宽道路的建议({which})", "道路狭窄,请予拓宽。", **facts)
        intake.amend(self.suggestion, content, version=self.suggestion.version, **self.law())

    @makes("return_to_deputy", weight=1)
    def return_to_deputy(self, _which: int) -> None:
        intake.return_to_deputy(self.suggestion, "一事一议", **self.law())

    @makes("record", weight=8)
    def record_again(self, _which: int) -> None:
        intake.record_again(self.suggestion, rules_in_force=self.rules(), **self.law())

    def rules(self) -> object:
        return rule_set_in_force(self.congress.rules_name, self.on)

    @makes("treat_as_letter", weight=1)
    def treat_as_letter(self, which: int) -> None:
        self.rarely(which)
        intake.treat_as_letter(self.suggestion, "个案", **self.law())

    @makes("merge", "take_in", weight=1)
    def merge(self, which: int) -> None:
        one, into = (self.suggestion, self.other) if which % 5 == 0 else (self.other, self.suggestion)
        intake.merge(one, into, "同一事项", **self.law())

    @makes("separate", "let_go")
    def separate(self, which: int) -> None:
        one = self.suggestion if which % 2 else self.other
        intake.separate(one, "并非一事", rules_in_force=self.rules(), **self.law())

    @makes("ask_to_sign")
    def ask_to_sign(self, _which: int) -> None:
        intake.ask_to_sign(self.suggestion, **self.law())

    @makes("co_sign", "decline_to_sign")
    def answer_signing(self, which: int) -> None:
        answer, signer = Answer.NO if which % 3 == 0 else Answer.YES, self.office.signer
        intake.answer_signing(self.suggestion, signer, answer, way=AnswerWay.LINK, **self.by_deputy())

    @makes("withdraw", "ask_withdrawal", weight=1)
    def withdraw(self, which: int) -> None:
        self.rarely(which)
        intake.withdraw(self.suggestion, "情况有变", **self.by_deputy())

    @makes("agree_to_withdraw", "refuse_to_withdraw", needs="withdrawal")
    def answer_withdrawal(self, which: int) -> None:
        answer = Answer.YES if which % 3 == 0 else Answer.NO
        facts = {"way": AnswerWay.ACCOUNT, **self.by_deputy()}
        intake.answer_withdrawal(self.suggestion, self.office.signer, answer, **facts)

    @makes("drop_withdrawal", needs="withdrawal")
    def drop_withdrawal(self, _which: int) -> None:
        intake.drop_withdrawal(self.suggestion, **self.law())

    def rarely(self, which: int) -> None:
        """What ends the whole story is let happen one time in three."""
        if not self.blind and which % 3:
            self.one_of([], which)

    def by_deputy(self) -> dict[str, object]:
        return {"by": Actor("user", None, self.office.deputy.name), "on": self.on}

    @makes(weight=1)
    def choose_signing(self, which: int) -> None:
        facts = {"by": self.head.actor(), "on": self.on, "at": clock.now()}
        signing.choose_mode(self.congress.id, which % 2 == 0, **facts)
