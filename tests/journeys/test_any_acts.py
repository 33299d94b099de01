"""Whatever is done in whatever order: every body that owes a reply has exactly one clock, and the doctor finds nothing.

Acts are drawn by Hypothesis, tried in a savepoint and taken back whole where a rule says no, as a page would.
"""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.makers import a_body, a_case, a_content, actor_of, assignments_of
from tracker import clock
from tracker.care.doctor import examine
from tracker.database import db
from tracker.deadlines import actions as clocks
from tracker.deadlines.models import Deadline
from tracker.deadlines.queries import IS_OPEN
from tracker.dispatch import actions as dispatch
from tracker.dispatch.models import ANSWERING, Assignment, BodyReturn, Part
from tracker.dispatch.queries import get_return
from tracker.errors import NotFound, RuleBroken
from tracker.feedback import actions as feedback
from tracker.feedback import studying
from tracker.feedback.models import Finding, Rating, RatingChannel, Verdict
from tracker.handling import actions as handling
from tracker.handling import decisions, queries
from tracker.handling.clocks import REPLY_KINDS
from tracker.handling.models import CoOpinion, Delivery, Extension, Manner, Reply, Way
from tracker.suggestion.journey import HANDLED, Standing, fold
from tracker.suggestion.models import Entry
from tracker.workdays.actions import load_days

FIRST_DAY = date(2026, 3, 2)
OWES = (Standing.ASSIGNED, Standing.RECEIVED, Standing.RETURN_ASKED)
pytestmark = pytest.mark.engines("sqlite")


class Office:
    """One suggestion, its bodies and people, and everything that can be done with them on a day."""

    def __init__(self) -> None:
        self.case = a_case()
        self.other = a_body(self.case.congress, "市城管局")
        db.session.commit()
        self.on = FIRST_DAY

    def pick(self, which: int, *standings: Standing) -> Assignment:
        there = [one for one in assignments_of(self.case.suggestion) if not standings or one.standing in standings]
        if not there:
            raise RuleBroken("nobody is there")
        return there[which % len(there)]

    def reply_of(self, assignment: Assignment) -> Reply:
        found = queries.find_reply(assignment.id)
        assert found is not None
        return found

    def undecided(self, asked: type[BodyReturn] | type[Extension]) -> int:
        found = db.session.scalar(sa.select(asked.id).where(asked.granted.is_(None)).limit(1))
        if found is None:
            raise RuleBroken("nothing is asked")
        return found

    def wait(self, which: int) -> None:
        self.on += timedelta(days=1 + which % 25)

    def sign(self, which: int) -> None:
        dispatch.sign_for(one := self.pick(which), by=actor_of(one), on=self.on)

    def ask_return(self, which: int) -> None:
        one = self.pick(which)
        dispatch.ask_return(one, "不属本局职责", self.other, by=actor_of(one), on=self.on)

    def decide_return(self, which: int) -> None:
        asked = get_return(self.undecided(BodyReturn), self.case.clerk)
        to = self.other if which % 2 else None
        dispatch.decide_return(asked, bool(which % 2), to=to, by=self.case.by_office, on=self.on)

    def change_lead(self, which: int) -> None:
        one = self.pick(which, *HANDLED)
        facts = {"stays": bool(which % 2), "by": self.case.by_office, "on": self.on}
        dispatch.change_lead(one, self.other, "改由其主办", **facts)

    def contact(self, which: int) -> None:
        one = self.pick(which)
        handling.note_contact(one, Manner.PHONE, "赵代表", by=actor_of(one), on=self.on)

    def ask_extension(self, which: int) -> None:
        one = self.pick(which)
        until = self.on + timedelta(days=100 + which % 200)
        handling.ask_extension(one, "勘察未完", until, by=actor_of(one), on=self.on)

    def decide_extension(self, which: int) -> None:
        asked = decisions.get_extension(self.undecided(Extension), self.case.clerk)
        handling.decide_extension(asked, bool(which % 3), by=self.case.by_office, on=self.on)

    def give_opinion(self, which: int) -> None:
        one = self.pick(which)
        handling.give_opinion(one, "同意。", by=actor_of(one), on=self.on)

    def ask_opinion_again(self, which: int) -> None:
        helper, lead = self.pick(which, Standing.OPINION_GIVEN), self.pick(which, *OWES)
        opinion = db.session.scalars(sa.select(CoOpinion).where(CoOpinion.assignment_id == helper.id)).first()
        handling.ask_opinion_again(opinion, helper, lead, "过于简单", by=actor_of(lead), on=self.on)

    def submit(self, which: int) -> None:
        one = self.pick(which, *OWES)
        version = db.session.scalar(sa.select(Reply.version).where(Reply.assignment_id == one.id))
        content = a_content(letter_on=self.on)
        reply = handling.save_draft(one, content, version=version, by=actor_of(one), at=clock.now())
        handling.submit(one, reply, by=actor_of(one), on=self.on)

    def send_back(self, which: int) -> None:
        one = self.pick(which, Standing.SUBMITTED)
        handling.send_back(self.reply_of(one), one, ["no_contact"], "", by=self.case.by_office, on=self.on)

    def deliver(self, which: int) -> None:
        one = self.pick(which, Standing.SUBMITTED)
        handling.deliver(self.reply_of(one), one, by=self.case.by_office, on=self.on)

    def publish(self, which: int) -> None:
        one = self.pick(which, Standing.DELIVERED, Standing.RATED)
        handling.publish(self.reply_of(one), one, "市人大网", by=self.case.by_office, on=self.on)

    def rate(self, which: int) -> None:
        one = self.pick(which, Standing.DELIVERED)
        verdict = tuple(Verdict)[which % 3]
        facts = {"channel": RatingChannel.LINK, "by": self.case.by_office, "on": self.on}
        feedback.rate(self.reply_of(one), self.case.deputy, verdict, verdict, "仍未解决", **facts)

    def change_rating(self, which: int) -> None:
        one = self.pick(which, Standing.RATED)
        verdict = tuple(Verdict)[which % 3]
        facts = {"channel": RatingChannel.LINK, "by": self.case.by_office, "on": self.on, "reason": "再想想"}
        feedback.rate(self.reply_of(one), self.case.deputy, verdict, verdict, f"改口{which}", **facts)

    def study(self, which: int) -> None:
        studying.study(self.rating(), tuple(Finding)[which % 2], "已列入计划", by=self.case.by_office, on=self.on)

    def keep_rating(self, which: int) -> None:
        studying.keep(self.rating(), by=self.case.by_office, on=self.on)

    def rating(self) -> Rating:
        found = db.session.scalars(studying.whole_rating().order_by(Rating.id.desc()).limit(1)).unique().first()
        if found is None:
            raise RuleBroken("nothing is rated")
        return found

    def reach(self, which: int) -> None:
        handling.reach(self.delivery(which), Way.PAPER, by=self.case.by_office, on=self.on)

    def lose(self, which: int) -> None:
        handling.lose(self.delivery(which), "退信", by=self.case.by_office, on=self.on)

    def delivery(self, which: int) -> Delivery:
        one = self.pick(which, Standing.DELIVERED, Standing.RATED, Standing.HANDLED_AGAIN)
        made = handling.deliveries_of(self.reply_of(one).id)
        return made[which % len(made)]

    def set_by_hand(self, which: int) -> None:
        one = self.pick(which)
        running = [clock for clock in open_clocks(one) if clock.kind in REPLY_KINDS]
        if not running:
            raise RuleBroken("no clock runs")
        to = self.on + timedelta(days=which % 90)
        handling.set_by_hand(running[0], one, to, "主任会议决定", by=self.case.by_office, on=self.on)

    def typhoon(self, which: int) -> None:
        off = self.on + timedelta(days=which % 40)
        if off.year != FIRST_DAY.year:
            raise RuleBroken("that year is not loaded")
        facts = {"source": "通知", "by": self.case.by_office, "on": self.on, "congress_id": self.case.congress.id}
        load_days(off.year, [(off, False, "台风停工")], **facts)
        clocks.recount(on=self.on, congress_id=self.case.congress.id)
        assert clocks.recount(on=self.on, congress_id=self.case.congress.id) == 0, "counted twice is counted once"


