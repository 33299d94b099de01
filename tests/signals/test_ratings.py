"""How a rating came about: raised, and cleared by what deputy, body and office do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from tests.feedback.papers import an_upload
from tests.makers import CLERK, Case, a_case, a_submitted_reply
from tests.signals.looking import gone, signs
from tests.signals.within import look
from tracker import clock
from tracker.actor import Actor
from tracker.database import db
from tracker.feedback import studying
from tracker.feedback.actions import rate
from tracker.feedback.models import Finding, Rating, RatingChannel, Verdict
from tracker.files.store import keep
from tracker.followup import actions as followup
from tracker.followup.models import Fate
from tracker.handling import actions as handling
from tracker.handling.models import Manner, Promise, Reply
from tracker.mail.models import Letter

ON, LATER, LAST = date(2026, 5, 6), date(2026, 5, 12), date(2026, 6, 1)
RELEASED_AT = datetime(2026, 5, 6, 2, 0, tzinfo=UTC)
GOOD, FAIR, BAD = Verdict.SATISFIED, Verdict.MOSTLY, Verdict.DISSATISFIED
LAMPS = {"what": "安装路灯", "owner": "林承办", "due_on": "2026-05-20"}
pytestmark = pytest.mark.usefixtures("session")


@dataclass
class Rated:
    """A delivered reply, and what its deputy says of it."""

    case: Case
    reply: Reply

    def say(self, result: Verdict, on: date = ON, name: str = "", **more: Any) -> Rating:
        deputy = self.case.deputy
        facts = {"channel": RatingChannel.LINK, "by": Actor("link", None, name or deputy.name), **more}
        words = "没有解决" if result is BAD else ""
        said = rate(self.reply, deputy, GOOD, result, words, on=on, tell=False, **facts)
        db.session.flush()
        return said


def answered(**content: Any) -> Rated:
    """Answered and delivered on 6 May."""
    case = a_case()
    reply = a_submitted_reply(case.lead, ON, **content)
    with clock.at(RELEASED_AT):
        handling.deliver(reply, case.lead, by=CLERK, on=ON)
    reply.assignment = case.lead
    db.session.flush()
    return Rated(case, reply)


@pytest.fixture(autouse=True)
def _now(stopped_clock):
    stopped_clock(LAST)


# by proxy


def test_another_name_on_the_deputys_link_is_said_until_he_says_it_himself():
    rated = answered()
    rated.say(GOOD, name="王秘书")
    look(ON)
    [sign] = signs("rating_by_proxy")
    assert sign.facts == {"entered_by": "王秘书", "on": "2026-05-06"}
    rated.say(FAIR, LATER, reason="本人填写")
    look(LATER)
    assert (signs("rating_by_proxy"), gone("rating_by_proxy")) == ([], [sign])


def test_a_signed_paper_is_a_weak_hint_of_its_own_until_the_deputy_rates_himself():
    rated = answered()
    scan = keep(an_upload(), by=CLERK, at=clock.now())
    rated.say(GOOD, channel=RatingChannel.PAPER, by=CLERK, scan=scan)
    look(ON)
    [sign] = signs("rating_on_paper")
    assert (sign.facts, signs("rating_by_proxy")) == ({"entered_by": CLERK.name, "on": "2026-05-06"}, [])
    rated.say(FAIR, LATER, reason="本人填写")
    look(LATER)
    assert (signs("rating_on_paper"), gone("rating_on_paper")) == ([], [sign])


@pytest.mark.parametrize("name", ["赵代表", "赵 代表"])
def test_the_deputy_himself_is_no_proxy(name):
    answered().say(GOOD, name=name)
    look(ON)
    assert signs("rating_by_proxy") == []


def test_dissatisfaction_hides_nothing_whoever_enters_it():
    answered().say(BAD, name="王秘书")
    look(ON)
    assert signs("rating_by_proxy") == []


# within minutes


def rated_after(rated: Rated, minutes: int, result: Verdict = GOOD, **more: Any) -> None:
    """Rated so long after the letter with the reply went out, which was an hour after the release."""
    sent_at = RELEASED_AT + timedelta(hours=1)
    db.session.execute(sa.update(Letter).values(sent_at=sent_at))
    with clock.at(sent_at + timedelta(minutes=minutes)):
        rated.say(result, **more)


def test_nine_minutes_after_the_letter_and_the_deputy_confirms_it_later():
    rated = answered()
    rated_after(rated, 9)
    look(ON)
    [sign] = signs("rating_in_minutes")
    assert sign.facts == {"minutes": 9}
    rated.say(FAIR, LATER, reason="看过了")
    look(LATER)
    assert (signs("rating_in_minutes"), gone("rating_in_minutes")) == ([], [sign])


def test_ten_minutes_are_time_to_read():
    rated_after(answered(), 10)
    look(ON)
    assert signs("rating_in_minutes") == []


def test_anger_needs_no_minutes_and_a_paper_has_none():
    rated = answered()
    rated_after(rated, 3, BAD)
    look(ON)
    assert signs("rating_in_minutes") == []
    scan = keep(an_upload(), by=CLERK, at=clock.now())
    rated_after(rated, 4, FAIR, channel=RatingChannel.PAPER, by=CLERK, scan=scan, reason="纸质意见表")
    look(ON)
    assert signs("rating_in_minutes") == []


# turned


def test_from_bad_to_good_with_nothing_in_between_until_the_contact_is_noted():
    rated = answered()
    rated.say(BAD)
    rated.say(GOOD, LATER, reason="再想想")
    look(LATER)
    [sign] = signs("turned_satisfied")
    assert sign.facts == {"was_on": "2026-05-06", "on": "2026-05-12"}
    handling.note_contact(rated.case.lead, Manner.VISIT, "赵代表", by=rated.case.by_body, on=date(2026, 5, 8))
    look(LAST)
    assert (signs("turned_satisfied"), gone("turned_satisfied")) == ([], [sign])


def test_what_the_office_explained_may_change_a_mind():
    rated = answered()
    bad = rated.say(BAD)
    bad.reply = rated.reply
    studying.study(bad, Finding.EXPLAINED, "资金已到位", by=CLERK, on=date(2026, 5, 8), tell=False)
    rated.say(GOOD, LATER, reason="明白了")
    look(LATER)
    assert signs("turned_satisfied") == []


def test_who_stays_dissatisfied_or_always_was_content_has_not_turned():
    rated = answered()
    rated.say(FAIR)
    rated.say(GOOD, LATER, reason="再想想")
    look(LATER)
    assert signs("turned_satisfied") == []


# satisfied though nothing is solved


def nothing_done(label: str = "D") -> Rated:
    return answered(class_label=label)


def test_satisfied_with_a_reply_that_does_nothing_until_he_says_otherwise():
    rated = nothing_done()
    rated.say(GOOD)
    look(ON)
    [sign] = signs("satisfied_unsolved")
    assert (sign.facts["label"], sign.facts["why"]) == ("D", "nothing")
    rated.say(FAIR, LATER, reason="态度好,但没有解决")
    look(LATER)
    assert (signs("satisfied_unsolved"), gone("satisfied_unsolved")) == ([], [sign])


def test_satisfied_with_a_promise_that_is_overdue_until_it_is_kept():
    rated = answered(class_label="B", promises=[LAMPS])
    rated.say(GOOD)
    look(date(2026, 5, 20))
    assert signs("satisfied_unsolved") == []
    look(date(2026, 5, 21))
    [sign] = signs("satisfied_unsolved")
    assert sign.facts["why"] == "overdue"
    promise = db.session.scalars(sa.select(Promise)).one()
    promise.assignment = rated.case.lead
    followup.report(promise, Fate.KEPT, "已安装十盏", by=rated.case.by_body, on=LAST)
    look(LAST)
    assert (signs("satisfied_unsolved"), gone("satisfied_unsolved")) == ([], [sign])


def test_satisfied_with_what_is_solved_or_mostly_satisfied_is_nobodys_business():
    rated = answered(class_label="A")
    rated.say(GOOD)
    look(ON)
    assert signs("satisfied_unsolved") == []


@pytest.mark.parametrize("kind", ["rating_by_proxy", "rating_in_minutes", "turned_satisfied", "satisfied_unsolved"])
def test_handled_again_the_old_rating_says_nothing_more(kind):
    rated = nothing_done()
    rated.say(BAD)
    rated_after(rated, 2, GOOD, name="王秘书", reason="再想想")
    look(ON)
    assert len(signs(kind)) == 1
    rated.say(BAD, LATER, reason="还是不满意")
    db.session.flush()
    look(LATER)
    assert (signs(kind), len(gone(kind))) == ([], 1)
