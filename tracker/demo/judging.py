"""How replies reach the deputies of the city, what they think of them, and what the office finds of it."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from random import Random

from werkzeug.datastructures import FileStorage

from tracker import clock
from tracker.actor import Actor
from tracker.demo.diary import Happening
from tracker.demo.items import CitySuggestion, phrase
from tracker.demo.settling import Town
from tracker.dispatch.models import Assignment
from tracker.feedback import actions as feedback
from tracker.feedback import studying
from tracker.feedback.models import Finding, Rating, RatingChannel, Verdict
from tracker.files import store
from tracker.files.models import File
from tracker.handling import actions as handling
from tracker.handling import queries as replies
from tracker.handling.models import Delivery, Reply, Way
from tracker.structure.models import Deputy
from tracker.suggestion.models import Suggestion

PAPER = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
EXPLAINED = "经会同承办单位研究，所提事项受现行规划和资金安排限制，暂不具备再次办理的条件，已请承办单位持续关注。"
CONVINCED = "承办单位负责人当面作了说明，理由可以接受。"
CAME_BACK = "信件退回，收件地址已变更。"


@dataclass
class Judging:
    """One suggestion's share; `later` writes an act into the story's diary, `again` begins a new round there.

    Letters of an invented city are never mailed, so its replies go out on paper, by exchange or by hand.
    """

    town: Town
    item: CitySuggestion
    suggestion: Suggestion
    seed: int
    later: Callable[[date, tuple[int, int], Happening], None]
    telling: Callable[[date], bool]
    again: Callable[[Assignment, date], None]
    dice: Random = field(init=False)

    def __post_init__(self) -> None:
        self.dice = Random(f"judging {self.seed} {self.item.title}")  # nosec B311

    def deliver(self, assignment: Assignment, reply: Reply, on: date) -> None:
        """Released, then recorded deputy by deputy; a few are still to be delivered, and one in a while comes back."""
        way = self.dice.choices((Way.PAPER, Way.HANDED_OVER, Way.EXCHANGE), (5, 3, 2))[0]
        for one in handling.deliver(reply, assignment, by=self.town.clerk, on=on, way=way, tell=self.telling(on)):
            if self.dice.random() < 0.97:
                self.later(on, (0, 2), lambda day, one=one: self._reach(one, assignment, day))  # type: ignore[misc]

    def _reach(self, one: Delivery, assignment: Assignment, on: date) -> None:
        if one.on is None:
            handling.reach(one, one.way, by=self.town.clerk, on=on, assignment=assignment)
            if self.dice.random() < 0.01:
                self.later(on, (3, 6), lambda day: self._lose(one, day))

    def _lose(self, one: Delivery, on: date) -> None:
        handling.lose(one, CAME_BACK, by=self.town.clerk, on=on, told=CAME_BACK)

    def rate(self, assignment: Assignment, on: date) -> None:
        """The lead deputy rates, by his link or on paper; sometimes a co-signer too."""
        if (reply := replies.find_reply(assignment.id)) is None:
            return
        verdict = self.dice.choices(tuple(Verdict), (76, 15, 9))[0]
        attitude = Verdict.SATISFIED if self.dice.random() < 0.8 else verdict
        deputy = self.town.deputies[self.item.lead_deputy.name]
        rating = self._say(reply, deputy, attitude, verdict, on)
        if self.item.co_signers and self.dice.random() < 0.1:
            beside = self.town.deputies[self.item.co_signers[0].name]
            self._say(reply, beside, attitude, Verdict.SATISFIED, on)
        if rating.is_dissatisfied:
            self.later(on, (1, 8), lambda day: self._study(rating, assignment, day))
        elif verdict is Verdict.MOSTLY and self.dice.random() < 0.2:
            self.later(on, (2, 9), lambda day: self._change(rating, day))

    def _say(
        self, reply: Reply, deputy: Deputy, attitude: Verdict, verdict: Verdict, on: date, reason: str = ""
    ) -> Rating:
        comment = phrase(self.item, "comment", str(verdict), self.dice)
        if self.dice.random() < 0.6:
            channel, by, scan = RatingChannel.LINK, Actor("link", None, deputy.name), None
        else:
            channel, by = RatingChannel.PAPER, self.town.clerk.for_paper_of(deputy.name)
            scan = self._scan(by)
        facts = {"channel": channel, "by": by, "on": on, "tell": self.telling(on)}
        return feedback.rate(reply, deputy, attitude, verdict, comment, reason=reason, scan=scan, **facts)  # type: ignore[arg-type]

    def _scan(self, by: Actor) -> File:
        return store.keep(FileStorage(io.BytesIO(PAPER), filename="意见反馈表.pdf"), by=by, at=clock.now())

    def _study(self, rating: Rating, assignment: Assignment, on: date, *, once: bool = False) -> None:
        """Most are handled again; some are explained, and their deputies keep to it or change their minds."""
        finding = Finding.AGAIN if self.dice.random() < 0.6 or once else Finding.EXPLAINED
        note = EXPLAINED if finding is Finding.EXPLAINED else ""
        studying.study(rating, finding, note, by=self.town.clerk, on=on, tell=self.telling(on))
        if finding is Finding.AGAIN:
            self.again(assignment, on)
            return
        chance = self.dice.random()
        if chance < 0.5:
            self.later(on, (3, 9), lambda day: self._change(rating, day))
        elif chance < 0.8:
            self.later(on, (3, 9), lambda day: self._keep(rating, assignment, day))

    def _change(self, rating: Rating, on: date) -> None:
        deputy = self.town.deputies[self.item.lead_deputy.name]
        better = Verdict.MOSTLY if rating.is_dissatisfied else Verdict.SATISFIED
        self._say(rating.reply, deputy, Verdict.SATISFIED, better, on, reason=CONVINCED)

    def _keep(self, rating: Rating, assignment: Assignment, on: date) -> None:
        deputy = self.town.deputies[self.item.lead_deputy.name]
        studying.keep(rating, by=Actor("link", None, deputy.name), on=on)
        self.later(on, (1, 6), lambda day: self._study(rating, assignment, day, once=True))
