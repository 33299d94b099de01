"""From the third step on somebody writes: notices are drafted, issued, answered, judged; the meeting decides."""

from __future__ import annotations

from datetime import timedelta

from tests.journeys.acts.desk import DRAFTS, RUNNING, makes
from tests.journeys.acts.judging import Judging
from tracker.notices import actions, climbed, queries
from tracker.notices.models import Finding, Measure


class Writing(Judging):
    @makes(needs="rung", weight=4)
    def draft_notice(self, which: int) -> None:
        group = self.one_of(climbed.groups(self.clerk), which)
        actions.draft(group, answer_by_on=self.on + timedelta(days=14), **self.law())

    @makes("issue_notice", needs="notice_draft", weight=4)
    def issue_notice(self, which: int) -> None:
        notice = queries.of_id(self.row(DRAFTS, which))
        actions.rewrite(notice, "请抓紧办理。", max(self.on, notice.drafted_on) + timedelta(days=14), "")
        actions.issue(notice, **self.law())

    @makes("drop_notice", needs="fallen", weight=4)
    def drop_met(self, _which: int) -> None:
        actions.drop_met(self.congress.id, on=self.on)
        assert actions.drop_met(self.congress.id, on=self.on) == 0, "dropped twice is dropped once"

    @makes("remind_notice", needs="unanswered", weight=4)
    def remind_of_notice(self, _which: int) -> None:
        actions.remind(self.congress.id, on=self.on)
        assert actions.remind(self.congress.id, on=self.on) == 0, "nobody is reminded twice"

    @makes("answer_notice", needs="notice", weight=3)
    def answer_notice(self, which: int) -> None:
        notice = queries.of_id(self.row(RUNNING, which))
        by = self.whose(notice.items[0].assignment)
        actions.answer(notice, "人手不足。", "已成立专班。", self.on + timedelta(days=30), by=by, on=self.on)

    @makes("find_notice", needs="notice", weight=3)
    def judge_notice(self, which: int) -> None:
        notice, finding = queries.of_id(self.row(RUNNING, which)), tuple(Finding)[which % 2]
        actions.judge(notice, finding, "请说明时限。", answer_by_on=self.on + timedelta(days=14), **self.law())

    @makes("withdraw_notice", needs="notice", weight=1)
    def withdraw_notice(self, which: int) -> None:
        actions.withdraw(queries.of_id(self.row(RUNNING, which)), "另行处理。", **self.law())

    @makes("decide_listed", needs="listed", weight=3)
    def decide_listed(self, which: int) -> None:
        measure, until_on = tuple(Measure)[which % len(Measure)], self.on + timedelta(days=30)
        facts = {"meeting": "第31次主任会议", "until_on": until_on, "note": "按专题", **self.law()}
        actions.decide_listed(climbed.to_decide(self.clerk)[:2], measure, **facts)