NOT_ACTS = ("pick", "reply_of", "undecided", "rating", "delivery")
ACTS = sorted(name for name in vars(Office) if not name.startswith("_") and name not in NOT_ACTS)


@pytest.fixture
def office(session, stopped_clock) -> Office:
    """Handed over and committed; what an example does is rolled back after it."""
    stopped_clock(date(2027, 12, 31))
    return Office()


def open_clocks(assignment: Assignment) -> list[Deadline]:
    wanted = sa.select(Deadline).where(Deadline.assignment_id == assignment.id, IS_OPEN)
    return list(db.session.scalars(wanted.order_by(Deadline.id)))


def attempt(office: Office, act: str, which: int) -> bool:
    """Do it whole or not at all."""
    trial = db.session.begin_nested()
    try:
        getattr(office, act)(which)
        db.session.flush()
    except (RuleBroken, NotFound):
        trial.rollback()
        return False
    trial.commit()
    return True


def must_hold(office: Office) -> None:
    entries = list(db.session.scalars(sa.select(Entry).order_by(Entry.id)))
    for one in assignments_of(office.case.suggestion):
        replies = [clock for clock in open_clocks(one) if clock.kind in REPLY_KINDS]
        owes = one.standing in OWES and one.part in ANSWERING
        assert len(replies) == owes, f"{one.part} {one.standing}: {replies}"
        assert fold(entry.move for entry in entries if entry.assignment_id == one.id) is one.standing
    own = [entry.move for entry in entries if entry.assignment_id is None]
    assert fold(own) is office.case.suggestion.stage
    for deadline in db.session.scalars(sa.select(Deadline)):
        assert deadline.met_on is None or deadline.voided_on is None
        by_hand = any(step["kind"] == "set_by_hand" for step in deadline.explanation)
        moved_on = deadline.due_on >= deadline.original_due_on
        assert moved_on or by_hand or deadline.kind not in REPLY_KINDS


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.lists(st.tuples(st.sampled_from(ACTS), st.integers(0, 1_000)), min_size=5, max_size=30))
def test_any_acts_in_any_order_leave_one_clock_and_a_clean_bill(office, session, script):
    for act, which in script:
        attempt(office, act, which)
        must_hold(office)
    assert [problem for problem in examine() if problem.kind != "calendar"] == []
    session.rollback()
    office.on = FIRST_DAY


def test_the_lead_can_be_changed(office):
    assert attempt(office, "change_lead", 0)
    must_hold(office)


def test_the_acts_do_happen(office):
    """The drawn acts are not all refused: the usual way leads through them."""
    usual = ["sign", "contact", "ask_extension", "decide_extension", "give_opinion", "ask_opinion_again", "typhoon"]
    usual += ["set_by_hand", "submit", "send_back", "submit", "deliver", "lose", "reach", "publish", "rate"]
    done = {act: attempt(office, act, 1 if act == "give_opinion" else 0) for act in usual}
    assert [act for act, happened in done.items() if not happened] == []
    must_hold(office)
    assert Part.CO in {one.part for one in assignments_of(office.case.suggestion)}
