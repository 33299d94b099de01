"""A body is chased by hand, and the pending case of a court is never chased."""

from datetime import date

import pytest
import sqlalchemy as sa

from tests.escalation.city import add, build, owed
from tests.escalation.test_digest import day, letters
from tests.escalation.test_ladder import NOON, STEPS
from tests.escalation.test_pages import user
from tracker.actor import Actor
from tracker.deadlines.clauses import Kind
from tracker.deadlines.queries import rule_set_in_force
from tracker.dispatch.actions.assigning import assign
from tracker.dispatch.clocks import Law
from tracker.dispatch.models import Assignment, Part
from tracker.errors import RuleBroken
from tracker.escalation import by_hand, noted, rules
from tracker.escalation.actions import raise_alarms
from tracker.escalation.models import Alarm, PendingCase
from tracker.handling.models import Manner
from tracker.roles import Role
from tracker.structure.models import Body, Branch
from tracker.suggestion.models import Entry

TODAY = STEPS[3]
CLERK = Actor(kind="user", id=None, name="林科员")


@pytest.fixture
def city(session, stopped_clock):
    stopped_clock(TODAY)
    return build()


def part(session, deadline):
    return session.get(
        Assignment,
        deadline.assignment_id,
        options=[sa.orm.joinedload(Assignment.body), sa.orm.joinedload(Assignment.suggestion)],
    )


def chase(assignment, **facts):
    said = {
        "by": CLERK,
        "on": TODAY,
        "promised": "周五前答复",
        "promised_on": date(2026, 6, 12),
        **facts,
    }
    return by_hand.chase(assignment, Manner.PHONE, "交通局周科长", "请尽快答复", **said)


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        ({"whom": " "}, "whom you reached"),
        ({"said": ""}, "whom you reached"),
        ({"promised": ""}, "what was promised"),
        ({"promised_on": date(2026, 6, 1)}, "before the day it was promised"),
    ],
)
def test_a_chase_says_whom_and_what(facts, why):
    said = {
        "whom": "周科长",
        "said": "请答复",
        "on": TODAY,
        "promised": "答复",
        "promised_on": date(2026, 6, 12),
    } | facts
    with pytest.raises(RuleBroken) as broken:
        rules.must_be_a_chase(**said)
    assert why in str(broken.value)


def test_a_chase_is_a_line_of_the_history_and_moves_no_clock(city, session):
    reply = owed(city)
    due_on = reply.due_on
    made = chase(part(session, reply))
    line = session.scalars(sa.select(Entry).where(Entry.move == "chase")).one()
    assert line.facts == {"manner": "phone", "whom": "交通局周科长", "promised_on": "2026-06-12"}
    assert (made.by_name, reply.due_on) == ("林科员", due_on)


def test_office_and_hub_chase_from_the_ladder_and_the_suggestion_the_hub_only_its_arm(city, reader, session):
    ours, courts = owed(city), owed(city, "court")
    raise_alarms(city.congress, TODAY, at=NOON)
    session.commit()
    address = f"/assignments/{ours.assignment_id}/chases/new"
    hub = reader.signed_in_as(user(city, Role.HUB, "hub"))
    assert address in hub.read("/ladder").links().values()
    filled = {
        "on": "2026-06-09",
        "manner": "visit",
        "whom": "周局长",
        "said": "上门催办",
        "promised": "",
        "promised_on": "",
    }
    hub.read(address)
    page = hub.send(address, filled)
    assert "上门催办" in page.text
    hub.read(f"/assignments/{courts.assignment_id}/chases/new", expect=404)
    assert "chased by hand on 2026-06-09" in hub.read("/ladder").text


def test_a_body_reads_only_of_its_own_chases(city, session):
    reply = owed(city)
    chase(part(session, reply))
    suggestion = part(session, reply).suggestion
    assert len(noted.chases_of(suggestion, user(city, Role.BODY_HANDLER, "roads"))) == 1
    assert noted.chases_of(suggestion, user(city, Role.BODY_LEADER, "court")) == []


