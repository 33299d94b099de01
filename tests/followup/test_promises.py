"""Promises are followed until they end; moving one keeps its first date."""

from datetime import date

import pytest
import sqlalchemy as sa

from tests.makers import a_body, a_case, a_submitted_reply, a_user, with_reading_by
from tracker.database import db
from tracker.deadlines.clauses import Kind
from tracker.deadlines.queries import deadlines_of
from tracker.errors import RuleBroken
from tracker.followup import actions, desk, jobs
from tracker.followup.models import Fate, PromiseReport
from tracker.handling.actions import deliver
from tracker.handling.models import Promise
from tracker.roles import Role

ON = date(2026, 5, 6)
DUE_ON = date(2026, 9, 1)
PROMISE = {"what": "安装路灯", "owner": "林承办", "due_on": "2026-09-01"}


@pytest.fixture
def case(session, stopped_clock):
    stopped_clock(ON)
    made = a_case()
    with_reading_by("office", made.congress)
    reply = a_submitted_reply(made.lead, ON, promises=[PROMISE])
    deliver(reply, made.lead, by=made.by_office, on=ON)
    return made


@pytest.fixture
def promise(case, session):
    found = session.scalars(sa.select(Promise)).one()
    found.assignment = case.lead
    return found


def report(case, promise, fate, note="已完成", on=ON, **more):
    return actions.report(promise, fate, note, by=case.by_body, on=on, **more)


def clock_of(promise):
    [clock] = deadlines_of(kind=Kind.PROMISE, promise_id=promise.id)
    return clock


def test_kept_ends_it_with_its_evidence(case, promise):
    with pytest.raises(RuleBroken, match="what was done"):
        report(case, promise, Fate.KEPT, " ")
    report(case, promise, Fate.KEPT)
    assert clock_of(promise).met_on == ON
    with pytest.raises(RuleBroken, match="ended already"):
        report(case, promise, Fate.BROKEN)


def test_moved_needs_a_later_day_and_keeps_the_first(case, promise):
    with pytest.raises(RuleBroken, match="new date"):
        report(case, promise, Fate.MOVED)
    with pytest.raises(RuleBroken, match="later than 2026-09-01"):
        report(case, promise, Fate.MOVED, new_due_on=DUE_ON)
    report(case, promise, Fate.MOVED, "招标延后", new_due_on=date(2026, 11, 2))
    with pytest.raises(RuleBroken, match="later than 2026-11-02"):
        report(case, promise, Fate.MOVED, new_due_on=date(2026, 10, 1))
    clock = clock_of(promise)
    assert (promise.due_on, clock.original_due_on, clock.due_on) == (DUE_ON, DUE_ON, date(2026, 11, 2))


def test_broken_stays_overdue_until_it_is_kept_after_all(case, promise):
    report(case, promise, Fate.BROKEN, "无进展")
    assert clock_of(promise).is_open
    report(case, promise, Fate.KEPT)
    assert not clock_of(promise).is_open


def test_withdrawn_no_longer_holds(case, promise):
    report(case, promise, Fate.WITHDRAWN, "另有安排")
    assert clock_of(promise).voided_on == ON


def test_the_job_counts_what_has_passed_and_does_it_twice_alike(case, promise):
    assert jobs.follow_promises(DUE_ON)["overdue"] == 0
    late = jobs.follow_promises(date(2026, 9, 2))
    assert late == jobs.follow_promises(date(2026, 9, 2))
    assert (late["promises"], late["overdue"], late["letters"]) == (1, 1, 0)


def test_the_ledger_shows_each_what_is_his(case, promise, reader):
    assert "安装路灯" in reader.signed_in_as(case.handler).read("/promises").text
    assert "安装路灯" in reader.signed_in_as(case.clerk).read("/promises").text
    deputy = a_user(case.congress, Role.DEPUTY, deputy_id=case.signer.id)
    assert "安装路灯" in reader.signed_in_as(deputy).read("/promises").text
    stranger = reader.signed_in_as(a_user(case.congress, Role.BODY_HANDLER, body_id=a_body(case.congress, "别局").id))
    assert "安装路灯" not in stranger.read("/promises").text
    stranger.read(f"/promises/{promise.id}", expect=404)
    assert reader.signed_in_as(case.clerk).read("/promises?show=overdue").rows() == []


def test_the_body_reports_kept_or_moved_and_the_office_broken_or_withdrawn(case, promise, reader):
    path = f"/promises/{promise.id}"
    offered = {}
    for who in (case.handler, case.clerk):
        page = reader.signed_in_as(who).read(path)
        offered[who.role] = [one["value"] for one in page.all("input") if one["type"] == "radio"]
    assert offered == {"body_handler": ["kept", "moved"], "office_clerk": ["broken", "withdrawn"]}
    handler = reader.signed_in_as(case.handler)
    handler.read(path)
    page = handler.send(f"{path}/report", {"fate": "broken", "note": "无进展", "new_due_on": ""})
    assert "Not saved yet" in page.text
    page = handler.send(f"{path}/report", {"fate": "kept", "note": "已装灯十盏", "new_due_on": ""})
    assert "已装灯十盏" in page.text
    db.session.rollback()
    assert [one.fate for one in db.session.scalars(sa.select(PromiseReport))] == ["kept"]


def test_a_co_handler_reports_nothing_of_the_leads_promise(case, promise, reader):
    helper = reader.signed_in_as(a_user(case.congress, Role.BODY_HANDLER, body_id=case.co.body_id))
    helper.send(f"/promises/{promise.id}/report", {"fate": "kept", "note": "是"}, expect=404)


def test_the_doctor_finds_a_promise_without_a_clock(case, promise, session):
    assert list(desk.problems()) == []
    session.delete(clock_of(promise))
    session.flush()
    assert [one.kind for one in desk.problems()] == ["promise_clock"]
