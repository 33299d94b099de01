"""The ladder's page and its panel."""

import pytest
import sqlalchemy as sa

from tests.escalation.city import add, build, owed
from tests.escalation.test_ladder import NOON, STEPS
from tracker.escalation import desk
from tracker.escalation.actions import raise_alarms
from tracker.people.models import User
from tracker.register.queries import assignments_of
from tracker.roles import Role
from tracker.suggestion.models import Suggestion


@pytest.fixture
def city(session, stopped_clock):
    stopped_clock(STEPS[3])
    made = build()
    owed(made, "roads", title="路灯太暗")
    owed(made, "court", title="执行太慢")
    owed(made, "schools", title="内部事项", internal=True)
    raise_alarms(made.congress, STEPS[3], at=NOON)
    session.commit()
    return made


def user(city, role, body=None):
    return add(
        User(
            email=f"{role}@city.example",
            name=str(role),
            role=role,
            congress_id=city.congress.id,
            body_id=city.body(body).id if body else None,
            created_at=NOON,
        )
    )


SEEN = [
    (Role.OFFICE_CLERK, None, {"路灯太暗", "执行太慢", "内部事项"}),
    (Role.LEADER, None, {"路灯太暗", "执行太慢"}),
    (Role.AUDITOR, None, {"路灯太暗", "执行太慢"}),
    (Role.HUB, "hub", {"路灯太暗", "内部事项"}),
    (Role.COMMITTEE, "committee", {"路灯太暗"}),
    (Role.BODY_HANDLER, "court", {"执行太慢"}),
]


@pytest.mark.parametrize(("role", "body", "titles"), SEEN)
def test_each_sees_only_his_own_part_of_the_ladder(city, reader, role, body, titles):
    page = reader.signed_in_as(user(city, role, body)).read("escalation.index")
    assert {title for title in ("路灯太暗", "执行太慢", "内部事项") if title in page.text} == titles


def test_the_page_filters_by_step_and_body(city, reader, session):
    clerk = reader.signed_in_as(user(city, Role.OFFICE_CLERK))
    assert len(clerk.read("/ladder?step=3").rows()) == 3
    assert "No clock has reached a step here." in clerk.read("/ladder?step=4").text
    assert len(clerk.read(f"/ladder?body={city.body('roads').id}").rows()) == 1
    assert len(clerk.read("/ladder?step=x&body=-1&page=9").rows()) == 3


def test_the_table_can_be_taken_away(city, reader):
    clerk = reader.signed_in_as(user(city, Role.OFFICE_CLERK))
    assert clerk.read("/ladder?format=xlsx").response.data.startswith(b"PK")


def test_a_page_needs_the_same_statements_whatever_the_rows(city, reader, session, app):
    clerk = reader.signed_in_as(user(city, Role.OFFICE_CLERK))
    said = []
    clerk.read("escalation.index")
    with app.app_context():
        engine = desk.queries.db.engine
    sa.event.listen(engine, "before_cursor_execute", lambda *args: said.append(args[2]))
    clerk.read("escalation.index")
    few = len(said)
    for _number in range(20):
        owed(city, "roads")
    raise_alarms(city.congress, STEPS[3], at=NOON)
    session.commit()
    said.clear()
    clerk.read("escalation.index")
    assert len(said) == few <= 16


def test_the_panel_shows_every_rung_and_who_was_told(city, session, app):
    suggestion = session.scalar(sa.select(Suggestion).where(Suggestion.title == "路灯太暗"))
    assignments_of(suggestion)
    shown = desk.panel(suggestion, user(city, Role.OFFICE_CLERK), STEPS[3])
    assert [row.step for row, _hearers in shown.facts["rungs"]] == [3, 2, 1, 0]
    assert {one.word for one in shown.facts["rungs"][0][1]} == {"hub_office", "committee"}
    assert desk.panel(suggestion, user(city, Role.DEPUTY), STEPS[3]) is None
    assert desk.panel(suggestion, user(city, Role.BODY_HANDLER, "court"), STEPS[3]) is None


def test_the_panel_reads_in_words(city, session, app):
    suggestion = session.scalar(sa.select(Suggestion).where(Suggestion.title == "路灯太暗"))
    assignments_of(suggestion)
    shown = desk.panel(suggestion, user(city, Role.OFFICE_CLERK), STEPS[3])
    with app.test_request_context("/", headers={"Accept-Language": "en"}):
        text = app.jinja_env.get_template(shown.template).render(shown.facts)
    assert "draft of a supervision notice, to be signed" in text
    assert "not told yet" in text


def test_a_rank_nobody_fills_is_a_problem_that_is_named(city, session):
    found = {(problem.values["body"], problem.values["rank"]) for problem in desk.problems()}
    assert found == {
        (body, rank) for body in ("市中级人民法院", "市教育局") for rank in ("paired committee", "deputy head")
    }