def test_a_new_round_about_a_pending_case_is_not_chased_either(city, session):
    case, other = part(session, owed(city, "court")), part(session, owed(city, "court"))
    by_hand.mark_pending(case, Branch.COURT, "审理中", by=CLERK, on=TODAY)
    law = Law.of(rule_set_in_force("default", TODAY), city.congress.id)
    for old in (case, other):
        facts = {"by": CLERK, "on": TODAY, "round_": 2, "kind": Kind.REHANDLE}
        assign(old.suggestion, old.body, Part.SOLE, city.hand_over, law, None, **facts)
    session.flush()
    again = sa.select(Assignment).where(Assignment.round == 2).order_by(Assignment.id)
    marked, chased = session.scalars(again).all()
    assert (marked.pending_case, chased.pending_case) == (True, False)
    mark = session.scalars(sa.select(PendingCase).where(PendingCase.assignment_id == marked.id)).one()
    assert (mark.reason, mark.on, mark.ended_on) == ("审理中", TODAY, None)


def test_a_pending_case_is_marked_with_its_reason_and_kept_when_it_ends(city, session):
    case = part(session, owed(city, "court"))
    with pytest.raises(RuleBroken):
        by_hand.mark_pending(case, Branch.GOVERNMENT, "审理中", by=CLERK, on=TODAY)
    with pytest.raises(RuleBroken):
        by_hand.mark_pending(case, Branch.COURT, " ", by=CLERK, on=TODAY)
    by_hand.mark_pending(case, Branch.COURT, "审理中", by=CLERK, on=TODAY)
    assert raise_alarms(city.congress, STEPS[5], at=NOON).alarms == 0
    with pytest.raises(RuleBroken):
        chase(case)
    by_hand.unmark_pending(case, "已审结", by=CLERK, on=TODAY)
    [mark] = session.scalars(sa.select(PendingCase))
    assert (mark.reason, mark.ended_on, mark.end_reason) == ("审理中", TODAY, "已审结")
    assert raise_alarms(city.congress, STEPS[5], at=NOON).alarms == 6


def test_what_is_marked_today_is_not_in_tomorrows_digest_nor_a_draft_to_sign(city, session, reader):
    case = part(session, owed(city, "court"))
    raise_alarms(city.congress, TODAY, at=NOON)
    by_hand.mark_pending(case, Branch.COURT, "审理中", by=CLERK, on=TODAY)
    session.commit()
    assert day(date(2026, 6, 10)) == 0
    assert letters(city, session) == {}
    clerk = reader.signed_in_as(user(city, Role.OFFICE_CLERK))
    assert "No clock has reached a step here." in clerk.read("/ladder").text


def test_the_office_marks_on_a_page_and_takes_it_back(city, session, reader):
    case = owed(city, "court")
    session.commit()
    clerk = reader.signed_in_as(user(city, Role.OFFICE_CLERK))
    address = f"/assignments/{case.assignment_id}/pending-case"
    shown = clerk.read(f"/suggestions/{part(session, case).suggestion_id}")
    assert address in shown.links().values()
    clerk.read(address)
    assert "Pending case since" in clerk.send(address, {"reason": "案件审理中"}).text
    clerk.read(address)
    assert "已审结" in clerk.send(address, {"reason": "已审结"}).text
    session.expire_all()
    assert session.get(Assignment, case.assignment_id).pending_case is False


def test_a_page_that_lay_open_never_takes_anothers_mark_away(city, session, reader):
    case = owed(city, "court")
    session.commit()
    clerk = reader.signed_in_as(user(city, Role.OFFICE_CLERK))
    address = f"/assignments/{case.assignment_id}/pending-case"
    clerk.read(address)
    by_hand.mark_pending(part(session, case), Branch.COURT, "审理中", by=CLERK, on=TODAY)
    session.commit()
    session.expunge_all()
    page = clerk.send(address, {"reason": "案件仍在审理"})
    assert "marked as a pending case already" in page.text
    assert "案件仍在审理" in page.html
    assert session.scalars(sa.select(PendingCase.ended_on)).one() is None


def test_a_step_that_means_nobody_is_told_to_our_clerk(city, session):
    for branch in Branch:
        city.bodies[branch] = add(Body(congress_id=city.congress.id, name=f"某单位{branch}", branch=branch))
        owed(city, branch)
    raise_alarms(city.congress, STEPS[5], at=NOON)
    silent = sa.select(Alarm.id).where(~sa.exists().where(rules_told().c.alarm_id == Alarm.id))
    assert session.scalars(silent).all() == []


def rules_told():
    return PendingCase.metadata.tables["told"]
