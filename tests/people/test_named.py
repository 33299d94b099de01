"""Lists kept under a name: whose they are, who sees them, and where the day begins."""

from __future__ import annotations

import pytest

from tests.makers import a_congress, a_user
from tracker import clock
from tracker.database import db
from tracker.errors import NotFound, RuleBroken
from tracker.people import named
from tracker.people.models import NamedView, User
from tracker.roles import Role
from tracker.web.lists import LONGEST_QUERY, query_of


@pytest.fixture
def office(session) -> tuple[User, User, User]:
    """Two clerks and the leader."""
    congress = a_congress()
    made = (
        a_user(congress, Role.OFFICE_CLERK),
        a_user(congress, Role.OFFICE_CLERK),
        a_user(congress, Role.OFFICE_LEADER),
    )
    session.commit()
    return made


def keep(user: User, name: str = "超期件", page: str = "register.index", **how) -> NamedView:
    made = named.keep_view(user, page, "light=red&sort=due", name, at=clock.now(), **how)
    db.session.commit()
    return made


def names(user: User) -> list[str]:
    return [one.name for one in named.views_of(user).views]


def test_a_list_is_told_by_its_filters_and_order_not_by_its_page():
    assert query_of("page=3&sort=due&light=red&q=&format=xlsx") == "light=red&sort=due"
    assert query_of("q=%E5%85%BB%E8%80%81&body=2&body=1") == "body=1&body=2&q=%E5%85%BB%E8%80%81"
    assert query_of("") == ""


def test_a_private_view_is_nobody_elses(office):
    mine, other, _leader = office
    view = keep(mine)
    assert (names(mine), names(other)) == (["超期件"], [])
    with pytest.raises(NotFound):
        named.get_view(view.id, other)


def test_a_shared_view_is_the_offices_and_its_keepers_to_change(office):
    mine, other, leader = office
    view = keep(mine, shared=True)
    assert names(other) == names(leader) == ["超期件"]
    with pytest.raises(RuleBroken, match="only its keeper"):
        named.amend_view(view, "别的", shared=True, by=other, at=clock.now())
    named.drop_view(view, by=leader, at=clock.now())
    assert names(mine) == []


def test_outside_the_office_nobody_shares_or_reads_what_is_shared(office):
    mine, _other, _leader = office
    keep(mine, shared=True)
    reader = User(
        congress_id=mine.congress_id, email="a@city.example", name="审计", role=Role.AUDITOR, created_at=clock.now()
    )
    db.session.add(reader)
    db.session.commit()
    assert names(reader) == []
    with pytest.raises(RuleBroken, match="Only the office"):
        keep(reader, shared=True)


def test_the_same_name_on_the_same_list_is_kept_anew(office):
    mine, *_rest = office
    first, second = keep(mine), named.keep_view(mine, "register.index", "stage=rated", "超期件", at=clock.now())
    assert (first.id, second.query) == (second.id, "stage=rated")
    assert keep(mine, page="followup.index").id != first.id


def test_two_views_of_a_list_have_two_names(office):
    mine, *_rest = office
    keep(mine)
    other = keep(mine, "重点件")
    with pytest.raises(RuleBroken, match="of this name"):
        named.amend_view(other, "超期件", shared=False, by=mine, at=clock.now())


@pytest.mark.parametrize(("page", "query"), [("people.sign_in", ""), ("nowhere", ""), ("register.index", "q" * 1001)])
def test_what_is_no_list_is_not_kept(office, page, query):
    assert len("q" * 1001) > LONGEST_QUERY
    with pytest.raises(RuleBroken):
        named.keep_view(office[0], page, query, "x", at=clock.now())


def test_there_is_an_end_to_what_one_person_keeps(office):
    mine, *_rest = office
    for number in range(named.MOST):
        named.keep_view(mine, "register.index", "", f"第{number}个", at=clock.now())
    with pytest.raises(RuleBroken, match="Drop one first"):
        keep(mine)


def test_the_day_begins_with_one_view_until_it_is_gone_or_no_longer_shared(office):
    mine, other, _leader = office
    view = keep(mine, shared=True)
    for user in (mine, other):
        named.start_with(user, view)
    named.start_with(mine, view)
    found = named.start_of(mine)
    assert found is not None
    assert (found.id, named.views_of(other).start_id) == (view.id, view.id)
    named.amend_view(view, "只给我", shared=False, by=mine, at=clock.now())
    assert (named.start_of(other), named.start_of(mine) is not None) == (None, True)
    named.drop_view(view, by=mine, at=clock.now())
    db.session.commit()
    assert named.start_of(mine) is None
