"""Who finds notices on his desk, and who may read which."""

from __future__ import annotations

import pytest

from tests.escalation.city import build
from tests.makers import a_user
from tests.notices.notice_city import FIFTH, THIRD, an_issued, drafts, late
from tracker.dispatch.awaiting import in_one
from tracker.notices import desk, queries
from tracker.notices.models import Notice
from tracker.roles import Role
from tracker.structure.models import Branch


@pytest.fixture
def city(session, stopped_clock, app):
    stopped_clock(FIFTH)
    with app.test_request_context("/", headers={"Accept-Language": "en"}):
        yield build()


def user(city, role, body=None):
    return a_user(city.congress, role, body_id=city.body(body).id if body else None)


def on_the_desk(who, today=THIRD):
    return {group.kind: (group.count, group.first[0].url) for group in in_one(desk.awaited(who), who, today)}


def read_by(who):
    return queries.count(who, Notice.id > 0)


def test_what_is_to_be_drafted_is_the_offices_work_and_nobody_elses(city):
    clerk = late(city, times=2)
    late(city, body="court")
    assert on_the_desk(clerk) == {desk.TO_BE_SIGNED: (3, "/notices/new")}
    assert on_the_desk(user(city, Role.BODY_HANDLER, "roads")) == {}


def test_a_draft_an_answer_overdue_and_a_listed_item_are_work_too(city):
    notice, clerk = an_issued(city)
    late(city, body="schools")
    drafts(clerk)
    found = on_the_desk(clerk, FIFTH)
    assert found[desk.LATE] == (1, f"/notices/{notice.id}")
    assert desk.DRAFTS in found
    late(city, FIFTH, body="court")
    assert on_the_desk(clerk, FIFTH)[desk.TO_BE_SIGNED][1] == "/listed"
    assert on_the_desk(user(city, Role.BODY_HANDLER, "roads"))[desk.TO_ANSWER][0] == 1


def test_a_draft_is_the_offices_alone(city):
    clerk = late(city)
    drafts(clerk)
    others = [user(city, Role.HUB, "hub"), user(city, Role.BODY_HANDLER, "roads"), user(city, Role.AUDITOR)]
    assert (read_by(clerk), [read_by(one) for one in others]) == (1, [0, 0, 0])


@pytest.mark.parametrize(
    ("role", "body", "count"),
    [
        (Role.BODY_HANDLER, "roads", 1),
        (Role.BODY_HANDLER, "schools", 0),
        (Role.HUB, "hub", 1),
        (Role.HUB, "court", 0),
        (Role.COMMITTEE, "committee", 1),
        (Role.AUDITOR, None, 1),
        (Role.LEADER, None, 1),
    ],
)
@pytest.mark.engines("sqlite")
def test_an_issued_one_is_read_by_whom_it_concerns(city, role, body, count):
    an_issued(city)
    assert read_by(user(city, role, body)) == count


def test_what_is_internal_is_not_read_by_auditors_and_leaders(city):
    an_issued(city, internal=True)
    assert [read_by(user(city, role)) for role in (Role.AUDITOR, Role.LEADER)] == [0, 0]


def test_the_deputy_reads_on_his_page_that_it_was_issued_and_no_more(city, app):
    notice, _clerk = an_issued(city)
    deputy = a_user(city.congress, Role.DEPUTY, deputy_id=city.deputy.id)
    shown = desk.panel(notice.items[0].suggestion, deputy, THIRD)
    said = app.jinja_env.get_template(shown.template).render(shown.facts)
    assert "Supervision notice issued to" in said
    assert read_by(deputy) == 0
    assert f"/notices/{notice.id}" not in said


def test_a_party_organ_gets_no_word_of_supervision(city):
    city.body("schools").branch = Branch.PARTY
    [made] = drafts(late(city, body="schools"))
    assert "督办" not in made.text
