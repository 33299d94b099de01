"""Dispatching, returning, recalling, changing the lead; and the folder in which such decisions wait."""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa

from tests import makers
from tests.journeys.acts.before import CONSTELLATIONS, Before
from tests.journeys.acts.desk import makes
from tracker import clock
from tracker.dispatch import actions as dispatch
from tracker.dispatch import drafted, drafted_changes
from tracker.dispatch.actions.succeeding import succeed
from tracker.dispatch.models import BodyReturn, Part
from tracker.errors import RuleBroken
from tracker.signing import actions as signing
from tracker.signing import queries as folder
from tracker.signing.models import ToSign
from tracker.structure.models import SuccessionKind
from tracker.structure.reform import Reform, new_body_like

LEADS = (Part.LEAD, Part.JOINT, Part.SOLE)
BELOW = (
    (("roads", Part.LEAD), ("money", Part.CO)),
    (("schools", Part.SOLE),),
    (("roads", Part.JOINT), ("money", Part.JOINT)),
    (("money", Part.CO),),
    (("roads", Part.SEPARATE), ("schools", Part.SEPARATE)),
)


class Dispatching(Before):
    @makes("sign_for", weight=3)
    def sign_for(self, which: int) -> None:
        one = self.pick(which)
        dispatch.sign_for(one, by=self.whose(one), on=self.on)

    @makes("pass_on", needs="hub", weight=6)
    def pass_on(self, which: int) -> None:
        there = [one for one in self.assignments() if one.body.is_hub and (self.blind or one.standing in self.fitting)]
        hub, named = self.one_of(there, which), BELOW[which // 3 % len(BELOW)]
        dispatch.pass_on(hub, [(self.bodies[name], part) for name, part in named], by=self.whose(hub), on=self.on)

    @makes("ask_return")
    def ask_return(self, which: int) -> None:
        one, proposed = self.pick(which), self.one_of(self.bodies.values(), which // 5)
        dispatch.ask_return(one, "不属本局职责", proposed, by=self.whose(one), on=self.on)

    @makes("try_return")
    def try_return(self, which: int) -> None:
        one = self.pick(which)
        if not dispatch.note_late_return(one, by=self.whose(one), on=self.on):
            raise RuleBroken("not late")

    @makes("grant_return", "refuse_return", needs="return", weight=3)
    def decide_return(self, which: int) -> None:
        wanted = sa.select(BodyReturn).where(BodyReturn.granted.is_(None)).order_by(BodyReturn.id)
        asked = self.row(wanted.options(sa.orm.joinedload(BodyReturn.assignment)), which)
        to = self.one_of(self.bodies.values(), which // 3)
        facts = {"granted": which % 2 == 0, "to_id": to.id, "note": "同意改办"}
        hub = self.office.users["hub"]
        if asked.assignment.passed_on_from_id is not None:
            drafted.decide_return(asked.id, facts, hub, by=hub.actor(), on=self.on)
        else:
            self.decide(drafted.RETURN, asked.id, facts)

    @makes("change_lead", parts=LEADS)
    def change_lead(self, which: int) -> None:
        one, to = self.pick(which), self.one_of(self.bodies.values(), which // 3)
        if one.passed_on_from_id is not None and which % 3 == 0:
            dispatch.change_lead(one, to, "改由其主办", stays=bool(which % 2), **self.law())
        else:
            facts = {"to_id": to.id, "stays": bool(which % 2), "reason": "改由其主办"}
            self.decide(drafted_changes.CHANGE_LEAD, one.id, facts)

    @makes("recall", weight=1)
    def recall(self, which: int) -> None:
        self.decide(drafted_changes.RECALL, self.pick(which).id, {"reason": "交办有误"})

    @makes("assign", "answer", needs="nobody", weight=6)
    def assign_again(self, which: int) -> None:
        named = CONSTELLATIONS[which % len(CONSTELLATIONS)]
        dispatch.assign_again(self.suggestion, [(self.bodies[name], part) for name, part in named], **self.law())

    @makes("succeed", "absorb", weight=1)
    def reform(self, which: int) -> None:
        """One bureau is renamed, or two become one."""
        names = (("roads",), ("roads", "money"), ("court",), ("schools", "money"))[which % 4]
        kind = SuccessionKind.MERGED if len(names) > 1 else SuccessionKind.RENAMED
        old = [self.bodies[name] for name in names]
        new = new_body_like(old[0], f"市新局{which}", **makers.entered())
        reform = Reform(kind, old, [new], self.on, "临政发〔2026〕3号")
        succeed(reform, by=self.by, on=self.on, at=clock.now())
        self.bodies = {**self.bodies, **dict.fromkeys(names, new)}

    @makes(needs="paper", weight=4)
    def sign_paper(self, which: int) -> None:
        signing.sign(self.paper(which), self.head, by=self.head.actor(), on=self.on)

    @makes(needs="paper", weight=1)
    def give_paper_back(self, which: int) -> None:
        signing.give_back(self.paper(which), "请再核", by=self.head.actor(), on=self.on)

    @makes(needs="given_back", weight=1)
    def take_paper_out(self, which: int) -> None:
        papers = [*folder.waiting(self.clerk), *folder.given_back(self.clerk)]
        signing.take_out(self.one_of(papers, which), on=self.on)

    def paper(self, which: int) -> ToSign:
        return self.one_of(folder.waiting(self.head), which)

    @makes(weight=3)
    def wait(self, which: int) -> None:
        """Days pass; the clock of the test stands behind them all."""
        days = 120 if which % 7 == 0 else 1 + which % 25
        self.on = min(self.on + timedelta(days=days), clock.today())
