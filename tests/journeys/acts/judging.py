"""The deputies judge, and the office studies why one is dissatisfied."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from tests.journeys.acts.desk import makes
from tests.journeys.acts.reading import Reading
from tracker.dispatch.models import ANSWERING
from tracker.feedback import actions as feedback
from tracker.feedback import studying
from tracker.feedback.models import Finding, Rating, RatingChannel, Study, Verdict
from tracker.structure.models import Deputy

CHANNELS = (RatingChannel.LINK, RatingChannel.ACCOUNT, RatingChannel.PAPER)


class Judging(Reading):
    @makes("rate_reply", parts=ANSWERING, weight=8)
    def rate(self, which: int) -> None:
        self._rate(which, self.office.deputy)

    @makes("rate_beside", parts=ANSWERING)
    def rate_beside(self, which: int) -> None:
        self._rate(which, self.office.signer)

    @makes("change_rating", parts=ANSWERING)
    def change_rating(self, which: int) -> None:
        self._rate(which, self.office.deputy, reason="再想想")

    def _rate(self, which: int, deputy: Deputy, **more: Any) -> None:
        reply, _one = self.replied(which)
        verdict, channel = tuple(Verdict)[which // 3 % 3], CHANNELS[which % 3]
        scan = self.scan if channel is RatingChannel.PAPER else None
        facts = {"channel": channel, "scan": scan, **self.by_deputy(), **more}
        feedback.rate(reply, deputy, verdict, verdict, f"仍未解决({which})", **facts)

    @makes("study", needs="pending", weight=6)
    def study(self, which: int) -> None:
        finding = tuple(Finding)[which % 2]
        studying.study(self.rating(studying.PENDING, which), finding, "已列入计划", **self.law())

    @makes("keep_rating", needs="explained", weight=6)
    def keep_rating(self, which: int) -> None:
        explained = sa.select(Study.rating_id).where(Study.finding == Finding.EXPLAINED, Study.kept_on.is_(None))
        studying.keep(self.rating(Rating.id.in_(explained), which), **self.by_deputy())

    def rating(self, which_ones: sa.ColumnElement[bool], which: int) -> Rating:
        wanted = studying.whole_rating().order_by(Rating.id)
        return self.row(wanted if self.blind else wanted.where(which_ones), which)

    @makes("close", weight=1)
    def close(self, which: int) -> None:
        feedback.close(self.suggestion, "已解释" if which % 3 else "", **self.law())
