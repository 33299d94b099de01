"""Signals are looked for, answered, dismissed, and counted again."""

from __future__ import annotations

import sqlalchemy as sa

from tests.journeys.acts.desk import makes
from tests.journeys.acts.following import Following
from tracker import clock
from tracker.database import db
from tracker.signals import actions, finding
from tracker.signals.models import Signal
from tracker.signals.queries import DISMISSED, HOLDS, get_signal

OWN = 1_000_000  # things of which no kind speaks: signals about the office, whatever kinds there are


class Signs(Following):
    @makes(weight=1)
    def look(self, _which: int) -> None:
        """The night looks twice, and the second time nothing is raised or cleared."""
        db.session.flush()
        finding.look(self.congress, on=self.on, at=clock.now())
        assert finding.look(self.congress, on=self.on, at=clock.now()).rows == 0, "found twice is found once"

    @makes(weight=1)
    def look_at_the_office(self, which: int) -> None:
        """One about our own office, which is no part of any body's."""
        facts = {"congress_id": self.congress.id, "suggestion_id": self.suggestion.id, "facts": {}}
        known = sa.select(sa.func.max(Signal.thing_id)).where(Signal.kind == "silent", Signal.thing_id >= OWN)
        thing = (db.session.scalar(known) or OWN) + 1
        db.session.add(Signal(kind="silent", thing_id=thing, raised_on=self.on, raised_at=clock.now(), **facts))
        db.session.flush()

    @makes("answer_signal", "answer_own_signal", needs="sign")
    def answer_sign(self, which: int) -> None:
        actions.answer(self.sign(which), "情况如下。", **self.law())

    @makes("dismiss_signal", "dismiss_own_signal", needs="sign")
    def dismiss_sign(self, which: int) -> None:
        actions.dismiss(self.sign(which), "已核实。", **self.law())

    @makes("restore_signal", "restore_own_signal", needs="dismissed", weight=3)
    def restore_sign(self, which: int) -> None:
        actions.restore(self.sign(which, DISMISSED), **self.law())

    def sign(self, which: int, *such: sa.ColumnElement[bool]) -> Signal:
        number = self.row(sa.select(Signal.id).where(HOLDS, *such).order_by(Signal.id), which)
        return get_signal(number, self.clerk)
