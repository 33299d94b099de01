"""What is said to a signal: answered in the body's own words, dismissed with a reason, and taken back."""

import pytest
import sqlalchemy as sa

from tests.signals.looking import look, signs
from tests.signals.world import KIND, TODAY
from tracker.database import db
from tracker.errors import RuleBroken
from tracker.roles import Role
from tracker.signals import actions, queries
from tracker.signals.models import Dismissal, Signal, SignalAnswer
from tracker.signals.queries import Asked
from tracker.signals.rules import Show
from tracker.suggestion.models import Entry
from tracker.suggestion.queries import history

WORDS = "当日已到现场与代表面谈，未及登记。"


def answered(world, text=WORDS, **more):
    made = actions.answer(world.whole(), text, by=world.case.by_body, on=TODAY, **more)
    db.session.commit()
    return made


def dismissed(world, reason="系统上线前已电话联系"):
    made = actions.dismiss(world.whole(), reason, by=world.case.by_office, on=TODAY)
    db.session.commit()
    return made


def counted(world, show=Show.OPEN) -> int:
    return queries.page_of(world.users["clerk"], Asked(show=show, kind=KIND), TODAY, 1).total


@pytest.fixture
def raised(world):
    sign = world.sign()
    world.whole = lambda: queries.get_signal(sign.id, world.users["clerk"])
    return world


def test_a_new_answer_stands_beside_the_earlier_one(raised):
    answered(raised)
    answered(raised, "补充：附通话记录。")
    assert [one.text for one in raised.whole().answers] == [WORDS, "补充：附通话记录。"]
    assert counted(raised, Show.ANSWERED) == 1
    assert counted(raised, Show.UNANSWERED) == 0
    assert counted(raised) == 1  # answered is not gone


def test_a_paper_of_the_body_is_entered_on_its_behalf(raised):
    by = raised.case.by_office.for_paper_of("林承办, 市交通局")
    actions.answer(raised.whole(), WORDS, by=by, on=TODAY)
    db.session.commit()
    [said] = db.session.scalars(sa.select(SignalAnswer))
    assert (said.on_behalf_of, said.by_name) == ("林承办, 市交通局", raised.case.by_office.name)


def test_what_is_dismissed_stays_and_does_not_count_and_is_not_raised_again(raised):
    dismissed(raised)
    assert (counted(raised), counted(raised, Show.DISMISSED)) == (0, 1)
    assert look(TODAY).rows == 0
    assert len(signs(KIND)) == 1
    assert KIND not in {one.kind for one in queries.counts(raised.users["clerk"], Asked(), TODAY)}


def test_a_dismissal_is_taken_back_and_its_reason_kept(raised):
    dismissed(raised)
    actions.restore(raised.whole(), by=raised.case.by_office, on=TODAY)
    db.session.commit()
    assert counted(raised) == 1
    [was] = db.session.scalars(sa.select(Dismissal))
    assert (was.reason, was.undone_on, was.undone_by) == ("系统上线前已电话联系", TODAY, raised.case.by_office.name)
    dismissed(raised, "再次核实")  # and may be dismissed once more
    assert counted(raised, Show.DISMISSED) == 1


@pytest.mark.parametrize("act", [actions.answer, actions.dismiss])
def test_nothing_is_not_said(raised, act):
    with pytest.raises(RuleBroken):
        act(raised.whole(), "  ", by=raised.case.by_office, on=TODAY)


def test_what_is_gone_is_neither_answered_nor_dismissed(raised):
    raised.contacted(TODAY)
    look(TODAY)
    for act in (actions.answer, actions.dismiss):
        with pytest.raises(RuleBroken, match="no longer there"):
            act(raised.whole(), WORDS, by=raised.case.by_office, on=TODAY)


def test_twice_dismissed_and_never_dismissed_are_refused(raised):
    with pytest.raises(RuleBroken, match="is not dismissed"):
        actions.restore(raised.whole(), by=raised.case.by_office, on=TODAY)
    dismissed(raised)
    with pytest.raises(RuleBroken, match="already"):
        dismissed(raised)


def test_history_tells_the_office_and_the_body_and_no_deputy(raised):
    answered(raised)
    dismissed(raised)
    told = {"answer_signal", "dismiss_signal"}
    suggestion = raised.case.suggestion

    def reads(who):
        return told & {one.move for one in history(suggestion, raised.users[who])}

    assert {who for who in raised.users if reads(who)} == {
        "clerk", "head", "lead", "hub", "committee", "leader", "auditor",
    }  # fmt: skip


def test_what_is_not_about_the_body_is_told_to_those_who_see_all(raised):
    """A sign about our own office, or about a rating, is no line of the body's history."""
    sign = raised.whole()
    own = Signal(
        congress_id=sign.congress_id, kind="of_our_own", thing_id=1, suggestion_id=sign.suggestion_id, facts={},
        raised_on=TODAY, raised_at=sign.raised_at,
    )  # fmt: skip
    db.session.add(own)
    db.session.commit()
    whole = queries.get_signal(own.id, raised.users["clerk"])
    actions.dismiss(whole, "已核实", by=raised.case.by_office, on=TODAY)
    db.session.commit()
    [line] = db.session.scalars(sa.select(Entry).where(Entry.move == "dismiss_own_signal"))
    assert line.assignment_id is None
    readers = {who for who, user in raised.users.items() if any(
        one.id == line.id for one in history(raised.case.suggestion, user)
    )}  # fmt: skip
    assert readers == {"clerk", "head", "leader", "auditor"}
    assert all(user.role is not Role.DEPUTY for user in (raised.users[who] for who in readers))


def test_an_answer_to_a_sign_is_no_trace_of_handling(raised):
    """Else whoever is silent would have spoken by speaking of his silence."""
    from tracker.signals.kinds.silent import OWN

    assert not {"answer_signal", "dismiss_signal", "restore_signal"} & set(OWN)
