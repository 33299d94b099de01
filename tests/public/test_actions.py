"""A reply is put on the public pages once, its publication is noted with that, and it can be taken down."""

import pytest
import sqlalchemy as sa

from tests.handling.papers import ON
from tests.public.conftest import PLACE, WORDED, lead
from tracker.deadlines.clauses import Kind
from tracker.deadlines.queries import deadlines_of
from tracker.errors import RuleBroken
from tracker.handling import actions as handling
from tracker.handling.models import Publication
from tracker.public import actions
from tracker.suggestion.models import Entry


def moves(case, session):
    wanted = sa.select(Entry.move).where(Entry.suggestion_id == case.suggestion.id).order_by(Entry.id)
    return list(session.scalars(wanted))


def test_what_is_shown_is_published_and_its_clock_is_met(case, reply, shown, session):
    assert session.get(Publication, reply.id).place == PLACE
    [clock] = deadlines_of(kind=Kind.PUBLISH, reply_id=reply.id)
    assert clock.met_on == ON
    assert moves(case, session)[-2:] == ["show", "publish"]


def test_what_was_published_elsewhere_may_be_shown_too(case, reply, session):
    handling.publish(reply, lead(case), "市交通局网站", by=case.by_body, on=ON)
    actions.show(reply, lead(case), WORDED, PLACE, by=case.by_office, on=ON)
    assert session.get(Publication, reply.id).place == "市交通局网站"


def test_it_is_shown_once_and_again_only_after_it_was_taken_down(case, reply, shown, session):
    with pytest.raises(RuleBroken, match="already"):
        actions.show(reply, lead(case), WORDED, PLACE, by=case.by_office, on=ON)
    with pytest.raises(RuleBroken, match="Say why"):
        actions.take_down(shown, lead(case), " ", by=case.by_office, on=ON)
    actions.take_down(shown, lead(case), "正文有联系电话", by=case.by_office, on=ON)
    with pytest.raises(RuleBroken, match="already"):
        actions.take_down(shown, lead(case), "再次", by=case.by_office, on=ON)
    assert (shown.ended_on, shown.ended_reason) == (ON, "正文有联系电话")
    again = actions.show(reply, lead(case), WORDED, PLACE, by=case.by_office, on=ON)
    assert again.id != shown.id
    assert moves(case, session)[-2:] == ["take_down", "show"]
