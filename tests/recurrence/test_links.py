"""Two suggestions are linked as the same matter, with reason and name, and the link is taken back with a reason."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from tests.recurrence.conftest import THIS_YEAR
from tests.register.city import CLERK
from tracker.errors import RuleBroken
from tracker.intake.actions.linking import link_same_matter, unlink
from tracker.intake.models import SameMatter
from tracker.recurrence.queries import linked
from tracker.roles import Role


def link(town, one=None, other=None, reason="同一小区同一件事"):
    return link_same_matter(one or town.now, other or town.then, reason, by=CLERK, on=THIS_YEAR)


def test_both_see_each_other_and_who_said_so(town, session):
    link(town)
    session.flush()
    [of_now], [of_then] = (linked(one, town.user()) for one in (town.now, town.then))
    assert (of_now.suggestion.id, of_then.suggestion.id) == (town.then.id, town.now.id)
    assert (of_now.link.reason, of_now.link.by_name, of_now.link.on) == ("同一小区同一件事", CLERK.name, THIS_YEAR)
    assert of_now.came_back
    assert not of_then.came_back
    assert [promised.what for promised in of_now.answers[0].promises] == ["年底前完成三个单元加装电梯"]


@pytest.mark.parametrize("reason", ["", "  "])
def test_without_a_reason_nothing_is_linked(town, reason):
    with pytest.raises(RuleBroken, match="Give the reason"):
        link(town, reason=reason)


def test_nothing_is_linked_to_itself_or_twice(town, session):
    with pytest.raises(RuleBroken, match="itself"):
        link(town, town.now, town.now)
    link(town)
    session.flush()
    with pytest.raises(RuleBroken, match="linked already"):
        link(town, town.then, town.now)


def test_a_link_taken_back_stays_noted_and_may_be_made_again(town, session):
    made = link(town)
    session.flush()
    unlink(made, "不是一件事", by=CLERK, on=THIS_YEAR)
    session.flush()
    assert linked(town.now, town.user()) == []
    with pytest.raises(RuleBroken, match="already"):
        unlink(made, "不是一件事", by=CLERK, on=THIS_YEAR)
    link(town)
    session.flush()
    rows = session.execute(sa.select(SameMatter.undone_by, SameMatter.undone_reason).order_by(SameMatter.id))
    assert [tuple(row) for row in rows] == [(CLERK.name, "不是一件事"), (None, "")]


def test_who_may_not_see_the_other_one_sees_no_link(town, session):
    link(town)
    session.flush()
    assert linked(town.then, town.user(Role.BODY_HANDLER, "roads")) == []
    assert len(linked(town.then, town.user(Role.LEADER))) == 1
